"""The places that this version does not have yet: each says what it is for."""

from annotator.ui.actions import Actions
from annotator.ui.empty import EmptyState

_WORDS = {
    "team": ("users", "Team", "Who labels which articles, and how files that were labelled apart come together."),
    "agreement": (
        "chart-column",
        "Agreement",
        "How far annotators agree, with intervals, and the passages behind every figure.",
    ),
    "adjudicate": (
        "gavel",
        "Adjudicate",
        "Where annotators differ: decide passage by passage, with the codebook's clause beside it.",
    ),
}


def unbuilt_places(actions: Actions) -> dict[str, EmptyState]:
    """Return a page for each place that is not built, by the place's name."""
    back = (actions["place.label"],)
    return {
        place: EmptyState(icon, title, f"{words}\n\nThis place is not in this version.", back)
        for place, (icon, title, words) in _WORDS.items()
    }
