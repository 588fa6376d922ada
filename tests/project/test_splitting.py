"""Splits: nothing of one story on both sides, every label on every side, recorded and used by exports."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.articles.read import ArticleDraft, NewArticle
from annotator.formats.format import Options
from annotator.model.article import Metadatum, fingerprint
from annotator.model.errors import ExchangeError, NotFoundError
from annotator.project import Project
from annotator.project.divide import Piece, divide, together
from annotator.project.selecting import Selection

LONG = "The ministry said on Monday that the bridge would stay closed for nine more days, and the mayor denied it. " * 4


@st.composite
def pieces(draw):
    labels = st.frozensets(st.sampled_from(["claim", "denial", "attribution"]))
    stories = st.sampled_from(["", "", "Bridge", " bridge", "Flood"])
    count = draw(st.integers(1, 40))
    return [Piece(f"a{number:02}", draw(labels), draw(stories)) for number in range(count)]


SHARES = st.dictionaries(st.sampled_from(["train", "dev", "test"]), st.floats(1, 90), min_size=2)


@given(pieces(), SHARES, st.integers(0, 99), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=5))
def test_what_belongs_together_is_never_on_both_sides(found, shares, seed, same):
    pairs = [(f"a{one:02}", f"a{other:02}") for one, other in same]
    groups = together(found, pairs)
    assert sorted(each.id for group in groups for each in group) == sorted(each.id for each in found)
    placed = divide(groups, shares, seed)
    assert placed.keys() == {each.id for each in found}
    for one, other in pairs:
        assert placed.get(one) == placed.get(other) or one not in placed or other not in placed
    for story in ("bridge", "flood"):
        assert len({placed[each.id] for each in found if each.story.strip().casefold() == story}) <= 1
    assert divide(together(list(reversed(found)), pairs), shares, seed) == placed


def test_shares_and_labels_are_met():
    found = [Piece(f"{number:04}", frozenset({"rare"} if number % 10 == 0 else {"claim"})) for number in range(1_000)]
    placed = divide(together(found, []), {"train": 80, "dev": 10, "test": 10}, seed=3)
    assert Counter(placed.values()) == {"train": 800, "dev": 100, "test": 100}
    rare = Counter(placed[each.id] for each in found if "rare" in each.labels)
    assert rare == {"train": 80, "dev": 10, "test": 10}
    assert divide(together(found, []), {"train": 80, "dev": 10, "test": 10}, seed=4) != placed


@pytest.fixture
def corpus(tmp_path):
    with Project.create(tmp_path / "corpus", annotator="Ana") as project:
        articles = [
            NewArticle(
                f"Title {number}",
                f"Text number {number}. Rain fell.",
                fingerprint(f"Text number {number}. Rain fell."),
                metadata=(Metadatum("story", f"s{number // 2}"),),
            )
            for number in range(20)
        ]
        project.commit(ArticleDraft(articles=tuple(articles)))
        project.add_text(LONG + "One outlet.", "Wire")
        project.add_text(LONG + "Another outlet.", "Wire again")
        for head in project.articles():
            project.annotate(head.id, "claim", [(0, 4)], annotator="Ana")
        yield project


@pytest.mark.parametrize("by", ["story", "article"])
def test_a_split_is_recorded_and_undone(corpus, by):
    made = corpus.split("main", by=by, seed=7)
    assert corpus.splits() == (made,)
    assert sorted(key for _, ids in made.parts for key in ids) == sorted(head.id for head in corpus.articles())
    part = {key: name for name, ids in made.parts for key in ids}
    titles = {head.title: part[head.id] for head in corpus.articles()}
    assert titles["Wire"] == titles["Wire again"]
    if by == "story":
        assert all(titles[f"Title {number}"] == titles[f"Title {number + 1}"] for number in range(0, 20, 2))
    assert corpus.check() == []
    corpus.undo()
    assert corpus.splits() == ()
    corpus.redo()
    assert corpus.splits() == (made,)


def test_an_article_that_is_removed_comes_back_where_it_was(corpus):
    made = corpus.split("main")
    corpus.remove([corpus.articles()[0].id])
    assert corpus.check() == []
    corpus.undo()
    assert corpus.splits() == (made,)


def test_an_export_by_a_split_has_a_file_a_part_and_tells_what_is_in_none(corpus, tmp_path):
    made = corpus.split("main", shares={"train": 3, "test": 1})
    corpus.add_text("A later article.", "Later")
    report = corpus.export(tmp_path / "out", "doccano", options=Options(parts=made.parts))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["README.md", "test.jsonl", "train.jsonl"]
    assert report.articles == 22
    assert report.left_out == ("1 article that is in no part of the split",)
    report = corpus.export(tmp_path / "brat", "brat", options=Options(parts=made.parts))
    assert {path.name for path in (tmp_path / "brat").iterdir()} == {"README.md", "train", "test"}


def test_a_part_without_articles_is_told_when_it_is_made_and_when_it_goes_out(tmp_path):
    with Project.create(tmp_path / "small", annotator="Ana") as project:
        project.add_text("Rain fell.", "One")
        project.add_text("Snow fell.", "Two")
        made = project.split("main")
        bare = [part for part, ids in made.parts if not ids]
        assert bare == ["dev", "test"]
        assert made.advice.startswith(
            "Parts dev and test of “main” are empty: there are only 2 articles for such a share."
        )
        report = project.export(tmp_path / "out", "doccano", options=Options(parts=made.parts))
        assert report.left_out[0].startswith("parts dev and test of the split, which have no article and get no file")
        assert not project.split("halves", shares={"train": 1, "test": 1}).advice
        four = project.split("four", shares=dict.fromkeys("abcd", 1))
        assert re.match(r"Parts . and . of “four” are empty", four.advice)


def test_a_part_of_which_nothing_is_chosen_is_told(corpus, tmp_path):
    made = corpus.split("main", shares={"train": 3, "test": 1})
    assert not made.advice
    inside = next(iter(dict(made.parts)["train"]))
    report = corpus.export_plan(
        "doccano", selection=Selection(articles=frozenset({inside})), options=Options(parts=made.parts)
    )
    assert report.left_out[-1] == "part test of the split, of which no article is chosen"


def test_of_two_splits_into_the_same_parts_the_card_names_the_one_that_was_chosen(corpus, tmp_path):
    one, other = (corpus.split(name, shares={"train": 3, "test": 1}) for name in ("one", "other"))
    assert one.parts == other.parts
    for name in ("one", "other"):
        corpus.export(tmp_path / name, "doccano", options=Options(parts=one.parts, split=name))
        assert f"by the split “{name}”" in (tmp_path / name / "README.md").read_text("utf-8")


def test_what_cannot_be_a_split_is_refused(corpus):
    corpus.split("main")
    for wrong in (
        {"name": "main"},
        {"name": " "},
        {"by": "week"},
        {"shares": {"train": 1}},
        {"shares": {"a": 1, "b": 0}},
    ):
        with pytest.raises(ExchangeError):
            corpus.split(**{"name": "other", **wrong})
    with pytest.raises(NotFoundError, match="It has: main"):
        corpus.find_split("other")
    corpus.remove_split("main")
    assert corpus.splits() == ()


def test_where_there_are_articles_enough_stories_are_the_reason_for_an_empty_part(corpus):
    for head in corpus.articles():
        corpus.set_metadata(head.id, [Metadatum("story", "one")])
    made = corpus.split("main", shares=dict.fromkeys("abc", 1))
    assert "are empty: articles of one story stay together." in made.advice
    assert corpus.find_split("main").advice == made.advice
