"""Records without the few characters that no XML file can hold."""

import re
from dataclasses import replace

from annotator.formats.format import Losses
from annotator.formats.record import ArticleRecord

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INSTEAD = "\ufffd"


def writable(record: ArticleRecord, losses: Losses) -> ArticleRecord:
    """Return the record with U+FFFD in the place of each such character, so that offsets stay, and count them."""
    article = record.article
    text = _replaced(article.text, losses)
    annotations = tuple(
        replace(
            each,
            note=_replaced(each.note, losses),
            attributes=tuple((name, _replaced(value, losses)) for name, value in each.attributes),
        )
        if _has_any(each.note, *(value for _, value in each.attributes))
        else each
        for each in record.annotations
    )
    metadata = tuple(
        replace(each, value=_replaced(each.value, losses), original=_replaced(each.original, losses))
        for each in article.metadata
    )
    article = replace(article, text=text, title=_replaced(article.title, losses), metadata=metadata)
    return replace(record, article=article, annotations=annotations)


def _has_any(*words: str) -> bool:
    return any(UNWRITABLE.search(each) for each in words)


def _replaced(words: str, losses: Losses) -> str:
    made, count = UNWRITABLE.subn(_INSTEAD, words)
    losses.add("character that XML cannot hold|characters that XML cannot hold", "replaced by U+FFFD", count)
    return made
