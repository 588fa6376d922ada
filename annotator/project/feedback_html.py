"""Feedback to one annotator as a page that needs nothing else, neither network nor files. Every text in it is escaped."""

import itertools
from collections.abc import Iterable, Sequence
from html import escape

from annotator.model.counting import counted, noun
from annotator.model.figures import percent
from annotator.project.feedback import Correction, Feedback, Week, Words
from annotator.project.report import Figure
from annotator.project.report_words import figure_words, number

FATE_WORDS = {
    "same": "As in gold",
    "missed": "Missed",
    "extra": "Not in gold",
    "category": "Another label",
    "structure": "One or several",
    "boundary": "Other edges",
    "attribute": "Other values",
    "role": "Other role",
    "target": "Other target",
}
_MEANING = {
    "same": "Your label is gold as it is.",
    "missed": "Gold has a label where you have none.",
    "extra": "You have a label where gold has none.",
    "category": "Gold has another label on the same stretch.",
    "structure": "Gold has several labels where you have one, or one where you have several.",
    "boundary": "Gold has the same label with other edges.",
    "attribute": "Gold has the same label with another value.",
    "role": "Gold has something else in a role of the frame.",
    "target": "Gold's arrow points at something else.",
}
_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d20; --quiet: #5c6066; --rule: #d9dce0; --paper: #fff;
  --mine: #b4531a; --mine-wash: #fbe9dd; --gold: #7a5d00; --gold-wash: #fff2c2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e9; --quiet: #a5aab1; --rule: #3a3e44; --paper: #17191c;
  --mine: #f0a473; --mine-wash: #46291a; --gold: #e3c04c; --gold-wash: #453a10; } }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 50rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 "Source Sans 3", "Vazirmatn", "Segoe UI", "Helvetica Neue", "Noto Sans", sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.15; letter-spacing: -.01em; }
h2 { margin: 2.4rem 0 .6rem; font-size: 1.25rem; line-height: 1.2; }
h3 { margin: 1.8rem 0 .4rem; font-size: 1rem; }
h2, h3 { break-after: avoid; }
p { margin: 0 0 .5rem; }
.lead { font-size: 1.1rem; }
.quiet, th { color: var(--quiet); font-size: .875rem; font-weight: 400; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .25rem 1.2rem .25rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule);
  font-variant-numeric: tabular-nums; }
.figure { text-align: end; white-space: nowrap; }
article { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--rule); border-radius: 6px; break-inside: avoid; }
article p:last-child { margin-bottom: 0; }
.fate { font-weight: 600; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.mine { text-decoration: underline dashed 2px var(--mine); text-underline-offset: 4px; text-decoration-skip-ink: none; }
.gold { background: var(--gold-wash); color: inherit; border-bottom: 2px solid var(--gold); }
dl { display: grid; grid-template-columns: 5.5rem 1fr; gap: .1rem .6rem; margin: 0 0 .5rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } }
"""


def feedback_page(found: Feedback) -> str:
    """Return feedback as a whole page."""
    title = f"Feedback for {found.annotator}"
    parts = [
        f'<header><h1 dir="auto">{escape(title)}</h1>',
        f'<p class="quiet" dir="auto">{escape(found.project)} · {escape(found.made_at[:10])}</p></header>',
        f'<p class="lead">{escape(summary(found))}</p>',
    ]
    if found.places:
        parts += [
            _legend(found),
            "<h2>Your labels beside gold</h2>",
            _fates(found),
            _figures(found),
            _weeks(found.weeks),
            _corrections(found.corrections),
        ]
    body = "\n".join(part for part in parts if part)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def summary(found: Feedback) -> str:
    """Return feedback in one sentence or two."""
    if not found.places:
        if not found.labels:
            return "Nothing is labelled yet, and so there is nothing to lay beside gold."
        return "Nothing of your work has been decided about yet."
    same = found.fates.get("same", 0)
    places = counted(found.places, "place that was", "places that were")
    yours = noun(same, "is as you had it", "are as you had them")
    told = f"Of {places} decided, {same:,} ({percent(same / found.places, 0)}) {yours}."
    others = [(count, name) for name, count in found.fates.items() if name != "same"]
    if others:
        count, name = max(others, key=lambda pair: pair[0])
        told += f" Most often otherwise: {FATE_WORDS[name].lower()}, {noun(count, 'once', f'{count:,} times')}."
    return told


def _legend(found: Feedback) -> str:
    if not found.corrections:
        return ""
    return (
        '<p class="quiet">In the texts below, <span class="mine">yours</span> and <span class="gold">gold</span>.</p>'
    )


def _fates(found: Feedback) -> str:
    rows = [
        (FATE_WORDS[name], f"{count:,}", percent(count / found.places), _MEANING[name])
        for name, count in found.fates.items()
    ]
    return _table(("", "Places", "Share", ""), rows, figures=(1, 2))


def _figures(found: Feedback) -> str:
    rows = [
        (words, _printed(figure))
        for words, figure in (
            ("α on labels of each character, Jaccard distance", found.alpha),
            ("F1 of spans, the same label and edges", found.exact),
            ("F1 of spans, the same label and at least one character in common", found.overlap),
        )
        if figure is not None
    ]
    if not rows:
        return '<p class="quiet">Figures follow as soon as all is decided in an article that you have finished.</p>'
    about = f"Agreement with gold in {counted(found.articles, 'article')}"
    return (
        f"<h2>{about} that you finished and that {'is' if found.articles == 1 else 'are'} decided whole</h2>"
        + _table(("Figure", "Value"), rows, figures=(1,))
    )


def _printed(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return figure_words(figure.value, figure.low, figure.high, figure.undefined)


def _weeks(weeks: Sequence[Week]) -> str:
    if len(weeks) < 2:
        return ""
    rows = [
        (
            each.monday,
            f"{each.articles:,}",
            number(each.alpha.value if each.alpha else None),
            number(each.f1.value if each.f1 else None),
        )
        for each in weeks
    ]
    return "<h2>Week by week</h2>" + _table(
        ("Finished in the week of", "Articles", "α", "F1, same edges"), rows, figures=(1, 2, 3)
    )


def _corrections(found: Sequence[Correction]) -> str:
    if not found:
        return ""
    parts = ["<h2>Where gold is otherwise</h2>"]
    title = None
    for each in found:
        if each.title != title:
            title = each.title
            parts.append(f'<h3 dir="auto">{escape(title)}</h3>')
        parts.append(_correction(each))
    return "\n".join(parts)


def _correction(each: Correction) -> str:
    part = f" · {escape(each.part)}" if each.part else ""
    why = " ".join(word for word in (each.reason and f"{each.reason}.", each.note) if word)
    clause = f"{each.clause} {each.clause_text}".strip()
    rows = [
        ("From", _labels(each.about)),
        ("You", _labels(each.mine) or "nothing"),
        ("Gold", _labels(each.gold) or "nothing"),
        ("Why", escape(why)),
        ("Codebook", escape(clause)),
    ]
    told = "".join(f'<dt>{name}</dt><dd dir="auto">{words}</dd>' for name, words in rows if words)
    return (
        f'<article><p><span class="fate">{FATE_WORDS[each.fate]}</span>{part}</p>'
        f'<p class="text" dir="auto">{_marked(each)}</p><dl>{told}</dl></article>'
    )


def _labels(found: Iterable[Words]) -> str:
    return "<br>".join(
        escape(" ".join(word for word in (each.label, f"“{each.covered}”" if each.label else each.covered) if word))
        + (f' <span class="quiet">{escape(", ".join(each.values))}</span>' if each.values else "")
        for each in found
    )


def _marked(each: Correction) -> str:
    """Return the text with what the annotator marked underlined, and what is gold washed."""
    spans = {
        kind: [(start - each.begins, end - each.begins) for words in some for start, end in words.fragments]
        for kind, some in (("mine", each.about or each.mine), ("gold", each.gold))
    }
    length = len(each.context)
    cuts = sorted({0, length, *(min(max(at, 0), length) for some in spans.values() for pair in some for at in pair)})
    made = []
    for start, end in itertools.pairwise(cuts):
        kinds = [kind for kind, some in spans.items() if any(a <= start and end <= b for a, b in some)]
        words = escape(each.context[start:end])
        made.append(f'<span class="{" ".join(kinds)}">{words}</span>' if kinds else words)
    return "".join(made)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, figures: Sequence[int] = ()) -> str:
    head = "".join(
        f'<th scope="col"{" class=figure" if at in figures else ""}>{escape(each)}</th>'
        for at, each in enumerate(headings)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="figure">{escape(each)}</td>' if at in figures else f"<td>{escape(each)}</td>"
            for at, each in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
