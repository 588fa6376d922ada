"""What of a project goes out: whose labels, which labels, which articles."""

from collections.abc import Iterator, Sized
from dataclasses import dataclass, field, replace

from annotator.formats.format import Listen, Losses, Records
from annotator.formats.giving.cut import without_blocks
from annotator.formats.record import ArticleRecord
from annotator.model.adjudication import Decision
from annotator.model.article import State
from annotator.model.thread import Thread


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen for an export. Empty means everything.

    Attributes:
        annotators: ids.
        labels: ids; links stay where both ends do.
        articles: ids.
        finished: whether only articles that an annotator has finished count as theirs.
        blocks: whether blocks that are left out of annotation (captions, furniture …) stay in the text. Where they do
            not, offsets are those of the shorter text.
    """

    annotators: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    finished: bool = False
    blocks: bool = True

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()


@dataclass(slots=True)
class Selected:
    """The chosen part of records, made while one goes through it; it can be gone through several times.

    `gold`: id of the annotator of gold, with whose labels decisions go; empty where there is none. `is_kept`: whether the
    records are held in memory after they were read.
    """

    records: Records
    selection: Selection
    gold: str = ""
    is_kept: bool = False
    _inside: frozenset[str] | None = field(default=None, init=False)
    _lost: Losses | None = field(default=None, init=False)

    def __len__(self) -> int:
        """Return how many records there are; 0 where only going through them would tell."""
        return len(self.selection.articles) or (len(self.records) if isinstance(self.records, Sized) else 0)

    def __iter__(self) -> Iterator[ArticleRecord]:
        """Yield record after record."""
        losses = Losses()
        for record, _ in self._chosen(losses):
            yield record
        self._lost = losses

    def left_out(self, listen: Listen | None = None) -> tuple[str, ...]:
        """Return what is left out though it belongs to what was chosen, in sentences without their full stop.

        Raises:
            StoppedError: the person stopped it.
        """
        if self.selection.is_all:
            return ()
        losses = self._lost  # found while somebody went through all of them
        if losses is None:
            losses = Losses()
            for number, (record, _) in enumerate(self._chosen(losses), start=1):
                if listen is not None:
                    listen.tell(number, len(self), record.article.title)
        return tuple(f"{loss.count:,} {loss.noun}" for loss in losses.found())

    def _chosen(self, losses: Losses) -> Iterator[tuple[ArticleRecord, Losses]]:
        inside = self._ids()
        for record in self.records:
            if self._takes_article(record):
                yield self._cut(record, inside, losses), losses

    def _takes_article(self, record: ArticleRecord) -> bool:
        return not self.selection.articles or record.article.id in self.selection.articles

    def _ids(self) -> frozenset[str] | None:
        """Return the ids of all chosen annotations, so that links into other articles are known to hold; None: all."""
        if self.selection.is_all:
            return None
        if self._inside is None:
            self._inside = frozenset(
                each.id
                for record in self.records
                if self._takes_article(record)
                for each in self._cut(record, None, Losses()).annotations
            )
        return self._inside

    def _cut(self, record: ArticleRecord, inside: frozenset[str] | None, losses: Losses) -> ArticleRecord:
        if self.selection.is_all:
            return record
        labels, people = self.selection.labels, self.selection.annotators
        done = {each.annotator for each in record.states if State(each.state).is_finished}

        def is_chosen(who: str) -> bool:
            return (not people or who in people) and (not self.selection.finished or who in done)

        annotations = tuple(
            each for each in record.annotations if is_chosen(each.annotator) and (not labels or each.label in labels)
        )
        links = tuple(each for each in record.links if is_chosen(each.annotator))
        if inside is not None:
            kept = tuple(
                each for each in links if each.origin_id in inside and (each.target is None or each.target in inside)
            )
            losses.add("link to what was not chosen|links to what was not chosen", "", len(links) - len(kept))
            links = kept
        plain = tuple(
            (who, label, count)
            for who, label, count in record.plain
            if is_chosen(who) and (not labels or label in labels)
        )
        states = tuple(each for each in record.states if is_chosen(each.annotator))
        threads = tuple(_own(each, people) for each in record.threads if not people or each.annotator in people)
        made = replace(
            record,
            annotations=annotations,
            links=links,
            states=states,
            threads=threads,
            decisions=self._decided(record),
            plain=plain,
        )
        return made if self.selection.blocks else without_blocks(made, losses)

    def _decided(self, record: ArticleRecord) -> tuple[Decision, ...]:
        """Return the decisions that go with the gold that is chosen: of links all, of labels those about chosen ones."""
        people, labels = self.selection.annotators, self.selection.labels
        if people and self.gold not in people:
            return ()
        return tuple(
            each
            for each in record.decisions
            if not labels or any(mark.label in labels for held in each.held for mark in held.marks)
        )


def _own(thread: Thread, people: frozenset[str]) -> Thread:
    """Return a note without the names of those who answered and were not chosen."""
    if not people:
        return thread
    messages = tuple(each if each.annotator in people else replace(each, annotator="") for each in thread.messages)
    return replace(thread, messages=messages)
