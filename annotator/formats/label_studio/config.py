"""The labelling configuration, and the names of its controls."""

from collections.abc import Iterable

from annotator.formats.giving.regions import CONTINUES
from annotator.formats.record import ProjectRecord
from annotator.model.codebook import Attribute, Codebook

TASKS, CONFIG = "tasks.json", "labeling-config.xml"
LABELS, TEXT, ABSENT = "label", "text", "not-in-this-article"
_RESERVED = frozenset({LABELS, TEXT, ABSENT, "relations"})
_OTHER = "-attribute"
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def control_of(attribute: str) -> str:
    """Return the name of an attribute's control; the names of the other controls are not free for it."""
    return f"{attribute}{_OTHER}" if attribute.removesuffix(_OTHER) in _RESERVED else attribute


def attribute_of(control: str) -> str:
    """Return the attribute whose control it is."""
    return control.removesuffix(_OTHER) if control.removesuffix(_OTHER) in _RESERVED else control


def config(project: ProjectRecord) -> str:
    """Return the configuration: labels with colours and keys, attributes per region, relations."""
    book = project.codebooks[-1]
    lines = [
        "<View>",
        # Without it the page trims blanks, and the offsets of labels made there are shifted.
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        f'  <Labels name="{LABELS}" toName="{TEXT}">',
    ]
    for label in book.labels:
        hotkey = f" hotkey={_quoted(label.key.lower())}" if label.key.isascii() and label.key else ""
        lines.append(
            f"    <Label value={_quoted(label.id)} background={_quoted(label.color)}{hotkey}"
            f" hint={_quoted(label.name)}/>"
        )
    lines += ["  </Labels>", f'  <Text name="{TEXT}" value="$text" granularity="character"/>', "  <Relations>"]
    kinds = [*(each.id for each in book.roles), *(each.id for each in book.relations), CONTINUES]
    lines += [f"    <Relation value={_quoted(each)}/>" for each in dict.fromkeys(kinds)]
    lines.append("  </Relations>")
    for attribute in book.attributes:
        lines += _control(attribute)
    lines += _absent(book)
    return "\n".join([*lines, "</View>"]) + "\n"


def _control(attribute: Attribute) -> list[str]:
    name = control_of(attribute.id)
    where = (
        f'toName="{TEXT}" perRegion="true" whenTagName="{LABELS}" whenLabelValue={_quoted(",".join(attribute.labels))}'
    )
    if attribute.kind == "text":
        return [f'  <TextArea name={_quoted(name)} {where} maxSubmissions="1"/>']
    values = [each.id for each in attribute.values] if attribute.kind != "flag" else ["yes"]
    choice = "single" if attribute.kind == "choice" else "multiple"
    return [
        f'  <Choices name={_quoted(name)} {where} choice="{choice}" showInline="true">',
        *(f"    <Choice value={_quoted(each)}/>" for each in values),
        "  </Choices>",
    ]


def _where(labels: Iterable[str]) -> str:
    """Return the parameters by which a control appears for regions of some labels."""
    listed = _quoted(",".join(labels))
    return f'toName="{TEXT}" perRegion="true" whenTagName="{LABELS}" whenLabelValue={listed}'


def _absent(book: Codebook) -> list[str]:
    kinds = [each for each in book.relations if each.absent]
    if not kinds:
        return []
    where = _where(dict.fromkeys(label for each in kinds for label in each.sources))
    return [
        f'  <Choices name="{ABSENT}" {where} choice="multiple" showInline="true">',
        *(f"    <Choice value={_quoted(each.id)}/>" for each in kinds),
        "  </Choices>",
    ]


def _quoted(value: str) -> str:
    """Return a value of an attribute in quotes, as `xml.sax.saxutils` does, which would load what speaks with networks."""
    words = value.translate(_ESCAPED)
    if '"' in words and "'" not in words:
        return f"'{words}'"
    return '"' + words.replace('"', "&quot;") + '"'
