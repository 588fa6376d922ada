"""Measuring agreement: gather once, compute anywhere, a report that carries its own provenance."""

import platform
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.model.annotator import GOLD
from annotator.model.counting import noun
from annotator.model.errors import AgreementError, CodebookError, ProjectFileError
from annotator.model.problem import Problem
from annotator.project.adjudication import reading as adjudicated
from annotator.project.adjudication.queue import reopened
from annotator.project.request import Request
from annotator.project.sealing import Sealing
from annotator.store import articles, people, reviews, statistics, versions, word_statistics
from annotator.store.clock import now
from annotator.store.database import explained

if TYPE_CHECKING:
    from annotator.project.ahead import Ahead
    from annotator.project.bench import Bench
    from annotator.project.material import Material
    from annotator.project.report import Classes, Figure, Report
    from annotator.store.statistics import Statistic

Progress = Callable[[int, int, str], None]


class Measuring(Sealing):
    """The verbs of measuring."""

    _to_keep: "Material | None" = None
    _open: tuple[int, frozenset[str]] | None = None

    def gather(
        self,
        request: Request | None = None,
        progress: Progress | None = None,
        *,
        before: "Material | None" = None,
        ready: "Mapping[str, Statistic] | None" = None,
    ) -> "Material":
        """Read everything that a request needs, as values: `compute` takes it in any thread.

        What `before`, gathered from the same project, holds already is not read again unless something has changed since.
        `ready` is what was counted in articles, by id, in which nothing has changed since.

        Raises:
            AgreementError: there is nothing that could be compared so.
            NotFoundError: there is no such annotator or label.
        """
        # Lazily: numpy takes a tenth of a second to load, and most runs of the program measure nothing.
        from annotator.project.collecting import cited_clauses, gather  # noqa: PLC0415
        from annotator.project.report import Exclusion  # noqa: PLC0415
        from annotator.project.stock import Source  # noqa: PLC0415

        asked, open_ = self._without_open(self._asked(request or Request()))
        names = {each.id: each.name for each in self.everybody()}
        # Gold is compared only when it is named, too. Somebody's second reading is compared only when it is named: it is no further annotator.
        firsts = tuple(each.id for each in self.annotators() if not each.repeats)
        self._keep_counted()
        with explained(self.path):
            revision = self._file.history.last()
            source = Source(self._db, self.name, revision, names, firsts, self.codebook, self.path)
            material = gather(source, asked, progress, before=before, ready=ready)
            cited = cited_clauses(self._db, material)
        if open_:
            left_out = Exclusion(
                open_,
                noun(open_, "article"),
                f"something that was decided in {noun(open_, 'it', 'them')} is open again",
            )
            material = replace(material, exclusions=(*material.exclusions, left_out))
        material = replace(material, cited=cited)
        self._to_keep = material if self.is_writable else None
        return material

    def keep_counted(self, material: "Material", some: range | None = None) -> bool:
        """Keep what was counted for a material that was computed, so that the next one opens at once; return whether.

        `some`: only these of what was counted, so that much of it can be kept in portions; beyond the last there is nothing.

        It is kept beside the labels, without a step: nothing that a person made is changed. It is not kept in a project
        that is open for reading, nor when the project has changed since.
        """
        with explained(self.path):
            if not self.is_writable or self._file.history.last() != material.revision:
                return False
            counted, wanted = material.counts_to_keep(), some or range(sys.maxsize)
            rows = counted[wanted.start : wanted.stop]
            # Behind those, for what is counted in words goes with them.
            start, stop = (max(each - len(counted), 0) for each in (wanted.start, wanted.stop))
            in_words = material.fresh_words[start:stop]
            if rows:
                statistics.write(self._db, material.method, rows)
            if in_words:
                word_statistics.write(self._db, material.method_in_words, in_words)
        return bool(rows or in_words)

    def count_ahead(self, cancelled: Callable[[], bool]) -> "Generator[Ahead, None, None]":
        """Count what many articles hold of which nothing is kept yet, so that nobody has to wait for it; yield portions.

        It is done in a process of its own, for another thread, with a project that is open for reading: whoever has it open
        for writing keeps what comes (`keep_ahead`). Of few articles, and after a change of the project, nothing more comes.
        """
        from annotator.project.ahead import count_ahead  # noqa: PLC0415 - as above
        from annotator.project.stock import Source  # noqa: PLC0415

        with explained(self.path):
            source = Source(self._db, self.name, 0, {}, (), self.codebook, self.path)
            yield from count_ahead(source, cancelled)

    def count_now(self, progress: Progress | None = None) -> int:
        """Count the same here and now, and keep it; return how many articles were counted.

        Raises:
            StoppedError: `progress` said so; what was counted until then is not kept.
        """
        from annotator.project.ahead import missing  # noqa: PLC0415 - as above

        with explained(self.path):
            if not self.is_writable or not missing(self._db):
                return 0
        try:
            material = self.gather(Request(measures=("observed",), replicates=0), progress)
        except AgreementError:  # all of them are one person's, or there are too many labels
            return 0
        self._keep_counted()
        return len(material.counts_to_keep())

    def keep_ahead(self, ahead: "Ahead", some: slice = slice(None)) -> bool:
        """Keep some of what was counted ahead; return whether: not once the project has changed since."""
        with explained(self.path):
            if not self.is_writable or versions.position(self._db) != ahead.position:
                return False
            statistics.write(self._db, ahead.method, ahead.rows[some])
        return True

    def kept_review(self, request: Request | None = None) -> "Report | None":
        """Return the report that was computed for a request and kept, if nothing has changed since; else None.

        Raises:
            AgreementError, NotFoundError: as `agreement`.
        """
        from annotator.agreement.packing import METHOD  # noqa: PLC0415 - as above
        from annotator.project import kept_review  # noqa: PLC0415

        asked = kept_review.asked(self._asked(request or Request()))
        with explained(self.path):
            revision = self._file.history.last()
            content = reviews.read(self._db, asked, revision, kept_review.way(__version__, METHOD))
        return None if content is None else kept_review.read(content)

    def keep_review(self, request: Request, report: "Report", written: str = "") -> bool:
        """Keep the report of a request, so that it is shown at once the next time; return whether.

        `written` is the report as `kept_review.written` gives it, where somebody has written it out already.

        It is not kept where computing it takes no time, in a project that is open for reading, nor when the project has
        changed since.
        """
        from annotator.agreement.packing import METHOD  # noqa: PLC0415 - as above
        from annotator.project import kept_review  # noqa: PLC0415

        if not self.is_writable or report.articles < kept_review.WORTH_KEEPING or self.is_stale(report):
            return False
        asked, way = kept_review.asked(self._asked(request)), kept_review.way(__version__, METHOD)
        with explained(self.path):
            reviews.write(self._db, asked, report.revision, way, written or kept_review.written(report))
        return True

    def _keep_counted(self) -> None:
        """Keep what was counted since this was last asked, if it can be kept."""
        material, self._to_keep = self._to_keep, None
        if material is not None:
            # A full disk does not keep anybody from measuring.
            with suppress(ProjectFileError):
                self.keep_counted(material)

    def close(self) -> None:
        """Close the file. Exactly one file is left; closing twice does no harm."""
        self._keep_counted()
        super().close()

    def _check_counted(self) -> Iterator[Problem]:
        """Yield the articles in which counting gives something else than what is kept."""
        if statistics.is_empty(self._db):
            return
        from annotator.project.collecting import differing  # noqa: PLC0415 - as above
        from annotator.project.stock import Source  # noqa: PLC0415

        names = {each.id: each.name for each in self.everybody()}
        source = Source(self._db, self.name, self._file.history.last(), names, tuple(names), self.codebook)
        for title in differing(source):
            yield Problem(f"article “{title}”", "What was counted in it for agreement is not what stands there.")

    def agreement(
        self,
        request: Request | None = None,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "Report":
        """Measure agreement: `gather` and `compute` in one.

        Raises:
            AgreementError: there is nothing that could be compared so.
            NotFoundError: there is no such annotator or label.
            StoppedError: the person stopped it.
        """
        material = self.gather(request, progress)
        report = compute(material, progress=progress, cancelled=cancelled)
        self._keep_counted()
        return report

    def figures(
        self, request: Request, *, progress: Progress | None = None, rows: "dict[str, Statistic] | None" = None
    ) -> "tuple[Figure, ...]":
        """Measure no more than the figures of a report (`agreement`).

        `rows` is what was counted in articles, by id, in which nothing has changed since; more is added to it.

        Raises:
            AgreementError, NotFoundError: as `agreement`.
            StoppedError: `progress` said so.
        """
        from annotator.project import bench, measures  # noqa: PLC0415 - lazily, as below

        material = self.gather(request, progress, ready=rows)
        if rows is not None:
            rows.update({each.article: each for each in material.stock.rows.values()})
        found = measures.figures(bench.bench(material, progress, None))
        self._keep_counted()
        return found

    def agreement_with_oneself(
        self, request: Request | None = None, *, progress: Progress | None = None
    ) -> "tuple[Report, ...]":
        """Measure how far everybody who has read articles a second time agrees with the first reading: a report each.

        The annotators of the request, when it names some, are whose second readings are wanted.

        Raises:
            AgreementError, NotFoundError: as `agreement`.
        """
        asked = request or Request()
        wanted = {self._compared(each) for each in asked.annotators} or {each.id for each in self.annotators()}
        pairs = [(each.repeats, each.id) for each in self.annotators() if each.repeats in wanted]
        return tuple(self.agreement(replace(asked, annotators=pair), progress=progress) for pair in pairs)

    def is_stale(self, report: "Report") -> bool:
        """Whether the project has changed since a report was made."""
        with explained(self.path):
            return self._file.history.last() != report.revision

    def _without_open(self, request: Request) -> tuple[Request, int]:
        """Return a request in which gold is named without articles in which a decision is open again; and how many those are.

        Raises:
            AgreementError: these are all.
        """
        gold = self.gold()
        if gold is None or gold.id not in request.annotators:
            return request, 0
        with explained(self.path):
            open_ = self._open_again(gold.id) & (request.articles or frozenset(articles.ids(self._db)))
            if not open_:
                return request, 0
            wanted = (request.articles or frozenset(articles.ids(self._db))) - open_
        if not wanted:
            raise AgreementError(
                "In every chosen article something that was decided is open again. Decide about it first."
            )
        return replace(request, articles=wanted), len(open_)

    def _open_again(self, gold: str) -> frozenset[str]:
        """Return the articles in which something that was decided is open again; kept until the next step."""
        steps = self._file.history.last()
        if self._open is None or self._open[0] != steps:
            source = adjudicated.Source(self._db, self.everybody(), self.codebook, gold)
            self._open = (steps, reopened(source, people.finished(self._db, gold)))
        return self._open[1]

    def _compared(self, who: str) -> str:
        """Return the id of an annotator by name or id; ``gold`` is what was decided, whatever its name."""
        gold = self.gold()
        if gold is not None and who.casefold() == GOLD and all(each.name != who for each in self.annotators()):
            return gold.id
        return self.annotator(who).id

    def _asked(self, request: Request) -> Request:
        people = [self._compared(each) for each in request.annotators]
        labels = []
        for word in request.labels:
            label = self.codebook.find_label(word)
            if label is None:
                known = ", ".join(each.id for each in self.codebook.labels)
                raise CodebookError(f"The codebook has no label “{word}”. It has: {known}.")
            labels.append(label.id)
        if request.articles:
            for each in request.articles - articles.known(self._db, request.articles):
                self.head(each)  # which says that there is none
        if len(set(people)) == 1:
            raise AgreementError("Agreement needs two annotators at least; name another one.")
        return replace(request, annotators=tuple(people), labels=tuple(labels))


def compute(
    material: "Material", *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> "Report":
    """Compute a report: a pure function, to be called in any thread.

    Raises:
        StoppedError: the person stopped it.
    """
    from annotator.project import anatomy, bench, measures  # noqa: PLC0415 - lazily, as above

    work = bench.bench(material, progress, cancelled)
    found = measures.figures(work)
    by_class, confused, edges = anatomy.classes(work)
    return replace(
        _report(work, found, by_class),
        span_classes=anatomy.of_spans(work),
        confused=confused,
        edges=edges,
        people=anatomy.people(work),
        costly=anatomy.costly(work),
        planner=anatomy.planner(work),
        periods=anatomy.periods(work),
        clauses=anatomy.clauses(work, by_class),
    )


SUMMARY = ("krippendorff_alpha", "krippendorff_alpha_jaccard", "span_f1")
"""The measures that a summary is written from."""


def summaries(
    material: "Material", *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> "Iterator[Report]":
    """Yield what the first sentences of a report say, and no more: of a large project in a fraction of the time.

    The figures in it are those of `compute`: of all annotators together. They come without their intervals first, in a report
    whose request has no replicates, and then with them.

    Raises:
        StoppedError: the person stopped it.
    """
    from annotator.project import anatomy, bench, measures  # noqa: PLC0415 - lazily, as above

    request = material.request
    request = replace(request, measures=tuple(each for each in request.wanted if each in SUMMARY))
    work = bench.bench(replace(material, request=request), progress, cancelled)
    work.is_brief = True
    if request.measures:  # none is all
        measures.collect(work)
    early = _report(work, measures.scored_figures(work, work.scoring.points()), anatomy.classes(work)[0])
    early = replace(early, costly=anatomy.costliest(work))
    yield replace(early, request=replace(early.request, replicates=0))
    scores = work.scoring.scores(lambda: work.tick("Drawing articles again"))
    yield replace(early, figures=measures.scored_figures(work, scores), made_at=now())


def summarised(material: "Material") -> "Report":
    """Return what the first sentences of a report say, and no more: the last of `summaries`."""
    *_, found = summaries(material)
    return found


def _report(work: "Bench", found: "tuple[Figure, ...]", by_class: "tuple[Classes, ...]") -> "Report":
    """Return a report of figures and classes, with where they come from."""
    import numpy as np  # noqa: PLC0415 - lazily, as above

    from annotator.project.report import Report  # noqa: PLC0415

    material = work.material
    request = material.request
    names = tuple(material.names[each] for each in request.annotators)
    return Report(
        project=material.project,
        request=replace(request, annotators=names),
        annotators=names,
        labels=tuple((each, material.codebook.label(each).name) for each in request.labels),
        figures=found,
        classes=by_class,
        exclusions=material.exclusions,
        articles=len(work.used),
        characters=int(material.length[work.used].sum()),
        revision=material.revision,
        versions={"annotator": __version__, "python": platform.python_version(), "numpy": np.__version__},
        made_at=now(),
    )
