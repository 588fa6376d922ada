"""Export: what of a project is chosen, as values, and out to files of other programs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.format import Listen, Options, Trait
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.model.annotation import Annotation
from annotator.model.article import Article, State
from annotator.model.errors import ExchangeError, ProjectExistsError
from annotator.project.adjudication.queue import undone
from annotator.project.adjudication.reading import Source
from annotator.project.looking import looked_at, others
from annotator.project.selecting import Selected, Selection
from annotator.project.splitting import Splitting
from annotator.store import annotations, articles, codebooks, decisions, links, people, plain, tally, threads
from annotator.store.database import explained

if TYPE_CHECKING:
    from annotator.project.card import Card
    from annotator.project.export import ExportReport

_KEPT = 200_000
"""As many labels are held in memory, so that a project of ordinary size is read once and not once a pass."""


@dataclass(slots=True)
class _Stored:
    """The records of a project, read from its file while one goes through them; kept when they are not too many.

    `traits`: of labels that have none of these, nor a note, values or links, only how many they are; None: all of them.
    """

    project: "Exporting"
    ids: list[str]
    is_kept: bool = False
    traits: frozenset[Trait] | None = None
    _records: list[ArticleRecord] | None = field(default=None, init=False)

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[ArticleRecord]:
        """Yield record after record."""
        if self._records is not None:
            yield from self._records
            return
        met: list[ArticleRecord] = []
        with explained(self.project.path):
            for article in self.ids:
                record = self.project.record(article, traits=self.traits)
                if self.is_kept:
                    met.append(record)
                yield record
        self._records = met if self.is_kept else None


class Exporting(Splitting):
    """The verbs of export."""

    def records(self, annotator: str = "") -> tuple[ProjectRecord, list[ArticleRecord], tuple[str, ...]]:
        """Return the whole project as values, or one annotator's part of it, and what that part leaves out."""
        who = frozenset({self.annotator(annotator).id}) if annotator else frozenset()
        project, found = self.chosen(Selection(annotators=who))
        return project, list(found), found.left_out()

    def chosen(self, selection: Selection, traits: frozenset[Trait] | None = None) -> tuple[ProjectRecord, Selected]:
        """Return the project and the chosen records, which are read from its file while one goes through them.

        `traits`: only to see what would be lost, as in `record`.
        """
        if not selection.blocks:
            traits = None  # any label may lie in what is cut out
        with explained(self.path):
            books = codebooks.codebooks(self._db)
            ids = articles.ids(self._db)
            is_kept = sum(tally.of_everybody(self._db).values()) <= _KEPT
        wanted = selection.articles
        stored = _Stored(self, [each for each in ids if not wanted or each in wanted], is_kept=is_kept, traits=traits)
        people_named = tuple(
            each for each in self.everybody() if not selection.annotators or each.id in selection.annotators
        )
        gold = self.gold()
        others = tuple(each for each in self.everybody() if each not in people_named)
        if gold is None or gold not in people_named:  # nothing is said of anybody else
            others = ()
        records = Selected(stored, selection, gold.id if gold else "", is_kept=is_kept)
        return ProjectRecord(self.id, self.name, people_named, books, others), records

    def record(self, article_id: str, who: str = "", *, traits: frozenset[Trait] | None = None) -> ArticleRecord:
        """Return an article with everything in it, or with what one annotator (an id) did in it.

        With `traits`, labels that have none of these, nor a note, values or links, are only counted, but for those that may
        come to equal one that has: a tenth of the time.

        Raises:
            NotFoundError: there is no such article.
        """
        article = self.article(article_id)
        pairs, counts = self._pairs(article, who, traits)
        inside = {annotation.id for annotation, _ in pairs}
        return ArticleRecord(
            article=article,
            annotations=tuple(self._checked(article_id, pairs)),
            links=tuple(
                link
                for link in links.of_article(self._db, article_id)
                if link.origin_id in inside and (not who or link.annotator == who)
            ),
            states=tuple(
                StateRecord(each["annotator"], each["state"], each["changed_at"])
                for each in people.states_of(self._db, article_id)
                if not who or each["annotator"] == who
            ),
            threads=tuple(each for each in threads.threads(self._db, article_id) if not who or each.annotator == who),
            decisions=() if who else tuple(decisions.decisions(self._db, [article_id])),
            plain=counts,
        )

    def _pairs(
        self, article: Article, who: str, traits: frozenset[Trait] | None
    ) -> tuple[list[tuple[Annotation, tuple[str, ...]]], tuple[tuple[str, str, int], ...]]:
        """Return labels with the words that they cover; and annotator, label and how many of those not among them."""
        if traits is not None and not who:
            places = plain.places(self._db, article.id) if traits else []
            wanted = looked_at(places, article.text, traits)
            wanted.update(key for (key,) in plain.adorned(self._db, article.id))
            pairs = annotations.with_words(self._db, wanted)
            return pairs, others(plain.counts(self._db, article.id), (each for each, _ in pairs))
        return annotations.of_article(self._db, article.id, who), ()

    def export_plan(
        self,
        format: str = "jsonl",  # noqa: A002 - as on the command line
        *,
        annotator: str = "",
        selection: Selection | None = None,
        options: Options | None = None,
        listen: Listen | None = None,
    ) -> "ExportReport":
        """Return what an export would write, and what the format cannot hold; nothing is written.

        Raises:
            ExchangeError: the format is unknown or needs something that is not installed, or there is nothing to export.
            StoppedError: the person stopped it.
        """
        # What writes and compares: only when something is exported.
        from annotator.project.export import writer_of  # noqa: PLC0415

        traits = writer_of(format).traits
        project, records = self.chosen(self._selection(format, annotator, selection), traits)
        return self._plan(format, project, records, options or Options(), listen)

    def _plan(
        self,
        format: str,  # noqa: A002 - as on the command line
        project: ProjectRecord,
        records: Selected,
        options: Options,
        listen: Listen | None,
    ) -> "ExportReport":
        from annotator.project.export import plan  # noqa: PLC0415 - as above

        report = plan(format, project, records, options, listen)
        if not report.articles:
            raise ExchangeError(f"“{self.name}” has no articles to export.")
        return replace(
            report, left_out=(*records.left_out(listen), *self._kept_back(records.selection), *report.left_out)
        )

    def _kept_back(self, selection: Selection) -> Iterator[str]:
        """Yield what no format takes out of the project, or what was not asked for."""
        gold, chosen = self.gold(), selection.annotators
        everybody = {each.id for each in self.annotators()}
        if gold is not None and chosen and gold.id not in chosen and chosen >= everybody:
            yield "gold, which is exported by itself"

    def export(
        self,
        path: Path | str,
        format: str = "jsonl",  # noqa: A002 - as on the command line
        *,
        annotator: str = "",
        selection: Selection | None = None,
        options: Options | None = None,
        overwrite: bool = False,
        listen: Listen | None = None,
    ) -> "ExportReport":
        """Write the project, or what is chosen of it, to a file or folder, and read it back to be sure.

        Raises:
            ExchangeError: the format is unknown or needs something that is not installed, there is nothing to export,
                it cannot be written, or what was read back is not what was written. Nothing is left there then.
            ProjectExistsError: there is something of that name, and `overwrite` is not set.
            StoppedError: the person stopped it; nothing is left there.
        """
        from annotator.formats.giving.readme import README  # noqa: PLC0415 - as above
        from annotator.project.export import beside, give, writer_of  # noqa: PLC0415 - as above

        path = Path(path)
        writer_of(format)
        if path.resolve() == self.path.resolve():
            raise ExchangeError(f"“{path}” is the project itself. Export to another file.")
        if path.exists() and not overwrite:
            raise ProjectExistsError(path)
        project, records = self.chosen(self._selection(format, annotator, selection))
        # What is not kept would be read whole once more, only to be looked at.
        looked = records if records.is_kept else self.chosen(records.selection, writer_of(format).traits)[1]
        listen = listen or Listen()
        listen.begin("Looking at what fits")
        chosen = records.selection
        options = options or Options()
        report = self._plan(format, project, looked, options, listen)
        gold = self.gold()
        options = replace(
            options,
            about=lambda: self._card(format, project, chosen, options, report).paragraphs(),
            beside=gold is not None and gold.id in chosen.annotators,
        )
        compared = give(format, project, records, path, options=options, listen=listen)
        place = path / README if path.is_dir() else beside(path)
        told = str(place) if place.is_file() else ""
        return replace(report, compared=compared, readme=told)

    def _card(
        self,
        format: str,  # noqa: A002 - as on the command line
        project: ProjectRecord,
        chosen: Selection,
        options: Options,
        report: "ExportReport",
    ) -> "Card":
        from annotator.project.card import Card  # noqa: PLC0415 - as above
        from annotator.project.export import writer_of  # noqa: PLC0415 - as above

        alike = [each for each in self.splits() if options.parts and each.parts == options.parts]
        split = next((each for each in alike if options.split in {"", each.name}), None)
        behind = self._behind(chosen)
        return Card(
            format, writer_of(format), project, chosen, options, report, split, behind, len(articles.ids(self._db))
        )

    def _behind(self, _selection: Selection) -> tuple[str, ...]:
        """Return what is to be said of where chosen labels come from, a paragraph each."""
        return ()

    def _selection(
        self,
        format: str,  # noqa: A002 - as on the command line
        annotator: str,
        selection: Selection | None,
    ) -> Selection:
        """Return what is chosen. Gold is nobody's work, so it goes out with everybody's only where all of a project does."""
        from annotator.project.export import writer_of  # noqa: PLC0415 - as above

        selection = selection or Selection()
        if annotator:
            return replace(selection, annotators=frozenset({self.annotator(annotator).id}))
        if selection.annotators or self.gold() is None or writer_of(format).holds.exact:
            return selection
        return replace(selection, annotators=frozenset(each.id for each in self.annotators()))

    def gold_selection(self, *, undecided: bool = False) -> Selection:
        """Return the choice of gold: of the articles in which all is decided, or of all in which anything is.

        Raises:
            ExchangeError: there are none.
        """
        gold = self.gold()
        if gold is None:
            raise ExchangeError(f"“{self.name}” has no gold. Decide about disagreements first.")
        with explained(self.path):
            states = {
                article: State(state) for (article, who), state in people.states(self._db).items() if who == gold.id
            }
        wanted = frozenset(article for article, state in states.items() if undecided or state.is_finished)
        if not undecided and wanted:
            source = Source(self._db, self.everybody(), self.codebook, gold.id)
            with explained(self.path):
                wanted -= undone(source, wanted)
        if not wanted:
            raise ExchangeError(
                f"In every article of “{self.name}” something is undecided, or agreed and not accepted yet. Decide and"
                " accept it, or take gold as it is, undecided places and all."
            )
        return Selection(annotators=frozenset({gold.id}), articles=wanted)
