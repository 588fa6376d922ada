"""A long random walk through everything that the Python API can do; after each step, everything that must hold is asked.

The proof is ``python -m pytest tests/durability/test_walk.py --api-walks 200 --api-steps 200``.
"""

import contextlib
import random
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from annotator.model import ids
from annotator.model.adjudication import Outcome
from annotator.model.article import Block, BlockKind, Metadatum, State
from annotator.model.assigning import Scheme
from annotator.model.errors import AnnotatorError, LockedProjectError, ReadOnlyError
from annotator.project import Project
from annotator.project.formats import IN, formats
from annotator.store import clock
from tests.durability.walk_rounds import DICE, Rounds, rows
from tests.project.copies.team import LABELS, Worker

PEOPLE = ("Ana", "Ben", "Cem")
TEXT = "A minister said on Tuesday that she never saw the report. 📰 Two aides deny it.\n\nOf rain: an é fell, and 👨‍👩‍👧.\n"
WRITTEN = tuple(each.name for each in formats() if each.is_written and not each.lacks)
READ = tuple(each for each in WRITTEN if each in IN)


def replace_somewhere(project, dice):
    """Replace an article by a new version of its text, edited at one place, and decide anyhow."""
    if not project.articles():
        return
    article = project.article(dice.choice(project.articles()).id)
    low = dice.randrange(len(article.text))
    high = min(len(article.text), low + dice.randrange(30))
    put_in = dice.choice(("", "An update 📰. ", "It was denied.\n\n", "é"))
    plan = project.replacement(article.id, text=article.text[:low] + put_in + article.text[high:])
    project.replace(plan, doubtful=dice.choice(("accept", "drop", "keep")), lost=dice.choice(("drop", "keep")))


class HalfwayError(Exception):
    """Ends a step that must not be committed."""


class World:
    """Luck and time of a walk: the same at each, or what Hypothesis walks again would be another walk."""

    def __init__(self) -> None:
        self._luck = random.Random(9)
        self._ticks = 0
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(ids, "os", SimpleNamespace(urandom=self._luck.randbytes))
        self._patch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: int(self._now().timestamp() * 1e9)))
        self._patch.setattr(clock, "datetime", SimpleNamespace(now=lambda _zone: self._now()))

    def _now(self) -> datetime:
        self._ticks += 1  # much is done in one millisecond
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(milliseconds=self._ticks // 3)

    def end(self) -> None:
        self._patch.undo()


class Walk(Rounds, RuleBasedStateMachine):
    """A project in a folder of its own, the copies of it that are out, and dice."""

    seen = None
    """A counter of what was done, for the figures."""

    def __init__(self) -> None:
        super().__init__()
        self._world = World()
        self._root = tempfile.TemporaryDirectory()
        self.root = Path(self._root.name)
        self.made = 0
        self.out: list[Path] = []
        self.path = self._folder() / "p.annotator"
        self.project = Project.create(self.path, annotator=PEOPLE[0])
        self.project.add_text(TEXT)
        self.project.add_text("A second article. It says that rain fell, and that somebody denied it later on.\n")
        self.before = rows(self.path)

    def teardown(self) -> None:
        self._world.end()
        self.project.close()
        left = [each.name for each in self.path.parent.iterdir()]
        assert left == [self.path.name], left
        self._root.cleanup()

    def _folder(self) -> Path:
        self.made += 1
        folder = self.root / str(self.made)
        folder.mkdir()
        return folder

    def _done(self, what: str) -> None:
        if self.seen is not None:
            self.seen[what] += 1

    def _who(self, dice: random.Random) -> str:
        return dice.choice([each.name for each in self.project.annotators() if not each.repeats])

    # What must hold.

    @invariant()
    def is_sound(self) -> None:
        """The file's own checks: every offset, quote, link, word and step; and no file beside it but the lock."""
        assert self.project.check() == []
        assert {each.name for each in self.path.parent.iterdir()} <= {self.path.name, f"{self.path.name}.lock"}

    @invariant()
    def is_as_it_is_read(self) -> None:
        """What is kept in memory is what is in the file."""
        for article in self.project.articles():
            text = self.project.article(article.id).text
            for each in self.project.annotations(article.id):
                assert 0 <= each.span.start < each.span.end <= len(text)
        with Project.open(self.path, read_only=True) as other:
            assert other.codebook == self.project.codebook
            assert other.annotators() == self.project.annotators()
            assert other.annotations() == self.project.annotations()

    @contextlib.contextmanager
    def _changing(self, what: str):
        """Do something that may be refused with a sentence. What was done, undo takes back and redo does again."""
        before, steps = rows(self.path), self.project.info().steps
        try:
            yield
        except AnnotatorError:
            assert rows(self.path) == before
            self._done("changes that were refused, and nothing was changed")
            return
        self._done(what)
        after, count = rows(self.path), self.project.info().steps
        assert count > steps or after == before
        if count == steps + 1 and self.project.next_undo():
            self.project.undo()
            assert rows(self.path) == before
            self.project.redo()
            assert rows(self.path) == after

    # What is done.

    @rule(dice=DICE)
    def work(self, dice):
        if not self.project.articles():
            return
        worker = Worker(self.project, self._who(dice), dice, together=True)
        kinds = [each for each in worker.kinds if each.__name__ not in ("undo", "redo")]
        for _ in range(dice.randint(1, 4)):
            with self._changing("labels, links, notes, states and codebooks written"):
                dice.choice(kinds)()

    @rule(times=st.integers(1, 5))
    def undo(self, times):
        for _ in range(times):
            self.project.undo()
            self._done("steps taken back")

    @rule(times=st.integers(1, 5))
    def redo(self, times):
        for _ in range(times):
            self.project.redo()
            self._done("steps done again")

    @rule(dice=DICE)
    def write_of_an_article(self, dice):
        if not self.project.articles():
            return
        article = dice.choice(self.project.articles())
        with self._changing("facts about articles written"):
            match dice.randrange(6):
                case 0:
                    at = dice.randrange(article.length)
                    kind = dice.choice(list(BlockKind))
                    self.project.set_blocks(article.id, [Block(kind, at, dice.randint(at + 1, article.length))])
                case 1:
                    self.project.set_metadata(article.id, [Metadatum("source", dice.choice(("A paper", "👨‍👩‍👧", "")))])
                case 2:
                    self.project.set_language(
                        article.id, dice.choice(("en", "fa", "")), dice.choice(("", "rtl", "ltr"))
                    )
                case 3:
                    self.project.add_text(f"Text {dice.randrange(4)}. Somebody claims it, and 📰 denies it.\n")
                case 4 if len(self.project.articles()) > 1:
                    self.project.remove([article.id])
                case _:
                    self.project.set_title(article.id, dice.choice(("Title", "عنوان", "📰")))

    @rule(dice=DICE)
    def replace_an_article(self, dice):
        with self._changing("articles replaced by a new version"):
            replace_somewhere(self.project, dice)

    @rule(dice=DICE)
    def write_of_the_team(self, dice):
        with self._changing("facts about the team written"):
            match dice.randrange(7):
                case 0 | 1:
                    self.project.ensure_annotator(dice.choice(PEOPLE))
                case 2:
                    self.project.rename_annotator(self._who(dice), dice.choice((*PEOPLE, "Dee")))
                case 3:
                    people = dice.sample(PEOPLE, dice.randint(1, 2))
                    planned = self.project.assign_plan(people, Scheme(readers=1, seed=dice.randrange(9)))
                    self.project.assign(planned)
                case 4:
                    self.project.unassign(self._who(dice), [each.id for each in self.project.articles()])
                case 5:
                    self.project.set_blind(blind=dice.random() < 0.5)
                case _:
                    self.project.merge_labels(*dice.sample(LABELS, 2))

    @rule(dice=DICE, name=st.sampled_from(WRITTEN))
    def export(self, dice, name):
        before, path = rows(self.path), self._folder() / "out"
        try:
            self.project.export(path, name, annotator=dice.choice(("", self._who(dice))))
            self._done("exports written and read back")
        except AnnotatorError:
            assert not path.exists()
        assert rows(self.path) == before

    @rule(dice=DICE, name=st.sampled_from(READ))
    def import_what_was_exported(self, dice, name):
        path = self._folder() / "out"
        with contextlib.suppress(AnnotatorError):
            self.project.export(path, name)
        if path.exists():
            with self._changing("imports of what was exported"):
                self.project.import_(path, name, partly=dice.random() < 0.5)

    @rule(dice=DICE)
    def hand_out(self, dice):
        if not self.project.articles():
            return
        ids = [each.id for each in self.project.articles()]
        name = self._who(dice)
        file = self.project.hand_out(
            name, self._folder() / "copy", ids=dice.sample(ids, dice.randint(1, len(ids)))
        ).path
        self.out.append(file)
        self._done("copies handed out")

    @rule(dice=DICE)
    def copy(self, dice):
        path = self.project.save_copy(self._folder() / "twin")
        self.out.append(path)
        self._done("copies of the whole")

    @precondition(lambda self: self.out)
    @rule(dice=DICE)
    def work_in_a_copy(self, dice):
        with Project.open(dice.choice(self.out)) as copy:
            for _ in range(dice.randint(1, 6)):
                name = dice.choice([each.name for each in copy.annotators()])
                if copy.articles():
                    Worker(copy, name, dice, together=dice.random() < 0.3).work(1)
                if dice.random() < 0.1:
                    with contextlib.suppress(AnnotatorError):
                        replace_somewhere(copy, dice)
            assert copy.check() == []

    @precondition(lambda self: self.out)
    @rule(dice=DICE, rule=st.sampled_from(["ours", "theirs", "newer"]))
    def merge(self, dice, rule):
        files = dice.sample(self.out, dice.randint(1, min(3, len(self.out))))
        with self._changing("merges"):
            self.project.merge(self.project.merge_draft(files), rule=rule)
        self.is_settled(self.project.merge_draft(files))

    @rule(dice=DICE, outcome=st.sampled_from([Outcome.VERSION, Outcome.NONE, Outcome.UNION, Outcome.OVERLAP]))
    def adjudicate(self, dice, outcome):
        for name in PEOPLE[:2]:
            who = self.project.ensure_annotator(name).id
            for article in self.project.articles()[:2]:
                start = dice.randrange(max(1, article.length - 20))
                with contextlib.suppress(AnnotatorError):
                    self.project.annotate(article.id, dice.choice(LABELS), [(start, start + 12)], annotator=who)
                with contextlib.suppress(AnnotatorError):
                    self.project.set_state(article.id, who, State.DONE)
        found = self.project.queue().items
        if found:
            with self._changing("disagreements decided"):
                self.project.decide(dice.choice(found), outcome, by=self._who(dice))

    @rule()
    def measure(self):
        with contextlib.suppress(AnnotatorError):
            self.project.agreement()
            self._done("measures of agreement")

    # How it is opened and ended.

    @rule()
    def close_and_open(self):
        before = rows(self.path)
        self.project.close()
        assert [each.name for each in self.path.parent.iterdir()] == [self.path.name]
        self.project = Project.open(self.path)
        assert rows(self.path) == before
        self._done("times closed and opened")

    @rule()
    def open_twice(self):
        with pytest.raises(LockedProjectError):
            Project.open(self.path)
        with Project.open(self.path, read_only=True) as other, pytest.raises(ReadOnlyError):
            other.add_text("Never added")

    @rule(dice=DICE, halfway=st.booleans())
    def kill(self, dice, halfway):
        """Go on with what lies on the disk, at rest or in the middle of a step, and not with what the program knows."""
        before, folder = rows(self.path), self._folder()
        if halfway:
            self.project._db.execute("PRAGMA cache_size = 4")  # pages go into the file before the commit
            with contextlib.suppress(HalfwayError), self.project.step("Half a step") as step:
                for noun, found in (("link", self.project.links()), ("annotation", self.project.annotations())):
                    for each in found:
                        step.writing.put(noun, each.id, None)
                self._copy_to(folder)
                raise HalfwayError
        else:
            self._copy_to(folder)
        self.project.close()
        self.path = folder / self.path.name
        self.project = Project.open(self.path)
        assert rows(self.path) == before
        self._done("kills in the middle of a step" if halfway else "kills at rest")

    def _copy_to(self, folder: Path) -> None:
        for part in self.path.parent.iterdir():
            shutil.copyfile(part, folder / part.name)


@pytest.mark.timeout(0)
def test_a_random_walk_through_the_python_api(budget, seen):
    walks, steps = budget("--api-walks"), budget("--api-steps")
    Walk.seen = seen
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            phases=[phase for phase in Phase if phase is not Phase.explain],
            suppress_health_check=list(HealthCheck),
        ),
    )
    seen["walks"] += walks
