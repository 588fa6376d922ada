"""Which pages there are. Their modules are loaded when they are first visited: starting does not wait for them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.ui.places import Means


def rooms(means: Means, parent: QWidget) -> dict[str, Callable[[], QWidget]]:
    """Return how the places that need nothing of one another are built, by name.

    Each is a child of `parent` from the beginning: a widget that gets another parent takes on its style again, and so does
    all that is in it. For the same reason a page puts its parts together from the outside in.
    """
    return {name: lambda make=make: make(means, parent) for name, make in _MAKERS.items()}


def _team(means: Means, parent: QWidget) -> QWidget:
    # Loaded at the first visit, and merging with it.
    from annotator.ui.team.place import TeamPlace  # noqa: PLC0415

    return TeamPlace(means, parent)


def _agreement(means: Means, parent: QWidget) -> QWidget:
    from annotator.ui.agreement.place import AgreementPlace  # noqa: PLC0415 - at its first visit

    return AgreementPlace(means, parent)


def _adjudicate(means: Means, parent: QWidget) -> QWidget:
    from annotator.ui.adjudicate.place import AdjudicatePlace  # noqa: PLC0415 - see above

    return AdjudicatePlace(means, parent)


_MAKERS: dict[str, Callable[[Means, QWidget], QWidget]] = {
    "team": _team,
    "agreement": _agreement,
    "adjudicate": _adjudicate,
}
