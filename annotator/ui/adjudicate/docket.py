"""What is to be decided: the queue, the one at hand, and the grounds that the next decision is given."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.adjudication import OF_LINKS, Cell, Decision, Disagreement, Draft, Outcome, Part
from annotator.model.changes import Changes
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.project.adjudication.queue import Queue, choose, draft_queue
from annotator.project.adjudication.rule import RulePlan, draft_rule_of
from annotator.ui.session.session import Session
from annotator.ui.session.work import Job, Progress, Worker

_MANY = 20
"""Where a step touched more articles than this, all are read anew in another thread."""
_SOON = 2_000
"""So many disagreements are put into another order before anybody would look up; more in another thread."""
_GLANCE = 0.3
"""Seconds for which reading waits, at most, until what the queue begins with has been painted."""
_NOTHING = Queue()
_TOUCHING = frozenset({"annotation", "link", "state", "decision", "codebook", "article", "text", "blocks", "thread"})


class Docket(QObject):
    """Holds the queue of one project and the verbs on the one at hand.

    Signals:
        changed: the queue, or the one at hand, is another.
        loading: files done and in all, while the queue is read; (0, 0) when it has been.
        decided: a `Decision` was made; the next one is at hand already.
        grounds_changed: reason, clause or note of the next decision are others.
        failed: a sentence.
    """

    changed = Signal()
    loading = Signal(int, int)
    decided = Signal(object)
    grounds_changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.queue = _NOTHING
        self.current: Disagreement | None = None
        self.reason, self.clause, self.note = "", "", ""
        self.cell, self.order = Cell(), "article"
        self.is_loaded = False
        self._done: Callable[[object], None] = self._take
        self._worker = Worker(self)
        self._worker.progressed.connect(self._tell_progress)
        self._worker.found.connect(self._finish)
        self._worker.failed.connect(self.failed)
        self._worker.ended.connect(self._ended)
        self._deciding = False
        self._stands: tuple[Queue, Disagreement | None, int] = (_NOTHING, None, -1)
        self._is_stale = False
        self._touched: frozenset[str] = frozenset()
        self._whole: Queue | None = None
        self._owed: frozenset[str] = frozenset()
        self._seen = Event()

    # Reading

    def set_session(self, session: Session | None) -> None:
        """Adjudicate in another project; its queue is read when `load` is called."""
        self._seen.set()
        self._worker.close()
        self.session = session
        self.queue, self.current = _NOTHING, None
        self._whole = None
        self.cell, self.order = Cell(), "article"
        self.is_loaded = False
        self.set_grounds()
        if session is not None:
            session.changed.connect(self._on_changes)
            session.long_step.ended.connect(self._catch_up)
        self.changed.emit()

    def load(self, cell: Cell | None = None, order: str = "") -> None:
        """Read the queue in another thread: all disagreements of a cell, in an order (`ORDERS`)."""
        session = self.session
        if session is None:
            return
        self.cell = self.cell if cell is None else cell
        self.order = order or self.order
        self._whole = None
        self._is_stale = session.long_step.is_busy
        if not self._is_stale:  # else nobody may open its file now
            self._touched = frozenset()
            self._seen = Event()
            self._done = self._take
            self.loading.emit(0, 1)
            self._worker.do(_reading(session.project.path, self.cell, self.order, self._seen))

    def choose(self, cell: Cell) -> None:
        """Have the disagreements of a cell in the queue: taken from all of them, where these are held, else read."""
        session, whole = self.session, self.whole or self._whole
        is_held = self.is_loaded and not self.is_busy and not (cell.agreed or "agreed" in cell.kinds)
        if session is None or whole is None or not is_held or session.long_step.is_busy:
            self.load(cell)
            return
        if self.whole is not None:
            self._owed = frozenset()
        self._whole, self.cell = whole, cell
        self._touched = frozenset()
        self._work(partial(choose, session.project.path, whole, self._owed, cell, self.order), self._chosen)

    def _chosen(self, found: object) -> None:
        if isinstance(found, tuple):
            self._whole, self._owed = found[0], frozenset()
            self._take(found[1])

    def sort(self, order: str) -> None:
        """Put the queue in another order (`ORDERS`): what was read is not read again."""
        self.order = order
        if not self.is_loaded or (self.is_busy and self._done != self._sorted):
            self.load()
        elif self.queue.left <= _SOON:
            self._take(self.queue.in_order(order))
        else:
            self._touched = frozenset()
            self._work(partial(self.queue.in_order, order), self._sorted)

    def _sorted(self, found: object) -> None:
        self._take(found)

    def _work(self, read: Callable[..., object], done: Callable[[object], None]) -> None:
        """Do something slow in another thread, and hand what it returns to `done`."""
        self._done = done
        self.loading.emit(0, 1)
        self._worker.do(_job(read))

    def stop(self) -> None:
        """Stop reading, or sorting."""
        self._seen.set()
        self._worker.stop()
        if self.is_loaded:
            self.order, self.cell = self.queue.order, self.queue.cell

    @property
    def whole(self) -> Queue | None:
        """The queue, where it has been read and is that of everything."""
        return self.queue if self.is_loaded and self.queue.is_whole and self.queue.cell == Cell() else None

    @property
    def is_busy(self) -> bool:
        """Whether something is being read."""
        return self._worker.is_busy

    @property
    def place(self) -> int:
        """Where in the queue the one at hand stands; -1 when none is."""
        queue, current, place = self._stands
        if queue is not self.queue or current is not self.current:
            place = self.queue.place_of(self.current) if self.current else -1
            self._stands = (self.queue, self.current, place)
        return place

    @property
    def following(self) -> Disagreement | None:
        """The one behind the one at hand; None where there is none."""
        items = self.queue.items
        return items[(self.place + 1) % len(items)] if items else None

    # Going on

    def go_to(self, found: Disagreement) -> None:
        """Take one of the queue in hand, as it stands now."""
        self._hold(self.queue.same(found))

    def step(self, by: int) -> None:
        """Take the next one in hand, or the one before, without deciding."""
        items = self.queue.items
        if items:
            self._hold(items[(self.place + by) % len(items)])

    def set_grounds(self, reason: str = "", clause: str = "", note: str = "") -> None:
        """Say why the next decision is made so."""
        if (reason, clause, note) != (self.reason, self.clause, self.note):
            self.reason, self.clause, self.note = reason, clause, note
            self.grounds_changed.emit()

    # Deciding

    def take(self, number: int, *, whole: bool = False) -> None:
        """Decide that the version of that number, from 1, is right."""
        current = self.current
        if current is None:
            return
        if not 1 <= number <= len(current.versions):
            self.failed.emit(f"There is no version {number} here; there are {len(current.versions)}.")
            return
        version = current.versions[number - 1]
        if version.is_nothing or (current.kind in OF_LINKS and not version.targets):
            self.decide(Outcome.NONE)
        else:
            self.decide(Outcome.VERSION, version=number - 1, whole=whole and current.is_frame)

    def decide(
        self,
        outcome: Outcome,
        *,
        version: int = 0,
        whole: bool = False,
        drafts: Sequence[Draft] = (),
        targets: Iterable[str | None] = (),
        parts: Sequence[Part] | None = None,
    ) -> bool:
        """Decide about the one at hand, and take the next one in hand; whether that worked."""
        session, current = self.session, self.current
        if session is None or current is None:
            return False
        self._deciding = True
        try:
            made = session.project.decide(
                current,
                outcome,
                by=session.annotator.id,
                version=version,
                whole=whole,
                drafts=tuple(drafts),
                targets=tuple(targets),
                parts=parts,
                reason=self.reason,
                note=self.note,
                clause=self.clause,
            )
        except AnnotatorError as error:
            self.failed.emit(str(error))
            self._renew(frozenset({current.article}))
            return False
        finally:
            self._deciding = False
        self._after(made, current)
        return True

    def ask(self, text: str) -> bool:
        """Ask the annotators about the one at hand, and go on with the next; whether that worked."""
        session, current = self.session, self.current
        if session is None or current is None:
            return False
        self._deciding = True
        try:
            made = session.project.ask_about(current, text, by=session.annotator.id, reason=self.reason)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return False
        finally:
            self._deciding = False
        self._after(made, current)
        return True

    def accept(self, rule: str) -> None:
        """Make gold what a rule accepts of the chosen disagreements and of what agrees, in one step."""
        session = self.session
        if session is not None and not self.is_busy:
            self._work(partial(draft_rule_of, session.project.path, rule, self.cell), self._accept)

    def look_up(self, read: Callable[..., object], done: Callable[[object], None]) -> bool:
        """Let `read` work on the project's path in another thread; whether nothing else is going on there."""
        session = self.session
        if session is None or self.is_busy:
            return False
        self._work(partial(read, session.project.path), done)
        return True

    def _accept(self, plan: object) -> None:
        session = self.session
        if session is None or not isinstance(plan, RulePlan):
            return
        who = session.annotator.id
        session.write(
            plan.rows,
            "accepting what is agreed",
            lambda project, progress: project.accept(plan, by=who, progress=progress),
            self._accepted,
        )

    def _accepted(self, count: int) -> None:
        session = self.session
        if session is None:
            return
        if count:
            session.tell(f"Accepted {counted(count, 'place')} by the rule")
        else:
            session.said.emit("The rule accepts nothing that is not gold already")

    def _after(self, made: Decision, old: Disagreement) -> None:
        self.set_grounds()
        self.queue = self._renewed(frozenset({old.article}))
        self.current = self.queue.following(old)
        self.changed.emit()
        self.decided.emit(made)

    # Keeping up

    def _tell_progress(self, done: int, total: int, _what: str) -> None:
        self.loading.emit(done, max(total, 1))

    def _finish(self, found: object) -> None:
        self._done(found)

    def _ended(self) -> None:
        self.loading.emit(0, 0)
        if self._is_stale and self.is_loaded:
            self.load()
        elif self.is_loaded:
            self.cell = self.queue.cell  # where what was chosen could not be read, the old queue stays

    def _catch_up(self) -> None:
        """Read what could not be read while a long step was written."""
        if self._is_stale and not self.is_busy:
            self.load()

    def _take(self, found: object) -> None:
        if not isinstance(found, Queue):
            return
        if not found.is_whole:
            self._begin(found)
            return
        self.queue, old = found, self.current
        if self._touched:  # it may have been read before that
            self.queue = self._renewed(self._touched)
        self.is_loaded = True
        self.current = (self.queue.same(old) if old else None) or next(iter(self.queue.items), None)
        self.changed.emit()

    def _begin(self, first: Queue) -> None:
        """Take in hand what the queue begins with, where nothing is at hand, while the others are read."""
        if self.current is None:
            self.queue, self.current = first, first.items[0]
            self.changed.emit()
        QTimer.singleShot(0, self, self._seen.set)  # when that has been painted

    def _on_changes(self, changes: Changes) -> None:
        if not changes.nouns & _TOUCHING:
            return
        is_small = 0 < len(changes.articles) <= _MANY and not changes.nouns & {"codebook", "text"}
        if self.is_busy and is_small:
            self._touched |= changes.articles
        if self._deciding:
            return
        if self.is_busy and not is_small:
            self._is_stale = True
        elif self.is_loaded and (
            changes.nouns & {"codebook", "text"} or not changes.articles or len(changes.articles) > _MANY
        ):
            self.load()
        elif self.is_loaded:
            self._renew(changes.articles)

    def _renew(self, articles: frozenset[str]) -> None:
        """Read these articles anew; what has come up again, as after an undo, is taken in hand."""
        before = {each.id for key in articles for each in self.queue.items.of(key)}
        old = self.current
        self.queue = self._renewed(articles)
        again = [each for key in articles for each in self.queue.items.of(key) if each.id not in before]
        if again:
            self.current = min(again, key=self.queue.place_of)
        elif old is not None:
            self.current = self.queue.same(old) or self.queue.following(old)
        self.changed.emit()

    def _renewed(self, articles: frozenset[str]) -> Queue:
        if self.session is None:
            return self.queue
        self._owed |= articles
        try:
            return self.session.project.renewed(self.queue, articles)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return self.queue

    def _hold(self, found: Disagreement | None) -> None:
        if found is not None and (self.current is None or not found.is_same(self.current)):
            self.current = found
            self.set_grounds()
            self.changed.emit()


def _reading(path: Path, cell: Cell, order: str, seen: Event) -> Job:
    """Return what reads the queue: first what it begins with, and the others when that is on the screen."""

    def read(progress: Progress, cancelled: Callable[[], bool], give: Callable[[object], None]) -> None:
        def begin(first: Queue) -> None:
            give(first)
            seen.wait(_GLANCE)  # Python does one thing at a time: the window would wait for this thread at every turn

        give(draft_queue(path, cell, order, begun=begin, progress=progress, cancelled=cancelled))

    return read


def _job(read: Callable[..., object]) -> Job:
    return lambda progress, cancelled, give: give(read(progress=progress, cancelled=cancelled))
