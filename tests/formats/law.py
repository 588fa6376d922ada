"""The law of every format: what it says it holds comes back equal, and taking it in twice adds nothing.

@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("brat", values)
"""

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from annotator.formats.format import Options
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import Annotator
from annotator.model.article import Article, Block, BlockKind, Metadatum, Provenance, State, fingerprint
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.export import give, plan, taking_back
from annotator.project.templates import template
from annotator.text.normalise import normalise

TIME = "2026-03-01T09:00:00.123Z"
BOOK = replace(template("default"), revision=1)
PEOPLE = (Annotator("p-ana", "Ana", TIME), Annotator("p-ben", "Ben/2 📰", TIME), Annotator("p-cem", "ana", TIME))
STATES = {
    True: (State.DONE, State.IN_PROGRESS, State.EMPTY),
    False: (State.DONE, State.EMPTY, State.IN_PROGRESS, State.NEW),
}
"""By whether somebody has labelled: also what only a program can have set, or a label that was deleted later."""
PIECES = (
    "said",
    "a",
    "B",
    " ",
    "  ",
    "\n",
    "\n\n",
    "📰",
    "❤️",
    "👨‍👩‍👧",
    "🇬🇧",
    "𝒜",
    "e\u0301",
    "می\u200cگوید",
    "שלום",
    "\u200f",
    "\u00a0",
    "\u00ad",
    "\u2003",
    "“",
    "”",
    "’",
    '"',
    "'",
    "\\",
    "\t",
    "=1+1",
    "<b>&amp;",
    ";",
    "|",
    "#",
    "_",
    "漢字",
)
texts = st.lists(st.sampled_from(PIECES), min_size=2, max_size=40).map("".join)
texts = texts.map(lambda text: normalise(text).text + "end")
notes = st.sampled_from(["", "", "see p. 3", "two\nlines", "tab\there", "📰 \\n \\ “q”", "=SUM(1)", " edge "])
titles = st.sampled_from(["Title", "a/b: c?", "Ünï 📰", "T" * 200, "con", "=1", "same", "same"])


@st.composite
def spans(draw, text):
    """Spans that nest, cross, touch, cross paragraphs, of one to three fragments, never of blanks alone."""
    inked = [place for place, letter in enumerate(text) if not letter.isspace()]
    fragments = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        start = draw(st.sampled_from(inked))
        end = draw(st.sampled_from([place for place in inked if place >= start][:12])) + 1
        fragments.append((start, end))
    return Span.of(*fragments)


def _values(draw, label):
    chosen = []
    for attribute in BOOK.attributes_of(label):
        if draw(st.integers(0, 3)) == 0:
            many = len(attribute.values) if attribute.kind == "choices" else 1
            ids = st.sampled_from([each.id for each in attribute.values])
            chosen += [(attribute.id, value) for value in draw(st.sets(ids, min_size=1, max_size=many))]
    return tuple(sorted(chosen))


def _links(draw, annotations, everything):
    found = {}
    for origin in annotations:
        for kind in (*BOOK.roles, *BOOK.relations):
            is_role = hasattr(kind, "frame")
            if origin.label not in ((kind.frame,) if is_role else kind.sources) or draw(st.integers(0, 2)):
                continue
            labels = kind.labels if is_role else kind.targets
            others = [each for each in everything if each.label in labels and each.id != origin.id]
            others = [each for each in others if not is_role or each.article == origin.article]
            targets = draw(st.lists(st.sampled_from(others), max_size=3, unique=True)) if others else []
            if not is_role and kind.absent and draw(st.booleans()):
                targets.append(None)
            for place, target in enumerate(targets):
                if not is_role and kind.symmetric and target and (kind.id, target.id, origin.id) in found:
                    continue
                found[kind.id, origin.id, target and target.id] = Link(
                    f"l-{kind.id}-{origin.id}-{place}",
                    kind.id,
                    origin.id,
                    target.id if target else None,
                    origin.annotator,
                    place,
                    made_at=TIME,
                    changed_at=TIME,
                )
    return list(found.values())


@st.composite
def projects(draw, people=PEOPLE):
    """A project as values: whatever one can hold, with the default codebook."""
    who = people[: draw(st.integers(1, len(people)))]
    records = []
    for place, text in enumerate(draw(st.lists(texts, min_size=1, max_size=3, unique_by=fingerprint))):
        found = {}
        for number in range(draw(st.integers(0, 7))):
            label = draw(st.sampled_from([each.id for each in BOOK.labels]))
            annotation = Annotation(
                id=f"a-{place}-{number}",
                article=f"article-{place}",
                annotator=draw(st.sampled_from(who)).id,
                label=label,
                span=draw(spans(text)),
                attributes=_values(draw, label),
                note=draw(notes),
                made_at=TIME,
                changed_at=TIME,
            )
            found.setdefault((annotation.annotator, annotation.label, annotation.span), annotation)
        block = Block(BlockKind.CAPTION, *draw(spans(text)).fragments[0])
        article = Article(
            id=f"article-{place}",
            title=draw(titles),
            text=text,
            blocks=draw(st.sampled_from([(), (block,)])),
            metadata=draw(
                st.sampled_from([(), (Metadatum("outlet", "The Daily 📰"), Metadatum("date", "2026", "'26"))])
            ),
            language=draw(st.sampled_from(["", "en", "fa"])),
            direction=draw(st.sampled_from(["", "rtl"])),
            provenance=Provenance("in.txt", "hash", "text", "UTF-8"),
            added_at=TIME,
        )
        states = tuple(
            StateRecord(
                each.id,
                draw(st.sampled_from(STATES[labelled])),
                TIME,
            )
            for each in sorted(who, key=lambda each: each.id)
            if (labelled := any(mine.annotator == each.id for mine in found.values())) or draw(st.booleans())
        )
        states = tuple(replace(each, state=each.state.value) for each in states)
        records.append(ArticleRecord(article, tuple(sorted(found.values(), key=lambda each: each.order)), (), states))
    everything = [each for record in records for each in record.annotations]
    linked = []
    between = draw(st.integers(0, 3)) == 0
    for record in records:
        links = [
            link
            for person in who
            for link in _links(
                draw,
                [each for each in record.annotations if each.annotator == person.id],
                [each for each in everything if each.annotator == person.id or between],
            )
        ]
        linked.append(replace(record, links=tuple(links)))
    return ProjectRecord("p", "Project", who, (BOOK,)), linked


def law(name, values, options=None):
    """Write, have it compared, recognise, read."""
    with tempfile.TemporaryDirectory() as folder:
        _written(name, values, options or Options(), Path(folder))


def law_of_taking_in(name, values, options=None):
    """Write, read, take into an empty project, and once more. Slower, so ask for few examples."""
    with tempfile.TemporaryDirectory() as folder:
        report, read = _written(name, values, options or Options(), Path(folder))
        with closing(Project.create(Path(folder) / "taking")) as taking:
            first = taking.take_in(read(), "out")
            assert (first.problems, first.refused) == ((), False)
            assert first.annotations == report.annotations
            assert first.links == report.links
            assert taking.check() == []
            steps = len(taking.steps())
            again = taking.take_in(read(), "out")
            assert (again.articles, again.annotations, again.links, again.problems) == (0, 0, 0, ())
            assert len(taking.steps()) == steps


def _written(name, values, options, folder):
    """Write and return the report, and a function that reads it."""
    project, records = values
    writer = WRITERS[name]
    out = folder / f"out{writer.suffix}"
    report = plan(name, project, records, options)
    compared = give(name, project, records, out, options=options)
    assert "texts" in compared or "everything" in compared
    fitted = list(Fitted(writer, project, records, options))
    assert report.annotations == sum(len(each.annotations) for each in fitted)
    if not out.is_dir() or not writer.suffix:
        assert READERS[recognise(out)] is READERS[name]

    def read():
        return READERS[name].read(out, taking_back(writer, project, fitted, options))

    reading = read()
    assert reading.problems == ()
    is_merged = len({each.article.text for each in fitted}) < len(fitted)
    assert _words(reading.records, is_merged=is_merged) == _words(fitted, is_merged=is_merged)
    return report, read


def _words(records, *, is_merged):
    """What is covered by whom, in words: nothing but the texts and offsets goes in.

    Texts that the format makes equal are one when they are read.
    """
    found = [(each.label, *each.span.covered(record.article.text)) for record in records for each in record.annotations]
    return sorted(set(found) if is_merged else found)
