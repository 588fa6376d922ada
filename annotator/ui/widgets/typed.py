"""What was typed into a field of several lines, as it was typed."""

from PySide6.QtWidgets import QPlainTextEdit


def typed(field: QPlainTextEdit) -> str:
    """Return a field's words with line feeds; no-break spaces stay, which `toPlainText` would turn into blanks."""
    return field.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
