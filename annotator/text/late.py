"""Regular expressions that are compiled when they are first used: a hundred of them cost a program its quick start."""

import re
from collections.abc import Iterator
from functools import cached_property


class Late:
    """A regular expression, of the standard library's kind, that costs nothing until it is used."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> "re.Pattern[str]":
        return re.compile(self._pattern, self._flags)

    def match(self, text: str) -> "re.Match[str] | None":
        """Match at the beginning."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> "re.Match[str] | None":
        """Match the whole."""
        return self._compiled.fullmatch(text)

    def search(self, text: str) -> "re.Match[str] | None":
        """Find the first place."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator["re.Match[str]"]:
        """Find all places."""
        return self._compiled.finditer(text)

    def sub(self, new: str, text: str, count: int = 0) -> str:
        """Put `new` in all places, or in the first `count`."""
        return self._compiled.sub(new, text, count=count)

    def split(self, text: str) -> list[str]:
        """Part a text at all places."""
        return self._compiled.split(text)
