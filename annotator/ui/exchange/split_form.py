"""A new split: by what, into which parts, with which seed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from annotator.project.splitting import SHARES
from annotator.ui.exchange.pick import Pick

_BY = {"story": "By story", "article": "By article"}
MOST_SEED = 999_999


class SplitForm(QFrame):
    """`wanted` carries name, what never lies on both sides, shares by part, and the seed."""

    wanted = Signal(str, str, object, int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.name = QLineEdit("main", accessibleName="Name of the split")
        self.by = Pick("What stays together", _BY)
        self.by.setToolTip("Articles of one story stay together; copies of one text always do.")
        self.shares = {part: _number(int(share), 100, f"Share of {part} in percent") for part, share in SHARES.items()}
        self.seed = _number(1, MOST_SEED, "Seed")
        self.seed.setToolTip("The same articles, parts and seed give the same split.")
        self.make = QPushButton("Make the split")
        self.make.clicked.connect(lambda _checked=False: self.ask())
        self.words = QLabel("Labels are spread evenly over the parts. The split is kept in the project.", wordWrap=True)
        self.words.setObjectName("dim")
        form = QFormLayout(self)
        form.setContentsMargins(12, 12, 12, 12)
        form.setVerticalSpacing(8)
        form.addRow("Name", self.name)
        form.addRow("Together", self.by)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part, box in self.shares.items():
            row.addWidget(QLabel(part))
            row.addWidget(box)
        row.addStretch(1)
        form.addRow("Percent", row)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.seed)
        last.addStretch(1)
        last.addWidget(self.make)
        form.addRow("Seed", last)
        form.addRow(self.words)

    def ask(self) -> None:
        """Ask for the split that is described here."""
        shares = {part: float(box.text() or 0) for part, box in self.shares.items()}
        shares = {part: share for part, share in shares.items() if share}
        self.wanted.emit(self.name.text().strip(), self.by.key, shares, int(self.seed.text() or 0))

    def propose(self, taken: set[str]) -> None:
        """Put a name into the line that no split has yet."""
        number = 1
        while (name := "main" if number == 1 else f"main {number}") in taken:
            number += 1
        self.name.setText(name)


def _number(value: int, most: int, name: str) -> QLineEdit:
    line = QLineEdit(str(value), accessibleName=name)
    line.setValidator(QIntValidator(0, most, line))
    line.setFixedWidth(line.fontMetrics().horizontalAdvance("0" * len(str(most))) + 24)
    return line
