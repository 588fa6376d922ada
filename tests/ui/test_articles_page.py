"""What the page about articles says of keys and kinds is what the program has."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow

from annotator.project.drafting import file_kinds
from annotator.ui.actions.actions import Actions
from annotator.ui.widgets.type_box import KEYS

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "articles.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("blocks.type", "K"),
        ("blocks.fold", "Z"),
        ("blocks.copies", "Ctrl+Shift+D"),
        ("articles.add", "Ctrl+Shift+A"),
        ("articles.add_folder", "Ctrl+Shift+G"),
        ("articles.paste", "Ctrl+Shift+V"),
        ("article.replace", "Ctrl+R"),
        ("article.replace_pasted", "Ctrl+Shift+R"),
    ],
)
def test_the_keys(qtbot, command, key):
    window = QMainWindow()
    qtbot.addWidget(window)
    assert key in Actions(window).keys(command)
    assert key in PAGE


def test_the_types_and_their_letters():
    found = dict(
        re.findall(r"\*\*([A-Z])\*\* (\w+)", PAGE.split("## Types of paragraphs")[1].split("What is left out")[0])
    )
    assert found == {key.upper(): kind.value for key, kind in KEYS.items()}
    assert "**H S B D T C R F M U**" in PAGE


def test_the_kinds_of_files():
    told = PAGE.lower()
    for words, suffixes in file_kinds():
        assert any(suffix in told or suffix[1:] in told for suffix in suffixes), words
