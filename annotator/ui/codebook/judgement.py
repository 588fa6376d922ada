"""What the arithmetic says about a label's looks, in words."""

from collections.abc import Iterable
from math import floor

from annotator.model.codebook import Label
from annotator.model.colour import APART, FAR_APART, SAFE, Likeness, contrast, distance, is_color, likenesses
from annotator.ui.look.theme import DARK, LIGHT, wash

SIGHT_WORDS = {
    "normal": "to everybody",
    "protanopia": "to those who do not see red",
    "deuteranopia": "to those who do not see green",
    "tritanopia": "to those who do not see blue",
}


def legibility(color: str) -> str:
    """Return how well text is read on the label's wash."""
    if not is_color(color):
        return ""
    light, dark = (contrast(theme.text, wash(theme, color)) for theme in (LIGHT, DARK))
    return f"Text on it has a contrast of {_down(light)} : 1 in light and {_down(dark)} : 1 in dark; 7 : 1 is wanted."


def _down(ratio: float) -> str:
    """Return a contrast with one digit, rounded down: what is wanted is not said of what falls short of it."""
    return f"{floor(10 * ratio) / 10:.1f}"


def apartness(label: Label, others: Iterable[Label]) -> tuple[str, bool]:
    """Return how the label is told from the others that are in use, and whether that is well."""
    rivals = {each.id: each for each in others if each.id != label.id and not each.retired and is_color(each.color)}
    if not is_color(label.color):
        return "", True
    found = likenesses(label.color, label.line, ((each.id, each.color, each.line) for each in rivals.values()))
    if not found:
        return ("It stays apart from every other label, for colour-blind eyes too." if rivals else ""), True
    sentences = [_likeness(label, rivals[each.other], each) for each in found[:2]]
    if len(found) > 2:
        sentences.append(f"So do {len(found) - 2} more.")
    return " ".join(sentences), False


def free_tone(label: Label, others: Iterable[Label]) -> str:
    """Return the safe tone that the label is best told by from the others in use, whose lines count as well."""
    rivals = [each for each in others if each.id != label.id and not each.retired and is_color(each.color)]
    return max(SAFE.values(), key=lambda tone: min((_room(tone, label, each) for each in rivals), default=0.0))


def _room(tone: str, label: Label, other: Label) -> float:
    """Return how much farther a tone is from another label than it has to be, with the sight that is worst for it."""
    needed = FAR_APART if label.line == other.line else APART
    return min(distance(tone, other.color, sight) for sight in SIGHT_WORDS) - needed


def _likeness(label: Label, other: Label, likeness: Likeness) -> str:
    share = label.line == other.line
    ending = "and their lines are the same" if share else "and only the lines tell them apart"
    return (
        f"It looks much like {other.name} {SIGHT_WORDS[likeness.sight]} (distance {likeness.distance:.0f}), {ending}."
    )
