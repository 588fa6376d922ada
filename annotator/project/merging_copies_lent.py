"""The second half of merging copies, for another thread: the project's holder lends it meanwhile (`Project.lend`)."""

from collections.abc import Callable, Mapping
from pathlib import Path

from annotator.model.changes import Changes
from annotator.model.errors import StoppedError
from annotator.project.copies.plan import CopiesPlan, Rule
from annotator.project.lending import write_lent
from annotator.project.merging_copies import MergeReport


def commit_copies(
    plan: CopiesPlan,
    choices: Mapping[str, int],
    rule: Rule | None,
    project: Path,
    *,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> tuple[MergeReport, Changes | None]:
    """Do what a plan says, as `Project.merge` does: whole, in one step, or not at all. The project must be lent.

    Returns:
        What came of it, and what was touched, for `Project.take_back`.

    Raises:
        StoppedError: `cancelled` said so; nothing was written.
        StalePlanError, RuleError: as `Project.merge`.
        ProjectFileError: it cannot be written; it was rolled back.
    """

    def heard(done: int, total: int, name: str) -> None:
        if cancelled():
            raise StoppedError
        progress(done, total, name)

    return write_lent(project, lambda borrowed: borrowed.merge(plan, choices, rule, progress=heard))
