"""A part that is new to the codebook, as it begins."""

from dataclasses import replace

from annotator.model.codebook import LINES, Attribute, Clause, Label, Relation, Role
from annotator.model.draft import Part
from annotator.model.settle import new_id
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.judgement import free_tone


def new_part(what: str, drafting: Drafting, label: str) -> Part:
    """Return a new ``label``, ``attribute``, ``role``, ``relation`` or ``clause`` without a name.

    `label` is the id of the label that is looked at, for which it is probably meant; empty for none.
    """
    draft = drafting.draft
    key = new_id(draft, what)
    current = [each for each in draft.labels if not each.retired]
    first = (label,) if label else ()
    match what:
        case "label":
            lines = [each.line for each in current]
            made = Label(key, "", "", "#1f8ef1", min(LINES, key=lines.count))
            return replace(made, color=free_tone(made, draft.labels))
        case "attribute":
            return Attribute(key, "", first)
        case "role":
            frame = draft.roles[0].frame if draft.roles else (current or draft.labels)[0].id
            return Role(key, "", frame, ())
        case "relation":
            return Relation(key, "", first, ())
    stems = [each.id.rstrip("0123456789") for each in draft.clauses]
    return Clause(drafting.new_clause_id(stems[-1] if stems else "B"), "")
