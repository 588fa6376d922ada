"""What can be done with the selected label, as buttons: its frame opened, joined or left, and the links that it may have."""

from PySide6.QtWidgets import QPushButton, QWidget

from annotator.model.annotation import Annotation
from annotator.ui.actions.actions import Actions
from annotator.ui.frames.framing import Framing
from annotator.ui.widgets.flow import FlowLayout


class Offers(QWidget):
    """A row of buttons, each with its key; hidden where there is nothing to offer."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._buttons: dict[str, QPushButton] = {}
        self._row = FlowLayout(self, gap=4)
        self._row.setContentsMargins(16, 2, 8, 4)

    def show_label(self, framing: Framing, found: Annotation) -> None:
        """Offer what can be done with a label."""
        offers = self._offers(framing, found)
        for button in self._buttons.values():
            button.hide()
        for command_id, name in offers.items():
            self._button(command_id, name).show()
        self.setVisible(bool(offers))
        self._row.invalidate()
        self.updateGeometry()

    def _offers(self, framing: Framing, found: Annotation) -> dict[str, str]:
        """Return the names of buttons by the ids of what they do."""
        own = [frame.cue.id for frame in framing.frames_of(found.id)]
        offers: dict[str, str] = {}
        if (framing.open or own) and not (found.id == framing.open and len(own) == 1):
            offers["frame.join"] = _frame_words(framing, found)
        if framing.open in own:
            offers["mark.here"] = "Close frame"
        for relation in framing.session.project.codebook.relations:
            command_id = f"relation:{relation.id}"
            if found.label in relation.sources and command_id in self._actions:
                name = self._actions[command_id].text().removeprefix("Link ")
                offers[command_id] = name[:1].upper() + name[1:]
        return offers

    def _button(self, command_id: str, name: str) -> QPushButton:
        if command_id not in self._buttons:
            # By the id, not by the action: a codebook's actions are made anew with each revision.
            button = self._buttons[command_id] = QPushButton(objectName="value")
            button.clicked.connect(lambda _checked=False: self._actions[command_id].trigger())
            self._row.addWidget(button)
        key = self._actions.key_text(command_id)
        button = self._buttons[command_id]
        button.setText(f"{name}  {key}" if key else name)
        button.setToolTip(self._actions[command_id].toolTip())
        return button


def _frame_words(framing: Framing, found: Annotation) -> str:
    """Return what joining does with a label now."""
    open_frame = framing.frames.get(framing.open)
    if open_frame is None:
        return "Open frame"
    if found.id == framing.open:
        return "Next frame"
    return "Leave frame" if any(part.id == found.id for _, part in open_frame.parts) else "Join frame"
