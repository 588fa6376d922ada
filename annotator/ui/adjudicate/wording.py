"""What a disagreement and its versions are called, in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from annotator.model.adjudication import (
    KINDS,
    OF_LINKS,
    OUTCOME_WORDS,
    REASONS,
    Cell,
    Decision,
    Disagreement,
    Outcome,
    Status,
)
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment
from annotator.model.thread import Thread
from annotator.model.versions import Mark, Version
from annotator.ui.look.theme import Strength, Theme, wash
from annotator.ui.widgets.long_words import breakable

KIND_NAMES: Mapping[str, str] = {
    "missed": "Missed",
    "boundary": "Boundary",
    "category": "Category",
    "structure": "One or several",
    "attribute": "Attribute",
    "role": "Role",
    "target": "Target",
    "agreed": "Agreed",
}
"""What each kind is called in the list; the filters use the same words."""
MOST = 160
"""So many code points of a version are shown before it is cut in the middle."""
PART = 64
"""So many of what fills a role."""

Told = Callable[[str | None], str]
"""Gives the words of a label by its id; None is “not in this article”."""


def title(found: Disagreement, book: Codebook) -> str:
    """Return what a disagreement is about: ``Claim or Denial``, ``Denies``."""
    if found.kind in OF_LINKS:
        kind = book.link_kind(found.part)
        name = kind.name if kind else found.part
        return name[:1].upper() + name[1:]
    names = [_name(book, each) for each in found.labels]
    if not names:
        return "Label"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def words(found: Disagreement, text: str) -> str:
    """Return the words that it is about, as the version has them that most annotators have."""
    marks = next((each.marks for each in found.versions if each.marks), ())
    return " … ".join(text[start:end] for mark in marks for start, end in mark.fragments)


def explained(found: Disagreement) -> str:
    """Return in a sentence how the annotators differ."""
    everybody = len(found.annotators)
    nothing = sum(len(each.annotators) for each in found.versions if each.is_nothing)
    match found.kind:
        case "missed":
            have = everybody - nothing
            return f"{have} of {everybody} marked it, {nothing} did not"
        case "boundary":
            return "The same label with other edges"
        case "category":
            return "The same words under another label"
        case "structure":
            return "One span here, several there"
        case "attribute":
            return "The same span with other values"
        case "role" | "target":
            return "The same label leads elsewhere"
        case _:
            return f"All {everybody} have the same"


def earlier(found: Disagreement) -> str:
    """Return in a sentence what was decided before of what is open again; empty for what is not."""
    told = found.decision
    if found.status is not Status.AGAIN or told is None:
        return ""
    why = ", ".join(filter(None, (REASONS.get(told.reason, ""), f"“{told.note}”" if told.note else "")))
    words = OUTCOME_WORDS[told.outcome]
    return f"Open again, labels have changed: before, {words}{f' ({why})' if why else ''}"


def asked(thread: Thread, people: Mapping[str, str], *, hidden: bool) -> str:
    """Return what the annotators were asked, and what was answered last, with a name unless names are hidden."""
    last = thread.messages[-1]
    who = "" if hidden else f" by {people.get(last.annotator, 'somebody who is gone')}"
    answer = f", answered{who}: “{last.text}”" if len(thread.messages) > 1 else ", not answered yet"
    return f"Asked: “{thread.text}”{answer}"


def filled(links: Iterable[Link], others: Mapping[str, Annotation], book: Codebook, article: Article) -> str:
    """Return what fills the roles of a frame: ``Source “the mayor” · Content “the bridge was safe”``."""
    told = []
    for role in book.roles:
        for link in links:
            end = others.get(link.target or "")
            if link.kind == role.id and end is not None:
                told.append(f"{role.name} “{_short(' … '.join(end.span.covered(article.text)))}”")
    return " · ".join(told)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= PART else f"{words[: PART - 2].rstrip()} …"


def names(version: Version, people: Mapping[str, str], *, hidden: bool, number: int) -> str:
    """Return whose a version is; its number alone while names are hidden."""
    if hidden:
        return f"Version {number}"
    return ", ".join(people.get(each, "somebody who is gone") for each in version.annotators)


def version_words(found: Disagreement, version: Version, text: str, told: Told) -> str:
    """Return a version in plain words: for the screen reader, and for lists."""
    if version.is_nothing:
        return "no link here" if found.kind in OF_LINKS else "nothing here"
    if found.kind in OF_LINKS:
        return "; ".join(told(each) for each in version.targets) or "no link here"
    return " … ".join(text[start:end] for mark in version.marks for start, end in mark.fragments)


def version_html(  # noqa: PLR0917 - one paragraph is made of all of it
    found: Disagreement, version: Version, text: str, book: Codebook, theme: Theme, told: Told, parts: str = ""
) -> str:
    """Return a version as rich text; characters that some other version lacks stand on a deeper ground.

    `parts` are what is taken with it, in words.
    """
    muted = f"color:{theme.muted}"
    if version.is_nothing or (found.kind in OF_LINKS and not version.targets):
        return f"<span style='{muted}'><i>{escape(version_words(found, version, text, told))}</i></span>"
    if found.kind in OF_LINKS:
        return "<br>".join(f"→ {escape(breakable(told(each)))}" for each in version.targets)
    common = _common(found.versions)
    differing = _differing(found.versions)
    several = len(found.labels) > 1
    lines = []
    for mark in version.marks:
        words = f" <span style='{muted}'>…</span> ".join(
            _marked(text, fragment, common, mark, book, theme) for fragment in mark.fragments
        )
        head = f"<b>{escape(_name(book, mark.label))}</b> " if several else ""
        values = _values(mark, book, differing) if len(version.marks) > 1 else ""
        below = f"<br><span style='{muted}'>{escape(values)}</span>" if values else ""
        lines.append(f"{head}{words}{below}")
    if parts:
        lines.append(f"<span style='{muted}'>with {escape(breakable(parts))}</span>")
    return "<br>".join(lines)


def below_html(found: Disagreement, version: Version, who: str, book: Codebook, theme: Theme) -> str:
    """Return what stands below a version, as rich text: whose it is, and of a single label the values that differ."""
    values = _values(version.marks[0], book, _differing(found.versions)) if len(version.marks) == 1 else ""
    names = f"<span style='color:{theme.text}'>{escape(breakable(who))}</span>"
    return f"{names} · {escape(breakable(values))}" if values else names


def spent(seconds: float | None, left: int) -> str:
    """Return how long the rest will take at this pace, or an empty string when nobody can say."""
    if seconds is None or not left:
        return ""
    minutes = seconds * left / 60
    if minutes < 1:
        return "less than a minute left"
    if minutes < 90:
        return f"about {round(minutes):,} minutes left" if round(minutes) > 1 else "about a minute left"
    return f"about {minutes / 60:,.1f} hours left"


def _has(book: Codebook, label: str) -> bool:
    return any(each.id == label for each in book.labels)


def _name(book: Codebook, label: str) -> str:
    return book.label(label).name if _has(book, label) else label


def _differing(versions: Iterable[Version]) -> frozenset[str]:
    """Return the ids of the attributes that are not the same wherever something was marked."""
    marks = [mark for version in versions for mark in version.marks]
    named = {key for mark in marks for key, _ in mark.attributes}
    return frozenset(each for each in named if len({_given(mark, each) for mark in marks}) > 1)


def _given(mark: Mark, attribute: str) -> tuple[str, ...]:
    return tuple(value for key, value in mark.attributes if key == attribute)


def _values(mark: Mark, book: Codebook, differing: frozenset[str]) -> str:
    """Return what a mark has of the attributes that differ."""
    parts = []
    for attribute in book.attributes_of(mark.label) if _has(book, mark.label) else ():
        if attribute.id in differing:
            known = {each.id: each.name for each in attribute.values}
            given = [known.get(each, each) for each in _given(mark, attribute.id)]
            shown = ", ".join(given) if attribute.kind != "flag" else "yes" if given else "no"
            parts.append(f"{attribute.name}: {shown or 'not given'}")
    return " · ".join(parts)


def _common(versions: Iterable[Version]) -> frozenset[int]:
    """Return the code points that every version with something there covers."""
    covered = [
        {place for mark in version.marks for start, end in mark.fragments for place in range(start, end)}
        for version in versions
        if not version.is_nothing
    ]
    return frozenset(set.intersection(*covered)) if len(covered) > 1 else frozenset(covered[0] if covered else ())


def _marked(  # noqa: PLR0917 - as above
    text: str, fragment: tuple[int, int], common: frozenset[int], mark: Mark, book: Codebook, theme: Theme
) -> str:
    color = book.label(mark.label).color if _has(book, mark.label) else theme.accent
    deep = f"background:{wash(theme, color, Strength.LIT)}; font-weight:600"
    start, end = Fragment(*fragment)
    shown: list[tuple[int, int]] = [(start, end)]
    if end - start > MOST:
        shown = [(start, start + MOST // 2), (end - MOST // 2, end)]
    parts = []
    for low, high in shown:
        out = ""
        run = low
        while run < high:
            stop = run
            same = run in common
            while stop < high and (stop in common) == same:
                stop += 1
            words = escape(breakable(text[run:stop]))
            out += words if same else f"<span style='{deep}'>{words}</span>"
            run = stop
        parts.append(out)
    return " … ".join(parts)


def told_by(others: Mapping[str, Annotation], article: Article) -> Told:
    """Return what gives the words of the labels that links lead to."""

    def told(annotation: str | None) -> str:
        if annotation is None:
            return "not in this article"
        found = others.get(annotation)
        if found is None:
            return "a label that is gone"
        if found.article != article.id:
            return "a label in another article"
        return "“" + " … ".join(found.span.covered(article.text)) + "”"

    return told


def chosen(cell: Cell) -> str:
    """Return in words which disagreements are chosen, or an empty string for all."""
    parts: Sequence[str] = [KIND_NAMES[each].lower() for each in KINDS if each in cell.kinds]
    if cell.labels:
        parts = [*parts, "one label" if len(cell.labels) == 1 else f"{len(cell.labels)} labels"]
    if cell.articles:
        parts = [*parts, "one article" if len(cell.articles) == 1 else f"{len(cell.articles)} articles"]
    if cell.pair:
        parts = [*parts, "one pair"]
    return f"only {', '.join(parts)}" if parts else ""


def done(made: Decision) -> str:
    """Return what was decided, as the status line says it."""
    match made.outcome:
        case Outcome.NONE:
            return "Decided: nothing is right here"
        case Outcome.ASKED:
            return "Asked the annotators"
        case Outcome.UNION:
            return "Took the union"
        case Outcome.OVERLAP:
            return "Took the overlap"
        case Outcome.EDITED:
            return "Took what was edited"
        case _:
            return "Took the version"
