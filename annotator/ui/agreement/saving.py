"""Saving what is shown: reports in four forms, plots in three. What is written is what the window shows."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from annotator.project.report import Report
from annotator.project.report_html import as_html
from annotator.project.report_tables import as_csv, as_latex, as_markdown
from annotator.project.whole_file import whole_file
from annotator.ui.session.work import Job

Paint = Callable[[QPainter, QSizeF], None]
REPORTS: dict[str, Callable[[Report], str]] = {
    ".html": as_html,
    ".md": as_markdown,
    ".tex": as_latex,
    ".csv": as_csv,
    ".json": lambda report: json.dumps(report.to_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n",
}
PICTURES = (".svg", ".pdf", ".png")
MARGIN = 16
_SHARP = 2
_DPI = 96


def saving(report: Report, path: Path) -> Job:
    """Return the work of writing a report, which draws plots for a page: it finds a sentence, empty when all is well."""
    return lambda _progress, _cancelled, hand: hand(save_report(report, path))


def save_report(report: Report, path: Path) -> str:
    """Write a report in the form that the file's ending says; return why that cannot be, or an empty string."""
    write = REPORTS.get(path.suffix.lower())
    if write is None:
        return f"A report is saved as {', '.join(REPORTS)}; “{path.name}” ends otherwise."
    try:
        told = write(report)
        with whole_file(path) as draft:
            draft.write_text(told, encoding="utf-8", newline="\n")
    except OSError as error:
        return f"“{path.name}” could not be written: {error.strerror or error}."
    return ""


def save_picture(path: Path, write: Callable[[Path], None]) -> str:
    """Write a picture by `write`; return why that cannot be, or an empty string."""
    if path.suffix.lower() not in PICTURES:
        return f"A plot is saved as {', '.join(PICTURES)}; “{path.name}” ends otherwise."
    try:
        with whole_file(path) as draft:
            write(draft)
    except OSError as error:
        return f"“{path.name}” could not be written: {error.strerror or error}."
    return ""


def save_painted(path: Path, size: QSize, paint: Paint, page: str) -> None:
    """Write what `paint` paints, on a page of that colour with a margin.

    Raises:
        OSError: it cannot be written.
    """
    whole = QSize(size.width() + 2 * MARGIN, size.height() + 2 * MARGIN)
    # Qt does not say when the disk is full: it paints into memory, and what is there is written by Python, which does.
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    device = _device(path.suffix.lower(), memory, whole)
    painter = QPainter()
    if not painter.begin(device):
        raise OSError("nothing can be painted there")
    painter.fillRect(QRectF(0, 0, whole.width(), whole.height()), QColor(page))
    painter.translate(MARGIN, MARGIN)
    paint(painter, QSizeF(size))
    painter.end()
    if isinstance(device, QImage):
        device.save(memory, "PNG")
    path.write_bytes(memory.data().data())


def _device(kind: str, memory: QBuffer, whole: QSize) -> QSvgGenerator | QPdfWriter | QImage:
    """Return what paints an SVG, a PDF or dots of a size."""
    match kind:
        case ".svg":
            svg = QSvgGenerator()
            svg.setOutputDevice(memory)
            svg.setSize(whole)
            svg.setViewBox(QRectF(0, 0, whole.width(), whole.height()))
            return svg
        case ".pdf":
            pdf = QPdfWriter(memory)
            pdf.setResolution(_DPI)
            points = QSizeF(whole) * 72 / _DPI
            pdf.setPageSize(QPageSize(points, QPageSize.Unit.Point))
            pdf.setPageMargins(QMarginsF())
            return pdf
    dots = QImage(whole * _SHARP, QImage.Format.Format_ARGB32)
    dots.setDevicePixelRatio(_SHARP)
    dots.fill(Qt.GlobalColor.transparent)
    return dots
