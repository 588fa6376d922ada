"""Records without what a format cannot hold, and how much that is."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace

from annotator.formats.format import Annotators, Holds, Loss, Losses, Options, Records, Writer
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, State
from annotator.model.span import Fragment, Span

_KEPT = 200_000
"""As many labels are held in memory."""


@dataclass(slots=True)
class Fitted:
    """Records that are made to fit while one goes through them; they can be gone through several times.

    Where they hold no more than `_KEPT` labels they are made once, and kept: writing goes through them more than once.
    """

    writer: Writer
    project: ProjectRecord
    records: Records
    options: Options
    _made: list[ArticleRecord] = field(default_factory=list, init=False)
    _is_whole: bool = field(default=False, init=False)

    def __len__(self) -> int:
        """Return how many records there are; 0 where only going through them would tell."""
        return len(self.records) if isinstance(self.records, Sized) else 0

    def __iter__(self) -> Iterator[ArticleRecord]:
        """Yield record after record."""
        if self._is_whole:
            yield from self._made
            return
        made: list[ArticleRecord] = []
        labels = 0
        for record in self.records:
            fits = fitted(self.writer, self.project, record, self.options, Losses())
            labels += len(fits.annotations)
            if labels <= _KEPT:
                made.append(fits)
            yield fits
        self._made, self._is_whole = (made, True) if labels <= _KEPT else ([], False)


def losses(writer: Writer, project: ProjectRecord, records: Records, options: Options) -> tuple[Loss, ...]:
    """Return what a format cannot hold of `records`, how many, and what is done about it. Nothing is written."""
    found = Losses()
    for record in records:
        fitted(writer, project, record, options, found)
    return found.found()


def fitted(
    writer: Writer, project: ProjectRecord, record: ArticleRecord, options: Options, found: Losses
) -> ArticleRecord:
    """Return what of a record the format holds, and count in `found` what it does not."""
    if writer.fit is not None:
        return writer.fit(project, record, options, found)
    return fit(writer.holds, project, record, found)


def fit(holds: Holds, project: ProjectRecord, record: ArticleRecord, found: Losses) -> ArticleRecord:
    """Return what of a record a format holds by its declaration. A format's own `fit` begins or ends with this."""
    annotations = record.annotations
    if not holds.discontinuous:
        annotations, links = split_fragments(annotations, record.links, found, holds.done_about("discontinuous"))
        record = replace(record, links=links)
    if not holds.overlap:
        annotations = without_overlaps(annotations, found, holds.done_about("overlap"))
    annotations = tuple(_without_values(each, holds, found) for each in annotations)
    links = _links(holds, project, record, {each.id for each in annotations}, found)
    states = record.states
    if not holds.states:
        begun = sum(each.state != State.NEW for each in states)
        found.add("state of reading|states of reading", holds.done_about("states"), begun)
        # Who found nothing there is told by an article without labels, which is not the same as no article.
        states = tuple(each for each in states if State(each.state).is_finished)
    article = _article(holds, record, found)
    record = replace(record, article=article, annotations=annotations, links=links, states=states)
    return record if holds.exact else _without_words(holds, record, found)


def _without_words(holds: Holds, record: ArticleRecord, found: Losses) -> ArticleRecord:
    """Leave out what only our own format holds: notes and questions, and decisions unless they have a place in it."""
    found.add("note or question|notes and questions", "left out", len(record.threads))
    found.add("decision behind gold|decisions behind gold", holds.done_about("decisions"), len(record.decisions))
    has_place = holds.done_about("decisions") != "left out"
    return replace(record, threads=(), decisions=record.decisions if has_place else ())


def split_fragments(
    annotations: Sequence[Annotation], links: tuple[Link, ...], found: Losses, done: str
) -> tuple[tuple[Annotation, ...], tuple[Link, ...]]:
    """Make each fragment an annotation of its own. Links, notes and the id stay with the first one."""
    made: list[Annotation] = []
    if all(len(each.span.fragments) == 1 for each in annotations):
        return tuple(annotations), links
    for each in annotations:
        if len(each.span.fragments) == 1:
            made.append(each)
            continue
        first, *more = (Span((fragment,)) for fragment in each.span.fragments)
        found.add("discontinuous span", done)
        made.append(replace(each, span=first))
        for number, span in enumerate(more, start=2):
            made.append(replace(each, id=f"{each.id}#{number}", span=span, note=""))
    return once(made, links, found)


def once(
    annotations: Sequence[Annotation], links: tuple[Link, ...], found: Losses
) -> tuple[tuple[Annotation, ...], tuple[Link, ...]]:
    """Drop annotations that were made equal (annotator, label, span) to another one; their links go over to that one."""
    kept: dict[tuple[str, str, Span], Annotation] = {}
    instead: dict[str, str] = {}
    for each in annotations:
        twin = kept.setdefault((each.annotator, each.label, each.span), each)
        if twin is not each:
            instead[each.id] = twin.id
    found.add(
        "label that then equals another one|labels that then equal another one", "one of the two is kept", len(instead)
    )
    moved: dict[tuple[str, str, str | None, str], Link] = {}
    for link in links:
        target = instead.get(link.target, link.target) if link.target else None
        new = replace(link, origin_id=instead.get(link.origin_id, link.origin_id), target=target)
        if new.origin_id != new.target:
            moved.setdefault((new.kind, new.origin_id, new.target, new.annotator), new)
    found.add(
        "link that then equals another one, or leads to itself|links that then equal another one, or lead to themselves",
        "left out",
        len(links) - len(moved),
    )
    return tuple(sorted(kept.values(), key=lambda each: each.order)), tuple(moved.values())


def without_overlaps(annotations: Sequence[Annotation], found: Losses, done: str) -> tuple[Annotation, ...]:
    """Keep, of each annotator's spans that share characters, the longest; of equal ones the first."""
    kept: list[Annotation] = []
    taken: dict[str, list[Fragment]] = {}
    for each in sorted(annotations, key=lambda each: (-each.span.size, each.order)):
        mine = taken.setdefault(each.annotator, [])
        if any(_is_taken(mine, fragment) for fragment in each.span.fragments):
            found.add("overlapping span", done)
            continue
        for fragment in each.span.fragments:
            insort(mine, fragment)
        kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.order))


def _is_taken(taken: Sequence[Fragment], fragment: Fragment) -> bool:
    """Whether a fragment shares a character with one of those taken, which are in order and apart."""
    place = bisect_left(taken, fragment)
    return any(each.start < fragment.end and fragment.start < each.end for each in taken[max(0, place - 1) : place + 1])


def _without_values(annotation: Annotation, holds: Holds, found: Losses) -> Annotation:
    if annotation.attributes and not holds.attributes:
        found.add("attribute value", holds.done_about("attributes"), len(annotation.attributes))
        annotation = replace(annotation, attributes=())
    if annotation.note and not holds.notes:
        found.add("note", holds.done_about("notes"))
        annotation = replace(annotation, note="")
    return annotation


def _links(
    holds: Holds, project: ProjectRecord, record: ArticleRecord, inside: set[str], found: Losses
) -> tuple[Link, ...]:
    roles = {role.id for book in project.codebooks for role in book.roles}
    here = {each.id: each.annotator for each in record.annotations}
    kept: list[Link] = []
    for link in record.links:
        lost = _lost(link, holds, is_role=link.kind in roles, here=here, inside=inside)
        if lost:
            found.add(lost[0], lost[1])
        else:
            kept.append(link)
    return tuple(kept)


def _lost(
    link: Link, holds: Holds, *, is_role: bool, here: Mapping[str, str], inside: set[str]
) -> tuple[str, str] | None:
    """Return what is lost with a link, and what is done about it; None when it fits."""
    if is_role and not holds.frames:
        return "role of a frame|roles of frames", holds.done_about("frames")
    if not is_role and not holds.relations:
        return "relation", holds.done_about("relations")
    if link.target is None:
        return None if holds.absent else ("absent target", holds.done_about("absent"))
    if link.target not in here and not holds.across:
        return "cross-article link", holds.done_about("across")
    ends = {here.get(link.origin_id, link.annotator), here.get(link.target, link.annotator)}
    if (holds.annotators is Annotators.APART or not holds.between) and ends != {link.annotator}:
        return "link between annotators|links between annotators", holds.done_about("between")
    if link.origin_id not in inside or (link.target in here and link.target not in inside):
        return "link of a span that does not fit|links of spans that do not fit", "left out"
    return None


def _article(holds: Holds, record: ArticleRecord, found: Losses) -> Article:
    article = record.article
    if not holds.blocks and article.blocks:
        found.add("block", holds.done_about("blocks"), len(article.blocks))
        article = replace(article, blocks=())
    if not holds.metadata:
        known = len(article.metadata) + bool(article.language) + bool(article.direction)
        found.add("metadata value", holds.done_about("metadata"), known)
        article = replace(article, metadata=(), language="", direction="")
    return article
