"""Measuring in another thread, over a connection of its own: first what the summary needs, then everything."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.project import Project, kept_review
from annotator.project.measuring import SUMMARY, compute, summaries
from annotator.project.report import Edge, Report
from annotator.project.request import Request
from annotator.ui.session.work import Progress, Worker

if TYPE_CHECKING:
    from annotator.project.course import Course
    from annotator.project.material import Material

SOON = 400
"""Of so many articles the words at edges are read at once; of more, when a tolerance is asked for."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        report: the figures. is_whole: whether all that were asked for are in it.
        material: what they were computed from. course: agreement over time; None before it was computed.
        asked: what was asked for, where all of it was computed; else None.
        written: the report as it is kept; empty where it is not worth it, or kept already.
        worded: the same material with the words known; None before they were read.
        edges: boundary points by words, for any tolerance.
    """

    report: Report
    material: "Material"
    course: "Course | None"
    is_whole: bool
    asked: Request | None = None
    worded: "Material | None" = None
    edges: tuple[Edge, ...] = ()
    written: str = ""


class Measurer(Worker):
    """Measures one project, one request at a time.

    `found` carries the `Report` that was kept, where one is still true, or of a large project the summary of one, before its
    intervals and with them: what is read in ten seconds is there at once. Then `Findings`: early ones, then those with all figures, then those that know the words at edges.
    """

    def measure(self, path: Path, request: Request, before: "Material | None" = None) -> None:
        """Read a project's file and measure it, over a connection of its own; `before` was read from it earlier."""

        def job(progress: Progress, cancelled: Callable[[], bool], hand: Callable[[object], None]) -> None:
            with Project.open(path, read_only=True) as project:
                kept = project.kept_review(request)
                if kept is not None and kept.articles:
                    hand(kept)
                material = project.gather(request, progress, before=before)
                if kept is None and len(material.titles) >= kept_review.WORTH_KEEPING:
                    for first in summaries(material, progress=progress, cancelled=cancelled):
                        if first.articles:
                            hand(first)
                if kept is not None:
                    hand(Findings(kept, material, None, is_whole=False))
                found = _measured(material, progress, cancelled, hand, asked=request, kept=kept)
                # What was counted before is enough for the figures; the words at edges are read from the texts.
                worded = material if request.tolerance else None
                if worded is None and len(material.titles) <= SOON:
                    worded = project.gather(replace(request, tolerance=1), progress, before=material)
            if worded is not None:
                hand(_with_edges(found, worded))

        self.do(job)

    def measure_again(self, before: Findings, tolerance: int) -> None:
        """Measure what was read before with another tolerance; the words at edges are known already."""
        worded = before.worded or before.material
        wanted = replace(worded, request=replace(worded.request, tolerance=tolerance))

        def job(progress: Progress, cancelled: Callable[[], bool], hand: Callable[[object], None]) -> None:
            _measured(wanted, progress, cancelled, hand, known=before)

        self.do(job)


def _measured(
    material: "Material",
    progress: Progress,
    cancelled: Callable[[], bool],
    hand: Callable[[object], None],
    *,
    known: Findings | None = None,
    asked: Request | None = None,
    kept: Report | None = None,
) -> Findings:
    """Compute and hand over; `known` are findings of the same labels, whose words at edges are still true.

    `asked` is what was asked for, `kept` the report of that, where it was computed before and is still true.
    """
    # Lazily: numpy takes a tenth of a second to load.
    from annotator.project.course import course  # noqa: PLC0415

    request, went = material.request, known.course if known else None
    worded, edges = (known.worded, known.edges) if known else (None, ())
    first = tuple(each for each in request.wanted if each in SUMMARY)
    if kept is None and first and first != request.wanted:
        brief = replace(material, request=replace(request, measures=first))
        report = compute(brief, progress=progress, cancelled=cancelled)
        hand(Findings(report, material, went, is_whole=False, worded=worded, edges=edges))
    # A copy of what is shown already: what shows it sees that there is something new.
    report = compute(material, progress=progress, cancelled=cancelled) if kept is None else replace(kept)
    went = went or course(material)
    # Writing out thousands of figures would hold the window up.
    is_worth_it = asked is not None and kept is None and report.articles >= kept_review.WORTH_KEEPING
    written = kept_review.written(report) if is_worth_it else ""
    found = Findings(report, material, went, is_whole=True, asked=asked, worded=worded, edges=edges, written=written)
    hand(found)
    return found


def _with_edges(found: Findings, worded: "Material") -> Findings:
    from annotator.project.edges import edges  # noqa: PLC0415 - lazily, as above

    return replace(found, worded=worded, edges=found.report.edges or edges(worded))
