"""The codebook as one page to print and hand out: HTML that needs nothing else, neither network nor files."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role
from annotator.model.colour import mix
from annotator.model.counting import counted

_PAPER = "#ffffff"
_LABELLED = re.compile("⟦([^⟦⟧]*)⟧")
_ANY = "any number"
_STYLE = """
:root { color-scheme: light; }
@page { size: A4; margin: 16mm 17mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); } }
@page { @bottom-left { content: string(title); } @bottom-left { font: 8pt "Source Sans 3", sans-serif; color: #5c6066; } }
@page { @bottom-right { font: 8pt "Source Sans 3", sans-serif; color: #5c6066; } }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 50rem; background: #fff; color: #1b1d20;
  font: 10.5pt/1.5 "Source Sans 3", "Vazirmatn", "Segoe UI", "Helvetica Neue", "Noto Sans", sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 22pt; line-height: 1.15; letter-spacing: -.01em; string-set: title content(); }
h2 { display: flex; align-items: center; gap: .6rem; margin: 0 0 .4rem; font-size: 15pt; line-height: 1.2; }
h3 { margin: .9rem 0 .25rem; font-size: 9pt; font-weight: 600; color: #5c6066; }
h2, h3, h2 + p { break-after: avoid; }
p { margin: 0 0 .5rem; }
section { margin-top: 1.6rem; padding-top: 1.1rem; border-top: 1px solid #d9dce0; }
.lead { font-size: 11.5pt; color: #34383d; }
.meta, .id, .note { color: #5c6066; font-size: 9pt; font-weight: 400; }
.chip { display: inline-block; flex: none; min-width: 1.7em; padding: 0 .35em; text-align: center; font-weight: 600;
  line-height: 1.45; border-radius: 3px 3px 0 0; color: #1b1d20; }
kbd { display: inline-block; min-width: 1.6em; padding: 0 .35em; border: 1px solid #b9bec4; border-radius: 3px; font: inherit;
  font-size: 9pt; font-weight: 400; line-height: 1.5; text-align: center; color: #34383d; }
h2 .key { margin-inline-start: auto; font-size: 9pt; font-weight: 400; color: #5c6066; }
.both { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.6rem; }
.both h3 { margin-top: .3rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { margin: 0 0 .4rem; break-inside: avoid; }
li .id { white-space: nowrap; font-size: 8pt; }
.examples li { padding-inline-start: .8rem; border-inline-start: 2px solid #d9dce0; }
mark { color: inherit; padding: 0 .1em; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .28rem .7rem .28rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid #eceef0; }
th { font-weight: 600; }
thead th { font-size: 9pt; color: #5c6066; }
tr { break-inside: avoid; }
td p { margin: 0 0 .2rem; }
td .values { display: flex; flex-wrap: wrap; gap: .15rem .9rem; }
.tight { width: 1%; white-space: nowrap; }
.name { width: 7.5rem; }
.rules li { display: grid; grid-template-columns: 3.2rem 1fr; }
.rules li .id { font-size: 9pt; padding-top: .1rem; }
@media print { body { max-width: none; padding: 0; font-size: 9.5pt; } section { margin-top: 1.2rem; padding-top: .8rem; } }
@media (max-width: 34rem) { .both { grid-template-columns: 1fr; } }
"""


def handout(codebook: Codebook, *, language: str = "en") -> str:
    """Return the codebook as a whole HTML page for A4.

    `language` is the language the codebook is written in (BCP 47), for hyphenation and screen readers.
    """
    current = [label for label in codebook.labels if not label.retired]
    parts = [
        _head(codebook, current),
        *(_label(codebook, label) for label in current),
        _relations(codebook),
        _clauses(codebook.clauses),
        _retired([label for label in codebook.labels if label.retired]),
    ]
    body = "\n".join(part for part in parts if part)
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(codebook.name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _head(codebook: Codebook, current: Sequence[Label]) -> str:
    about = counted(len(current), "label")
    if codebook.revision:
        about = f"Revision {codebook.revision} · {about}"
    rows = "".join(
        f'<tr><td class="tight">{_chip(label)}</td><th class="tight" dir="auto">{escape(label.name)}</th>'
        f'<td class="tight">{_key(label.key)}</td><td dir="auto">{escape(_first_sentence(label.description))}</td></tr>'
        for label in current
    )
    return (
        f'<header><h1 dir="auto">{escape(codebook.name)}</h1><p class="meta">{about}</p>'
        f"{_paragraph(codebook.description, 'lead')}</header>\n"
        f"<table><thead><tr><th></th><th>Label</th><th>Key</th><th>Covers</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _label(codebook: Codebook, label: Label) -> str:
    roles = [role for role in codebook.roles if role.frame == label.id]
    attributes = codebook.attributes_of(label.id)
    both = _cited("Use it when", label.use_when) + _cited("Not when", label.avoid_when)
    return (
        f'<section><h2>{_chip(label)}<span dir="auto">{escape(label.name)}</span>{_key(label.key, "Key ")}</h2>'
        + _paragraph(label.description)
        + (f'<div class="both">{both}</div>' if both else "")
        + _examples(label)
        + _attributes(attributes)
        + _roles(codebook, roles)
        + "</section>"
    )


def _cited(title: str, clauses: Iterable[Clause]) -> str:
    items = "".join(
        f'<li id="{escape(each.id)}" dir="auto">{escape(each.text)} <span class="id">{escape(each.id)}</span></li>'
        for each in clauses
    )
    return f"<div><h3>{title}</h3><ul>{items}</ul></div>" if items else ""


def _examples(label: Label) -> str:
    mark = f'<mark style="{_look(label)}">\\1</mark>'
    items = "".join(f'<li dir="auto">{_LABELLED.sub(mark, escape(each))}</li>' for each in label.examples)
    return f'<h3>Examples</h3><ul class="examples">{items}</ul>' if items else ""


def _attributes(attributes: Iterable[Attribute]) -> str:
    rows = "".join(
        f'<tr><th class="name" dir="auto">{escape(each.name)}{_needed(required=each.required)}</th>'
        f'<td dir="auto">{_paragraph(each.description)}{_values(each)}</td></tr>'
        for each in attributes
    )
    return f"<h3>Attributes</h3><table><tbody>{rows}</tbody></table>" if rows else ""


def _values(attribute: Attribute) -> str:
    if attribute.kind == "flag":
        return '<span class="note">set or not</span>'
    if attribute.kind == "text":
        return '<span class="note">in your own words</span>'
    many = '<span class="note">any of these:</span>' if attribute.kind == "choices" else ""
    items = "".join(
        f"<span>{_key(each.key)} {escape(each.name)}{f': {_note(each.description)}' if each.description else ''}</span>"
        for each in attribute.values
    )
    return f'<div class="values">{many}{items}</div>'


def _roles(codebook: Codebook, roles: Iterable[Role]) -> str:
    rows = "".join(
        f'<tr><th class="name" dir="auto">{escape(each.name)}</th><td class="tight">{_how_many(each)}</td>'
        f'<td dir="auto">{_names(codebook, each.labels)}. {escape(each.description)}{_empty(codebook, each)}</td></tr>'
        for each in roles
    )
    return f"<h3>Roles in the frame</h3><table><tbody>{rows}</tbody></table>" if rows else ""


def _how_many(role: Role) -> str:
    if role.maximum and role.minimum == role.maximum:
        return f"exactly {role.minimum}"
    if role.maximum:
        return f"{role.minimum} to {role.maximum}"
    return f"{role.minimum} or more" if role.minimum else _ANY


def _empty(codebook: Codebook, role: Role) -> str:
    """Return how an annotator says that the role is empty on purpose."""
    if not role.empty_when:
        return ""
    name, _, value_id = role.empty_when.partition("=")
    attribute = next(each for each in codebook.attributes if each.id == name)
    value = next((each.name for each in attribute.values if each.id == value_id), value_id)
    return f" {_note(f'Where there is none, set “{attribute.name}” to “{value}”.')}"


def _relations(codebook: Codebook) -> str:
    rows = "".join(
        f'<tr><td class="tight">{_key(each.key)}</td>'
        f'<th class="name" dir="auto">{escape(each.name)}{_needed(required=each.required)}</th>'
        f'<td dir="auto">{_names(codebook, each.sources)} {"↔" if each.symmetric else "→"}'
        f" {_names(codebook, each.targets)}. {escape(each.description)} {_note(_reach(each))}</td></tr>"
        for each in codebook.relations
    )
    return f"<section><h2>Relations</h2><table><tbody>{rows}</tbody></table></section>" if rows else ""


def _reach(relation: Relation) -> str:
    where = "Reaches into other articles." if relation.across else "Stays within the article."
    return f"{where} Its target may be “not in this article”." if relation.absent else where


def _clauses(clauses: Iterable[Clause]) -> str:
    items = "".join(
        f'<li id="{escape(each.id)}"><span class="id">{escape(each.id)}</span><span dir="auto">{escape(each.text)}</span></li>'
        for each in clauses
    )
    return f'<section><h2>Borderline cases and rules</h2><ul class="rules">{items}</ul></section>' if items else ""


def _retired(labels: Sequence[Label]) -> str:
    names = ", ".join(escape(label.name) for label in labels)
    return f'<section><h2>No longer given</h2><p dir="auto">{names}</p></section>' if names else ""


def _names(codebook: Codebook, labels: Iterable[str]) -> str:
    return ", ".join(escape(codebook.label(each).name) for each in labels)


def _needed(*, required: bool) -> str:
    return ' <span class="note">needed</span>' if required else ""


def _note(words: str) -> str:
    return f'<span class="note">{escape(words)}</span>'


def _key(key: str, before: str = "") -> str:
    return f'<span class="key">{before}<kbd>{escape(key.upper())}</kbd></span>' if key else ""


def _chip(label: Label) -> str:
    return f'<span class="chip" style="{_look(label)}">{escape(label.letter)}</span>'


def _look(label: Label) -> str:
    """Return the wash and the line of a mark, as they are on screen; the codebook has checked the colour."""
    return f"background: {mix(label.color, _PAPER, 0.2)}; border-bottom: 3px {label.line} {label.color}"


def _paragraph(words: str, kind: str = "") -> str:
    if not words:
        return ""
    return f'<p class="{kind}" dir="auto">{escape(words)}</p>' if kind else f'<p dir="auto">{escape(words)}</p>'


def _first_sentence(words: str) -> str:
    return re.split(r"(?<=[.!?؟。]) ", words, maxsplit=1)[0]
