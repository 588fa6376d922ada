"""The face for scripts, and the way to the window: ``annotator [PROJECT]``, ``annotator add PROJECT PATH…`` …"""

from annotator.cli.command import annotator, main, run

__all__ = ["annotator", "main", "run"]
