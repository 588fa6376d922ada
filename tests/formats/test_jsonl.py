"""JSON Lines: what is written is read back equal, and what is wrong in a file is told with its line."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import jsonl
from annotator.formats.format import Options, Taking
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.model.adjudication import KINDS, REASONS, Decision, Outcome
from annotator.model.annotation import Annotation, Link, Origin
from annotator.model.annotator import Annotator
from annotator.model.article import Article, Block, BlockKind, Metadatum, Provenance, State, fingerprint
from annotator.model.span import Span
from annotator.model.versions import Held, Mark
from annotator.project import Project
from annotator.project.templates import template
from annotator.text.normalise import normalise
from tests.formats.law import PIECES

TIME = "2026-03-01T09:00:00.123Z"
BOOK = template("default")
PEOPLE = (Annotator("p-ana", "Ana", TIME), Annotator("p-ben", "Ben 📰", TIME))
texts = (
    st.lists(st.sampled_from(PIECES), min_size=2, max_size=60)
    .map("".join)
    .map(lambda text: normalise(text).text + "end")
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def spans(draw, text):
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return Span.of(*pairs)


@st.composite
def decisions(draw, article, labels, people, numbers):
    """What was decided about an article: all that a decision can say, in the order of reading."""
    keys = st.sampled_from([None, *(each.id for each in labels), "deleted"])
    found = []
    for number in range(draw(st.integers(0, 2))):
        start, end = draw(spans(article.text)).fragments[0]
        held = tuple(
            Held(
                who.id,
                tuple(
                    Mark(each.id, who.id, each.label, tuple(map(tuple, each.span.fragments)), each.attributes)
                    for each in labels
                    if each.annotator == who.id
                ),
                tuple(draw(st.lists(keys, max_size=2))),
            )
            for who in people
        )
        decision = Decision(
            f"d-{article.id}-{number}",
            article.id,
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(["", "source"])),
            start,
            end,
            held,
            draw(st.sampled_from(Outcome)),
            tuple(each for each in draw(st.lists(keys, max_size=2)) if each),
            tuple(draw(st.lists(keys, max_size=2))),
            draw(st.sampled_from(["", *(each.id for each in people)])),
            draw(st.sampled_from(["", *REASONS])),
            draw(words),
            draw(words),
            codebook=draw(numbers),
            made_at=TIME,
            changed_at=TIME,
        )
        found.append(decision)
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.id)))


@st.composite
def projects(draw):
    """A project as values: everything the format can hold, and that an empty project takes without complaint."""
    people = draw(st.permutations(PEOPLE).map(lambda found: tuple(found[: draw(st.integers(1, 2))])))
    count = draw(st.integers(1, 3))
    books = tuple(replace(BOOK, description=f"Revision {number}", revision=number) for number in range(1, count + 1))
    if draw(st.booleans()):  # changed, and changed back
        books = (*books, replace(books[0], revision=count + 1))
    numbers = st.integers(1, len(books))
    by_id = {}
    records = []
    for place, text in enumerate(draw(st.lists(texts, min_size=1, max_size=3, unique_by=fingerprint))):
        found = {}
        for number in range(draw(st.integers(0, 5))):
            annotation = Annotation(
                id=f"a-{place}-{number}",
                article=f"article-{place}",
                annotator=draw(st.sampled_from(people)).id,
                label=draw(st.sampled_from(["claim", "denial"])),
                span=draw(spans(text)),
                note=draw(words),
                codebook=draw(numbers),
                revision=draw(st.integers(1, 9)),
                origin=draw(st.sampled_from(Origin)),
                made_at=TIME,
                changed_at=TIME,
            )
            if annotation.label == "claim" and draw(st.booleans()):
                annotation = replace(annotation, attributes=(("certainty", "possible"), ("polarity", "negative")))
            found.setdefault((annotation.annotator, annotation.label, annotation.span), annotation)
        by_id.update((each.id, each) for each in found.values())
        blocks = tuple(Block(BlockKind.CAPTION, *fragment) for fragment in draw(spans(text)).fragments)
        article = Article(
            id=f"article-{place}",
            title=draw(words),
            text=text,
            blocks=draw(st.sampled_from([(), blocks])),
            metadata=(Metadatum("outlet", draw(words), draw(words)),) * draw(st.integers(0, 2)),
            language=draw(st.sampled_from(["", "en", "fa"])),
            direction=draw(st.sampled_from(["", "ltr", "rtl"])),
            provenance=Provenance(draw(words), "hash", "text", "UTF-8", tuple(draw(st.lists(words, max_size=2)))),
            added_at=TIME,
        )
        states = [
            StateRecord(each.id, draw(st.sampled_from([State.DONE, State.EMPTY])).value, TIME)
            for each in sorted(people, key=lambda each: each.id)
            if draw(st.booleans())
        ]
        ordered = tuple(sorted(found.values(), key=lambda each: each.order))
        decided = draw(decisions(article, ordered, people, numbers))
        records.append(ArticleRecord(article, ordered, (), tuple(states), decisions=decided))
    claims = [each for each in by_id.values() if each.label == "claim"]
    linked = []
    for record in records:
        links = [
            Link(
                id=f"l-{denial.id}-{place}",
                kind="denies",
                origin_id=denial.id,
                target=None if target is None else target.id,
                annotator=denial.annotator,
                place=place,
                codebook=draw(numbers),
                made_at=TIME,
                changed_at=TIME,
            )
            for denial in sorted(record.annotations, key=lambda each: each.id)
            if denial.label == "denial"
            for place, target in enumerate(draw(st.sets(st.sampled_from([None, *claims]), max_size=2)))
        ]
        linked.append(replace(record, links=tuple(links)))
    return ProjectRecord("p", "Project", people, books), linked


def write(path, project, records):
    (file,) = jsonl.write(project, records, Options())
    path.write_bytes(b"".join(file.parts))


@given(projects())
def test_what_is_written_is_read_back_equal(values):
    project, records = values
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        write(path, project, records)
        assert len(path.read_text("utf-8").splitlines()) == len(records)  # also for programs that split at U+2028
        reading = jsonl.read(path, Taking())
    assert reading.problems == ()
    assert reading.project == project
    assert list(reading.records) == records


@settings(max_examples=40)
@given(projects())
def test_an_empty_project_that_takes_a_file_in_is_equal_to_it_and_twice_adds_nothing(values):
    project, records = values
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        write(path, project, records)
        with Project.create(Path(folder) / "other", annotator="Cem") as other:
            report = other.import_(path)
            assert (report.problems, report.articles) == ((), len(records))
            found, back, left_out = other.records()
            assert back == records
            assert left_out == ()
            assert found.codebooks == project.codebooks
            assert {*found.annotators} - {*project.annotators} == {other.annotator("Cem")}
            assert other.check() == []
            steps = len(other.steps())
            again = other.import_(path)
            assert (again.articles, again.annotations, again.links, again.problems) == (0, 0, 0, ())
            assert len(other.steps()) == steps
            other.undo()
            assert other.articles() == []


@pytest.fixture
def lines(project, tmp_path):
    """The lines of an exported project, as values, and a function that imports changed ones into a new project."""
    article = project.articles()[0].id
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana", attributes=[("certainty", "certain")])
    denial = project.annotate(article, "denial", [(0, 15), (24, 30)], annotator="Ben")
    project.link("denies", denial.id, claim.id)
    project.link("denies", denial.id, None)
    project.set_state(article, "Ana", State.DONE)
    project.export(tmp_path / "out.jsonl")
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture
def take(tmp_path):
    """A function that imports lines into a new project and returns the report and the project."""
    made = []

    def taking(lines, *, partly=False):
        path = tmp_path / "in.jsonl"
        path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
        made.append(Project.create(tmp_path / f"taking-{len(made)}"))
        return made[-1].import_(path, "jsonl", partly=partly), made[-1]

    yield taking
    for project in made:
        project.close()


def first_label(line):
    """The claim; the denial begins there too and is longer, so it stands first."""
    return line["annotations"][1]


def first_fragment(line):
    return first_label(line)["fragments"][0]


WRONG = {
    "not JSON": (lambda line: b'{"format": ', "not JSON"),
    "not UTF-8": (lambda line: b'{"format": "\xff"}', "not UTF-8 (byte 12)"),
    "no object": (lambda line: [1, 2], "“format” must be"),
    "deep": (lambda line: b"[" * 100_000, "wrong shape"),
    "another format": (lambda line: line.update(format="x"), "“format” must be"),
    "a newer version": (lambda line: line.update(version=2), "newer version"),
    "no text": (lambda line: line.pop("text"), "lacks 'text'"),
    "empty text": (lambda line: line.update(text=" \n", annotations=[], blocks=[]), "no text"),
    "text as a number": (lambda line: line.update(text=5), "“text” must be a string"),
    "shifted": (lambda line: first_fragment(line).update(start=1, end=9), "says it covers “Minister”, but the text"),
    "outside": (lambda line: first_fragment(line).update(end=9999), "lie outside the text"),
    "backwards": (lambda line: first_fragment(line).update(start=8, end=0), "lie outside the text"),
    "negative": (lambda line: first_fragment(line).update(start=-1), "“start” must be a whole number"),
    "a fraction": (lambda line: first_fragment(line).update(start=0.5), "“start” must be a whole number"),
    "no fragments": (lambda line: first_label(line).update(fragments=[]), "at least one fragment"),
    "fragments that touch": (
        lambda line: first_label(line).update(fragments=[*first_label(line)["fragments"]] * 2),
        "Fragments must be in order and apart",
    ),
    "an unknown annotator": (lambda line: first_label(line).update(annotator="Zoe"), "“Zoe” is not among"),
    "an unknown origin": (lambda line: first_label(line).update(origin="sky"), "sky"),
    "an unknown state": (lambda line: line["states"][0].update(state="tired"), "tired"),
    "an unknown block": (lambda line: line["blocks"].append({"kind": "x", "start": 0, "end": 1}), "BlockKind"),
    "attributes as a list": (lambda line: first_label(line).update(attributes=[]), "“attributes” must be an object"),
    "values as a string": (
        lambda line: first_label(line).update(attributes={"certainty": "certain"}),
        "must be a list",
    ),
    "an absent target": (lambda line: line["links"][0].update(absent=True, to="x"), "“absent” exactly when"),
    "a target as a number": (lambda line: line["links"][0].update(absent=False, to=5), "“to” must be a string"),
    "an id twice": (lambda line: line["annotations"][1].update(id=line["annotations"][0]["id"]), "stands in line 1"),
    "half a character": (lambda line: line.update(title="\ud83d"), "half of a character"),
    "a codebook": (lambda line: line["project"]["codebooks"][0].update(labels=[]), "at least one label"),
    "annotators alike": (
        lambda line: line["project"].update(annotators=line["project"]["annotators"][:1] * 2),
        "same id",
    ),
    "a label not in the codebook": (lambda line: first_label(line).update(label="rumour"), "no label “rumour”"),
    "a value not in the codebook": (
        lambda line: first_label(line).update(attributes={"certainty": ["sure"]}),
        "“sure” is not a value",
    ),
    "a link that the codebook does not have": (lambda line: line["links"][0].update(kind="hears"), "“hears”"),
    "a link into nothing": (lambda line: line["links"][0].update({"from": "gone"}), "one of its ends is not there"),
    "a revision that is not there": (lambda line: first_label(line).update(codebook=7), "revision 7"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_line_and_nothing_is_added(lines, take, dump, name):
    change, words = WRONG[name]
    wrong = change(lines[0])
    if isinstance(wrong, bytes | list):
        lines[0] = wrong
    report, project = take(lines)
    assert report.refused
    assert words in str(report.problems[0])
    assert (report.articles, project.articles(), project.steps()) == (0, [], [])
    assert project.check() == []


def test_the_number_of_the_wrong_line_is_named(lines, take):
    report, project = take([*lines, b"{"])
    assert [problem.line for problem in report.problems] == [3]
    assert "in.jsonl, line 3: The line is not JSON" in str(report.problems[0])
    assert project.articles() == []


def test_what_is_right_can_be_taken_alone(lines, take):
    report, project = take([*lines, b"{"], partly=True)
    assert not report.refused
    assert (report.articles, report.annotations, report.links) == (2, 2, 2)
    assert [problem.line for problem in report.problems] == [3]
    assert project.check() == []


def test_an_id_of_an_earlier_line_is_refused(lines, take):
    lines[1]["id"] = lines[0]["id"]
    report, project = take(lines)
    assert [(problem.line, problem.message.endswith("stands in line 1 already.")) for problem in report.problems] == [
        (2, True)
    ]
    assert project.articles() == []


def test_a_file_without_a_line_is_told(take):
    report, _ = take([])
    assert "holds no article" in str(report.problems[0])


def test_empty_lines_a_byte_order_mark_and_windows_line_ends_do_no_harm(lines, take):
    data = [json.dumps(line).encode() + b"\r" for line in lines]
    report, project = take([b"\xef\xbb\xbf" + data[0], b"\r", data[1], b""])
    assert report.problems == ()
    assert len(project.articles()) == 2


def test_offsets_of_a_text_that_has_to_be_normalised_go_through_the_same_map(lines, take):
    line = lines[1]
    line["text"] = "\ufeffRain\r\nfell.\u2028So it \x00did. 📰 he said"
    at = line["text"].index("he said")
    line["blocks"] = [{"kind": "headline", "start": 1, "end": 5}]
    line["annotations"] = [{**first_label(lines[0]), "fragments": [{"start": at, "end": at + 7, "text": "he said"}]}]
    lines[0].update(annotations=[], links=[])
    report, project = take(lines)
    assert report.problems == ()
    (annotation,) = project.annotations()
    article = project.article(annotation.article)
    assert article.text == "Rain\nfell.\nSo it did. 📰 he said"
    assert annotation.span.covered(article.text) == ("he said",)
    assert article.blocks == (Block(BlockKind.HEADLINE, 0, 4),)


@pytest.mark.parametrize("name", ["nothing.jsonl", ""])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path, name):
    reading = jsonl.read(tmp_path / name, Taking())
    assert "cannot be read" in str(reading.problems[0])


def test_every_line_says_its_unit_and_its_words(lines):
    for line in lines:
        assert line["offsets"] == "code points, half-open"
        for annotation in line["annotations"]:
            for fragment in annotation["fragments"]:
                assert line["text"][fragment["start"] : fragment["end"]] == fragment["text"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda children: st.lists(children, max_size=2) | st.dictionaries(st.text(max_size=3), children, max_size=2),
    max_leaves=4,
)


def spots(value, path=()):
    """The paths of everything in a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from spots(each, (*path, key))


@settings(max_examples=150)
@given(st.data())
def test_whatever_stands_where_something_else_should_is_a_problem_and_never_a_crash(data):
    book = replace(BOOK, revision=1)
    annotation = Annotation("a", "x", "p-ana", "claim", Span.of((0, 2)), (("certainty", "certain"),))
    denial = replace(annotation, id="d", label="denial", attributes=())
    article = Article("x", "Title", "some text", (Block(BlockKind.BODY, 0, 4),), (Metadatum("outlet", "O"),))
    links = (Link("l", "denies", "d", "a", "p-ana"), Link("m", "denies", "d", None, "p-ana"))
    record = ArticleRecord(article, (annotation, denial), links, (StateRecord("p-ana", "done", TIME),))
    (file,) = jsonl.write(ProjectRecord("p", "P", PEOPLE[:1], (book,)), [record], Options())
    line = json.loads(b"".join(file.parts))
    path = data.draw(st.sampled_from([spot for spot in spots(line) if spot and "clauses" not in spot]))
    place = line
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = data.draw(json_values)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "in.jsonl"
        target.write_text(json.dumps(line))
        with Project.create(Path(folder) / "p") as project:
            report = project.import_(target, "jsonl")
            assert report.refused or report.articles == 1
            assert project.check() == []
            project.records()
