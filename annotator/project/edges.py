"""How many words stand at the edges that differ: what any tolerance would forgive."""

from dataclasses import replace

from annotator.project.anatomy import classes
from annotator.project.bench import bench
from annotator.project.material import Material
from annotator.project.report import Edge


def edges(material: Material) -> tuple[Edge, ...]:
    """Return the boundary points by words, as in `Report.edges`, whatever tolerance was asked for.

    The material was gathered with a tolerance or in tokens: else nobody has read where the words stand.
    """
    wanted = replace(material.request, tolerance=max(1, material.request.tolerance))
    return classes(bench(replace(material, request=wanted), None, None))[2]
