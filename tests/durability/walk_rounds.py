"""Rules of the walk through the Python API: second readings, questions, backups, older versions, and far into the past."""

import contextlib
import shutil
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from annotator.model.adjudication import RULES, Cell
from annotator.model.assigning import Scheme
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.backups import Keeping, backup_files, make_backup, restore
from annotator.project.copies.plan import Fate
from annotator.text.reanchor import SURE
from tests.project.copies.team import LABELS, Worker, whole

DICE = st.randoms(use_true_random=False, note_method_calls=True)
FAR = 500
"""Steps that are taken back at once now and then: more than a walk has."""
OLD = sorted((Path(__file__).parents[1] / "data").glob("schema-*.annotator"))


def rows(path):
    """Return every row but the history and what is only counted again."""
    return {name: found for name, found in whole(path).items() if name not in ("statistic", "word_statistic", "work")}


class Rounds:
    """What a team does in rounds, and what is done about the file; a part of `Walk`."""

    @rule(dice=DICE)
    def read_again(self, dice):
        """Plan second readings, and label in one."""
        if not self.project.articles():
            return
        names = [each.name for each in self.project.annotators() if not each.repeats]
        with self._changing("plans with second readings"):
            self.project.assign(self.project.assign_plan(names, Scheme(readers=1, repeats=0.5, seed=dice.randrange(9))))
        again = [each.name for each in self.project.annotators() if each.repeats]
        if again:
            with self._changing("second readings labelled in"):
                Worker(self.project, dice.choice(again), dice).annotate()

    @rule(dice=DICE)
    def ask_about_a_disagreement(self, dice):
        found = self.project.queue().items
        if found:
            with self._changing("questions about disagreements"):
                self.project.ask_about(dice.choice(found), "Is it a claim?", by=self._who(dice))

    @rule(dice=DICE)
    def accept_what_agrees(self, dice):
        with self._changing("rules that accept what agrees"):
            plan = self.project.rule_draft(dice.choice(RULES), Cell())
            self.project.accept(plan, by=self._who(dice))

    @rule(dice=DICE)
    def look_at_gold_again(self, dice):
        """Open a decision again whose labels have changed since, or any; and read what stands beside gold."""
        made = self.project.decisions()
        if made:
            with self._changing("decisions taken back"):
                self.project.undecide(dice.choice(made).id, by=self._who(dice))
        with contextlib.suppress(AnnotatorError):
            self.project.feedback(self._who(dice), replicates=0)
            self._done("feedbacks read")

    @rule(dice=DICE)
    def confirm_under_a_new_codebook(self, dice):
        name = self._who(dice)
        found = [each.id for each in self.project.outdated(name)]
        if found:
            with self._changing("labels that hold under a new codebook"):
                self.project.confirm(dice.sample(found, dice.randint(1, len(found))))

    @precondition(lambda self: self.out)
    @rule(dice=DICE, name=st.sampled_from(("Ben", "Cem", "Dee")))
    def somebody_comes_in_a_copy(self, dice, name):
        """Add somebody apart, whom the project or another copy may have added as well, and let them label."""
        with Project.open(dice.choice(self.out)) as copy:
            with contextlib.suppress(AnnotatorError):
                copy.ensure_annotator(name)
            if copy.articles():
                Worker(copy, dice.choice([each.name for each in copy.annotators()]), dice).work(2)
        self._done("people who came in a copy")

    @precondition(lambda self: self.out)
    @rule(dice=DICE, rule=st.sampled_from(["ours", "theirs", "newer"]))
    def a_copy_merges_the_project(self, dice, rule):
        """Two projects that merge each other in turn: what holds of a merge holds in both."""
        with Project.open(dice.choice(self.out)) as copy:
            copy.merge(copy.merge_draft([self.path]), rule=rule)
            assert copy.check() == []
            self.is_settled(copy.merge_draft([self.path]))
        self._done("merges of the project into a copy")

    @rule()
    def back_up(self):
        before = rows(self.path)
        if make_backup(self.path, self._keeping()) is not None:
            self._done("backups made")
            found = backup_files(self.path, self._keeping())
            assert rows(found[0][0]) == before

    @precondition(lambda self: self.made_backups())
    @rule(dice=DICE)
    def go_back_to_a_backup(self, dice):
        chosen = dice.choice(self.made_backups())
        wanted, now = rows(chosen), rows(self.path)
        self.project.close()
        aside = restore(self.path, chosen)
        assert rows(aside) == now
        aside.unlink()
        self.project = Project.open(self.path)
        assert rows(self.path) == wanted
        self._done("backups that were put back")

    def is_settled(self, again):
        """Ask whether merging twice is merging once."""
        # A doubtful place in a new version of a text is taken by nobody but a person, and asked about until then.
        assert all(each.score < SURE for each in again.conflicts)
        assert all(each.fate is Fate.SAME for each in again.items)

    def made_backups(self):
        """Return the backups there are."""
        return [path for path, _ in backup_files(self.path, self._keeping())]

    def _keeping(self):
        folder = self.root / "backups"
        folder.mkdir(exist_ok=True)
        return Keeping(folder)

    @rule(dice=DICE)
    def open_what_an_older_version_wrote(self, dice):
        path = Path(shutil.copyfile(dice.choice(OLD), self._folder() / "old.annotator"))
        with Project.open(path) as old:
            before, count = rows(path), len(LABELS)
            for number, label in enumerate(LABELS):
                start = 8 * number + dice.randrange(6)
                old.annotate(old.articles()[0].id, label, [(start, start + 12)], annotator="Ana")
            for _ in range(count):
                old.undo()
            assert rows(path) == before
            for _ in range(count):
                old.redo()
            assert old.check() == []
        self._done("projects of older versions")

    @rule(often=st.sampled_from((10, 50, FAR)))
    def far_back_and_forward(self, often):
        before, count = rows(self.path), 0
        while count < often and self.project.undo() is not None:
            count += 1
        assert self.project.check() == []
        for _ in range(count):
            assert self.project.redo() is not None
        assert rows(self.path) == before
        self._done("times far back and forward")
