"""Which pages there are. Their modules are loaded when they are first visited: starting does not wait for them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.ui.places import Means


def rooms(means: Means) -> dict[str, Callable[[], QWidget]]:
    """Return how the places that need nothing of one another are built, by name."""
    return {name: lambda make=make: make(means) for name, make in _MAKERS.items()}


def _team(means: Means) -> QWidget:
    # Loaded at the first visit, and merging with it.
    from annotator.ui.team.place import TeamPlace  # noqa: PLC0415

    return TeamPlace(means)


def _agreement(means: Means) -> QWidget:
    from annotator.ui.agreement.place import AgreementPlace  # noqa: PLC0415 - at its first visit

    return AgreementPlace(means)


def _adjudicate(means: Means) -> QWidget:
    from annotator.ui.adjudicate.place import AdjudicatePlace  # noqa: PLC0415 - see above

    return AdjudicatePlace(means)


_MAKERS: dict[str, Callable[[Means], QWidget]] = {"team": _team, "agreement": _agreement, "adjudicate": _adjudicate}
