"""Documents as files have them become records: offsets checked against the quotes, ids derived, a codebook made."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.formats.format import Taking
from annotator.formats.record import UNLABELLED, ArticleRecord, ProjectRecord, Reading, StateRecord, Words
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.place import End, Place, Sheet, span_in, state_word
from annotator.formats.taking.units import Counting, Doubt, Places, Ranges, find_counting, fits, nearest
from annotator.formats.taking.vocabulary import Vocabulary
from annotator.model.annotation import Annotation, Link, Origin
from annotator.model.annotator import Annotator
from annotator.model.article import Article, Block, Provenance, State, fingerprint
from annotator.model.codebook import Codebook
from annotator.model.counting import counted
from annotator.model.ids import name_id
from annotator.model.problem import Problem
from annotator.text.lines import joined_at_lines
from annotator.text.normalise import normalise

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:annotator:import")
"""Ids of what is imported are derived from what and where it is, so that the same file twice adds nothing."""
_SHOWN = 60


def derived_id(*parts: str) -> str:
    """Return a UUID that is the same whenever the parts are."""
    return name_id(_SPACE, "\0".join(parts))


def gather(
    documents: Iterable[Document],
    source: Path,
    taking: Taking,
    *,
    codebook: Codebook | None = None,
    problems: Sequence[Problem] = (),
    told: Sequence[str] = (),
    total: int = 0,
    importer: str = "",
) -> Reading:
    """Return what the documents hold as values.

    Args:
        documents: may be a generator that reads file after file; the person is told after each, and may stop it.
        source: what is imported, for messages that belong to no file.
        codebook: what the files know of labels; None when nothing. What is met and not in it is added.
        problems: a list that the generator adds to while it runs is read at the end.
        total: how many documents there will be; 0 where that is not known.
        importer: name of the format, for the articles' provenance.

    Raises:
        StoppedError: the person stopped it.
    """
    gathering = _Gathering(taking, codebook, importer)
    for number, document in enumerate(documents, start=1):
        taking.listen.tell(number, total, document.name)
        gathering.add(document)
        if taking.each is not None:
            gathering.pass_on(taking.each)
    return gathering.reading(source, list(problems), list(told))


class _Gathering:
    def __init__(self, taking: Taking, codebook: Codebook | None, importer: str) -> None:
        self._taking = taking
        self._importer = importer
        self._vocabulary = Vocabulary(codebook)
        self._words = Words.MET if codebook is None else Words.BROUGHT
        self._places: dict[str, Place] = {}
        self._people: dict[str, Annotator] = {}
        self._found: dict[tuple[str, str, str], End] = {}
        self._far: dict[tuple[str, str], End] = {}
        self._loose: list[Link] = []
        self._ties: list[tuple[Document, Tie]] = []
        self._taken: set[str] = set()
        self._problems: list[Problem] = []
        self._countings: Counter[Counting] = Counter()
        self._doubt = Doubt()
        self._moved: list[str] = []
        self._twins = 0
        self._nameless: Document | None = None
        self._has_any = False

    def add(self, document: Document) -> None:
        """Take one document in."""
        normalised = normalise(document.text)
        if not normalised.text.strip():
            self._tell(document, f"“{document.name}” has no text, so it was left out.")
            return
        self._has_any = True
        places = Places(document.text)
        sheet = Sheet(document, normalised, places, self._counting(document, places))
        place = self._place(sheet)
        for item in document.items:
            self._take(sheet, item, place)
        self._ties.extend((document, tie) for tie in document.ties)
        self._take_states(document, place)

    def pass_on(self, each: Callable[[ArticleRecord, Mapping[str, str]], None]) -> None:
        """Hand over what was gathered so far, and forget it."""
        self._links(is_last=False)
        for record in self._records():
            each(record, self._names())
        if self._taking.far:
            self._far.update(((name, key), end) for (name, who, key), end in self._found.items() if not who)
        self._places, self._found, self._taken = {}, {}, set()

    def _names(self) -> dict[str, str]:
        return {annotator.id: annotator.name for annotator in self._people.values()}

    def _records(self) -> tuple[ArticleRecord, ...]:
        return tuple(
            ArticleRecord(
                place.article,
                tuple(sorted(place.annotations, key=lambda each: each.order)),
                tuple(place.links),
                tuple(
                    StateRecord(who, state_word(state, has=who in place.told or place.has_work_of(who)), "")
                    for who, state in sorted(place.states.items())
                    if state is not State.NEW
                ),
            )
            for place in self._places.values()
        )

    def _tell(self, document: Document, message: str, line: int | None = None) -> None:
        self._problems.append(Problem(str(document.file), message, line))

    def _counting(self, document: Document, places: Places) -> Counting:
        unit = self._taking.unit or document.unit
        stated = Counting(unit, inclusive=document.inclusive, first=document.first)
        is_free = self._taking.unit is None
        counting = find_counting(document.text, document.items, stated, is_free=is_free, places=places)
        if counting != stated:
            self._countings[counting] += 1
        elif is_free:
            self._doubt.weigh(document.text, document.items, stated, places)
        return counting

    def _place(self, sheet: Sheet) -> Place:
        document, normalised = sheet.document, sheet.normalised
        mark = fingerprint(normalised.text)
        if mark not in self._places:
            article = Article(
                id=self._id(document.id, "article", mark),
                title=document.title or document.name,
                text=normalised.text,
                blocks=self._blocks(sheet),
                metadata=document.metadata,
                language=document.language,
                direction=document.direction,
                provenance=replace(
                    document.provenance,
                    source=document.provenance.source or document.file.name,
                    importer=document.provenance.importer or self._importer,
                    report=document.provenance.report or normalised.report,
                )
                if document.provenance != Provenance() or self._importer
                else document.provenance,
            )
            self._places[mark] = Place(article, mark)
        return self._places[mark]

    def _id(self, kept: str, *parts: str) -> str:
        """Return the id that the file keeps, if it is a UUID and nobody else's, or one made of `parts`."""
        try:
            made = str(uuid.UUID(kept)) if kept else ""
        except ValueError:
            made = ""
        if not made or made in self._taken:
            made = derived_id(*parts)
        self._taken.add(made)
        return made

    def _blocks(self, sheet: Sheet) -> tuple[Block, ...]:
        made = []
        for kind, start, end in sheet.document.blocks:
            span = span_in(sheet.ranges(((start, end),)), sheet.normalised)
            if span is None:
                self._tell(sheet.document, f"The block {kind} at {start}-{end} lies outside the text.")
            else:
                made.append(Block(kind, span.start, span.end))
        return tuple(made)

    def _who(self, document: Document, name: str) -> str:
        """Return the id of the annotator of that name, or of the document's, or of whom the person says."""
        name = name or document.annotator
        name = " ".join((dict(self._taking.people).get(name, name) or self._taking.annotator).split())
        if not name:
            self._nameless = self._nameless or document
        if name not in self._people:
            self._people[name] = Annotator(derived_id("annotator", name), name)
        return self._people[name].id

    def _take(self, sheet: Sheet, item: Item, place: Place) -> None:
        document = sheet.document
        ranges = self._ranges(sheet, item)
        span = span_in(ranges, sheet.normalised) if ranges else None
        if ranges is not None and span is None:
            self._tell(document, f"The label {item.label} ({item.key}) covers nothing that the text keeps.", item.line)
        if span is None:
            return
        if document.closes_lines:
            span = joined_at_lines(place.article.text, span)
        who = self._who(document, item.annotator)
        attributes = [each for each in item.attributes if all(each)]
        if len(attributes) < len(item.attributes):
            self._tell(document, f"An attribute of the label {item.label} ({item.key}) lacks name or value.", item.line)
        self._vocabulary.label(item.label, attributes)
        key = (document.name, who, item.key)
        annotation = Annotation(
            id=self._id(item.id, "annotation", place.mark, document.name, who, item.key),
            article=place.article.id,
            annotator=who,
            label=item.label,
            span=span,
            attributes=tuple(sorted(set(attributes))),
            note=item.note,
            origin=Origin.IMPORT,
        )
        if key in self._found:
            self._tell(document, f"The id {item.key} stands here twice; the first one was taken.", item.line)
            return
        twin = place.twins.setdefault((who, item.label, span), annotation)
        if twin is not annotation:
            self._merge(document, item, twin, annotation)
        else:
            place.annotations.append(annotation)
        self._found[key] = end = End(twin.id, twin.label, twin.article)
        # A link may join what two annotators made, where the keys of a document are unique for all of them.
        self._found.setdefault((document.name, "", item.key), end)

    def _merge(self, document: Document, item: Item, twin: Annotation, annotation: Annotation) -> None:
        """Take a second label on the same words for the first one: a project has each once."""
        self._twins += 1
        if (twin.attributes, twin.note) != (annotation.attributes, annotation.note):
            words = (
                f"The label {item.label} ({item.key}) stands twice on the same words, with other attributes or notes"
            )
            self._tell(document, f"{words}; those of the first one were taken.", item.line)

    def _ranges(self, sheet: Sheet, item: Item) -> Ranges | None:
        """Return where an item lies, in code points of the raw text; None (and a problem) where it cannot be told."""
        document, text = sheet.document, sheet.document.text
        ranges = sheet.ranges(item.ranges)
        if ranges is not None and (not item.quotes or fits(text, ranges, item.quotes)):
            return ranges
        if len(item.quotes) == len(item.ranges) == 1:
            moved = nearest(text, item.quotes[0], item.ranges[0][0])
            if moved is not None:
                line = f", line {item.line}" if item.line else ""
                self._moved.append(f"{item.key} in “{document.file.name}”{line}")
                return (moved,)
        at = ";".join(f"{start}-{end}" for start, end in item.ranges)
        if ranges is None:
            length = len(text)
            self._tell(
                document,
                f"The label {item.label} ({item.key}) at {at} lies outside the text, which has {length:,} characters.",
                item.line,
            )
            return None
        says = " … ".join(item.quotes)[:_SHOWN]
        there = " … ".join(text[start:end] for start, end in ranges)[:_SHOWN]
        self._tell(
            document,
            f"The label {item.label} ({item.key}) at {at} says it covers “{says}”, but the text there is “{there}”.",
            item.line,
        )
        return None

    def _take_states(self, document: Document, place: Place) -> None:
        if document.states:
            for name, state in document.states:
                place.states[self._who(document, name)] = state
            place.told.update(place.states)
            return
        if not document.labelled or (document.annotator == UNLABELLED and not document.items):
            return
        state = document.state or self._taking.state
        names = {item.annotator for item in document.items} or {""}
        for name in sorted(names):
            place.states.setdefault(self._who(document, name), state)

    def _links(self, *, is_last: bool = True) -> None:
        """Make links of the ties; unless these are the last, those wait that lead to a document that was not read yet."""
        waiting: list[tuple[Document, Tie]] = []
        homes = {each.article.id: each for each in self._places.values()}
        seen: dict[tuple[str, str, str], int] = defaultdict(int)
        joined: set[tuple[str, str, str | None, str]] = set()
        for document, tie in self._ties:
            who = self._who(document, tie.annotator)
            source = self._end(document.name, who, tie.origin)
            target = None if tie.target is None else self._end(tie.elsewhere or document.name, who, tie.target)
            if source is None or (tie.target is not None and target is None):
                if tie.elsewhere and self._taking.far and not is_last:
                    waiting.append((replace(document, text="", items=(), ties=(), blocks=()), tie))
                    continue
                self._tell(document, f"The link {tie.kind} from {tie.origin} to {tie.target} lacks an end.", tie.line)
                continue
            if tie.is_role and target is not None:
                kind = self._vocabulary.role(tie.kind, source.label, target.label)
            else:
                kind = self._vocabulary.relation(tie.kind, source.label, target.label if target else None)
            ends = (kind, source.id, target.id if target else None, who)
            if ends in joined:
                continue
            joined.add(ends)
            place = seen[source.id, kind, who]
            seen[source.id, kind, who] += 1
            link = Link(
                id=self._id(tie.id, "link", who, kind, source.id, target.id if target else ""),
                kind=kind,
                origin_id=source.id,
                target=target.id if target else None,
                annotator=who,
                place=place,
                origin=Origin.IMPORT,
            )
            home = homes.get(source.article)
            (home.links if home else self._loose).append(link)
        self._ties = waiting

    def _end(self, name: str, who: str, key: str) -> End | None:
        return self._found.get((name, who, key)) or self._found.get((name, "", key)) or self._far.get((name, key))

    def reading(self, source: Path, problems: list[Problem], told: list[str]) -> Reading:
        """Return everything that was taken in."""
        self._links()
        if self._loose and self._taking.each is not None:
            self._taking.each(ArticleRecord(Article("", "", ""), links=tuple(self._loose)), self._names())
        if self._nameless is not None:
            message = "The file does not say whose labels these are. Name the annotator (--annotator NAME)."
            self._problems.insert(0, Problem(str(self._nameless.file), message))
        if not self._has_any and not problems and not self._problems:
            problems = [Problem(str(source), "There is nothing here that could be taken.")]
        codebook = self._vocabulary.codebook(source.stem)
        books = () if codebook is None else (replace(codebook, revision=1),)
        project = ProjectRecord("", source.stem, tuple(self._people.values()), books)
        records = self._records()
        if self._nameless is not None:
            return Reading(None, (), (*problems, *self._problems), tuple(told), self._words, asks_who=True)
        return Reading(project, records, (*problems, *self._problems), (*told, *self._told()), self._words)

    def _told(self) -> list[str]:
        told = []
        for counting, count in self._countings.items():
            where = "In 1 text" if count == 1 else f"In {count:,} texts"
            told.append(f"{where} the quotes fit when offsets count {counting}, so that is how they were taken.")
        if self._doubt.is_strong:
            told.append(
                f"In {counted(self._doubt.texts, 'text')} labels begin or end in the middle of words, and would not if offsets"
                " counted UTF-16 units, as web pages count them. If words are cut, import again with offsets in UTF-16"
                " (--offsets utf-16)."
            )
        if self._twins:
            labels = counted(self._twins, "label stands", "labels stand")
            told.append(f"{labels} on exactly the words of an equal one; the two were taken for one, with all links.")
        if self._moved:
            shown = "; ".join(self._moved[:3]) + (" …" if len(self._moved) > 3 else "")
            labels = counted(len(self._moved), "label")
            told.append(
                f"{labels} stood beside the words quoted, and went to the nearest place that has them: {shown}."
            )
        return told
