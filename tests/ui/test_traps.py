"""Calls that look harmless and bring the program down, each allowed in one place at most."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("call", "place"),
    [
        # PySide makes what is returned a part of the widget that was asked.
        (".nextInFocusChain()", "annotator/ui/widgets/tab_order.py"),
        (".previousInFocusChain()", ""),
        # What Python has made is taken away after Python itself: give the clipboard a text.
        ("clipboard().setMimeData(", "tests/ui/test_adding.py"),
    ],
)
def test_it_is_called_nowhere_else(call, place):
    sources = [path for room in ("annotator", "tests") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 500
    found = {str(path.relative_to(ROOT).as_posix()) for path in sources if call in path.read_text("utf-8")}
    assert found - {"tests/ui/test_traps.py"} == ({place} if place else set())
