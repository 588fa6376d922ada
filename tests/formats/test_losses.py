"""Nothing is lost in silence: whatever does not come back was counted before anything was written."""

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.format import Options
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.formats.registry import READERS, WRITERS
from annotator.model.adjudication import Decision, Outcome
from annotator.model.annotation import Annotation
from annotator.model.article import Article, State, fingerprint
from annotator.model.codebook import Attribute
from annotator.model.span import Span
from annotator.model.thread import Message, Thread
from annotator.model.versions import Held, Mark
from annotator.project.export import give, plan, taking_back
from tests.formats.law import BOOK, PEOPLE, TIME, law, projects, spans

TOLD = {
    "texts": ("blanks", "character", "text of another"),
    "titles": ("title", "character", "text of another"),
    "metadata": ("metadata", "character", "text of another"),
    "blocks": ("block", "text of another"),
    "states": ("state", "text of another"),
    "threads": ("notes and questions", "note or question"),
    "labels": ("span", "label", "gap of nothing", "text of another"),
    "attributes": ("attribute", "span", "label", "character", "line end", "gap of nothing"),
    "notes": ("note", "span", "label", "character", "line end", "gap of nothing"),
    "links": ("link", "role", "relation", "absent target", "span", "label", "gap of nothing"),
}
"""What a loss must be called that tells of each of these."""


@st.composite
def asked_about(draw):
    """A project in which notes and questions stand beside the labels, too."""
    project, records = draw(projects(PEOPLE[:2]))
    made = []
    for record in records:
        text = record.article.text
        thread = Thread(
            f"t-{record.article.id}",
            record.article.id,
            project.annotators[0].id,
            (Message(f"m-{record.article.id}", project.annotators[0].id, "Why?", TIME, TIME),),
            draw(st.one_of(st.none(), spans(text))),
            made_at=TIME,
            changed_at=TIME,
        )
        made.append(replace(record, threads=draw(st.sampled_from([(), (thread,)]))))
    return project, made


def _inked(words):
    """The words without blanks: a format of tokens may have others, and tells so."""
    return "".join(words.split())


def content(project, records):
    """What people would miss, in words of their own: no ids, no times, no offsets."""
    names = project.names
    found = {name: Counter() for name in TOLD}
    words = {
        each.id: (names.get(each.annotator), each.label, *map(_inked, each.span.covered(record.article.text)))
        for record in records
        for each in record.annotations
    }
    for record in records:
        article = record.article
        mark = fingerprint(article.text)
        found["texts"][mark] += 1
        found["titles"][article.title] += 1
        more = [("language", article.language), ("direction", article.direction)]
        found["metadata"].update((mark, *pair) for pair in more if pair[1])
        found["metadata"].update((mark, each.key, each.value, each.original) for each in article.metadata)
        found["blocks"].update((mark, each) for each in article.blocks)
        begun = [each for each in record.states if each.state != State.NEW]
        found["states"].update((mark, names.get(each.annotator), each.state) for each in begun)
        found["threads"].update((mark, each.text) for each in record.threads)
        for each in record.annotations:
            found["labels"][words[each.id]] += 1
            found["attributes"].update((*words[each.id], *pair) for pair in each.attributes)
            found["notes"][words[each.id], each.note] += bool(each.note)
        for each in record.links:
            found["links"][each.kind, words[each.origin_id], each.target and words.get(each.target)] += 1
    return found


@pytest.mark.parametrize("name", [name for name in WRITERS if name in READERS])
@settings(max_examples=30, deadline=None)
@given(values=asked_about())
def test_what_does_not_come_back_was_told(name, values):
    writer = WRITERS[name]
    if writer.needs:
        pytest.importorskip(writer.needs)
    project, records = values
    options = Options()
    report = plan(name, project, records, options)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"out{writer.suffix}"
        give(name, project, records, out, options=options)
        fitted = Fitted(writer, project, records, options)
        reading = READERS[name].read(out, taking_back(writer, project, fitted, options))
    assert reading.problems == ()
    before, after = content(project, records), content(reading.project, reading.records)
    nouns = {loss.noun for loss in report.losses}
    for what, counts in before.items():
        # Where the text itself changes, what is said about it cannot be found again by its mark.
        if what in ("metadata", "blocks", "states", "threads") and before["texts"] != after["texts"]:
            continue
        lost = counts - after[what]
        if lost:
            assert any(word in noun for noun in nouns for word in TOLD[what]), (what, lost, nouns)


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=30, deadline=None)
@given(values=asked_about())
def test_what_is_told_is_counted_truly(name, values):
    """Every label, link, state, note and block that went in is either in what is written, or in the losses."""
    project, records = values
    writer = WRITERS[name]
    fitted = list(Fitted(writer, project, records, Options()))
    losses = Counter()
    for loss in plan(name, project, records, Options()).losses if not writer.needs else ():
        losses[loss.what.split("|")[0]] += loss.count
    if writer.needs:
        return

    def gone(of):
        return sum(len(of(each)) for each in records) - sum(len(of(each)) for each in fitted)

    assert gone(lambda each: each.threads) == losses["note or question"]
    states = [[State(state.state) for each in some for state in each.states] for some in (records, fitted)]
    if writer.holds.states:
        assert states[0] == states[1]
    else:  # who finished is known, so that an article with nothing in it is theirs, too; the state itself goes
        assert losses["state of reading"] == sum(state is not State.NEW for state in states[0])
        assert states[1] == [state for state in states[0] if state.is_finished]
    assert gone(lambda each: each.article.blocks) == losses["block"]
    dropped = ("label on nothing but blanks", "overlapping span", "label that then equals another one")
    more = sum(len(each.span.fragments) - 1 for record in records for each in record.annotations)
    if not writer.holds.discontinuous:
        split = sum(losses[each] for each in dropped)
        assert gone(lambda each: each.annotations) == split - more
    else:
        assert gone(lambda each: each.annotations) == sum(losses[each] for each in dropped)
    links = (
        "role of a frame",
        "relation",
        "absent target",
        "cross-article link",
        "link between annotators",
        "link of a span that does not fit",
        "link of a label that is left out",
        "link that then equals another one, or leads to itself",
    )
    assert gone(lambda each: each.links) == sum(losses[each] for each in links)


WORDS = [
    "a b",
    "É’s “q”",
    "x|y;z",
    "n.o:t/e",
    "B-claim,I",
    "_x20_",
    "100%=",
    "📰",
    "*",
    "-->",
    "[7]",
    "a\\",
    "#Text=",
    "<&>",
    "con",
    "T1",
    "-DOCSTART-",
]


@st.composite
def strangely_named(draw):
    """A project whose labels, attributes, values, roles and relations have ids that formats could stumble over."""
    project, records = draw(projects(PEOPLE[:2]))
    (book,) = project.codebooks
    names = {}

    def new(what, word):
        if (what, word) not in names:
            names[what, word] = (
                f"{draw(st.sampled_from(WORDS))}{len(names)}{draw(st.sampled_from(['', *WORDS]))}".strip()
            )
        return names[what, word]

    def label(word):
        return new("label", word)

    def pair(name, value):
        return new("attribute", name), new(f"value of {name}", value)

    free = new("attribute", "free")
    book = replace(
        book,
        labels=tuple(replace(each, id=label(each.id)) for each in book.labels),
        attributes=(
            *(
                replace(
                    each,
                    id=new("attribute", each.id),
                    labels=tuple(map(label, each.labels)),
                    values=tuple(replace(value, id=pair(each.id, value.id)[1]) for value in each.values),
                    default=pair(each.id, each.default)[1] if each.default else "",
                )
                for each in book.attributes
            ),
            Attribute(free, "Free", (label("claim"),), "text"),
        ),
        roles=tuple(
            replace(
                each,
                id=new("link", each.id),
                frame=label(each.frame),
                labels=tuple(map(label, each.labels)),
                empty_when="",
            )
            for each in book.roles
        ),
        relations=tuple(
            replace(
                each,
                id=new("link", each.id),
                sources=tuple(map(label, each.sources)),
                targets=tuple(map(label, each.targets)),
            )
            for each in book.relations
        ),
    )
    words = st.sampled_from(
        ["one\ntwo", "tab\there", " edge ", "a | b ; c", "“q” 'q' \\n \\", "=1+1", "yes", "x" * 300]
    )
    made = []
    for record in records:
        annotations = []
        for each in record.annotations:
            values = [pair(*known) for known in each.attributes]
            if each.label == "claim" and draw(st.booleans()):
                values.append((free, draw(words)))
            annotations.append(replace(each, label=label(each.label), attributes=tuple(sorted(values))))
        links = tuple(replace(each, kind=new("link", each.kind)) for each in record.links)
        made.append(replace(record, annotations=tuple(annotations), links=links))
    return replace(project, codebooks=(book,)), made


@pytest.mark.parametrize("name", [name for name in WRITERS if name in READERS])
@settings(max_examples=30, deadline=None)
@given(values=strangely_named())
def test_strange_names_come_back_too(name, values):
    if WRITERS[name].needs:
        pytest.importorskip(WRITERS[name].needs)
    law(name, values)


@pytest.mark.parametrize("name", [name for name, writer in WRITERS.items() if not writer.needs])
def test_of_decisions_behind_gold_every_format_but_our_own_says_what_becomes_of_them(name, tmp_path):
    ana = PEOPLE[0]
    article = Article("article-0", "Rain", "Rain came.", added_at=TIME)
    gold = Annotation("g", article.id, ana.id, "claim", Span.of((0, 4)), made_at=TIME, changed_at=TIME)
    held = Held(ana.id, (Mark("m", ana.id, "claim", ((0, 4),), ()),), ())
    decision = Decision(
        "d", article.id, "agreed", "", 0, 4, (held,), Outcome.RULE, ("g",), made_at=TIME, changed_at=TIME
    )
    project = ProjectRecord("p", "Project", (ana,), (BOOK,))
    records = [ArticleRecord(article, (gold,), (), (), (), (decision,))]
    writer = WRITERS[name]
    told = [str(loss) for loss in plan(name, project, records, Options()).losses]
    out = tmp_path / f"out{writer.suffix}"
    give(name, project, records, out, options=Options())
    if name in READERS:
        (record,) = READERS[name].read(out, taking_back(writer, project, records, Options())).records
        assert record.decisions == ((decision,) if writer.holds.exact else ())
    assert ("1 decision behind gold: " in "\n".join(told)) != writer.holds.exact
