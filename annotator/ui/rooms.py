"""Which pages there are. Their modules are loaded when they are first visited: starting does not wait for them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.ui.empty import EmptyState
from annotator.ui.places import Means
from annotator.ui.session import Session
from annotator.ui.theme import Theme


def rooms(means: Means) -> dict[str, Callable[[], QWidget]]:
    """Return how the places that need nothing of one another are built, by name."""
    return {name: lambda make=make: make(means) for name, make in _MAKERS.items()}


class Unbuilt(EmptyState):
    """A place that this version does not have yet: it says what it is for."""

    def __init__(self, means: Means, icon: str, title: str, words: str) -> None:
        super().__init__(icon, title, f"{words}\n\nThis place is not in this version.", (means.actions["place.label"],))

    def set_session(self, session: Session | None) -> None:
        """It has nothing to show of any project."""

    def set_theme(self, _theme: Theme) -> None:
        """Paint in other colours."""
        self.refresh_icons()


def _team(means: Means) -> QWidget:
    # Loaded at the first visit, and merging with it.
    from annotator.ui.team.place import TeamPlace  # noqa: PLC0415

    return TeamPlace(means)


def _agreement(means: Means) -> QWidget:
    from annotator.ui.agreement.place import AgreementPlace  # noqa: PLC0415 - at its first visit

    return AgreementPlace(means)


def _adjudicate(means: Means) -> QWidget:
    words = "Where annotators differ: decide passage by passage, with the codebook's clause beside it."
    return Unbuilt(means, "gavel", "Adjudicate", words)


_MAKERS: dict[str, Callable[[Means], QWidget]] = {"team": _team, "agreement": _agreement, "adjudicate": _adjudicate}
