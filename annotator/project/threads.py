"""Notes and questions on a span or an article, and answers to them."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.model.errors import NotFoundError, RuleError
from annotator.model.ids import new_id
from annotator.model.span import Span, as_span
from annotator.model.thread import Message, Thread
from annotator.project.exchange import Exchange
from annotator.store import threads
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Writing


class Threads(Exchange):
    """The verbs of notes and questions."""

    def threads(self, article: str = "", *, annotator: str = "", open_only: bool = False) -> list[Thread]:
        """Return the notes and questions of an article or of all, in the order of their making.

        `annotator`: only those begun by that annotator. `open_only`: only those that wait for an answer.
        """
        who = self.annotator(annotator).id if annotator else ""
        with explained(self.path):
            found = threads.threads(self._db, article)
        return [each for each in found if who in ("", each.annotator) and not (open_only and each.settled)]

    def thread(self, thread: str) -> Thread:
        """Return one note or question with its answers.

        Raises:
            NotFoundError: there is none.
        """
        with explained(self.path):
            image = threads.ThreadNoun().read(self._db, thread)
            found = threads.threads(self._db, image["article"]) if image else []
        for each in found:
            if each.id == thread:
                return each
        raise NotFoundError("That note is not in the project (any more).")

    def ask(
        self, article: str, text: str, *, annotator: str, span: Span | Iterable[tuple[int, int]] | None = None
    ) -> Thread:
        """Write a note or question on a span (code points, half-open), or on the article as a whole.

        Raises:
            RuleError: there are no words.
            SpanError: the span is nothing but blanks, or outside the text.
            NotFoundError: there is no such article or annotator.
        """
        made = self._thread(article, text, annotator, span)
        with self.step(f"Note in {self._named(article)}", annotator=made.annotator, article=article) as step:
            self._write_thread(step.writing, made)
        return made

    def _thread(self, article: str, text: str, annotator: str, span: Span | Iterable[tuple[int, int]] | None) -> Thread:
        """Return a note or question, not yet written."""
        who = self.annotator(annotator).id
        content = self._text(article)
        where = None if span is None else as_span(span).trimmed(content)
        time = now()
        message = Message(new_id(), who, _words(text), time, time)
        return Thread(new_id(), article, who, (message,), where, made_at=time, changed_at=time)

    def _write_thread(self, writing: Writing, made: Thread) -> None:
        """Write a new note or question with what is said in it."""
        writing.put("thread", made.id, threads.thread_image(made, self._text(made.article)), is_new=True)
        for message in made.messages:
            writing.put("message", message.id, threads.message_image(message, made.id), is_new=True)

    def answer(self, thread: str, text: str, *, annotator: str, settle: bool = False) -> Thread:
        """Answer a note or question; with `settle` nobody waits for another answer.

        Raises:
            RuleError: there are no words.
            NotFoundError: there is no such note or annotator.
        """
        old = self.thread(thread)
        who = self.annotator(annotator).id
        time = now()
        message = Message(new_id(), who, _words(text), time, time)
        with self.step(f"Answer in {self._named(old.article)}", annotator=who, article=old.article) as step:
            step.writing.put("message", message.id, threads.message_image(message, thread), is_new=True)
            if settle and not old.settled:
                new = replace(old, settled=True, changed_at=time)
                step.writing.put("thread", thread, threads.thread_image(new, self._text(old.article)))
        return self.thread(thread)

    def settle(self, thread: str, *, settled: bool = True, annotator: str = "") -> Thread:
        """Record that nobody waits for an answer any more, or, with `settled` False, that somebody does again.

        Raises:
            NotFoundError: there is no such note or annotator.
        """
        old = self.thread(thread)
        if old.settled == settled:
            return old
        new = replace(old, settled=settled, changed_at=now())
        title = f"{'Settle' if settled else 'Reopen'} note in {self._named(old.article)}"
        who = self.annotator(annotator).id if annotator else ""
        with self.step(title, annotator=who, article=old.article) as step:
            step.writing.put("thread", thread, threads.thread_image(new, self._text(old.article)))
        return new

    def reword(self, message: str, text: str) -> None:
        """Write what was said with other words.

        Raises:
            NotFoundError: there is no such message.
            RuleError: there are no words.
        """
        with explained(self.path):
            image = threads.MessageNoun().read(self._db, message)
        if image is None:
            raise NotFoundError("That note is not in the project (any more).")
        article = self.thread(image["thread"]).article
        title = f"Reword note in {self._named(article)}"
        with self.step(title, annotator=image["annotator"] or "", article=article) as step:
            new = {**image, "content": _words(text)}
            if new != image:
                step.writing.put("message", message, {**new, "changed_at": now()})

    def remove_thread(self, thread: str) -> None:
        """Take a note or question away with its answers. `undo` brings it back.

        Raises:
            NotFoundError: there is none.
        """
        old = self.thread(thread)
        title = f"Remove note in {self._named(old.article)}"
        with self.step(title, annotator=old.annotator, article=old.article) as step:
            for message in old.messages:
                step.writing.put("message", message.id, None)
            step.writing.put("thread", thread, None)


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise RuleError("A note needs at least one word.")
    return text
