import pytest

from annotator.model.adjudication import Cell, Draft, Outcome, Status
from annotator.model.annotator import GOLD
from annotator.model.article import Block, BlockKind, State
from annotator.model.errors import CodebookError, NotFoundError, RuleError, SpanError
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.adjudicating import StaleDisagreementError
from annotator.project.request import Request

TEXT = "The ministry said on Monday that the bridge was safe. Engineers denied that it was ever tested at all."


def one_article(folder):
    with Project.create(folder / "study.annotator", annotator="Ana") as made:
        made.add_text(TEXT, "Bridge")
        for name in ("Ben", "Chiara"):
            made.ensure_annotator(name)
        return made.path


@pytest.fixture
def project(cast):
    with Project.open(cast(one_article)) as opened:
        yield opened


@pytest.fixture
def article(project):
    return project.articles()[0].id


def at(words):
    start = TEXT.index(words)
    return [(start, start + len(words))]


def finish(project, article, *names):
    for name in names or ("Ana", "Ben", "Chiara"):
        project.set_state(article, name, State.DONE)


def put(project, article, who, words, label="claim", *, values=()):
    return project.annotate(article, label, at(words), annotator=who, attributes=values)


def gold(project, article):
    layer = project.gold()
    return project.annotations(article, layer.id) if layer else []


def content(project):
    """Everything but history."""
    db = project._db
    tables = (
        "annotator",
        "annotation",
        "fragment",
        "attribute",
        "link",
        "state",
        "decision",
        "thread",
        "message",
        "tally",
    )
    return {table: sorted(map(str, db.execute(f"SELECT * FROM {table}").fetchall())) for table in tables}


def test_a_span_that_one_has_not_is_missed(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "the bridge was safe")
    finish(project, article)
    (found,) = project.disagreements(article)
    assert (found.kind, [len(each.annotators) for each in found.versions]) == ("missed", [2, 1])
    assert found.versions[-1].is_nothing
    assert found.cost == 2 * len("the bridge was safe")


def test_only_finished_work_is_compared(project, article):
    put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    assert len(found.annotators) == 2


def test_what_lies_in_blocks_that_are_left_out_and_between_them_is_not_compared(project, article):
    put(project, article, "Ana", "ministry said")
    put(project, article, "Ben", "The ministry said on Monday")
    finish(project, article)
    four, said = TEXT.index("ministry"), TEXT.index("said")
    project.set_blocks(article, [Block(BlockKind.CAPTION, four, said - 1), Block(BlockKind.CREDIT, said, said + 4)])
    (found,) = project.disagreements(article)  # of Ana only a blank is left
    assert found.kind == "missed"
    assert [each.annotators for each in found.versions if not each.is_nothing] == [(project.annotator("Ben").id,)]


def test_taking_a_version_makes_exactly_that_version_gold(project, article):
    mine = put(project, article, "Ana", "the bridge was safe", values=[("certainty", "certain")])
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    assert found.kind == "boundary"
    number = next(n for n, each in enumerate(found.versions) if mine.id in each.annotations)
    decision = project.decide(found, Outcome.VERSION, version=number, by="Ana", reason="edge", clause="claim-u1")
    (made,) = gold(project, article)
    assert (made.label, made.span, made.attributes) == (mine.label, mine.span, mine.attributes)
    assert project.certificate(made.id) == decision
    assert (decision.reason, decision.clause, decision.annotator) == ("edge", "claim-u1", project.annotator("Ana").id)
    assert {each.annotator for each in decision.held} == found.annotators
    assert project.state(article, project.gold().id) == State.DONE
    assert not project.queue().items
    assert project.queue().done == 1
    assert project.check() == []


def test_deciding_and_undoing_restores(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    before = content(project)
    (found,) = project.disagreements(article)
    for outcome in (Outcome.VERSION, Outcome.UNION, Outcome.OVERLAP, Outcome.NONE):
        project.decide(found, outcome, by="Ana")
        assert content(project) != before
        project.undo()
        assert content(project) == before


def test_union_overlap_and_an_edited_span(project, article):
    put(project, article, "Ana", "that the bridge")
    put(project, article, "Ben", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    text = project.article(article).text
    for outcome, words in ((Outcome.UNION, "that the bridge was safe"), (Outcome.OVERLAP, "the bridge")):
        project.decide(project.disagreements(article, every=True)[0], outcome, by="Ana")
        assert [each.span.covered(text) for each in gold(project, article)] == [(words,)]
    draft = Draft("denial", Span.of(*at("bridge was safe")), (("strength", "flat"),))
    project.decide(found, Outcome.EDITED, drafts=[draft], by="Ana")
    (made,) = gold(project, article)
    assert (made.label, made.span, made.attributes) == (draft.label, draft.span, draft.attributes)
    assert len(project.decisions()) == 1


def test_that_no_span_is_right_is_recorded(project, article):
    put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    decision = project.decide(found, Outcome.NONE, by="Ana", note="nothing is claimed")
    assert project.decisions() == [decision]
    assert not decision.gold
    assert project.state(article, project.gold().id) == State.EMPTY
    assert not project.queue().items


@pytest.mark.parametrize("change", ["reshape", "delete", "add", "attributes", "finish"])
def test_a_later_change_opens_a_decision_again(project, article, change):
    mine = put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    project.decide(found, Outcome.VERSION, by="Ana")
    match change:
        case "reshape":
            project.reshape(mine.id, at("bridge was safe"))
        case "delete":
            project.delete([mine.id])
        case "add":
            put(project, article, "Ana", "that")
        case "attributes":
            project.set_attributes(mine.id, [("certainty", "certain")])
        case "finish":
            finish(project, article, "Chiara")
    (open_,) = project.queue().items
    assert open_.status is Status.AGAIN
    assert open_.decision.outcome is Outcome.VERSION
    assert gold(project, article)  # what was decided stands until it is decided anew
    project.undo()
    assert not project.queue().items


def test_a_decision_of_which_every_label_is_gone_is_open_again(project, article):
    mine = put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    project.decide(project.disagreements(article)[0], Outcome.VERSION, by="Ben")
    project.delete([mine.id])
    (lost,) = project.queue().items
    assert lost.status is Status.AGAIN
    assert [each.is_nothing for each in lost.versions] == [True]
    with pytest.raises(RuleError, match="any more"):
        project.decide(lost, Outcome.UNION, by="Ben")
    project.decide(lost, Outcome.NONE, by="Ben")
    assert gold(project, article) == []
    assert not project.queue().items


def test_the_same_again_with_new_ids_is_no_change(project, article):
    mine = put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    project.decide(project.disagreements(article)[0], Outcome.VERSION, by="Ana")
    project.delete([mine.id])
    put(project, article, "Ana", "the bridge was safe")
    assert not project.queue().items


def test_a_stale_disagreement_is_refused(project, article):
    mine = put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    project.reshape(mine.id, at("bridge was safe"))
    with pytest.raises(StaleDisagreementError):
        project.decide(found, Outcome.VERSION, by="Ana")
    assert project.gold() is None


def test_who_sets_no_value_does_not_differ_but_two_values_do(project, article):
    put(project, article, "Ana", "the bridge was safe", values=[("certainty", "certain")])
    put(project, article, "Ben", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    assert project.disagreements(article) == []
    (agreed,) = project.disagreements(article, Cell(agreed=True))
    assert agreed.kind == "agreed"
    assert agreed.versions[0].marks[0].attributes == (("certainty", "certain"),)
    put(project, article, "Chiara", "the bridge was safe", values=[("certainty", "possible")])
    finish(project, article)
    (found,) = project.disagreements(article)
    assert found.kind == "attribute"
    assert found.cost == 3


def test_asking_keeps_it_open_and_puts_it_last(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ana", "denied", "denial")
    finish(project, article, "Ana", "Ben")
    first, second = project.queue().items
    asked = project.ask_about(first, "Is this a claim?", by="Ben")
    thread = project.thread(asked.thread)
    assert thread.span.covered(project.article(article).text) == ("the bridge was safe",)
    assert [(each.id, each.status) for each in project.queue().items] == [(second.id, "new"), (first.id, "asked")]
    done = project.decide(project.queue().items[1], Outcome.NONE, by="Ben")
    assert done.thread == thread.id
    project.undo()
    project.undo()
    assert project.decisions() == []
    assert project.threads() == []


def test_a_frame_is_decided_as_a_whole(project, article):
    cue = put(project, article, "Ana", "said", "attribution")
    source = put(project, article, "Ana", "The ministry", "source")
    claim = put(project, article, "Ana", "the bridge was safe")
    project.join(cue.id, source.id)
    project.join(cue.id, claim.id)
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    before = content(project)
    queue = project.queue()
    frame = next(each for each in queue.items if each.is_frame)
    project.decide(frame, Outcome.VERSION, version=0, by="Ben", whole=True)
    made = {each.label: each for each in gold(project, article)}
    assert {name: each.span for name, each in made.items()} == {
        "attribution": cue.span,
        "source": source.span,
        "claim": claim.span,
    }
    links = {
        (each.kind, each.origin_id, each.target) for each in project.links() if each.annotator == project.gold().id
    }
    assert links == {
        ("source", made["attribution"].id, made["source"].id),
        ("content", made["attribution"].id, made["claim"].id),
    }
    assert not project.queue().items
    assert project.check() == []
    project.undo()
    assert content(project) == before


def test_links_that_nobody_disputes_follow_when_both_ends_are_gold(project, article):
    for who in ("Ana", "Ben"):
        denial = put(project, article, who, "denied", "denial")
        claim = put(project, article, who, "the bridge was safe" if who == "Ana" else "bridge was safe")
        project.link("denies", denial.id, claim.id)
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    project.decide(found, Outcome.VERSION, by="Ana")
    layer = project.gold().id
    assert [each for each in project.links() if each.annotator == layer] == []
    (agreed,) = project.disagreements(article, Cell(agreed=True))
    project.decide(agreed, Outcome.AGREED, by="Ana")
    (link,) = [each for each in project.links() if each.annotator == layer]
    assert link.kind == "denies"
    assert project.check() == []


def test_the_target_of_a_denial_is_decided(project, article):
    for who in ("Ana", "Ben"):
        denial = put(project, article, who, "denied", "denial")
        claim = put(project, article, who, "the bridge was safe")
        project.link("denies", denial.id, claim.id if who == "Ana" else None)
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    assert (found.kind, found.part, len(found.versions)) == ("target", "denies", 2)
    absent = next(n for n, each in enumerate(found.versions) if each.targets == (None,))
    project.decide(found, Outcome.VERSION, version=absent, by="Ana")
    for agreed in project.disagreements(article, Cell(agreed=True)):
        project.decide(agreed, Outcome.AGREED, by="Ana")
    (link,) = [each for each in project.links() if each.annotator == project.gold().id]
    assert link.target is None
    (again,) = [each for each in project.disagreements(article, every=True) if each.part]
    project.decide(again, Outcome.VERSION, version=1 - absent, by="Ana")
    (link,) = [each for each in project.links() if each.annotator == project.gold().id]
    assert link.target is not None
    assert project.queue().left == 0
    assert project.check() == []


def test_who_has_another_label_there_is_not_asked_where_its_links_should_lead(project, article):
    """Whoever calls it an attribution cannot have the link of a denial: what it is has to be decided, and the link follows."""
    for who in ("Ana", "Ben", "Chiara"):
        claim = put(project, article, who, "it was ever tested")
        told = put(project, article, who, "Engineers denied", "attribution" if who == "Chiara" else "denial")
        project.link("content" if who == "Chiara" else "denies", told.id, claim.id)
    finish(project, article)
    (found,) = project.queue().items
    assert (found.kind, [len(each.annotators) for each in found.versions]) == ("category", [2, 1])
    project.accept(project.rule_draft("all"), by="Ana")  # the claim

    project.decide(found, Outcome.VERSION, version=1, by="Ana")
    assert [each.kind for each in project.links(article) if each.annotator == project.gold().id] == ["content"]
    assert project.queue().left == 0, "no label that is gold can have the other link"
    project.undo()
    project.decide(found, Outcome.VERSION, version=0, by="Ana")
    assert [each.kind for each in project.links(article) if each.annotator == project.gold().id] == ["denies"]
    assert project.queue().left == 0


def test_a_link_into_another_article_follows_from_either_side(project, article):
    project.add_text("The bridge was safe, it said.", "Other")
    other = next(each.id for each in project.articles() if each.id != article)
    for who in ("Ana", "Ben"):
        claim = project.annotate(other, "claim", [(0, 19)], annotator=who)
        denial = put(project, article, who, "denied", "denial")
        project.link("denies", denial.id, claim.id)
        for each in (article, other):
            project.set_state(each, who, State.DONE)
    assert project.disagreements(article) == []
    project.accept(project.rule_draft("all"))
    assert len([each for each in project.links() if each.annotator == project.gold().id]) == 1
    project.undo()
    for place in (article, other):
        for agreed in project.disagreements(place, Cell(agreed=True)):
            project.decide(agreed, Outcome.AGREED, by="Ana")
    assert len([each for each in project.links() if each.annotator == project.gold().id]) == 1


def test_taking_back_an_old_decision(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ana", "denied", "denial")
    finish(project, article, "Ana", "Ben")
    first, second = project.queue().items
    made = project.decide(first, Outcome.VERSION, by="Ana")
    project.decide(second, Outcome.VERSION, by="Ana")
    project.undecide(made.id, by="Ana")
    assert [each.id for each in project.queue().items] == [first.id]
    assert [each.label for each in gold(project, article)] == ["denial"]
    with pytest.raises(NotFoundError):
        project.decision(made.id)


def test_the_queue_is_renewed_article_by_article(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ana", "denied", "denial")
    finish(project, article, "Ana", "Ben")
    queue = project.queue(order="cost")
    assert [each.cost for each in queue.items] == sorted((each.cost for each in queue.items), reverse=True)
    project.decide(queue.items[0], Outcome.VERSION, by="Ana")
    renewed = project.renewed(queue, [article])
    assert renewed == project.queue(order="cost")
    assert (renewed.done, renewed.left, renewed.share) == (1, 1, 0.5)
    assert renewed.following(queue.items[0]) == renewed.items[0]


def test_a_cell_asks_for_a_pair_a_label_and_a_kind(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "the bridge was safe")
    put(project, article, "Chiara", "denied", "denial")
    finish(project, article)
    ana, ben, chiara = (project.annotator(each).id for each in ("Ana", "Ben", "Chiara"))
    assert [each.labels for each in project.queue(Cell(pair=(ana, ben))).items] == []
    assert len(project.queue(Cell(pair=(ana, chiara))).items) == 2
    assert [each.labels for each in project.queue(Cell(labels=frozenset({"denial"}))).items] == [("denial",)]
    assert project.queue(Cell(kinds=frozenset({"boundary"}))).items == ()


def test_gold_is_nobody_who_labels(project, article, tmp_path):
    put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    project.decide(project.disagreements(article)[0], Outcome.VERSION, by="Ana")
    layer = project.gold()
    assert layer.kind == GOLD
    assert layer not in project.annotators()
    assert layer in project.everybody()
    assert layer.id not in {each.annotator.id for each in project.progress()}
    assert project.visible_to("Ana") == {project.annotator("Ana").id}
    with pytest.raises(NotFoundError):
        project.hand_out("Gold", tmp_path / "gold.annotator")
    with pytest.raises(NotFoundError):
        project.ensure_annotator("Gold")
    with pytest.raises(RuleError):
        project.decide(project.disagreements(article, every=True)[0], Outcome.NONE, by="Gold")
    report = project.agreement()
    assert report.annotators == ("Ana", "Ben")


def test_removing_an_article_takes_its_decisions_and_undo_brings_them_back(project, article):
    put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    project.decide(project.disagreements(article)[0], Outcome.VERSION, by="Ana")
    before = content(project)
    project.remove([article])
    assert project.decisions() == []
    project.undo()
    assert content(project) == before
    assert project.check() == []


def test_a_new_version_of_the_text_takes_decisions_along_and_opens_those_that_it_touches(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "it was ever tested at all")
    finish(project, article, "Ana", "Ben")
    for found in project.disagreements(article):
        project.decide(found, Outcome.VERSION, by="Ana")
    before = content(project)
    new = TEXT.replace("The ministry", "Update of noon. The ministry").replace("ever tested at all", "tested")
    done = project.replace(project.replacement(article, text=new), doubtful="drop", lost="drop", reopen=False)
    assert done.undecided == 1
    (kept,) = project.decisions(article)
    assert new[kept.start : kept.end] == "the bridge was safe"
    assert [each.span.covered(new) for each in gold(project, article)] in ([("the bridge was safe",)], [])
    assert [each.status for each in project.disagreements(article, every=True)] == [Status.DECIDED]
    assert project.check() == []
    project.undo()
    assert content(project) == before


def test_the_rule_all_accepts_what_all_have_and_twice_adds_nothing(project, article):
    for who in ("Ana", "Ben", "Chiara"):
        put(project, article, who, "the bridge was safe")
    put(project, article, "Ana", "denied", "denial")
    put(project, article, "Ben", "denied", "denial")
    finish(project, article)
    plan = project.rule_draft("all")
    assert (plan.labels, plan.nothing, plan.articles, plan.left) == (1, 0, 1, 1)
    assert project.gold() is None
    assert project.accept(plan) == 1
    assert [each.label for each in gold(project, article)] == ["claim"]
    assert project.decisions()[0].outcome is Outcome.AGREED
    before = content(project)
    assert project.accept(project.rule_draft("all")) == 0
    assert content(project) == before
    put(project, article, "Ana", "Engineers", "source")
    with pytest.raises(StaleDisagreementError):
        project.accept(plan)


def test_most_can_have_it_or_have_nothing(project, article):
    put(project, article, "Ana", "denied", "denial")
    put(project, article, "Ben", "denied", "denial")
    put(project, article, "Chiara", "the bridge was safe")
    finish(project, article)
    before = content(project)
    plan = project.rule_draft("majority")
    assert (plan.labels, plan.nothing, plan.left) == (1, 1, 0)
    project.accept(plan, by="Ana")
    assert [each.label for each in gold(project, article)] == ["denial"]
    assert {each.outcome for each in project.decisions()} == {Outcome.RULE}
    assert project.queue().left == 0
    assert project.check() == []
    project.undo()
    assert content(project) == before


def test_two_annotators_have_no_majority_but_agreement(project, article):
    put(project, article, "Ana", "denied", "denial")
    finish(project, article, "Ana", "Ben")
    assert project.rule_draft("majority").labels == 0
    assert project.rule_draft("none").articles == 0
    with pytest.raises(RuleError):
        project.rule_draft("most")


def test_a_rule_leaves_alone_what_a_person_decided_or_asked(project, article):
    for who in ("Ana", "Ben"):
        put(project, article, who, "denied", "denial")
        put(project, article, who, "the bridge was safe")
    finish(project, article)
    first, second = project.queue().items
    project.decide(first, Outcome.NONE, by="Ana")
    project.ask_about(second, "Why?", by="Ana")
    assert project.rule_draft("majority").labels == 0


def test_what_a_rule_decided_it_decides_anew_after_a_change(project, article):
    mine = put(project, article, "Ana", "that the bridge was safe")
    for who in ("Ben", "Chiara"):
        put(project, article, who, "the bridge was safe")
    finish(project, article)
    project.accept(project.rule_draft("majority"))
    project.reshape(mine.id, at("the bridge was safe"))
    assert project.queue(Cell(agreed=True)).items[0].status is Status.AGAIN
    project.accept(project.rule_draft("majority"))
    assert [each.outcome for each in project.decisions()] == [Outcome.AGREED]
    assert len(gold(project, article)) == 1
    assert project.queue().left == 0


def test_an_article_read_once_more_or_replaced_opens_no_decision_that_still_holds(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    project.decide(project.disagreements(article)[0], Outcome.VERSION, by="Ana")
    project.set_state(article, "Ana", State.IN_PROGRESS)
    assert not project.queue().items
    plan = project.replacement(article, text="Correction. " + TEXT)
    project.replace(plan, doubtful="accept", lost="drop", reopen=False)
    assert not project.queue().items
    text = project.article(article).text
    assert {each.span.covered(text) for each in gold(project, article)} <= {
        ("the bridge was safe",),
        ("that the bridge was safe",),
    }
    assert project.check() == []
    project.undo()
    assert not project.queue().items


def test_gold_can_be_measured_against_when_it_is_asked_for(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    project.decide(project.disagreements(article)[0], Outcome.VERSION, version=0, by="Ana")
    report = project.agreement(Request(annotators=("Ana", "Gold"), replicates=0))
    assert report.annotators == ("Ana", "Gold")
    assert project.agreement().annotators == ("Ana", "Ben")
    assert project.check() == []


def test_how_long_a_decision_takes_is_known_after_three_of_a_person(project, article):
    for words in ("ministry", "Monday", "bridge", "safe"):
        put(project, article, "Ana", words, "source")
    finish(project, article, "Ana", "Ben")
    assert project.pace() is None
    for found in project.queue().items:
        project.decide(found, Outcome.NONE, by="Ana")
    assert project.pace("Ben") is None
    assert project.pace() is None or 0 < project.pace() < 300


def test_an_edited_span_must_be_of_the_codebook(project, article):
    put(project, article, "Ana", "the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.queue().items
    span = Span.of(*at("bridge was safe"))
    for draft in (Draft("nonsense", span), Draft("claim", span, (("certainty", "nonsense"),))):
        with pytest.raises((CodebookError, RuleError)):
            project.decide(found, Outcome.EDITED, drafts=[draft], by="Ana")
    with pytest.raises(SpanError):
        project.decide(found, Outcome.EDITED, drafts=[Draft("claim", Span.of((5000, 5010)))], by="Ana")
    with pytest.raises(RuleError):
        project.decide(found, Outcome.EDITED, by="Ana")
    with pytest.raises(RuleError):
        project.decide(found, Outcome.VERSION, version=7, by="Ana")
    assert project.gold() is None


def test_an_edited_frame_brings_its_links(project, article):
    put(project, article, "Ana", "said", "attribution")
    source = put(project, article, "Ana", "The ministry", "source")
    finish(project, article, "Ana", "Ben")
    by_label = {each.labels[0]: each for each in project.queue().items}
    draft = Draft("attribution", Span.of(*at("said on Monday")), links=(("source", source.id),))
    with pytest.raises(RuleError, match="not gold yet"):
        project.decide(by_label["attribution"], Outcome.EDITED, drafts=[draft], by="Ben")
    project.decide(by_label["source"], Outcome.VERSION, by="Ben")
    project.decide(by_label["attribution"], Outcome.EDITED, drafts=[draft], by="Ben")
    (link,) = [each for each in project.links() if each.annotator == project.gold().id]
    assert project.annotation(link.target).span == source.span
    (again,) = [each for each in project.disagreements(article, every=True) if each.labels == ("attribution",)]
    project.decide(again, Outcome.VERSION, by="Ben")
    assert [each for each in project.links() if each.annotator == project.gold().id] == []
    assert project.check() == []


def test_the_state_of_gold_is_true_whatever_opened_a_decision_again(project, article):
    mine = put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ben", "that the bridge was safe")
    finish(project, article, "Ana", "Ben")
    (found,) = project.disagreements(article)
    project.decide(found, Outcome.UNION, by="Ana")

    def state():
        return project.state(article, project.gold().id)

    assert state() == State.DONE
    project.reshape(mine.id, at("the bridge"))
    assert state() == State.IN_PROGRESS
    project.undo()
    assert state() == State.DONE
    finish(project, article, "Chiara")
    assert state() == State.IN_PROGRESS
    (found,) = project.disagreements(article)
    project.decide(found, Outcome.UNION, by="Ana")
    assert state() == State.DONE
    project.delete([mine.id])
    assert state() == State.IN_PROGRESS
    (found,) = project.disagreements(article)
    project.decide(found, Outcome.NONE, by="Ana")
    assert state() == State.EMPTY
    assert project.check() == []


def test_a_target_that_goes_in_another_article_opens_the_decision_where_the_link_leaves(project, article):
    other = project.add_text("The bridge was safe, it said.", "Other").added[0]
    far = project.annotate(other, "claim", [(0, 19)], annotator="Ana")
    for who in ("Ana", "Ben"):
        put(project, article, who, "denied", "denial")
    for denial in project.annotations(article):
        project.link("denies", denial.id, far.id if denial.annotator == far.annotator else None)
    finish(project, article, "Ana", "Ben")
    project.accept(project.rule_draft("all"), by="Ana")
    (found,) = project.disagreements(article)
    project.decide(found, Outcome.VERSION, by="Ana", version=0)
    assert project.state(article, project.gold().id).is_finished
    project.delete([far.id])
    (again,) = project.disagreements(article)
    assert again.status is Status.AGAIN
    assert not project.state(article, project.gold().id).is_finished
    project.undo()
    assert project.state(article, project.gold().id).is_finished


def test_what_a_decision_does_not_touch_stays_the_very_same(project, article):
    put(project, article, "Ana", "the bridge was safe")
    put(project, article, "Ana", "denied", "denial")
    finish(project, article, "Ana", "Ben")
    queue = project.renewed(project.queue(), [article])
    found, *others = queue.items
    project.decide(found, Outcome.VERSION, by="Ana")
    after = project.renewed(queue, [article])
    assert [id(each) for each in after.items] == [id(each) for each in others]
    project.undo()
    again = project.renewed(after, [article])
    assert [id(each) for each in again.items] == [id(each) for each in queue.items]
