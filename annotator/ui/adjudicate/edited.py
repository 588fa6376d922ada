"""A gold label that is made by hand, with all that fills its roles: which of them is at hand, and what it is. No widget."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.model.adjudication import Draft, Part
from annotator.model.codebook import Codebook
from annotator.model.frames import frame_labels, role_for
from annotator.model.span import Span


@dataclass
class Thing:
    """The label itself, or a part of its frame.

    Attributes:
        role: id of the role that it fills; empty: it is the label itself.
        annotation: id of the annotator's label that a part stands for; empty: none, it is new.
    """

    label: str
    span: Span
    values: tuple[tuple[str, str], ...] = ()
    role: str = ""
    annotation: str = ""

    @property
    def draft(self) -> Draft:
        """It as it is to be gold."""
        return Draft(self.label, self.span, tuple(sorted(self.values)))


@dataclass
class Edited:
    """What is edited. `things` are the label and then its parts, `at` the place of the one at hand."""

    book: Codebook
    things: list[Thing]
    at: int = field(default=0)

    @classmethod
    def of(cls, book: Codebook, draft: Draft, parts: Iterable[Part]) -> "Edited":
        """Begin with a label and its parts."""
        made = [Thing(draft.label, draft.span, draft.attributes)]
        made += [
            Thing(each.draft.label, each.draft.span, each.draft.attributes, each.role, each.annotation)
            for each in parts
        ]
        return cls(book, made)

    @property
    def here(self) -> Thing:
        """The one at hand."""
        return self.things[self.at]

    @property
    def is_frame(self) -> bool:
        """Whether the label has roles."""
        return self.things[0].label in frame_labels(self.book)

    @property
    def parts(self) -> tuple[Part, ...] | None:
        """All that is to fill the roles; None where the label has none."""
        if not self.is_frame:
            return None
        return tuple(Part(each.role, each.draft, each.annotation) for each in self.things[1:])

    def turn(self, by: int) -> None:
        """Take the next one in hand, or the one before."""
        self.at = (self.at + by) % len(self.things)

    def role_of(self, label: str) -> str:
        """Return the id of the role that a label can fill here; empty where there is none."""
        role = role_for(self.book, self.things[0].label, label)
        return role.id if role is not None else ""

    def add(self, label: str, span: Span) -> None:
        """Let words fill the role that a label can fill, and take them in hand."""
        self.things.append(Thing(label, span, role=self.role_of(label)))
        self.at = len(self.things) - 1

    def remove(self) -> bool:
        """Take the part at hand out of the frame; whether it was one."""
        if not self.at:
            return False
        del self.things[self.at]
        self.at = min(self.at, len(self.things) - 1)
        return True

    def relabel(self, label: str) -> bool:
        """Give the one at hand another label, without values that this one cannot have; whether it can have it.

        A part goes to the role that its label can fill. Parts that another label of a frame has no role for are let go.
        """
        here = self.here
        if self.at and not self.role_of(label):
            return False
        known = {each.id for each in self.book.attributes_of(label)}
        here.label, here.values = label, tuple(each for each in here.values if each[0] in known)
        if self.at:
            here.role = self.role_of(label)
        else:
            self.things = [here, *(each for each in self.things[1:] if self.role_of(each.label) == each.role)]
        return True
