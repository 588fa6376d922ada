"""Two files of one person, who went on in both: all at once is one after the other, whichever comes first."""

import shutil
from dataclasses import replace
from itertools import permutations

import pytest

from annotator.model.article import State
from annotator.project import Project
from annotator.project.copies.plan import Fate
from tests.project.copies.team import state_of


@pytest.fixture
def files(out, tmp_path):
    """A function that makes two files of one copy: what is done in both, then what is done in either."""

    def make(both, one, other):
        first = out("Ana")
        with Project.open(first) as copy:
            both(copy)
        second = shutil.copy(first, tmp_path / "second.annotator")
        for file, do in ((first, one), (second, other)):
            with Project.open(file) as copy:
                do(copy)
        return [first, second]

    return make


@pytest.fixture
def results(project, tmp_path):
    """A function that merges files at once and one after the other; what the project says then, and all conflicts."""

    def merge(files):
        found = []
        for number, parts in enumerate([[files], *([[each] for each in order] for order in permutations(files))]):
            path = shutil.copy(project.path, tmp_path / f"result {number}.annotator")
            with Project.open(path) as result:
                asked = []
                for some in parts:
                    plan = result.merge_draft(some)
                    asked += [each.id for each in plan.conflicts]
                    result.merge(plan, rule="newer")
                    assert result.check() == []
                assert result.merge_draft(files).is_empty
            found.append((state_of(path), asked))
        return found

    return merge


def nothing(copy):
    pass


def describe(words):
    def do(copy):
        book = copy.codebook
        first = replace(book.labels[0], description=words)
        copy.save_codebook(replace(book, labels=(first, *book.labels[1:])), annotator="Ana")

    return do


@pytest.mark.parametrize("back", [Project.undo, describe("as it was")])
def test_what_one_file_takes_back_of_the_codebook_is_taken_back(project, files, results, back):
    describe("as it was")(project)
    found = results(files(describe("another word"), nothing, back))
    assert [asked for _, asked in found] == [[], [], []]
    assert found[0][0] == found[1][0] == found[2][0]
    labels = [part for name, part in found[0][0]["codebook"] if name == ("labels", project.codebook.labels[0].id)]
    assert labels[0]["description"] == "as it was"


def test_different_words_for_one_label_of_the_codebook_are_asked(project, files, results):
    found = results(files(describe("word"), describe("a word of one"), describe("a word of the other")))
    assert [len(asked) for _, asked in found] == [1, 1, 1]
    assert found[0][0]["codebook"] == found[1][0]["codebook"] == found[2][0]["codebook"]


def test_a_note_that_one_file_puts_back_and_a_label_that_the_other_deletes_are_asked(project, article, files):
    label = project.annotate(article, "claim", [(0, 8)], annotator="Ana", note="unclear").id
    both = files(
        lambda copy: copy.set_note(label, "sure"),
        lambda copy: copy.set_note(label, "unclear"),
        lambda copy: copy.delete([label]),
    )
    for order in (both, both[::-1]):
        plan = project.merge_draft(order)
        assert [each.key for each in plan.conflicts] == [label]
        assert [version.image is None for version in plan.conflicts[0].versions] == [False, True]


def test_a_label_that_one_file_leaves_as_both_had_it_is_what_the_other_makes_of_it(project, article, files, results):
    label = project.annotate(article, "claim", [(0, 8)], annotator="Ana").id

    def to_and_fro(copy):
        copy.set_note(label, "something else")
        copy.set_note(label, "unclear")

    found = results(
        files(lambda copy: copy.set_note(label, "unclear"), to_and_fro, lambda copy: copy.relabel(label, "denial"))
    )
    assert [asked for _, asked in found] == [[], [], []]
    assert found[0][0] == found[1][0] == found[2][0]
    assert [row[0][3:5] for row in found[0][0]["annotation"]] == [("denial", "unclear")]


def test_a_state_that_one_file_sets_back_and_the_other_makes_done_is_done(project, article, files, results):
    project.set_state(article, "Ana", State.DONE)
    found = results(
        files(
            lambda copy: copy.set_state(article, "Ana", State.NEW),
            lambda copy: copy.set_state(article, "Ana", State.DONE),
            nothing,
        )
    )
    assert [asked for _, asked in found] == [[], [], []]
    assert [row[2] for row in found[0][0]["state"]] == [row[2] for row in found[2][0]["state"]] == ["done"]


def test_nothing_is_changed_by_two_files_that_put_everything_back(project, article, files):
    label = project.annotate(article, "claim", [(0, 8)], annotator="Ana", note="unclear").id

    def back(copy):
        copy.set_note(label, "unclear")

    plan = project.merge_draft(files(lambda copy: copy.set_note(label, "sure"), back, back))
    assert (plan.conflicts, {each.fate for each in plan.items}) == ((), {Fate.SAME})
