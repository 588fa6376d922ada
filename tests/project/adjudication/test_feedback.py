import pytest

from annotator.model.adjudication import Cell, Draft, Outcome
from annotator.model.article import State
from annotator.model.errors import AgreementError, ExchangeError, NotFoundError, RuleError
from annotator.model.span import Span
from annotator.project.feedback_html import feedback_page, summary
from annotator.project.request import Request
from tests.project.adjudication.conftest import TEXT


def decide(bench, words, outcome, **options):
    """Decide about the disagreement in which these words stand."""
    found = next(
        each
        for each in bench.project.queue().items
        if any(mark.span.covered(TEXT) == (words,) for version in each.versions for mark in version.marks)
    )
    return bench.project.decide(found, outcome, by="Chiara", **options)


def test_each_place_is_told_with_its_reason(bench):
    bench.put("Ana", "the bridge was safe")
    bench.put("Ben", "that the bridge was safe")
    bench.put("Ana", "denied", "denial")
    bench.put("Ben", "Engineers", "source")
    bench.finish("Ana", "Ben")
    decide(bench, "the bridge was safe", Outcome.VERSION, version=1, reason="edge", clause="claim-u1", note="<i>no</i>")
    decide(bench, "denied", Outcome.NONE)
    decide(bench, "Engineers", Outcome.VERSION)
    ana, ben = (bench.project.feedback(name, replicates=0) for name in ("Ana", "Ben"))
    both = {"Ana": dict(ana.fates), "Ben": dict(ben.fates)}
    gold = {each.span.covered(TEXT)[0] for each in bench.gold()}
    has, lacks = ("Ana", "Ben") if "the bridge was safe" in gold else ("Ben", "Ana")
    assert both[has].get("boundary") is None
    assert both[lacks]["boundary"] == 1
    assert both["Ana"] | both["Ben"] == {"same": 1, "boundary": 1, "extra": 1, "missed": 1}
    assert ana.places == 3
    fates = {each.fate: each for each in (*ana.corrections, *ben.corrections)}
    assert fates["extra"].mine[0].covered == "denied"
    assert fates["missed"].gold[0].covered == "Engineers"
    assert fates["boundary"].reason == "Edges: too much or too little was marked"
    assert fates["boundary"].clause_text
    assert ana.articles == 1
    assert ana.exact is not None
    assert ana.exact.annotators == ("Ana", "Gold")


def test_somebody_who_labelled_nothing_is_told_so_and_given_no_empty_tables(bench):
    bench.put("Ana", "the bridge was safe")
    bench.put("Ben", "that the bridge was safe")
    bench.finish("Ana", "Ben")
    bench.put("Chiara", "Engineers")
    decide(bench, "the bridge was safe", Outcome.NONE)
    bench.project.ensure_annotator("Dario")
    for name, told in (("Dario", "Nothing is labelled yet"), ("Chiara", "Nothing of your work has been decided about")):
        found = bench.project.feedback(name, replicates=0)
        assert summary(found).startswith(told)
        page = feedback_page(found)
        assert told in page
        assert "<table" not in page
        assert "<h2" not in page


def test_the_page_is_escaped_whole_and_names_nobody_else(bench):
    bench.put("Ana", "the bridge was safe")
    bench.put("Ben", "that the bridge was safe")
    bench.finish("Ana", "Ben")
    decide(bench, "the bridge was safe", Outcome.NONE, note="<script>alert(1)</script>")
    page = feedback_page(bench.project.feedback("Ana", replicates=0))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Bridge &lt;b&gt;" in page
    assert "://" not in page
    assert "Ben" not in page
    assert "Chiara" not in page
    assert '<span class="mine">the bridge was safe</span>' in page


def test_what_is_open_again_is_no_feedback(bench):
    mine = bench.put("Ana", "the bridge was safe")
    bench.finish("Ana", "Ben")
    decide(bench, "the bridge was safe", Outcome.NONE)
    assert dict(bench.project.feedback("Ana", replicates=0).fates) == {"extra": 1}
    bench.project.reshape(mine.id, Span.of((33, 40)))
    found = bench.project.feedback("Ana", replicates=0)
    assert (dict(found.fates), found.articles, found.alpha) == ({}, 0, None)
    assert "Nothing" in summary(found)
    feedback_page(found)


def test_feedback_needs_decisions_and_a_person(bench):
    with pytest.raises(NotFoundError):
        bench.project.feedback("Ana")
    bench.project.ensure_gold()
    with pytest.raises(RuleError):
        bench.project.feedback("Gold")
    assert bench.project.feedback("Ana", replicates=0).to_dict()["corrections"] == ()


def test_clauses_are_counted_with_kinds_and_reasons(bench):
    bench.put("Ana", "the bridge was safe")
    bench.put("Ben", "that the bridge was safe")
    bench.put("Ana", "denied", "denial")
    bench.finish("Ana", "Ben")
    decide(bench, "the bridge was safe", Outcome.UNION, clause="claim-u1", reason="edge")
    decide(bench, "denied", Outcome.NONE, clause="claim-u1")
    (use,) = bench.project.clause_uses()
    assert (use.clause, dict(use.kinds), dict(use.reasons)) == ("claim-u1", {"boundary": 1, "missed": 1}, {"edge": 1})
    assert use.words
    assert len(use.decisions) == 2


def test_figures_stand_beside_one_another(bench):
    for who in ("Ana", "Ben"):
        bench.put(who, "the bridge was safe")
    bench.put("Ana", "denied", "denial")
    bench.finish("Ana", "Ben")
    before = bench.project.standing_of_gold(replicates=0)
    assert (before.decided, before.open, before.against) == (0, 1, ())
    bench.project.accept(bench.project.rule_draft("all"))
    decide(bench, "denied", Outcome.VERSION)
    after = bench.project.standing_of_gold(replicates=0)
    assert after.before == before.before
    assert (after.decided, after.open) == (1, 0)
    figures = {each.annotator: each.exact.value for each in after.against if each.exact}
    assert figures["Ana"] == 1
    assert figures["Ben"] == pytest.approx(2 / 3)


def test_an_edited_span_is_compared_like_any_other(bench):
    bench.put("Ana", "the bridge was safe")
    bench.finish("Ana", "Ben")
    start = TEXT.index("bridge was safe")
    draft = Draft("denial", Span.of((start, start + 15)))
    decide(bench, "the bridge was safe", Outcome.EDITED, drafts=[draft])
    assert dict(bench.project.feedback("Ana", replicates=0).fates) == {"category": 1}
    assert dict(bench.project.feedback("Ben", replicates=0).fates) == {"missed": 1}


@pytest.mark.parametrize(("name", "file"), [("huggingface", "README.md"), ("csv", "README.md"), ("brat", "README.md")])
def test_the_card_of_exported_gold_states_how_it_was_made_and_the_agreement_behind_it(bench, tmp_path, name, file):
    for who in ("Ana", "Ben"):
        bench.put(who, "the bridge was safe")
    bench.put("Ana", "denied", "denial")
    bench.finish("Ana", "Ben")
    bench.project.accept(bench.project.rule_draft("all"))
    decide(bench, "denied", Outcome.VERSION)
    bench.project.export(tmp_path / "gold", name, selection=bench.project.gold_selection())
    text = " ".join((tmp_path / "gold" / file).read_text("utf-8").split())
    assert "1 place was taken because all who read the article agreed" in text
    assert "and 1 by a person. Nothing is open." in text
    assert "Before, Ana and Ben agreed at α = " in text
    bench.project.export(tmp_path / "own", name, annotator="Ana")
    assert "gold" not in (tmp_path / "own" / file).read_text("utf-8")


def test_an_article_in_which_a_decision_is_open_again_is_in_no_figure_and_no_export(bench):
    mine = bench.put("Ana", "the bridge was safe")
    bench.put("Ben", "the bridge was safe")
    bench.put("Ana", "denied", "denial")
    bench.finish("Ana", "Ben")
    bench.project.accept(bench.project.rule_draft("all"))
    decide(bench, "denied", Outcome.NONE)
    request = Request(annotators=("Ana", "gold"), replicates=0)
    assert bench.project.agreement(request).articles == 1
    assert bench.project.gold_selection().articles == {bench.article}
    bench.project.reshape(mine.id, Span.of((33, 40)))
    with pytest.raises(AgreementError):
        bench.project.agreement(request)
    with pytest.raises(ExchangeError):
        bench.project.gold_selection()
    bench.project.add_text("Rain fell, it said.", "Rain")
    other = next(each.id for each in bench.project.articles() if each.id != bench.article)
    for who in ("Ana", "Ben"):
        bench.project.annotate(other, "claim", [(0, 9)], annotator=who)
        bench.project.set_state(other, who, State.DONE)
    bench.project.accept(bench.project.rule_draft("all", Cell(articles=frozenset({other}))))
    report = bench.project.agreement(request)
    assert report.articles == 1
    assert "1 article: something that was decided in it is open again" in map(str, report.exclusions)
    assert bench.project.gold_selection().articles == {other}


def test_agreement_with_gold_is_told_week_by_week(bench):
    project = bench.project
    project.add_text(f"{TEXT} Again.", "Later")
    later = next(each.id for each in project.articles() if each.id != bench.article)
    for who in ("Ana", "Ben"):
        bench.put(who, "the bridge was safe")
        project.annotate(later, "claim", [(33, 52)], annotator=who)
    bench.put("Ana", "denied", "denial")  # in the first week only, something that is not gold
    for article, day in ((bench.article, "2026-03-04"), (later, "2026-03-09")):
        for who in ("Ana", "Ben"):
            project.set_state(article, who, State.DONE)
            key = project.annotator(who).id
            state = {"article": article, "annotator": key, "state": "done", "changed_at": f"{day}T23:59:59.000Z"}
            with project.step("Begin the clock elsewhere") as step:
                step.writing.put("state", f"{article}:{key}", state)
    project.accept(project.rule_draft("all"))
    decide(bench, "denied", Outcome.NONE)
    ana, ben = (project.feedback(name, replicates=0) for name in ("Ana", "Ben"))
    assert [(each.monday, each.articles) for each in ana.weeks] == [("2026-03-02", 1), ("2026-03-09", 1)]
    assert [each.f1.value for each in ana.weeks] == [pytest.approx(2 / 3), 1]
    assert [each.f1.value for each in ben.weeks] == [1, 1]
    page = feedback_page(ana)
    assert page.index("2026-03-02") < page.index(".67") < page.index("2026-03-09")
