"""What the selected label is joined to: rows for its frames and for its relations, each leading there."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from annotator.model.annotation import Annotation
from annotator.model.frames import Frame
from annotator.ui.frames.framing import Framing
from annotator.ui.inspector.rows import leading_row

Follow = Callable[[str], object]
_WORDS = 60


def frame_rows(framing: Framing, follow: Follow, found: Annotation) -> Iterator[QWidget]:
    """Yield rows for the frames that a label opens or belongs to: their cues and parts."""
    for frame in framing.frames_of(found.id):
        if frame.cue.id == found.id:
            yield from _own_rows(framing, follow, frame)
        else:
            yield from _foreign_rows(framing, follow, found, frame)


def relation_rows(framing: Framing, follow: Follow, found: Annotation) -> Iterator[QWidget]:
    """Yield a row for each relation that leaves or reaches a label."""
    page = framing.session.article
    for link in framing.relations_of(found.id):
        name, relation = framing.kind_name(link.kind), framing.relation(link.kind)
        remove = _later(framing.unlink, link.id)
        if link.target is None:
            yield leading_row(f"{name} →", "not in this article", None, remove)
            continue
        leaves = link.origin_id == found.id
        other = framing.find(link.target if leaves else link.origin_id)
        arrow = "–" if relation and relation.symmetric else "→" if leaves else "←"
        far = framing.far.get(other.id) if other else None
        where = f"in “{far.title}”" if far and page and far.annotation.article != page.id else ""
        words = framing.words(other, _WORDS) if other else "gone"
        yield leading_row(f"{name} {arrow}", words, _later(follow, other.id) if other else None, remove, where)


def _own_rows(framing: Framing, follow: Follow, frame: Frame) -> Iterator[QWidget]:
    """Yield the parts of the label's own frame; a role that nothing fills has a row too."""
    for role in framing.session.project.codebook.roles:
        if role.frame != frame.cue.label:
            continue
        filling = frame.filling(role.id)
        for part in filling:
            remove = _later(framing.leave, frame.cue.id, part.id)
            yield leading_row(role.name, framing.words(part, _WORDS), _later(follow, part.id), remove)
        if not filling:
            yield leading_row(role.name, "–", None, None)


def _foreign_rows(framing: Framing, follow: Follow, found: Annotation, frame: Frame) -> Iterator[QWidget]:
    """Yield the cue of a frame that the label is a part of, and the other parts."""
    cue = frame.cue
    kinds = ", ".join(framing.kind_name(kind) for kind, part in frame.parts if part.id == found.id)
    remove = _later(framing.leave, cue.id, found.id)
    yield leading_row(f"{kinds} of", framing.words(cue, _WORDS), _later(follow, cue.id), remove)
    for kind, part in frame.parts:
        if part.id != found.id:
            yield leading_row(framing.kind_name(kind), framing.words(part, _WORDS), _later(follow, part.id), None)


def _later(verb: Callable[..., object], *arguments: str) -> Callable[[], object]:
    return lambda: verb(*arguments)
