"""Figures of agreement at the queue, in words: what is compared with what, as it was and as it is."""

from collections.abc import Mapping

from annotator.model.adjudication import KINDS, Cell
from annotator.model.codebook import Codebook
from annotator.model.counting import counted
from annotator.model.figures import percent
from annotator.project.report import Figure
from annotator.project.report_words import number, printed
from annotator.project.weighing import Against, Beside
from annotator.ui.adjudicate.wording import KIND_NAMES

UNKNOWN = "–"


def figure_words(figure: Figure | None) -> str:
    """Return a figure with its interval, or why there is none: ``.71 (.64–.77)``."""
    return printed(figure) if figure is not None else "nothing to compare yet"


def among_words(now: Beside, cell: Cell, book: Codebook, people: Mapping[str, str], *, hidden: bool) -> str:
    """Return in a line how the annotators of a cell agree: ``Claim, Ana and Ben: α .71``."""
    value = now.before.value if now.before is not None else None
    told = f"α {number(value)}" if value is not None else "no α yet"
    return f"{about(cell, book, {} if hidden else people)}: {told}"


def about(cell: Cell, book: Codebook, people: Mapping[str, str]) -> str:
    """Return in words of which labels, people and articles the figures of a cell are."""
    names = [each.name for each in book.labels if each.id in cell.labels]
    pair = " and ".join(people.get(each, "somebody") for each in cell.pair)
    articles = counted(len(cell.articles), "article") if cell.articles else ""
    return ", ".join(filter(None, (", ".join(names), pair or "Among annotators", articles)))


def beside_words(now: Beside, then: Beside | None) -> str:
    """Return in a line how each agrees with gold: ``Beside gold: Ana .80 → .84``.

    As long as no article is decided whole: in how many of the places decided each had just what is gold.
    """
    before = {each.annotator: each for each in then.against} if then is not None else {}
    if any(each.articles for each in now.against):
        told = [f"{each.annotator} {_moved(_alpha(before.get(each.annotator)), _alpha(each))}" for each in now.against]
        return f"Beside gold: {' · '.join(told)}"
    if any(each.places for each in now.against):
        told = [
            f"{each.annotator} {_moved(_share(before.get(each.annotator)), _share(each))}"
            for each in now.against
            if each.places
        ]
        return f"Had it as decided: {' · '.join(told)}"
    return "Beside gold: nothing is decided yet"


def told_whole(now: Beside, then: Beside | None, cell: Cell) -> str:
    """Return what the two lines mean, and their numbers: the tooltip."""
    parts = [
        "α: Krippendorff's, over the label sets of characters, Jaccard distance.",
        "Among annotators it is as it was and stays: decisions change no label of an annotator.",
        "Beside gold: each annotator's labels compared with what was decided, in the articles in which all is decided.",
        "Before the arrow: when you began with this queue. Behind it: now.",
    ]
    if cell.kinds or cell.part:
        kinds = ", ".join(KIND_NAMES[each].lower() for each in KINDS if each in cell.kinds)
        parts.append(
            f"No α is of one kind of disagreement: that you chose {kinds or cell.part} changes the places alone."
        )
    before = {each.annotator: each for each in then.against} if then is not None else {}
    for each in now.against:
        alpha = _moved(_alpha(before.get(each.annotator)), _alpha(each))
        parts.append(
            f"{each.annotator}: α {alpha} in {counted(each.articles, 'article')} decided whole; just as decided in"
            f" {each.same:,} of {counted(each.places, 'place')}, {_moved(_share(before.get(each.annotator)), _share(each))}"
        )
    return "\n".join(parts)


def _moved(old: str, new: str) -> str:
    return new if old in (new, UNKNOWN) else f"{old} → {new}"


def _alpha(found: Against | None) -> str:
    if found is None or found.alpha is None or found.alpha.value is None:
        return UNKNOWN
    return number(found.alpha.value)


def _share(found: Against | None) -> str:
    return percent(found.same / found.places) if found is not None and found.places else UNKNOWN
