"""What stands where everybody's labels would be shown, while those of others are hidden."""

from annotator.ui.actions.actions import Actions
from annotator.ui.session.session import Session
from annotator.ui.widgets.empty import EmptyState

_TITLE = "Others' labels are hidden"
_AGAIN = "Others' labels stay hidden here"


class Closed(EmptyState):
    """Says why nothing is shown, and offers what helps: to open others' labels, or to sit down as somebody else."""

    def __init__(self, actions: Actions, words: str) -> None:
        """Build the page; `words`: why whoever still labels should not look."""
        self._words = words
        self._others, self._switch = actions["others"], actions["annotators"]
        super().__init__("eye-off", _TITLE, words, (self._others, self._switch))
        self.offer(self._others)

    def show_for(self, session: Session) -> None:
        """Say it to who is at the keyboard. To a second reading nothing can be opened."""
        if session.annotator.reads_again:
            self.tell(_AGAIN, session.stays_blind)
            self.offer(self._switch)
        else:
            self.tell(_TITLE, self._words)
            self.offer(self._others)
