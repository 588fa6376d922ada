"""What agreement has counted is kept, and gives the same digits as counting anew; it is never older than the labels."""

import random
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate, combinations

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.apart import Words, stretches
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.losses import lost
from annotator.agreement.packing_in_words import METHOD as METHOD_IN_WORDS
from annotator.agreement.spans import Rule, counts
from annotator.agreement.sweep import pair_table
from annotator.agreement.unitizing import Units, binary, family
from annotator.model.article import BlockKind, State
from annotator.model.errors import RuleError
from annotator.project import Project, kept_review
from annotator.project.anatomy import classes
from annotator.project.bench import bench
from annotator.project.collecting import gather
from annotator.project.measuring import compute, summaries
from annotator.project.report_words import summary
from annotator.project.request import Request
from annotator.project.stock import Source
from annotator.store import reviews, statistics, word_statistics

TEXT = "Two aides say she knew 📰 of it. “I never saw it,” she said. It was denied, they told us. Rain fell.\n" * 2
PEOPLE = ("Ana", "Ben", "Chiara")


@pytest.fixture
def team(tmp_path):
    """Three who labelled twelve articles at random; one of them did not finish all."""
    dice = random.Random(1)
    with Project.create(tmp_path / "team.annotator", annotator="Ana") as project:
        for name in PEOPLE[1:]:
            project.ensure_annotator(name)
        for number in range(12):
            project.add_text(f"{TEXT}{number}", f"Article {number}")
        for head in project.articles():
            for name in PEOPLE:
                for _ in range(dice.randint(0, 4)):
                    start, second = dice.randrange(90), dice.randrange(100, 180)
                    span = [(start, start + dice.randint(3, 40))]
                    span += [(second, second + 9)] if dice.random() < 0.3 and span[0][1] < 99 else []
                    label(project, head.id, name, span, dice.choice(("claim", "denial", "source")))
                if dice.random() < 0.8:
                    project.set_state(head.id, name, State.DONE)
        yield project


def label(project, article, who, span, name="claim"):
    text = project.article(article).text
    if all(text[start:end].strip() for start, end in span):
        with suppress(RuleError):
            project.annotate(article, name, span, annotator=who)


def reports(project, request):
    """Return the report from what is kept, and the one from counting anew."""
    material = project.gather(request)
    names = {each.id: each.name for each in project.annotators()}
    source = Source(project._db, project.name, material.revision, names, tuple(names), project.codebook)
    anew = gather(source, material.request, anew=True)
    assert len(anew.fresh.articles) == len(anew.titles)
    found = [compute(each).to_dict() for each in (material, anew)]
    for each in found:
        del each["made_at"]
    return found, material


REQUESTS = (
    Request(),
    Request(annotators=("Chiara", "Ana")),
    Request(labels=("denial", "claim")),
    Request(unit="token", tolerance=1),
    Request(unit="token", labels=("denial", "claim")),
    Request(iou=0.7, replicates=0),
    Request(tolerance=2),
)


def test_unitizing_in_tokens_is_that_of_the_corpus_whoever_is_chosen(team):
    """What was counted in tokens was once put away before it was asked for: undefined, though it is not."""
    team.agreement(Request(unit="token", replicates=0))
    request = Request(("Chiara", "Ana"), ("denial", "claim"), unit="token", replicates=0, measures=("u_alpha_binary",))
    material = team.gather(request)
    corpus = material.tokens
    sight = labelling.view(corpus, pair_table(corpus), (0, 1), 0b11)
    found = {each.label: each.value for each in compute(material).find("u_alpha_binary") if each.label}
    expected = {name: binary(Units.of(corpus), sight.narrowed(1 << place)) for place, name in enumerate(request.labels)}
    assert found == {name: pytest.approx(each.score().value) for name, each in expected.items()}


@pytest.mark.parametrize("request_", REQUESTS)
def test_what_is_kept_gives_the_same_digits(team, request_):
    team.agreement()
    (kept, anew), material = reports(team, request_)
    assert not material.fresh.articles
    assert kept == anew


def test_a_change_is_counted_again_and_nothing_else(team):
    for head in team.articles():
        for name in PEOPLE:
            team.set_state(head.id, name, State.DONE)
    team.agreement()
    article = team.articles()[3].id
    for change in (
        lambda: team.annotate(article, "content", [(0, 3)], annotator="Ana"),
        lambda: team.set_state(article, "Ben", State.IN_PROGRESS),
        lambda: team.set_block_kind(article, 0, 40, BlockKind.CAPTION),
        team.undo,
        team.redo,
    ):
        change()
        (kept, anew), material = reports(team, Request())
        assert [list(material.titles)[place] for place in material.fresh.articles] == [article]
        assert kept == anew
        team.agreement()
        assert not team.gather().fresh.articles


def test_an_article_that_nobody_has_finished_moves_no_figure(team):
    unread = team.articles()[5].id
    team.set_block_kind(unread, 150, 160, BlockKind.FURNITURE)
    for name in PEOPLE:
        team.set_state(unread, name, State.IN_PROGRESS)
    _, material = reports(team, Request())
    beside = compute(material)
    team.remove([unread])
    alone = team.agreement()
    assert (beside.figures, beside.classes, beside.span_classes) == (alone.figures, alone.classes, alone.span_classes)


def test_an_article_that_goes_takes_its_counts_along(team):
    team.agreement()
    team.remove([team.articles()[0].id])
    assert not team.check()
    team.undo()
    (kept, anew), _ = reports(team, Request())
    assert kept == anew


def test_nothing_is_kept_of_what_changed_meanwhile(team):
    material = team.gather()
    compute(material)
    team.annotate(team.articles()[0].id, "content", [(10, 14)], annotator="Ana")
    assert not team.keep_counted(material)
    assert statistics.is_empty(team._db)


def test_it_is_kept_without_a_step_and_found_when_the_project_is_opened_again(team):
    before = team.info().steps
    compute(team.gather())
    team.close()
    with Project.open(team.path, read_only=True) as again:
        assert again.info().steps == before
        assert not again.gather().fresh.articles
        assert not again.check()


def test_reading_alone_keeps_nothing(team, tmp_path):
    team.close()
    before = team.path.read_bytes()
    with Project.open(team.path, read_only=True) as project:
        project.agreement()
    assert team.path.read_bytes() == before


def test_a_check_finds_counts_that_are_not_those_of_the_labels(team):
    team.agreement()
    assert not team.check()
    with team._db.atomic():
        row = team._db.execute("SELECT article FROM statistic WHERE length(spans) > 0").fetchone()
        team._db.execute("UPDATE statistic SET spans = zeroblob(length(spans)) WHERE article = ?", row)
    (found,) = team.check()
    assert "counted" in found.message


def test_a_label_that_was_changed_behind_the_program_is_found(team):
    team.agreement()
    with team._db.atomic():
        team._db.execute("UPDATE annotation SET label = 'cue' WHERE id = (SELECT min(id) FROM annotation)")
    assert any("counted in it" in each.message for each in team.check())


def test_a_copy_that_is_handed_out_holds_no_counts(team, tmp_path):
    team.agreement()
    reviews.write(team._db, "asked", 1, "way", "{}")
    team.hand_out("Ben", tmp_path / "ben.annotator", ids=[team.articles()[0].id])
    with Project.open(tmp_path / "ben.annotator") as theirs:
        assert statistics.is_empty(theirs._db)
        assert not theirs._db.execute("SELECT count(*) FROM review").fetchone()[0]


def test_a_copy_of_the_whole_project_holds_them(team, tmp_path):
    team.agreement()
    team.close()
    copy = shutil.copyfile(team.path, tmp_path / "copy.annotator")
    with Project.open(copy) as theirs:
        assert not theirs.gather().fresh.articles


@pytest.mark.parametrize("request_", [*REQUESTS, Request(measures=("agr",), replicates=0)])
def test_a_summary_says_what_the_whole_report_says_first(team, request_):
    material = team.gather(request_)
    (early, first), whole = summaries(material), compute(material)
    assert summary(first) == summary(whole)
    assert first.classes == whole.classes
    for figure in first.figures:
        assert figure in whole.figures
    assert [each.article for each in first.costly] == [each.article for each in whole.costly[:1]]
    assert [replace(each, low=None, high=None, note="") for each in first.figures] == [
        replace(each, note="") for each in early.figures
    ]
    assert (early.classes, early.request.replicates) == (first.classes, 0)


def test_a_filter_on_what_was_gathered_gives_the_digits_of_gathering_anew(team):
    before = team.gather()
    some = frozenset(head.id for head in team.articles()[2:9])
    for request in (
        *REQUESTS,
        Request(articles=some),
        Request(articles=some, labels=("claim",), annotators=PEOPLE[1:]),
    ):
        found = [compute(team.gather(request, before=each)).to_dict() | {"made_at": ""} for each in (before, None)]
        assert found[0] == found[1]
    team.annotate(team.articles()[3].id, "content", [(0, 3)], annotator="Ana")
    assert team.gather(before=before).stock is not before.stock


def test_a_review_is_shown_again_as_long_as_nothing_has_changed(team, monkeypatch):
    monkeypatch.setattr(kept_review, "WORTH_KEEPING", 2)
    request = Request(tolerance=1, articles=frozenset(head.id for head in team.articles()[:10]))
    assert team.kept_review(request) is None
    report = team.agreement(request)
    assert team.keep_review(request, report)
    assert team.kept_review(request) == report
    assert team.kept_review(replace(request, tolerance=2)) is None
    team.annotate(team.articles()[3].id, "content", [(0, 3)], annotator="Ana")
    assert team.kept_review(request) is None
    assert not team.keep_review(request, report)
    team.undo()
    assert team.kept_review(request) is None  # what was undone is a step too


def test_a_damaged_review_is_computed_again(team, monkeypatch):
    monkeypatch.setattr(kept_review, "WORTH_KEEPING", 2)
    report = team.agreement()
    team.keep_review(Request(), report)
    with team._db.atomic():
        team._db.execute("UPDATE review SET content = substr(content, 1, 100)")
    assert team.kept_review() is None


def by_hand(project, people, labels):
    """Return finished work as the project gives it label by label, without the blanks at edges and what is left out."""
    lengths, work = {}, {}
    for head in project.articles():
        article = project.article(head.id)
        out = {place for each in article.blocks if not each.kind.is_labelled for place in range(each.start, each.end)}
        before = list(accumulate((place not in out for place in range(len(article.text))), initial=0))
        lengths[head.id] = before[-1]
        for who in people:
            if project.state(head.id, who).is_finished:
                work[head.id, who] = [
                    Marked(each.label, tuple(trimmed(article.text, before, *part) for part in each.span.fragments))
                    for each in project.annotations(head.id, who)
                ]
    return corpus_of(lengths, work, people, labels)


def trimmed(text, before, start, end):
    def counts(place):
        return not text[place].isspace() and before[place] < before[place + 1]

    ink = [place for place in range(start, end) if counts(place)] or [start]
    return before[ink[0]], before[ink[-1] + 1] if counts(ink[-1]) else before[start]


def test_what_is_counted_is_what_stands_in_the_file(team):
    """Beside the query that reads a million labels at once: the labels as the project gives them, one by one."""
    article = team.articles()[0].id
    text = team.article(article).text
    team.annotate(article, "content", [(4, 9), (18, 22), (26, 28)], annotator="Ana")
    for who in PEOPLE:
        team.set_state(article, who, State.DONE)
    with team._db.atomic():  # what another program wrote may have blanks at its edges
        team._db.execute(
            "UPDATE fragment SET start = start - 1, covered = ' ' || covered WHERE start > 0 AND annotation IN"
            " (SELECT id FROM annotation WHERE article = ?) AND substr(?, start, 1) = ' '",
            (article, text),
        )
    material = team.gather()
    people, labels = material.request.annotators, material.request.labels
    corpus = by_hand(team, people, labels)
    assert (np.diff(corpus.first) > 1).any()
    for name in ("finished", "span_article", "span_annotator", "span_label", "first", "start", "end"):
        assert np.array_equal(getattr(material.characters, name), getattr(corpus, name)), name
    rules = (Rule("exact"), Rule("overlap"), Rule("iou"))
    for pair in combinations(range(len(people)), 2):
        for name, found in counts(corpus, pair, rules).items():
            assert (material.tables.counts(pair, name, len(corpus.articles)) == found.both).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_any_edits_leave_figures_that_are_those_of_counting_anew(team, seed):
    dice = random.Random(seed)
    team.agreement()

    def edit():
        article, who = dice.choice(team.articles()).id, dice.choice(PEOPLE)
        mine = team.annotations(article, who)
        start = dice.randrange(150)
        match dice.randrange(7):
            case 0 | 1:
                label(team, article, who, [(start, start + dice.randint(3, 30))])
            case 2 if mine:
                team.delete([dice.choice(mine).id])
            case 3:
                team.set_state(article, who, dice.choice((State.DONE, State.IN_PROGRESS, State.EMPTY)))
            case 4:
                team.set_block_kind(article, start, start + 30, dice.choice((BlockKind.CAPTION, BlockKind.BODY)))
            case 5:
                team.undo()
            case _:
                team.remove([article]) if len(team.articles()) > 11 else team.undo()

    for _ in range(4):
        for _ in range(5):
            with suppress(RuleError):
                edit()
        (kept, anew), _ = reports(team, dice.choice(REQUESTS))
        assert kept == anew
        if dice.random() < 0.5:
            team.agreement()
    assert not team.check()


@pytest.mark.parametrize("labels", [(), ("denial", "claim")])
def test_what_is_counted_in_words_is_what_the_spans_in_tokens_give(team, labels):
    team.gather(Request(tolerance=1))
    work = bench(team.gather(Request(unit="token", tolerance=1, labels=labels)), None, None)
    tokens, sight = work.material.tokens, work.view(work.everybody)
    every = np.arange(tokens.offset[-1])
    found = lost(tokens, sight, (stretches(tokens, pair, Words(every, every + 1)) for pair in work.pairs), 1)
    told = classes(work)[0][1:]
    assert [[each.missed, each.boundary, each.category] for each in told] == found.points.tolist()
    assert [each.forgiven for each in told] == found.forgiven.tolist()
    anew = labelling.view(tokens, pair_table(tokens), work.everybody, sight.labels)
    for distance in ("nominal", "jaccard", "masi"):
        assert labelling.alpha(sight, None, distance).score() == labelling.alpha(anew, None, distance).score()
    assert lengths_by_sets(sight.table) == lengths_by_sets(anew.table)
    for name in ("u", "u_binary", "cu"):
        assert getattr(family(work.units, sight), name).score() == getattr(family(work.units, anew), name).score()


def lengths_by_sets(table):
    """Return over how many units pairs had which sets of labels, article by article."""
    found = Counter()
    columns = (table.article, table.left, table.right, table.masks[table.x], table.masks[table.y], table.length)
    for *key, length in zip(*(each.tolist() for each in columns), strict=True):
        found[tuple(key)] += length
    return found


def in_words(project):
    return project._db.execute("SELECT count(*) FROM word_statistic").fetchone()[0]


def test_what_is_counted_in_words_is_kept_until_its_article_changes(team):
    for head in team.articles():
        for name in PEOPLE:
            team.set_state(head.id, name, State.DONE)
    team.agreement()
    assert not in_words(team)  # nobody has asked for it
    team.agreement(Request(tolerance=1))
    every = len(team.articles())
    assert in_words(team) == every
    assert not team.gather(Request(unit="token")).fresh_words
    article = team.articles()[3].id
    for change in (
        lambda: team.annotate(article, "content", [(0, 3)], annotator="Ana"),
        lambda: team.set_state(article, "Ben", State.IN_PROGRESS),
        lambda: team.set_block_kind(article, 0, 40, BlockKind.CAPTION),
        team.undo,
        lambda: team.remove([article]),
        team.undo,
    ):
        change()
        assert in_words(team) == every - 1
        (kept, anew), material = reports(team, Request(tolerance=1))
        assert [row.article for row in material.fresh_words] in ([article], [])  # it may be gone
        assert kept == anew
        team.agreement(Request(unit="token"))
        assert not team.gather(Request(tolerance=1)).fresh_words
    assert not team.check()


def test_words_are_not_kept_without_what_was_counted_in_characters(team):
    team.agreement(Request(tolerance=1))
    row = next(word_statistics.read(team._db, METHOD_IN_WORDS))
    with team._db.atomic():
        team._db.execute("DELETE FROM statistic WHERE article = ?", (row.article,))
    assert row.article not in {each.article for each in word_statistics.read(team._db, METHOD_IN_WORDS)}
    word_statistics.write(team._db, METHOD_IN_WORDS, [row])
    assert row.article not in {each.article for each in word_statistics.read(team._db, METHOD_IN_WORDS)}


def test_a_check_finds_what_was_wrongly_counted_in_words(team):
    team.agreement(Request(tolerance=1))
    assert not team.check()
    with team._db.atomic():
        row = team._db.execute("SELECT article FROM word_statistic WHERE length(lost) > 0").fetchone()
        team._db.execute("UPDATE word_statistic SET lost = zeroblob(length(lost)) WHERE article = ?", row)
    (found,) = team.check()
    assert "counted" in found.message


def test_a_boundary_of_many_words_is_forgiven_by_as_large_a_tolerance_alone(tmp_path):
    with Project.create(tmp_path / "long.annotator", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text("word " * 60, "Long")
        article = project.articles()[0].id
        for who, end in (("Ana", 4), ("Ben", 49 * 5 + 4)):
            project.annotate(article, "claim", [(0, end)], annotator=who)
            project.set_state(article, who, State.DONE)
        for tolerance, is_forgiven in ((20, False), (48, False), (49, True)):
            found = project.agreement(Request(tolerance=tolerance, measures=("observed",))).classes[0]
            assert (found.forgiven > 0, found.boundary > 0) == (is_forgiven, not is_forgiven)
