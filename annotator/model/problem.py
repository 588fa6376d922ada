"""What a reader could not understand: collected, never tripped over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes:
        where: a file's path, or a place in the project in words.
        message: one whole sentence: what is wrong and what to do.
        line: the line in that file, from 1, where there is one.
    """

    where: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}, line {self.line}"
        return f"{place}: {self.message}"
