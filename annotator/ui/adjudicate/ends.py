"""The pages of Adjudicate on which nothing is open: why that is, and what to do about it."""

from collections.abc import Iterator

from annotator.model.adjudication import Cell
from annotator.model.counting import counted
from annotator.project.adjudication.queue import Queue
from annotator.ui.actions.actions import Actions
from annotator.ui.adjudicate.wording import chosen
from annotator.ui.widgets.empty import EmptyState

_NOTHING = (
    "There is nothing to decide",
    "Disagreements appear here as soon as two annotators have finished the same article and labelled it differently.",
)
_CHOSEN_DONE, _CHOSEN_NONE = "What was chosen is decided", "Nothing of what was chosen is open"
_CHOSEN = "The queue has {} now. There may be more to decide: choose others, or all of them."
_ALL_DONE = ("Everything is decided", "Gold is complete for every article that two or more have finished.")
_AGREED = "{} not gold yet. Accept {}: then gold is complete for every article that two or more have finished."


class Ends:
    """All of them.

    Attributes:
        done: gold is complete.
        agreed: no disagreement is open, but what all agree about is not gold yet.
        narrow: nothing of what was chosen is open.
        early: nobody has finished anything that could be compared.
    """

    def __init__(self, actions: Actions) -> None:
        accept, results = actions["adjudicate.accept"], actions["adjudicate.results"]
        self.done = EmptyState("gavel", *_ALL_DONE, (results,))
        self.agreed = EmptyState("gavel", *_NOTHING, (accept, results))
        self.narrow = EmptyState("gavel", *_NOTHING, (actions["adjudicate.filter"], results))
        self.early = EmptyState("gavel", *_NOTHING, (actions["place.team"], actions["place.label"]))

    def __iter__(self) -> Iterator[EmptyState]:
        return iter((self.done, self.agreed, self.narrow, self.early))

    def page(self, queue: Queue, cell: Cell) -> EmptyState:
        """Return the page for a queue in which nothing is open, which says how things stand."""
        agreed = sum(queue.agreed.values())
        if cell != Cell():
            self.narrow.tell(_CHOSEN_DONE if queue.done else _CHOSEN_NONE, _CHOSEN.format(chosen(cell)))
            return self.narrow
        if agreed:
            places = counted(agreed, "place that all agree about is", "places that all agree about are")
            title = "Every disagreement is decided" if queue.done else "There is no disagreement"
            self.agreed.tell(title, _AGREED.format(places, "it" if agreed == 1 else "them"))
            return self.agreed
        return self.done if queue.done else self.early
