"""Measuring agreement: gather once, compute anywhere, a report that carries its own provenance."""

import platform
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.model.errors import AgreementError, CodebookError
from annotator.project.report import Report
from annotator.project.request import Request
from annotator.project.sealing import Sealing
from annotator.store.clock import now
from annotator.store.database import explained

if TYPE_CHECKING:
    from annotator.project.material import Material

Progress = Callable[[int, int, str], None]


class Measuring(Sealing):
    """The verbs of measuring."""

    def gather(self, request: Request | None = None, progress: Progress | None = None) -> "Material":
        """Read everything that a request needs, as values: `compute` takes it in any thread.

        Raises:
            AgreementError: there is nothing that could be compared so.
            NotFoundError: there is no such annotator or label.
        """
        # Lazily: numpy takes a tenth of a second to load, and most runs of the program measure nothing.
        from annotator.project.material import Source, gather  # noqa: PLC0415

        asked = self._asked(request or Request())
        names = {each.id: each.name for each in self.everybody()}
        # Somebody's second reading is compared only when it is named: it is no further annotator.
        firsts = tuple(each.id for each in self.annotators() if not each.repeats)
        with explained(self.path):
            source = Source(self._db, self.name, self._file.history.count(), names, firsts, self.codebook)
            return gather(source, asked, progress)

    def agreement(
        self,
        request: Request | None = None,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Report:
        """Measure agreement: `gather` and `compute` in one.

        Raises:
            AgreementError: there is nothing that could be compared so.
            NotFoundError: there is no such annotator or label.
            StoppedError: the person stopped it.
        """
        return compute(self.gather(request, progress), progress=progress, cancelled=cancelled)

    def is_stale(self, report: Report) -> bool:
        """Whether the project has changed since a report was made."""
        with explained(self.path):
            return self._file.history.count() != report.revision

    def _asked(self, request: Request) -> Request:
        people = [self.annotator(each).id for each in request.annotators]
        labels = []
        for word in request.labels:
            label = self.codebook.find_label(word)
            if label is None:
                known = ", ".join(each.id for each in self.codebook.labels)
                raise CodebookError(f"The codebook has no label “{word}”. It has: {known}.")
            labels.append(label.id)
        for each in request.articles:
            self.head(each)
        if len(set(people)) == 1:
            raise AgreementError("Agreement needs two annotators at least; name another one.")
        return replace(request, annotators=tuple(people), labels=tuple(labels))


def compute(
    material: "Material", *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> Report:
    """Compute a report: a pure function, to be called in any thread.

    Raises:
        StoppedError: the person stopped it.
    """
    import numpy as np  # noqa: PLC0415 - lazily, as above

    from annotator.project import anatomy, measures  # noqa: PLC0415

    work = measures.bench(material, progress, cancelled)
    found = measures.figures(work)
    by_class, confused, edges = anatomy.classes(work)
    request = material.request
    names = tuple(material.names[each] for each in request.annotators)
    return Report(
        project=material.project,
        request=replace(request, annotators=names),
        annotators=names,
        labels=tuple((each, material.codebook.label(each).name) for each in request.labels),
        figures=found,
        classes=by_class,
        span_classes=anatomy.of_spans(work),
        confused=confused,
        edges=edges,
        people=anatomy.people(work),
        costly=anatomy.costly(work),
        planner=anatomy.planner(work),
        exclusions=material.exclusions,
        articles=len(work.used),
        characters=int(material.characters.length[work.used].sum()),
        revision=material.revision,
        versions={"annotator": __version__, "python": platform.python_version(), "numpy": np.__version__},
        made_at=now(),
    )
