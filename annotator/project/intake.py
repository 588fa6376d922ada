"""Taking records into a project: what is new is written, what is known is left, what clashes is told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from annotator.formats.format import Listen
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model import rules
from annotator.model.adjudication import Decision
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, fingerprint
from annotator.model.codebook import Codebook
from annotator.model.errors import AnnotatorError
from annotator.model.ids import new_id
from annotator.model.problem import Problem
from annotator.model.versions import Held
from annotator.project.library import write_article
from annotator.store import annotations, articles, codebooks, decisions, links, people, threads
from annotator.store.clock import now
from annotator.store.file import ProjectFile
from annotator.store.history import Image, Writing

_SHOWN = 60


class Intake:
    """One import into one open project.

    `is_untouched` says that the file's codebook may take the place of the project's own; `holds` that it is the
    project's own with something added, and is to be its latest revision.
    `take` writes into an open step; `made`, `problems` and `has_left_out` tell what came of it. Something that the
    project has already is no loss, only what found no place in it is.
    """

    def __init__(
        self,
        file: ProjectFile,
        source: str,
        *,
        is_untouched: bool = False,
        holds: bool = False,
        listen: Listen | None = None,
    ) -> None:
        self.made: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.has_left_out = False
        self._db = file.db
        self._is_untouched = is_untouched
        self._holds = holds
        self._listen = listen or Listen()
        self._source = source
        self._time = now()
        self._people: dict[str, str] = {}
        self._books: dict[int, Codebook] = {}
        self._own: list[Codebook] = []
        self._articles: dict[str, tuple[str, str]] = {}
        self._ends: dict[str, Annotation] = {}

    def take(self, writing: Writing, project: ProjectRecord, records: Iterable[ArticleRecord]) -> None:
        """Write what is new of `records` into the step."""
        self._take_codebooks(writing, project.codebooks)
        self._take_people(writing, project)
        records = list(records)
        place = articles.next_place(self._db)
        for record in records:
            place += self._take_article(writing, record.article, place)
        for number, record in enumerate(records, start=1):
            self._listen.tell(number, len(records), record.article.title)
            self._take_annotations(writing, record)
            self._take_states(writing, record)
            self._take_threads(writing, record)
        for number, record in enumerate(records, start=1):
            self._listen.tell(number, len(records), "links")
            self._take_links(writing, record.links)
            self._take_decisions(writing, record)
        self._end_codebooks(writing)

    def _tell(self, message: str) -> None:
        self.problems.append(Problem(self._source or "the import", message))

    def _dated(self, image: Image) -> Image:
        """Return the image of an annotation or link with the time of the import, where the file tells none."""
        if not image["made_at"]:
            image["made_at"] = image["changed_at"] = self._time
        return image

    def _placed(self, found: Annotation, article: str, book: Codebook) -> Annotation:
        """Return an annotation in the article, by the annotator and under the revision that it has in the project."""
        who = self._people[found.annotator]
        if (found.article, found.annotator, found.codebook) == (article, who, book.revision):
            return found
        return replace(found, article=article, annotator=who, codebook=book.revision)

    def _leave_out(self, message: str) -> None:
        self.has_left_out = True
        self._tell(message)

    def _take_codebooks(self, writing: Writing, books: tuple[Codebook, ...]) -> None:
        """Find each revision among the project's own, by content; add what is not there.

        A project in which nothing was labelled takes the file's revisions for its own. In any other one, the
        project's codebook stays the one that holds, however many revisions come in.
        """
        own = list(codebooks.codebooks(self._db))
        if self._holds:
            self._extend(writing, own, books[-1])
            return
        books = tuple(replace(book, revision=number) for number, book in enumerate(books, start=1))
        if self._is_untouched and books:
            for book in books:
                if book not in own:
                    self._write_codebook(writing, book)
            own = list(books)
        self._latest = own[-1]
        for book in books or own:
            same = [each for each in own if replace(each, revision=book.revision) == book]
            known = next((each for each in same if each == book), same[-1] if same else None)
            if known is None:
                known = replace(book, revision=len(own) + 1)
                self._write_codebook(writing, known)
                own.append(known)
            self._books[book.revision] = known
        self._own = own

    def _end_codebooks(self, writing: Writing) -> None:
        """Make the project's own codebook the latest revision again, if others came in.

        Labels that it lacks and that came in on annotations are in it as retired ones: whatever stands in a project has
        a name and a colour.
        """
        known = {label.id for label in self._latest.labels}
        used = {found.label for found in self._ends.values()} - known
        # Without their clauses, whose ids the project's own codebook may use for other ones.
        missing = {
            label.id: replace(label, retired=True, use_when=(), avoid_when=())
            for book in self._own
            for label in book.labels
            if label.id in used
        }
        if missing or self._own[-1] is not self._latest:
            labels = (*self._latest.labels, *missing.values())
            book = replace(self._latest, labels=labels, revision=len(self._own) + 1)
            self._write_codebook(writing, book, "The project's own again")

    def _extend(self, writing: Writing, own: list[Codebook], book: Codebook) -> None:
        """Make `book` the latest revision, unless it says what the latest one says."""
        if replace(book, revision=own[-1].revision) != own[-1]:
            own.append(replace(book, revision=len(own) + 1))
            self._write_codebook(writing, own[-1])
        self._own = own
        self._latest = self._books[1] = own[-1]

    def _write_codebook(self, writing: Writing, book: Codebook, note: str = "") -> None:
        note = note or (f"From {self._source}" if self._source else "From an import")
        writing.put("codebook", str(book.revision), codebooks.image(book, book.revision, note, None, now()))

    def _take_people(self, writing: Writing, project: ProjectRecord) -> None:
        own = people.annotators(self._db)
        ids = {annotator.id for annotator in own}
        names = {annotator.name: annotator.id for annotator in own}
        gold = next((annotator.id for annotator in own if annotator.is_gold), None)
        for annotator in sorted(project.everybody, key=lambda each: bool(each.repeats)):
            known = annotator.id if annotator.id in ids else names.get(annotator.name)
            known = gold or known if annotator.is_gold else known  # a project has one gold, whatever it is called
            if known is None:
                known = annotator.id
                made = replace(annotator, made_at=annotator.made_at or self._time)
                # Whose second reading it is may not come in with it.
                made = replace(made, repeats=self._people.get(made.repeats, ""))
                writing.put("annotator", annotator.id, people.image(made), is_new=True)
            self._people[annotator.id] = known

    def _take_article(self, writing: Writing, article: Article, place: int) -> int:
        """Find the article by its text, or write it; return how many were written."""
        known = articles.by_fingerprint(self._db, fingerprint(article.text))
        if known is not None:
            own = articles.article(self._db, known)
            if own is not None and _says_otherwise(own, article):
                self._tell(
                    f"“{article.title}” is in the project already, with another title, blocks or metadata;"
                    " the project's were kept."
                )
            self._articles[article.id] = (known, article.text)
            self.made["known"] += 1
            return 0
        if articles.article(self._db, article.id) is not None:
            self._tell(f"“{article.title}” has the id of another text in the project, and was taken under a new one.")
            self._articles[article.id] = (new_id(), article.text)
        else:
            self._articles[article.id] = (article.id, article.text)
        added_at = article.added_at or self._time
        write_article(writing, replace(article, id=self._articles[article.id][0], added_at=added_at), place)
        self.made["article"] += 1
        return 1

    def _take_annotations(self, writing: Writing, record: ArticleRecord) -> None:
        article, text = self._articles[record.article.id]
        own = {annotation.id: annotation for annotation, _ in annotations.of_article(self._db, article)}
        spans = {(each.annotator, each.label, each.span): each for each in own.values()}
        taken_elsewhere = annotations.by_ids(self._db, [each.id for each in record.annotations if each.id not in own])
        made: dict[str, Image] = {}
        for found in record.annotations:
            book = self._books.get(found.codebook)
            if book is None:
                self._leave_out(
                    f"A label was made under revision {found.codebook} of the codebook, which the file lacks."
                )
                continue
            new = self._placed(found, article, book)
            known = own.get(new.id) or taken_elsewhere.get(new.id)
            twin = spans.get((new.annotator, new.label, new.span))
            if known is not None:
                if known == _as_known(new, known):
                    self.made["known"] += 1
                else:
                    self._tell(f"The label {new.id} is in the project already, but different; the project's was kept.")
                self._ends[found.id] = known
            elif twin is not None:
                self.made["known"] += 1
                if (twin.attributes, twin.note) != (new.attributes, new.note):
                    covered = " … ".join(new.span.covered(text))[:_SHOWN]
                    self._tell(
                        f"“{covered}” is labelled {new.label} already, with other attributes or another note; what was"
                        " there first was kept."
                    )
                self._ends[found.id] = twin
            elif self._fits(new, book, text):
                made[new.id] = self._dated(annotations.image(new, text))
                self._ends[found.id] = own[new.id] = new
                spans[new.annotator, new.label, new.span] = new
        writing.put_new("annotation", made)
        self.made["annotation"] += len(made)

    def _fits(self, new: Annotation, book: Codebook, text: str) -> bool:
        """Whether the codebook allows an annotation; where it does not, it is left out."""
        try:
            rules.check_annotation(book, new, len(text))
        except AnnotatorError as error:
            self._leave_out(f"A label was left out: {error}")
            return False
        return True

    def _take_states(self, writing: Writing, record: ArticleRecord) -> None:
        article = self._articles[record.article.id][0]
        noun = people.StateNoun()
        for state in record.states:
            who = self._people[state.annotator]
            key = f"{article}:{who}"
            changed_at = state.changed_at or self._time
            image = {"article": article, "annotator": who, "state": state.state, "changed_at": changed_at}
            known = noun.read(self._db, key)
            if known is None:
                writing.put("state", key, image, is_new=True)
            elif known["state"] != state.state:
                self._tell(
                    f"“{record.article.title}” is “{known['state']}” in the project and “{state.state}” in the file;"
                    " the project's was kept."
                )

    def _take_threads(self, writing: Writing, record: ArticleRecord) -> None:
        """Write notes and questions, and answers, that the project does not have; what it has stays as it is."""
        article, text = self._articles[record.article.id]
        known = {each.id: {message.id for message in each.messages} for each in threads.threads(self._db, article)}
        for thread in record.threads:
            who = self._people[thread.annotator]
            time = thread.made_at or self._time
            made = replace(thread, article=article, annotator=who, made_at=time, changed_at=thread.changed_at or time)
            if thread.id not in known:
                if threads.ThreadNoun().read(self._db, thread.id) is not None:
                    self._tell(f"The note {thread.id} is in another article of the project already, and stays there.")
                    continue
                writing.put("thread", thread.id, threads.thread_image(made, text), is_new=True)
            for message in thread.messages:
                if message.id not in known.get(thread.id, ()):
                    said = replace(message, annotator=self._people.get(message.annotator, ""))
                    writing.put("message", message.id, threads.message_image(said, thread.id))

    def _take_links(self, writing: Writing, found: tuple[Link, ...]) -> None:
        sources = {self._ends[each.origin_id].id for each in found if each.origin_id in self._ends}
        standing = links.leaving(self._db, sources)
        taken = links.known(self._db, [each.id for each in found])
        made: dict[str, Image] = {}
        for link in found:
            source = self._ends.get(link.origin_id)
            target = self._ends.get(link.target) if link.target else None
            book = self._books.get(link.codebook)
            if source is None or book is None or (link.target is not None and target is None):
                self._leave_out(f"A link “{link.kind}” was left out: one of its ends is not there.")
                continue
            ends = (link.kind, source.id, target.id if target else None)
            if ends in standing:
                self.made["known"] += 1
            elif link.id in taken or link.id in made:
                self._tell(f"The link {link.id} is in the project already, but different; the project's was kept.")
            elif self._joins(link, book, source, target):
                place = {"annotator": self._people[link.annotator], "codebook": book.revision}
                made[link.id] = self._dated(links.image(link) | {"origin_id": ends[1], "target": ends[2]} | place)
                standing.add(ends)
        writing.put_new("link", made)
        self.made["link"] += len(made)

    def _take_decisions(self, writing: Writing, record: ArticleRecord) -> None:
        """Write decisions that the project does not have, in its own ids; what it has decided itself stays."""
        article = self._articles[record.article.id][0]
        for found in record.decisions:
            book = self._books.get(found.codebook)
            if book is None:
                self._leave_out(f"A decision was left out: the file lacks revision {found.codebook} of the codebook.")
                continue
            new = decisions.image(self._decided(found, article, book))
            known = decisions.DecisionNoun().read(self._db, found.id)
            if known is None:
                writing.put("decision", found.id, new, is_new=True)
            elif known == new:
                self.made["known"] += 1
            else:
                self._tell(f"The decision {found.id} is in the project already, but different; the project's was kept.")

    def _decided(self, found: Decision, article: str, book: Codebook) -> Decision:
        def label(key: str) -> str:
            return self._ends[key].id if key in self._ends else key  # it was deleted since, and only spoken of

        def ends(targets: tuple[str | None, ...]) -> tuple[str | None, ...]:
            return tuple(None if each is None else label(each) for each in targets)

        who = {each.annotator: self._people[each.annotator] for each in found.held}
        held = tuple(
            Held(
                who[each.annotator],
                tuple(
                    mark._replace(annotation=label(mark.annotation), annotator=who[each.annotator])
                    for mark in each.marks
                ),
                ends(each.targets),
            )
            for each in found.held
        )
        return replace(
            found,
            article=article,
            held=held,
            gold=tuple(label(each) for each in found.gold),
            targets=ends(found.targets),
            annotator=self._people[found.annotator] if found.annotator else "",
            codebook=book.revision,
        )

    def _joins(self, link: Link, book: Codebook, source: Annotation, target: Annotation | None) -> bool:
        """Whether the codebook lets a link join two; where it does not, the link is left out."""
        # An end may have been given another label under a later revision than the link was made under.
        later = {source.codebook, target.codebook if target else source.codebook}
        books = [book, *(each for each in self._own if each.revision in later)]
        label = target.label if target else None
        book = next((each for each in books if rules.is_joined(each, link.kind, source.label, label)), book)
        try:
            rules.check_link(book, link, source, target)
        except AnnotatorError as error:
            self._leave_out(f"A link was left out: {error}")
            return False
        return True


def _as_known(new: Annotation, known: Annotation) -> Annotation:
    """Return what a file without times says, with what only the project knows: times, revisions, origin."""
    if new.made_at:
        return new
    return replace(
        new,
        made_at=known.made_at,
        changed_at=known.changed_at,
        revision=known.revision,
        codebook=known.codebook,
        origin=known.origin,
    )


def _says_otherwise(own: Article, article: Article) -> bool:
    if article.added_at:
        return (own.title, own.blocks, own.metadata) != (article.title, article.blocks, article.metadata)
    # From another tool: what it does not know, and a title that may be a file's name, contradict nothing.
    return bool(article.blocks and article.blocks != own.blocks) or not {*article.metadata} <= {*own.metadata}
