"""What the codebook says in words: differences, times, looks; and what is kept of a draft."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from annotator.model.codebook import Clause
from annotator.model.comparison import compare
from annotator.model.draft import Draft
from annotator.project.merging_labels import MergePlan
from annotator.project.templates import template
from annotator.project.touched import Touched
from annotator.ui.codebook.history import when
from annotator.ui.codebook.judgement import apartness, free_tone
from annotator.ui.codebook.kept import Kept, KeptDrafts
from annotator.ui.codebook.merge_box import plan_words
from annotator.ui.codebook.plan import plan
from annotator.ui.codebook.wording import as_html, as_text, told
from annotator.ui.look.theme import DARK, LIGHT

BOOK = template("default")
CLAIM = BOOK.label("claim")


def with_label(label):
    return replace(BOOK, labels=tuple(label if each.id == label.id else each for each in BOOK.labels))


def words(other):
    return as_text(told(compare(BOOK, other), BOOK, other))


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (with_label(replace(CLAIM, name="Statement")), "Label Statement: name: Claim → Statement"),
        (with_label(replace(CLAIM, bare=False)), "Label Claim: ends before the full stop: yes → no"),
        (with_label(replace(CLAIM, retired=True)), "Label Claim: retired"),
        (with_label(replace(CLAIM, key="")), "Label Claim: key: C → nothing"),
        (
            with_label(replace(CLAIM, use_when=(*CLAIM.use_when, Clause("claim-u9", "It is new.")))),
            "Label Claim: “use when”, claim-u9 added: nothing → It is new.",
        ),
        (
            with_label(replace(CLAIM, examples=(*CLAIM.examples, "⟦So⟧."))),
            "Label Claim: example added: nothing → ⟦So⟧.",
        ),
        (replace(BOOK, clauses=BOOK.clauses[:-1]), f"Borderline case {BOOK.clauses[-1].id}: taken out"),
        (
            replace(BOOK, roles=(replace(BOOK.roles[0], labels=("source", "claim")), *BOOK.roles[1:])),
            "Role source: labels: Source → Source; Claim",
        ),
        (replace(BOOK, name="Mine"), f"The codebook’s name: {BOOK.name} → Mine"),
    ],
)
def test_a_difference_is_told_in_words(other, wanted):
    assert words(other) == wanted


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_change_shows_only_the_words_that_differ_and_not_by_colour_alone(theme):
    other = with_label(replace(CLAIM, description=CLAIM.description.replace("normally", "always")))
    html = as_html(told(compare(BOOK, other), BOOK, other), theme)
    assert html.count("line-through") == html.count("underline") == 1
    assert ">normally<" in html
    assert ">always<" in html
    other = with_label(replace(CLAIM, name="<b>"))
    assert "<b>" not in as_html(told(compare(BOOK, other), BOOK, other), theme)


def test_times_are_told_as_people_say_them():
    now = datetime(2024, 3, 19, 15, 0).astimezone()
    assert when(now.replace(hour=9, minute=5).isoformat(), now) == "today 09:05"
    assert when(now.replace(day=2).isoformat(), now) == "2 March"
    assert when(now.replace(year=2010).isoformat(), now) == "19 March 2010"
    assert when("no time", now) == "no time"


def test_looks_are_judged_in_words():
    words, is_well = apartness(CLAIM, BOOK.labels)
    assert is_well
    assert words == "It stays apart from every other label, for colour-blind eyes too."
    denial = BOOK.label("denial")
    words, is_well = apartness(replace(CLAIM, color=denial.color, line=denial.line), BOOK.labels)
    assert not is_well
    assert "It looks much like Denial to everybody (distance 0), and their lines are the same." in words
    tone = free_tone(CLAIM, BOOK.labels)
    assert apartness(replace(CLAIM, color=tone), BOOK.labels)[1]


def test_a_plan_keeps_labels_that_are_in_use():
    made = plan("stance", BOOK, template("stance"), {"content": 3, "claim": 1})
    assert made.kept == ("Content",)
    assert made.codebook.label("content").retired
    assert plan("same", BOOK, BOOK, {}).told == ()


def test_a_merge_is_told_in_sentences():
    claim, content = CLAIM, BOOK.label("content")
    words = plan_words(MergePlan(Touched(1)), content, claim)
    assert words.startswith("1 annotation labelled content becomes claim, and content is retired.")
    assert "3 annotations fall together" in plan_words(MergePlan(Touched(5), Touched(3)), content, claim)
    assert "1 attribute value is left out" in plan_words(MergePlan(Touched(5), without=Touched(1)), content, claim)
    assert plan_words(MergePlan(refused="No."), content, claim) == "No."


def test_a_draft_is_kept_even_where_it_does_not_hold_together(tmp_path):
    kept = KeptDrafts(tmp_path / "settings.json")
    draft = replace(Draft.of(BOOK), name="", labels=())
    base = replace(BOOK, revision=4)
    assert kept.load("p") is None
    kept.keep("p", Kept(base, draft))
    assert KeptDrafts(tmp_path / "settings.json").load("p") == Kept(base, draft)
    kept.forget("p")
    assert kept.load("p") is None
    assert kept.problem == ""


def test_a_kept_draft_that_makes_no_sense_is_set_aside_and_said(tmp_path):
    kept = KeptDrafts(tmp_path / "settings.json")
    kept.keep("p", Kept(BOOK, Draft.of(BOOK)))
    path = tmp_path / "drafts" / "p.json"
    path.write_text(json.dumps({"base": 1}), encoding="utf-8")
    assert kept.load("p") is None
    assert "p.broken.json" in kept.problem
    assert (tmp_path / "drafts" / "p.broken.json").is_file()


def test_without_settings_on_disk_nothing_is_kept():
    kept = KeptDrafts(None)
    kept.keep("p", Kept(BOOK, Draft.of(BOOK)))
    assert kept.load("p") is None
