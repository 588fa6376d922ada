"""The example project reads, holds together under the default codebook, and shows what it is there to show."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from annotator.formats.example import Example, ExampleLabel, read_example
from annotator.formats.quote import find_quote
from annotator.model.annotation import Annotation, Link
from annotator.model.article import BlockKind, State
from annotator.model.codebook import Codebook
from annotator.model.errors import FormatError, SpanError
from annotator.model.review import review
from annotator.model.rules import check_annotation, check_link, check_new
from annotator.model.span import Span
from annotator.resources import folder, read_text
from annotator.text.normalise import normalise

FOLDER = folder() / "example"
PERSIAN, EMOJI, EMPTY = "07-persian-market-fire", "08-ghost-ferry-video", "09-write-to-us"


@pytest.fixture(scope="module")
def example() -> Example:
    return read_example(FOLDER)


@pytest.fixture(scope="module")
def codebook(example: Example) -> Codebook:
    return Codebook.from_dict(json.loads(read_text(f"codebooks/{example.codebook}.json")))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with one article and one annotator, for breaking."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "labels").mkdir()
    (tmp_path / "example.toml").write_text('title = "T"\ncodebook = "default"\n[[article]]\nslug = "one"\n')
    (tmp_path / "articles" / "one.txt").write_text("Head\nHe said there was rain. She said no.\n")
    return tmp_path


def write_label(small: Path, entry: str, state: str = "done") -> None:
    (small / "labels" / "ana.toml").write_text(
        f'annotator = "Ana"\n[[article]]\nslug = "one"\nstate = "{state}"\n[[article.label]]\nid = "x"\n'
        f'label = "attribution"\n{entry}\n',
        encoding="utf-8",
    )


def as_annotation(label: ExampleLabel) -> Annotation:
    return Annotation(
        id=f"{label.annotator}/{label.article}/{label.key}",
        article=label.article,
        annotator=label.annotator,
        label=label.label,
        span=label.span,
        attributes=label.attributes,
        note=label.note,
    )


def texts_of(example: Example) -> dict[str, str]:
    return {article.slug: article.text for article in example.articles}


def nesting(labels: list[ExampleLabel], label: ExampleLabel) -> int:
    """Return how many labels of the same kind lie around this one, itself included."""
    return sum(each.span.start <= label.span.start and label.span.end <= each.span.end for each in labels)


def test_there_are_nine_articles_and_three_annotators(example: Example) -> None:
    assert len(example.articles) == 9
    assert example.annotators == ("Ana", "Ben", "Chiara")
    assert len({article.title for article in example.articles}) == 9
    for article in example.articles:
        assert article.text == normalise(article.text).text
        assert not article.text.endswith("\n")
        assert article.language
        assert {datum.key for datum in article.metadata} >= {"outlet", "date published"}


def test_every_label_is_allowed_and_new(example: Example, codebook: Codebook) -> None:
    texts = texts_of(example)
    made: dict[str, list[Annotation]] = {}
    for label in example.labels:
        annotation = as_annotation(label)
        check_annotation(codebook, annotation, len(texts[label.article]))
        check_new(codebook, annotation, made.setdefault(label.article, []))
        assert label.span.trimmed(texts[label.article]) == label.span
        made[label.article].append(annotation)


def test_every_link_is_allowed(example: Example, codebook: Codebook) -> None:
    known = {(label.annotator, label.article, label.key): as_annotation(label) for label in example.labels}
    for number, link in enumerate(example.links):
        origin = known[link.annotator, *link.origin]
        target = known[link.annotator, *link.target] if link.target else None
        made = Link(
            id=str(number),
            kind=link.kind,
            origin_id=origin.id,
            target=target.id if target else None,
            annotator=link.annotator,
            place=link.place,
        )
        check_link(codebook, made, origin, target)


def test_nothing_is_missing_in_what_ana_did(example: Example, codebook: Codebook) -> None:
    links = [
        Link(
            id="",
            kind=link.kind,
            origin_id="/".join(("Ana", *link.origin)),
            target="/".join(("Ana", *link.target)) if link.target else None,
            annotator="Ana",
        )
        for link in example.links
        if link.annotator == "Ana"
    ]
    for article in example.articles:
        own = [
            as_annotation(each) for each in example.labels if (each.annotator, each.article) == ("Ana", article.slug)
        ]
        assert review(codebook, article.text, own, links) == []


def test_how_much_each_annotator_made(example: Example) -> None:
    assert Counter(label.annotator for label in example.labels) == {"Ana": 392, "Ben": 132, "Chiara": 246}
    assert {label.label for label in example.labels if label.annotator == "Ben"} == {"claim", "denial", "attribution"}
    assert {label.label for label in example.labels if label.annotator == "Chiara"} == {
        "claim",
        "denial",
        "attribution",
        "source",
        "content",
    }


def test_states_agree_with_the_labels(example: Example) -> None:
    states = {(state.annotator, state.article): state.state for state in example.states}
    made = Counter((label.annotator, label.article) for label in example.labels)
    assert states["Ana", EMPTY] == states["Ben", EMPTY] == State.EMPTY
    assert states["Ben", EMOJI] == State.IN_PROGRESS
    assert ("Ben", PERSIAN) not in states
    for place, state in states.items():
        assert (made[place] > 0) == (state in (State.DONE, State.IN_PROGRESS)), place


def test_the_hard_cases_are_there(example: Example) -> None:
    texts = texts_of(example)
    spans = [(label, label.span) for label in example.labels]
    assert sum(len(span.fragments) > 1 for _, span in spans) >= 10
    assert any("\n" in texts[label.article][span.start : span.end] for label, span in spans if len(span.fragments) > 1)
    assert any("\n" in words for label, span in spans for words in span.covered(texts[label.article]))
    for slug in ("01-wire-altered-logs", PERSIAN):
        own = [label for label in example.labels if label.annotator == "Ana" and label.article == slug]
        contents = [label for label in own if label.label in ("content", "claim")]
        assert max(nesting(contents, label) for label in contents) >= 3
    assert any(
        one.span.start < other.span.start < one.span.end < other.span.end
        for one in example.labels
        for other in example.labels
        if one.annotator == other.annotator and one.article == other.article
    )
    assert any(link.target is None for link in example.links)
    assert any(link.target and link.target[0] != link.origin[0] for link in example.links)


def test_offsets_count_code_points(example: Example) -> None:
    texts = texts_of(example)
    covered = {
        words for label in example.labels if label.article == EMOJI for words in label.span.covered(texts[EMOJI])
    }
    assert "I swear on my kids 👨‍👩‍👧 this is real ❤️" in covered
    assert "@\U0001d49cnnika_sails, who posted it first" in covered
    assert "A second user, @harbour_🇬🇧_cat" in covered
    assert any("\u200c" in texts[PERSIAN][label.span.start : label.span.end] for label in example.labels)


def test_they_disagree(example: Example) -> None:
    by_annotator = {
        name: {(label.article, label.label, label.span) for label in example.labels if label.annotator == name}
        for name in example.annotators
    }
    for one in example.annotators:
        for other in example.annotators:
            if one < other:
                shared = by_annotator[one] & by_annotator[other]
                assert len(shared) >= 40
                assert len(by_annotator[one] - shared) >= 20
                assert len(by_annotator[other] - shared) >= 20


def test_blocks_are_what_they_say(example: Example) -> None:
    blog = next(article for article in example.articles if article.slug == "05-blog-repost")
    words: dict[BlockKind, list[str]] = {kind: [] for kind in BlockKind}
    for block in blog.blocks:
        words[block.kind].append(blog.text[block.start : block.end])
    assert words[BlockKind.HEADLINE] == [blog.title]
    assert words[BlockKind.CREDIT] == ["Photo: quaysider"]
    assert words[BlockKind.FURNITURE][0].splitlines() == [
        "Harbour Notes",
        "Home · About · Walks · Archive · Subscribe",
    ]
    assert words[BlockKind.COMMENT][0].endswith("the whole time.")
    left_out = [block for article in example.articles for block in article.blocks if not block.kind.is_labelled]
    assert left_out


def test_reading_twice_gives_the_same(example: Example) -> None:
    assert read_example(FOLDER) == example


def test_line_ends_of_another_system_change_nothing(example: Example, tmp_path: Path) -> None:
    copy = tmp_path / "example"
    shutil.copytree(FOLDER, copy)
    for path in copy.glob("**/*.t*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_example(copy) == example


def test_occurrence_chooses(small: Path) -> None:
    write_label(small, 'quote = "said"\noccurrence = 2')
    label = read_example(small).labels[0]
    assert label.span == Span.of((33, 37))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('quote = "snow"', "“snow” is not in the text"),
        ('quote = "said"', "2 times"),
        ('quote = "said"\noccurrence = 3', "no occurrence 3"),
        ('quote = "sai"', "not in the text"),
        ('quote = ["rain", "there"]', "after the fragment before it"),
        ('quote = ""', "at least one character"),
        ("quote = 7", "must be a string"),
        ('quote = "rain"\noccurrence = "first"', "must be a number"),
        ("", "“quote” is missing"),
        ('quote = "rain"\nlinks = { content = "y" }', "no such label"),
        ('quote = "rain"\nqoute = "rain"', "“qoute” means nothing here"),
        ('quote = "rain"\n[[article.label]]\nid = "x"\nlabel = "claim"\nquote = "no"', "the same id"),
        ('quote = "rain"\n[[article]]\nslug = "two"\nstate = "done"', "no such article"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(small: Path, entry: str, message: str) -> None:
    write_label(small, entry)
    with pytest.raises(FormatError) as caught:
        read_example(small)
    assert message in str(caught.value)
    assert "ana.toml" in str(caught.value)
    assert "article “" in str(caught.value)


def test_unknown_state_is_refused(small: Path) -> None:
    write_label(small, 'quote = "rain"', state="finished")
    with pytest.raises(FormatError, match="“finished” is no state"):
        read_example(small)


def test_broken_toml_is_refused_with_its_line(small: Path) -> None:
    write_label(small, "quote = rain")
    with pytest.raises(FormatError) as caught:
        read_example(small)
    assert caught.value.line == 8


def test_missing_and_unreadable_files_are_refused(small: Path) -> None:
    (small / "articles" / "one.txt").write_bytes(b"Caf\xe9\n")
    with pytest.raises(FormatError, match="not UTF-8"):
        read_example(small)
    (small / "articles" / "one.txt").unlink()
    with pytest.raises(FormatError, match="cannot be read"):
        read_example(small)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('{ kind = "heading", lines = 1 }', "no kind of block"),
        ('{ kind = "headline", lines = 3 }', "from 1 to 2"),
        ('{ kind = "headline", lines = [2, 1] }', "from 1 to 2"),
        ('{ kind = "headline" }', "from 1 to 2"),
        ('{ kind = "headline", quote = "Tail" }', "not in the text"),
        ('{ kind = "headline", lines = 1 }, { kind = "body", quote = "Head" }', "overlap"),
    ],
)
def test_blocks_that_cannot_be_are_refused(small: Path, block: str, message: str) -> None:
    (small / "example.toml").write_text(
        f'title = "T"\ncodebook = "default"\n[[article]]\nslug = "one"\nblock = [{block}]\n'
    )
    with pytest.raises(FormatError, match=message):
        read_example(small)


def test_each_place_of_words_that_stand_there_several_times_is_found() -> None:
    text = "no, no and nothing: no"
    found = [find_quote(text, ["no"], [number]) for number in (1, 2, 3)]
    assert found == [Span.of((start, start + 2)) for start in (0, 4, 20)]
    with pytest.raises(SpanError):
        find_quote(text, ["no"], [4])
