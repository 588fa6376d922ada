"""The filter over the list of articles: from a key to the rows, with ten thousand articles."""

from PySide6.QtWidgets import QWidget

from annotator.model.article import ArticleHead
from annotator.ui.articles.model import ArticleModel
from annotator.ui.articles.order import matching

MANY = 10_000
HEADS = [
    ArticleHead(str(n), f"Inquiry {n} on the harbour", 900, "en", outlet=f"Outlet {n % 37}", date="2019-03-04", byline="É. Renn")
    for n in range(MANY)
]  # fmt: skip


def test_filtering(qtbot, times):
    with times.of(f"{MANY:,} articles: the first key ever, without painting", "50"):
        matching(HEADS, "h", frozenset())
    parent = QWidget()
    qtbot.addWidget(parent)
    model = ArticleModel(parent)
    model.set_heads(HEADS)
    for words in ("harbour 77", "outlet 3", "renn 2019"):
        for end in range(1, len(words) + 1):
            with times.of(f"{MANY:,} articles: a key in the filter, without painting", "50"):
                model.set_filter(words[:end], frozenset())
