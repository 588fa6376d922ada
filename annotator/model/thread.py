"""Notes and questions on a span or an article, with their answers."""

from dataclasses import dataclass

from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was said.

    Attributes:
        annotator: id of who said it; empty in a copy that was handed out, where it was somebody else.
        text: the words.
    """

    id: str
    annotator: str
    text: str
    made_at: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A note or question and what was answered.

    Attributes:
        span: where it was asked, in code points, half-open; None: about the article as a whole.
        annotator: id of who began it.
        settled: whether nobody waits for an answer any more.
        messages: the note or question first, then the answers in the order of their times.
    """

    id: str
    article: str
    annotator: str
    messages: tuple[Message, ...]
    span: Span | None = None
    settled: bool = False
    made_at: str = ""
    changed_at: str = ""

    @property
    def text(self) -> str:
        """The note or question itself."""
        return self.messages[0].text if self.messages else ""

    @property
    def is_answered(self) -> bool:
        """Whether somebody else than who began it has said something."""
        return any(each.annotator != self.annotator for each in self.messages)
