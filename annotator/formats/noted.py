"""Notes and questions as objects of JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from annotator.formats.json_values import listed, string
from annotator.model.errors import AnnotatorError
from annotator.model.span import Fragment, Span
from annotator.model.thread import Message, Thread

Who = Callable[[Mapping[str, Any]], str]


def thread_out(thread: Thread, text: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a note as an object; `text` is its article's, `names` are those of annotators by id."""
    fragments = thread.span.fragments if thread.span else ()
    return {
        "id": thread.id,
        "annotator": names[thread.annotator],
        "fragments": [{"start": start, "end": end, "text": text[start:end]} for start, end in fragments],
        "settled": thread.settled,
        "made_at": thread.made_at,
        "changed_at": thread.changed_at,
        "messages": [
            {
                "id": each.id,
                "annotator": names.get(each.annotator),
                "text": each.text,
                "made_at": each.made_at,
                "changed_at": each.changed_at,
            }
            for each in thread.messages
        ],
    }


def thread_in(
    content: Mapping[str, Any], article: str, who: Who, quoted: Callable[[Mapping[str, Any]], Fragment]
) -> Thread:
    """Return the note that an object holds.

    `who` returns the id of the annotator that an object names, `quoted` where it lies, once its words are compared.

    Raises:
        AnnotatorError, KeyError, TypeError: it is not of that shape.
    """
    fragments = tuple(quoted(each) for each in listed(content, "fragments"))
    if not isinstance(content["settled"], bool):
        raise TypeError("“settled” must be true or false")
    messages = tuple(_message_in(each, who) for each in listed(content, "messages"))
    if not messages:
        raise AnnotatorError("Nothing is said in a note.")
    return Thread(
        id=string(content, "id"),
        article=article,
        annotator=who(content),
        messages=messages,
        span=Span(fragments) if fragments else None,
        settled=content["settled"],
        made_at=string(content, "made_at"),
        changed_at=string(content, "changed_at"),
    )


def _message_in(content: Mapping[str, Any], who: Who) -> Message:
    return Message(
        id=string(content, "id"),
        annotator="" if content["annotator"] is None else who(content),
        text=string(content, "text"),
        made_at=string(content, "made_at"),
        changed_at=string(content, "changed_at"),
    )
