"""Where adjudication stands: the figures before and against gold, and which clause caused how many disagreements."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.model.adjudication import OUTCOME_WORDS, REASONS, Decision
from annotator.project import Project
from annotator.project.adjudication.queue import Queue
from annotator.project.adjudication.scales import Scales
from annotator.project.feedback import ClauseUse
from annotator.project.weighing import Beside
from annotator.ui.adjudicate.figure_words import figure_words
from annotator.ui.adjudicate.wording import KIND_NAMES
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.head import Head

PASSAGES = 12
"""So many passages of a clause are listed; the number of the others is told."""
WORDS = 90
REPLICATES = 2000


@dataclass(frozen=True, slots=True)
class Passage:
    """A decision with the words that it was about."""

    decision: Decision
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Results:
    """All that the page shows; `queue` says how much is decided and open, `passages` are by clause.

    In `scales` is what the next figures can go on from.
    """

    queue: Queue
    beside: Beside
    scales: Scales
    uses: tuple[ClauseUse, ...]
    passages: dict[str, tuple[Passage, ...]]


def read_results(
    path: Path,
    *,
    queue: Queue | None = None,
    scales: Scales | None = None,
    progress: Callable[[int, int, str], None],
    cancelled: Callable[[], bool],
) -> Results:
    """Return where adjudication of the project at a path stands; it is opened for reading, in any thread.

    `queue` is that of everything, where it has been read already; `scales` are those of earlier results, if there are any.
    """
    scales = scales.copy() if scales is not None else Scales()
    with Project.open(path, read_only=True) as project:
        uses = tuple(project.clause_uses())
        titles = {head.id: head.title for head in project.articles()}
        passages = {}
        for use in uses:
            if cancelled():
                break
            shown = [each for each in use.decisions if each.is_decided and each.reason != "agreed"][:PASSAGES]
            passages[use.clause] = tuple(
                Passage(each, titles.get(each.article, ""), project.article(each.article).text[each.start : each.end])
                for each in shown
            )
        queue = queue or project.queue(progress=progress)
        beside = project.beside_gold(replicates=REPLICATES, progress=progress, scales=scales)
        return Results(queue, beside, scales, uses, passages)


class ResultsPage(QWidget):
    """The page. `left` goes back to the queue, `feedback_wanted` writes feedback, `opened` carries a `Decision`."""

    left = Signal()
    feedback_wanted = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Where adjudication stands")
        self._results: Results | None = None
        self._decisions: dict[str, Decision] = {}
        self.heading = QLabel("Where adjudication stands", objectName="formTitle")
        self.about = QLabel(objectName="dim")
        self.feedback = QPushButton("Save feedback to annotators…")
        self.feedback.setToolTip("A page for each: their labels beside gold, with reasons. Nobody else is named in it.")
        self.feedback.clicked.connect(self.feedback_wanted)
        self.back = QPushButton("Back to the queue   Esc", objectName="primary")
        self.back.clicked.connect(self.left)
        self.words = QTextBrowser(openLinks=False, accessibleName="Where adjudication stands")
        self.words.setObjectName("told")
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.document().setDocumentMargin(16)
        self.words.anchorClicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Head(self.heading, self.about, self.feedback, self.back))
        column.addWidget(self.words, 1)

    def begin(self) -> None:
        """Say that it is being read."""
        self.about.setText("Computing…")
        self.words.setHtml("")
        self._results = None

    def show_results(self, results: Results, theme: Theme) -> None:
        """Show what was read."""
        self._results = results
        self._decisions = {one.decision.id: one.decision for some in results.passages.values() for one in some}
        queue = results.queue
        again = f" · {queue.again:,} open again" if queue.again else ""
        self.about.setText(f"{queue.done:,} decided · {queue.left:,} open{again}")
        self.words.setHtml(results_html(results, theme))
        self.feedback.setEnabled(bool(queue.done or results.beside.against))

    def set_theme(self, theme: Theme) -> None:
        """Write it anew in other colours."""
        if self._results is not None:
            self.show_results(self._results, theme)

    def focus_first(self) -> None:
        """Put the focus on the words, where the arrows scroll and Tab goes from link to link."""
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape go back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, url: QUrl) -> None:
        decision = self._decisions.get(url.toString())
        if decision is not None:
            self.opened.emit(decision)


def results_html(results: Results, theme: Theme) -> str:
    """Return the results as rich text."""
    muted = f"color:{theme.muted}"
    parts = [_title("Agreement"), _figures(results.beside, muted)]
    parts += [_title("By clause of the codebook"), _paragraph(_LEGEND, muted)]
    if not results.uses:
        parts.append(_paragraph("Nothing was decided yet.", ""))
    for use in sorted(results.uses, key=lambda each: not each.clause):
        parts.append(_clause(use, results.passages.get(use.clause, ()), theme))
    return f"<body style='margin:0 16px 16px 0'>{''.join(parts)}</body>"


_LEGEND = (
    "Each decision counts for the clause that it cites. The clause with most of them is the sentence to rewrite first."
)


def _title(words: str) -> str:
    return f"<p style='margin:20px 0 8px 0; font-weight:600; font-size:large'>{words}</p>"


def _paragraph(words: str, style: str) -> str:
    return f"<p style='margin:0 0 8px 0; {style}'>{words}</p>"


def _figures(beside: Beside, muted: str) -> str:
    before = escape(figure_words(beside.before))
    space = "style='padding:0 32px 10px 0'"
    rows = [f"<tr><td {space}>Among annotators, before</td><td colspan='3' {space}>α {before}</td></tr>"]
    if not any(each.articles for each in beside.against):
        rows.append(
            f"<tr><td {space}>Beside gold</td><td colspan='3' {space}>no article is decided whole yet</td></tr>"
        )
    else:
        heads = ("Beside gold", "α", "F1, overlapping", "F1, exact")
        cells = "".join(f"<td style='padding:0 32px 4px 0; {muted}'>{each}</td>" for each in heads)
        rows.append(f"<tr>{cells}</tr>")
    for each in beside.against if any(one.articles for one in beside.against) else ():
        cells = (each.annotator, *(figure_words(one) for one in (each.alpha, each.overlap, each.exact)))
        rows.append(
            "<tr>" + "".join(f"<td style='padding:0 32px 4px 0'>{escape(cell)}</td>" for cell in cells) + "</tr>"
        )
    note = "Beside gold, articles in which all is decided are counted. Decisions change no label of an annotator."
    return f"<table cellspacing='0'>{''.join(rows)}</table>" + _paragraph(note, muted)


def _counted(counts: Iterable[tuple[str, int]], names: Mapping[str, str]) -> str:
    ranked = sorted(
        ((count, names.get(key, key)) for key, count in counts if count), key=lambda each: (-each[0], each[1])
    )
    return " · ".join(f"{name[:1].lower()}{name[1:]} ({count:,})" for count, name in ranked)


def _clause(use: ClauseUse, passages: tuple[Passage, ...], theme: Theme) -> str:
    muted = f"color:{theme.muted}"
    total = sum(use.kinds.values())
    name = escape(use.clause) if use.clause else "No clause was cited"
    head = f"<b>{name}</b> {escape(use.words)}"
    counted = _counted(use.kinds.items(), KIND_NAMES)
    reasons = _counted(use.reasons.items(), REASONS)
    lines = [
        f"<p style='margin:16px 0 2px 0'>{head}</p>",
        f"<p style='margin:0 0 4px 0; {muted}'>{total:,} {'decision' if total == 1 else 'decisions'} · {escape(counted)}"
        + (f"<br>{escape(reasons)}" if reasons else "")
        + "</p>",
    ]
    for each in passages:
        words = " ".join(each.words.split())
        shown = words if len(words) <= WORDS else f"{words[: WORDS - 2].rstrip()} …"
        decision = each.decision
        told = " · ".join(
            filter(None, (KIND_NAMES[decision.kind], OUTCOME_WORDS[decision.outcome], each.title, decision.note))
        )
        lines.append(
            f"<p style='margin:0 0 2px 16px'><a href='{escape(decision.id)}' style='color:{theme.accent};"
            f" text-decoration:none'>{escape(shown)}</a> <span style='{muted}'>{escape(told)}</span></p>"
        )
    if total > len(passages) and passages:
        lines.append(f"<p style='margin:0 0 2px 16px; {muted}'>and {total - len(passages):,} more</p>")
    return "".join(lines)
