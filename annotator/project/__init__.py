"""The verbs, and the only door to the rooms below. The public Python API is `Project`."""

from annotator.project.project import Project

__all__ = ["Project"]
