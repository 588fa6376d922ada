"""Measuring in another thread, over a connection of its own: first what the summary needs, then everything."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.project import Project
from annotator.project.measuring import compute
from annotator.project.report import Report
from annotator.project.request import Request
from annotator.ui.agreement.work import Progress, Worker

if TYPE_CHECKING:
    from annotator.project.course import Course
    from annotator.project.material import Material

FIRST = ("krippendorff_alpha", "krippendorff_alpha_jaccard", "span_f1")
"""What is there first: with these the summary can be read."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        report: the figures. is_whole: whether all that were asked for are in it.
        material: what they were computed from. course: agreement over time.
    """

    report: Report
    material: "Material"
    course: "Course"
    is_whole: bool


class Measurer(Worker):
    """Measures one project, one request at a time; `found` carries `Findings`: early ones, then those with all figures."""

    def measure(self, path: Path, request: Request) -> None:
        """Read a project's file and measure it."""

        def gathered(progress: Progress) -> "Material":
            # A tolerance makes the words known, which the bar needs for every width; the request's own is put back.
            with Project.open(path, read_only=True) as project:
                made = project.gather(replace(request, tolerance=max(1, request.tolerance)), progress)
            return replace(made, request=replace(made.request, tolerance=request.tolerance))

        self.do(lambda *means: _measure(gathered(means[0]), *means))

    def measure_again(self, material: "Material", tolerance: int) -> None:
        """Measure what was read before with another tolerance."""
        wanted = replace(material, request=replace(material.request, tolerance=tolerance))
        self.do(lambda *means: _measure(wanted, *means))


def _measure(
    material: "Material", progress: Progress, cancelled: Callable[[], bool], hand: Callable[[object], None]
) -> None:
    # Lazily: numpy takes a tenth of a second to load.
    from annotator.project.course import course  # noqa: PLC0415

    went = course(material)
    request = material.request
    first = tuple(each for each in request.wanted if each in FIRST)
    if first and first != request.wanted:
        brief = replace(material, request=replace(request, measures=first))
        report = compute(brief, progress=progress, cancelled=cancelled)
        hand(Findings(report, material, went, is_whole=False))
    report = compute(material, progress=progress, cancelled=cancelled)
    hand(Findings(report, material, went, is_whole=True))
