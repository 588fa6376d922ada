"""What counts in a project: finished work only, without what is left out and the blanks at edges; and what a report says."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from annotator.model.adjudication import Outcome
from annotator.model.annotator import Annotator
from annotator.model.article import Block, BlockKind, Metadatum, State
from annotator.model.errors import AgreementError, CodebookError, NotFoundError, StoppedError
from annotator.model.ids import new_id
from annotator.project import Project
from annotator.project.example import open_example
from annotator.project.measuring import compute
from annotator.project.passages import KINDS, disputed, passages
from annotator.project.report import Figure
from annotator.project.report_html import as_html
from annotator.project.report_meaning import headlines
from annotator.project.report_tables import as_csv, as_latex, as_markdown
from annotator.project.report_words import methods, plan, summary
from annotator.project.request import MEASURES, Request
from annotator.store import people

TEXT = "The mayor denied it on Monday. Two aides say she was told in March, and that she knew.\n"


def half_read(folder):
    with Project.create(folder / "study", annotator="Ana") as made:
        made.ensure_annotator("Ben")
        made.ensure_annotator("Chiara")
        made.add_text(TEXT)
        made.add_text("Another article, which says that rain fell.\n")
        first, second = (head.id for head in made.articles())
        for who in ("Ana", "Ben"):
            made.set_state(first, who, State.DONE)
        made.set_state(second, "Ana", State.DONE)
        return made.path


@pytest.fixture
def study(cast):
    """A project of Ana, Ben and Chiara with one article that Ana and Ben have finished, and one that only Ana has."""
    with Project.open(cast(half_read)) as opened:
        yield opened


def first(project):
    return project.articles()[0].id


def label(project, who, words, name="claim", article=None):
    article = article or first(project)
    text = project.article(article).text
    places = [words] if isinstance(words, str) else words
    spans = [(text.index(each), text.index(each) + len(each)) for each in places]
    return project.annotate(article, name, spans, annotator=who)


def one(report, measure, **wanted):
    (found,) = report.find(measure, **wanted)
    return found


def test_only_finished_work_counts_and_the_rest_is_told(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew")
    label(study, "Chiara", "denied it", "denial")
    study.set_state(first(study), "Chiara", State.IN_PROGRESS)
    report = study.agreement()
    assert report.articles == 1
    assert one(report, "krippendorff_alpha", label="claim", annotators=report.annotators).value == 1
    told = [str(each) for each in report.exclusions]
    assert "1 article: only one of the chosen annotators has finished it" in told
    assert "1 reading of an article: in progress, not done" in told
    assert "1 label: in an article that its annotator has not finished" in told


def test_read_and_nothing_found_is_not_the_same_as_not_read(study):
    label(study, "Ana", "she knew")
    assert (
        one(study.agreement(Request(annotators=("Ana", "Chiara"))), "span_f1", match="exact", label=None).value is None
    )
    study.set_state(first(study), "Chiara", State.EMPTY)
    found = one(study.agreement(Request(annotators=("Ana", "Chiara"))), "span_f1", match="exact", label=None)
    assert (found.value, found.articles, found.units) == (0, 1, 1)


@pytest.fixture
def changed(study, tmp_path):
    """A function: exports the study, changes each record of the file, and imports it into a new project."""
    opened = []

    def make(change):
        path = tmp_path / "study.jsonl"
        study.export(path, overwrite=True)
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for record in records:
            change(record)
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        copy = Project.create(tmp_path / f"copy {len(opened)}")
        opened.append(copy)
        assert copy.import_(path).problems == ()
        return copy

    yield make
    for each in opened:
        each.close()


def test_blanks_at_edges_do_not_count(study, changed):
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew")

    def widen(record):
        for annotation in record["annotations"]:
            if annotation["annotator"] == "Ben":
                (fragment,) = annotation["fragments"]
                fragment["start"] -= 1
                fragment["text"] = f" {fragment['text']}"

    report = changed(widen).agreement()
    assert one(report, "span_f1", match="exact", label=None).value == 1
    assert one(report, "observed", label="claim").value == 1


def test_blocks_that_are_left_out_are_left_out(study, changed):
    label(study, "Ana", "Two aides say she was told")
    label(study, "Ben", "aides say she was told")
    label(study, "Ben", "The mayor")
    start = TEXT.index("Two")

    def caption(record):
        if record["text"] == TEXT:
            record["blocks"] = [{"kind": "caption", "start": 0, "end": start + len("Two ")}]

    copy = changed(caption)
    report = copy.agreement()
    assert report.characters == len(TEXT) - start - len("Two ")
    assert one(report, "span_f1", match="exact", label=None).value == 1
    assert one(report, "krippendorff_alpha", label="claim").value == 1
    assert any("left out of annotation" in str(each) for each in report.exclusions)
    people = {each.name: each.id for each in copy.annotators()}
    assert passages(copy.gather(), (people["Ana"], people["Ben"])) == []


def test_a_label_below_the_end_of_an_article_is_no_label_of_the_next_one(study):
    """What is left out at the end of a page may hold labels: they once moved on into the article that follows."""
    article = first(study)
    label(study, "Ana", "The mayor")
    label(study, "Ben", "The mayor")
    study.annotate(study.articles()[1].id, "claim", [(0, 7)], annotator="Ana")
    study.annotate(study.articles()[1].id, "claim", [(0, 7)], annotator="Ben")
    study.set_state(study.articles()[1].id, "Ben", State.DONE)
    wanted = Request(unit="character", tolerance=1, replicates=0)
    for head in study.articles():
        study.set_blocks(head.id, [Block(BlockKind.FURNITURE, 20, len(study.article(head.id).text))])
    before = [figure for figure in study.agreement(wanted).figures if figure.measure != "attribute_alpha"]
    label(study, "Ana", "she was told", article=article)
    label(study, "Ana", "in March", name="denial", article=article)
    after = [figure for figure in study.agreement(wanted).figures if figure.measure != "attribute_alpha"]
    assert before == after


def test_what_a_block_cuts_off_leaves_no_blanks_behind(study):
    """A label that runs on into a caption ends with its last word above it; blanks between captions are no label."""
    article = first(study)
    study.set_blocks(article, [Block(BlockKind.CAPTION, 4, 9), Block(BlockKind.CREDIT, 10, 16)])
    study.annotate(article, "claim", [(5, 12)], annotator="Ana")  # of which only the blank between the two is left
    label(study, "Ana", "The mayor", name="denial")
    label(study, "Ben", "The", name="denial")
    report = study.agreement(Request(tolerance=1, replicates=0))
    assert one(report, "span_f1", match="exact", label=None).value == 1
    assert one(report, "observed", label=None).value == 1
    assert "none of them marked" in one(report, "span_f1", match="overlap", label="claim").undefined
    assert one(report, "agr", match="sentence", label="denial", annotators=("Ana", "Ben")).value == 1
    assert study.check() == []


def test_a_sentence_of_which_a_part_is_left_out_is_said_by_no_label_in_that_part(study):
    start = TEXT.index("aides")
    study.set_blocks(first(study), [Block(BlockKind.CAPTION, start, start + 9)])
    label(study, "Ana", "she knew")
    label(study, "Ben", "aides say")
    report = study.agreement(Request(replicates=0))
    assert one(report, "agr", match="sentence", label="claim", annotators=("Ana", "Ben")).value == 0
    assert one(report, "agr", match="sentence", label="claim", annotators=("Ben", "Ana")).value is None


def test_a_span_without_a_word_is_the_same_as_its_equal_whatever_the_tolerance(study):
    stop = TEXT.index(".")
    study.annotate(first(study), "claim", [(stop, stop + 1)], annotator="Ana")
    label(study, "Ben", "Two aides")
    alone = one(study.agreement(Request(tolerance=1, replicates=0)), "span_f1", match="tolerance", label="claim")
    assert (alone.value, alone.recall, alone.precision) == (0, 0, 0)
    study.annotate(first(study), "claim", [(stop, stop + 1)], annotator="Ben")
    both = one(study.agreement(Request(tolerance=1, replicates=0)), "span_f1", match="tolerance", label="claim")
    assert (both.value, both.recall, both.precision) == (pytest.approx(2 / 3), 1, 0.5)


def test_the_prevalence_beside_a_figure_is_that_of_the_articles_it_is_about(study):
    """Fleiss' kappa is of articles that all have finished."""
    second = study.articles()[1].id
    for who in ("Ben", "Chiara"):
        study.set_state(second, who, State.DONE)
    label(study, "Ana", TEXT.strip())
    report = study.agreement(Request(labels=("claim",), replicates=0))
    fleiss = one(report, "fleiss_kappa", label="claim")
    assert (fleiss.articles, fleiss.prevalence) == (1, 0)
    assert one(report, "krippendorff_alpha", label="claim", annotators=report.annotators).prevalence > 0.2


def test_the_methods_say_what_was_chosen_and_nothing_that_is_not_there(study):
    label(study, "Ana", "she knew")
    study.set_metadata(first(study), [Metadatum("outlet", "The Post")])
    study.set_blocks(first(study), [Block(BlockKind.CAPTION, 0, 9)])
    asked = Request(outlet="The Post", labels=("claim",), annotators=("Ana", "Ben"), tolerance=1)
    said = methods(study.agreement(asked))
    assert "2 annotators were compared on 1 article that" in said
    assert "Articles were chosen (outlet The Post). Labels: Claim. 1 block was left out" in said
    assert "at most 1 word off" in said
    assert "95% intervals" not in said
    study.accept(study.rule_draft("all"), by="Ana")
    found = next(each for each in study.queue().items)
    study.decide(found, Outcome.NONE, by="Ana")
    assert methods(study.agreement(replace(asked, annotators=("gold", "Ben")))).startswith(
        "1 annotator and what was adjudicated (gold) were compared"
    )


def test_every_row_of_a_table_says_what_it_is_about(study):
    """Rows of pairs name the pair in LaTeX, too, and rows of one article the article."""
    study.set_state(first(study), "Chiara", State.EMPTY)
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew")
    kappa = as_latex(study.agreement(Request(measures=("cohen_kappa",), labels=("claim",))))
    assert "& Ana, Ben & 1.00" in kappa
    assert "& Ana, Chiara & .00" in kappa
    figure = Figure("gamma", "character", None, ("Ana", "Ben"), value=-0.5, articles=1, article=first(study))
    report = replace(study.agreement(Request(replicates=0)), figures=(figure,))
    assert "The mayor denied it" in as_markdown(report)
    assert "& $-$.50 &" in as_latex(report)


def test_parts_of_a_span_on_either_side_of_a_block_are_found_again(study, changed):
    label(study, "Ana", TEXT[:60])

    def furniture(record):
        if record["text"] == TEXT:
            record["blocks"] = [{"kind": "furniture", "start": 10, "end": 20}]

    copy = changed(furniture)
    people = {each.name: each.id for each in copy.annotators()}
    (found,) = passages(copy.gather(), (people["Ana"], people["Ben"]))
    assert (found.kind, found.fragments) == ("missed", ((0, 10), (20, 60)))


def test_labels_that_nobody_has_finished_are_no_fault(study):
    for who in ("Ana", "Ben"):
        label(study, who, "denied")
        for head in study.articles():
            study.set_state(head.id, who, State.IN_PROGRESS)
    assert study.agreement().articles == 0
    assert study.check() == []


def test_whoever_has_finished_nothing_stands_in_nobodys_way(study):
    assert study.agreement().annotators == ("Ana", "Ben")
    named = study.agreement(Request(annotators=("Ana", "Ben", "Chiara")))
    assert named.annotators == ("Ana", "Ben", "Chiara")
    assert one(named, "fleiss_kappa", label=None).undefined == "no article was finished by all of them"


def test_a_second_reading_is_compared_only_when_it_is_named(study):
    ana = study.annotator("Ana")
    again = Annotator(new_id(), "Ana, again", repeats=ana.id)
    with study.step("Read again") as step:
        step.writing.put("annotator", again.id, people.image(again), is_new=True)
    study.set_state(first(study), "Ana, again", State.DONE)
    for who in ("Ana", "Ben", "Ana, again"):
        label(study, who, "she knew")
    label(study, "Ana, again", "denied it", "denial")
    assert study.agreement().annotators == ("Ana", "Ben")
    herself = study.agreement(Request(annotators=("Ana", "Ana, again")))
    assert one(herself, "span_f1", match="exact", label=None).value == pytest.approx(2 / 3)


def test_tokens_count_words(study):
    label(study, "Ana", "Two aides say she was told")
    label(study, "Ben", "aides say she was told")
    report = study.agreement(Request(unit="token", tolerance=1, measures=("observed", "span_f1")))
    words = 18
    found = one(report, "observed", label="claim")
    assert found.units == words
    assert found.value == pytest.approx(1 - 1 / words)
    assert one(report, "span_f1", match="exact", label=None).value == 0
    assert one(report, "span_f1", match="tolerance", label=None).value == 1
    assert report.classes[0].forgiven == 2
    assert report.classes[0].points == 0


def test_a_span_that_covers_part_of_a_token_covers_it(study):
    label(study, "Ana", "aides say")
    label(study, "Ben", "ides sa")
    report = study.agreement(Request(unit="token", measures=("observed",)))
    assert one(report, "observed", label="claim").value == 1


def test_a_tolerance_forgives_words_at_edges(study):
    label(study, "Ana", "Two aides say she was told")
    label(study, "Ben", "say she was told in")
    values = []
    for tolerance in (1, 2, 3):
        report = study.agreement(Request(tolerance=tolerance, measures=("observed", "span_f1")))
        whole = report.classes[0]
        assert whole.points + whole.forgiven == 2 * len("Two aides " + " in")
        values.append(whole.forgiven)
        assert sum(each.points for each in report.edges if each.words <= tolerance) == whole.forgiven
        assert one(report, "span_f1", match="tolerance", label=None).value == (tolerance > 1)
    assert values == [2 * len(" in"), 2 * len("Two aides  in"), 2 * len("Two aides  in")]
    assert study.agreement().edges == ()


def test_directed_agreement_says_by_which_rule(study):
    label(study, "Ana", "she was told in March")
    label(study, "Ana", "she knew")
    label(study, "Ben", "Two aides")
    report = study.agreement(Request(measures=("agr",)))
    ana = {each.match: each.value for each in report.find("agr", annotators=("Ana", "Ben"), label=None)}
    ben = {each.match: each.value for each in report.find("agr", annotators=("Ben", "Ana"), label=None)}
    assert ana == {"exact": 0, "overlap": 0, "sentence": 1}
    assert ben == {"exact": 0, "overlap": 0, "sentence": 1}


def framed(project, who, source, content, target, *, cue="say", values=("indirect",)):
    frame = label(project, who, cue, "attribution")
    said, spoke = label(project, who, content), label(project, who, source, "source")
    project.link("source", frame.id, spoke.id)
    project.link("content", frame.id, said.id)
    project.set_attributes(frame.id, [("quote-form", value) for value in values])
    denial = label(project, who, "denied it", "denial")
    project.link("denies", denial.id, said.id if target else None)


def test_roles_targets_and_attributes_of_matched_spans(study):
    framed(study, "Ana", "Two aides", "she was told in March", target=True)
    framed(study, "Ben", "aides", "that she knew", target=False, values=("direct",))
    report = study.agreement(Request(annotators=("Ana", "Ben")))
    values = {each.part: each for each in report.figures if each.part}
    assert values["source"].value == 1  # a character is shared
    assert values["content"].value == 0
    assert values["denies"].value == 0  # a claim is not "not in this article"
    assert values["denies"].compared == 1
    assert values["quote-form"].units == 1
    assert values["quote-form"].value is not None
    assert values["certainty"].undefined == "no matched spans on which both set it"
    roles = {
        (each.annotators, each.part): (each.value, each.units)
        for each in report.find("agr", match="filler", label="attribution")
    }
    assert roles[("Ana", "Ben"), "source"] == (1, 1)
    assert roles[("Ana", "Ben"), "content"] == (0, 1)
    assert roles[("Ben", "Ana"), "source"] == (1, 1)
    people = {each.name: each.id for each in study.annotators()}
    found = passages(study.gather(), (people["Ana"], people["Ben"]))
    assert {(each.kind, each.part) for each in found if each.part} == {
        ("role", "content"),
        ("target", "denies"),
        ("attribute", "quote-form"),
    }
    assert {each.kind for each in found} <= set(KINDS)
    (target,) = passages(study.gather(), (people["Ana"], people["Ben"]), kind="target")
    assert TEXT[slice(*target.fragments[0])] == "denied it"


def test_both_say_that_the_target_is_not_in_the_article(study):
    for who in ("Ana", "Ben"):
        denial = label(study, who, "denied it", "denial")
        study.link("denies", denial.id, None)
    assert one(study.agreement(Request(annotators=("Ana", "Ben"))), "target_f1", part="denies").value == 1


def test_the_words_at_disputed_edges(study):
    label(study, "Ana", "that she knew")
    label(study, "Ben", "she knew")
    label(study, "Ana", "Two aides say")
    label(study, "Ben", "say")
    material = study.gather()
    people = {each.name: each.id for each in study.annotators()}
    found = passages(material, (people["Ana"], people["Ben"]), kind="boundary")
    assert [TEXT[slice(*each.fragments[0])] for each in found] == ["Two aides ", "that "]
    assert disputed(found, {first(study): TEXT}) == [("aides", 1), ("that", 1), ("two", 1)]


def test_several_against_one_is_structure(study):
    label(study, "Ana", "Two aides say she was told in March")
    label(study, "Ben", "Two aides")
    label(study, "Ben", "told in March")
    people = {each.name: each.id for each in study.annotators()}
    (found,) = passages(study.gather(), (people["Ana"], people["Ben"]), kind="structure")
    assert len(found.others) == 2
    total = study.agreement().span_classes[0]
    assert (total.structure, total.exact, total.missed) == (3, 0, 0)


def test_another_label_on_the_same_stretch_is_a_category(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew", "denial")
    report = study.agreement(Request(annotators=("Ana", "Ben")))
    total = report.classes[0]
    assert (total.points, total.category) == (32, 32)
    assert sorted(report.confused) == [("claim", "denial", 16.0), ("denial", "claim", 16.0)]
    people = {each.name: each.id for each in study.annotators()}
    found = passages(study.gather(), (people["Ana"], people["Ben"]), kind="category", label="claim")
    assert [(each.annotators[0], each.instead) for each in found] == [(people["Ana"], ("denial",))]


def test_a_choice_narrows_what_is_measured(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew")
    label(study, "Ben", "The mayor", "source")
    claims = study.agreement(Request(labels=("claim",)))
    assert one(claims, "krippendorff_alpha_jaccard", annotators=claims.annotators).value == 1
    assert [key for key, _ in claims.labels] == ["claim"]
    assert study.agreement(Request(articles=frozenset({first(study)}))).articles == 1
    nowhere = study.agreement(Request(outlet="The Example"))
    assert nowhere.articles == 0
    assert all(each.value is None and each.undefined for each in nowhere.figures)


def test_articles_of_a_time_and_an_outlet(study, changed):
    def date(record):
        values = {"outlet": "The Example", "date published": "2026-03-01"} if record["text"] == TEXT else {}
        record["metadata"] = [{"key": key, "value": value, "original": ""} for key, value in values.items()]

    copy = changed(date)
    for request, count in (
        (Request(outlet="the example"), 1),
        (Request(since="2026", until="2026"), 1),
        (Request(since="2026-03-02"), 0),
        (Request(until="2026-02"), 0),
    ):
        assert copy.agreement(request).articles == count


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (Request(annotators=("Ana",)), AgreementError),
        (Request(annotators=("Ana", "Zoe")), NotFoundError),
        (Request(labels=("nothing",)), CodebookError),
        (Request(measures=("magic",)), AgreementError),
        (Request(unit="word"), AgreementError),
        (Request(iou=0), AgreementError),
        (Request(unit="span", measures=("observed",)), AgreementError),
        (Request(articles=frozenset({"nowhere"})), NotFoundError),
    ],
)
def test_what_cannot_be_measured_is_said(study, request_, error):
    with pytest.raises(error):
        study.agreement(request_)


def test_a_report_knows_when_it_is_stale(study):
    report = study.agreement()
    assert not study.is_stale(report)
    label(study, "Ana", "she knew")
    assert study.is_stale(report)


def test_it_can_be_stopped(study):
    material = study.gather()
    with pytest.raises(StoppedError):
        compute(material, cancelled=lambda: True)


def test_the_same_request_gives_the_same_report(study):
    label(study, "Ana", "she knew")
    one_, other = (study.agreement().to_dict() for _ in range(2))
    one_.pop("made_at"), other.pop("made_at")
    assert one_ == other


def test_the_example_can_be_measured_whole(tmp_path):
    pytest.importorskip("scipy")
    with Project.open(open_example(tmp_path), read_only=True) as project:
        report = project.agreement(Request(measures=MEASURES, tolerance=1))
    assert {each.measure for each in report.figures} == set(MEASURES)
    for each in report.figures:
        assert (each.value is None) == bool(each.undefined), each
    assert json.loads(json.dumps(report.to_dict(), allow_nan=False))["format"] == "annotator-agreement"
    rows = report.rows()
    assert len(rows) == len(report.figures)
    assert {len(row) for row in rows} == {len(rows[0])}
    points = report.classes[0]
    assert points.missed + points.boundary + points.category == pytest.approx(points.points)


def test_a_program_that_measures_nothing_does_not_load_numpy():
    code = "import sys; import annotator.cli, annotator.project; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_gold_is_compared_when_it_is_named_and_only_then(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "that she knew")
    (found,) = study.disagreements(first(study))
    study.decide(found, Outcome.VERSION, version=0, by="Ana")
    report = study.agreement()
    assert report.annotators == ("Ana", "Ben")
    with_gold = study.agreement(Request(annotators=("gold", "Ana")))
    assert with_gold.annotators[1] == "Ana"
    values = {
        who: one(study.agreement(Request(annotators=("gold", who))), "span_f1", match="exact", label=None).value
        for who in ("Ana", "Ben")
    }
    assert sorted(values.values()) == [0, 1]
    by_name = study.agreement(Request(annotators=(study.gold().name, "Ana"))).to_dict()
    again = study.agreement(Request(annotators=("gold", "Ana"))).to_dict()
    by_name.pop("made_at"), again.pop("made_at")
    assert by_name == again


def test_disagreements_are_told_by_the_clause_that_was_cited(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "that she knew")
    label(study, "Ana", "denied it", "denial")
    clause = study.codebook.label("claim").use_when[0].id
    found = {each.kind: each for each in study.disagreements(first(study))}
    assert study.agreement().clauses[0].count == 0
    study.decide(found["boundary"], Outcome.VERSION, version=0, by="Ana", clause=clause)
    study.decide(found["missed"], Outcome.VERSION, version=0, by="Ana")
    report = study.agreement()
    told = {each.clause: each for each in report.clauses}
    assert (told[clause].count, told[clause].kinds, told[clause].labels) == (1, (("boundary", 1),), ("claim",))
    points = {each.label: each.points for each in report.classes}
    assert told[clause].points == points["claim"]
    assert told[""].kinds == (("missed", 1),)
    everything = {each.id for part in study.codebook.labels for each in (*part.use_when, *part.avoid_when)}
    assert told.keys() == everything | {""}


def test_weeks_batches_and_the_learning_curve(tmp_path):
    with Project.create(tmp_path / "curve", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for number in range(25):
            project.add_text(f"{TEXT}{number}")
        for number, head in enumerate(project.articles()):
            label(project, "Ana", "she knew", article=head.id)
            label(project, "Ben", "she knew" if number >= 10 else "denied it", article=head.id)
            for who in ("Ana", "Ben"):
                project.set_state(head.id, who, State.DONE)
        report = project.agreement(Request(measures=("krippendorff_alpha_jaccard",)))
    kinds = {kind: [each for each in report.periods if each.kind == kind] for kind in ("week", "batch", "first")}
    assert [(each.name, each.articles) for each in kinds["batch"]] == [("1-10", 10), ("11-25", 15)]
    assert [each.articles for each in kinds["first"]] == [10, 25]
    assert sum(each.articles for each in kinds["week"]) == 25
    assert kinds["batch"][0].value < 0 < kinds["batch"][1].value == 1
    assert kinds["batch"][0].value == kinds["first"][0].value
    (whole,) = report.find("krippendorff_alpha_jaccard")
    last = kinds["first"][-1]
    assert (last.value, last.low, last.high) == (whole.value, whole.low, whole.high)


def test_rows_make_a_table_of_pandas(study):
    pandas = pytest.importorskip("pandas")
    label(study, "Ana", "she knew")
    label(study, "Ben", "that she knew")
    report = study.agreement(Request(replicates=0))
    table = pandas.DataFrame(report.rows())
    assert len(table) == len(report.figures)
    wanted = table[(table.measure == "span_f1") & (table.match == "overlap") & (table.label == "claim")]
    assert wanted.value.tolist() == [1.0]
    assert wanted.annotators.tolist() == ["Ana, Ben"]
    assert table[table.value.isna()].undefined.ne("").all()


def test_what_is_not_perfect_is_nowhere_printed_as_if_it_were(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew")
    report = study.agreement(Request(replicates=0))
    nearly = replace(
        report, figures=tuple(replace(each, value=0.9986, low=0.9962, high=1.0) for each in report.figures)
    )
    for text in (as_markdown(nearly), as_latex(nearly), as_html(nearly, plots=False), summary(nearly)):
        assert ".999" in text
        assert ".996" in text
        assert not re.search(r"1\.00 \(|[(>]1\.00–", text)
    assert "0.9986" in as_csv(nearly)
    assert {row["value"] for row in nearly.rows()} == {0.9986}
    (head,) = (each for each in headlines(nearly) if each.figure.match == "exact")
    assert "another has more than 99:" in head.meaning


def test_a_figure_that_is_printed_as_a_threshold_and_misses_it_says_so(study):
    report = study.agreement(Request(replicates=0))
    (figure,) = report.find("krippendorff_alpha_jaccard")
    said = {
        value: headlines(replace(report, figures=(replace(figure, value=value),)))[0].meaning
        for value in (0.7996, 0.6661, 0.8, 0.7)
    }
    assert said[0.7996].startswith("Just below .80 (.7996). For tentative conclusions only")
    assert said[0.6661].startswith("Just below .67 (.6661). Too low")
    assert "Just" not in said[0.8] + said[0.7]


def test_how_many_articles_it_takes_is_one_sentence(study):
    report = replace(study.agreement(), annotators=("Ana", "Ben", "Chiara"), articles=16)
    many, enough = (replace(report, planner=((2, 1028), (3, needed))) for needed in (20, 9))
    head = "For an interval of ± .05 on α you need 1,028 articles labelled by 2 or"
    assert plan(many) == f"{head} 20 by 3 (4 more than there are), if they are like these."
    assert plan(enough) == f"{head} 9 by 3 (there are 16), if they are like these."
    assert plan(replace(report, planner=((2, None), (3, None)))) == ""


def test_second_readings_are_compared_with_the_first_ones(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "that she knew")
    assert study.agreement_with_oneself() == ()
    again = Annotator(new_id(), "Ana again", repeats=study.annotator("Ana").id)
    with study.step("Read again") as step:
        step.writing.put("annotator", again.id, people.image(again), is_new=True)
    label(study, "Ana again", "she knew")
    study.set_state(first(study), "Ana again", State.DONE)
    (report,) = study.agreement_with_oneself(Request(replicates=0))
    assert report.annotators == ("Ana", "Ana again")
    assert one(report, "span_f1", match="exact", label=None).value == 1
    assert study.agreement().annotators == ("Ana", "Ben")
    assert study.agreement_with_oneself(Request(annotators=("Ben",))) == ()
