"""What an action is before Qt knows of it: a name, keys, a tooltip, and where it makes sense."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from annotator.model.codebook import Codebook, Label, Relation


class Where(StrEnum):
    """Where an action's keys work, in the words of the overview."""

    ANYWHERE = "anywhere"
    LABELLING = "while labelling"
    READING = "in the text and the list of labels"
    ARTICLES = "in the list of articles"
    CODEBOOK = "in the codebook"
    TEAM = "in the team"
    AGREEMENT = "in the agreement"
    ADJUDICATE = "while adjudicating"

    @property
    def place(self) -> str:
        """The name of the place where it is in force; empty for everywhere."""
        if self in {Where.CODEBOOK, Where.TEAM, Where.AGREEMENT, Where.ADJUDICATE}:
            return self.name.lower()
        return "" if self is Where.ANYWHERE else "label"

    def meets(self, other: "Where") -> bool:
        """Whether both can be in force at the same time, so that one key cannot serve both."""
        if Where.ANYWHERE in {self, other}:
            return True
        return self.place == other.place and {self, other} != {Where.READING, Where.ARTICLES}


class Needs(IntEnum):
    """What must be there before an action makes sense; each includes the ones before it."""

    NOTHING = 0
    PROJECT = 1
    ARTICLE = 2
    MARK = 3


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can do.

    Attributes:
        id: stays for ever, because changed keys are kept under it.
        name: what the menu and the palette say, in sentence case.
        group: the menu it stands in.
        keys: the keys it has from the start, as Qt writes them.
        icon: name of a file in ``resources/icons``.
        tip: one sentence for the tooltip and the overview.
        choice: name of the set of which exactly one is on; ``-`` for one that is simply on or off.
        divides: whether a line stands before it in its menu.
    """

    id: str
    name: str
    group: str
    keys: tuple[str, ...]
    icon: str
    tip: str
    where: Where = Where.ANYWHERE
    needs: Needs = Needs.NOTHING
    choice: str = ""
    divides: bool = False


def label_commands(codebook: Codebook) -> tuple[Command, ...]:
    """Return the actions of a codebook: to label with each label, to arm it, and to begin each relation."""
    current = [label for label in codebook.labels if not label.retired]
    relations = codebook.relations
    return (
        *(_label(each) for each in current),
        *(_relate(codebook, each, divides=each is relations[0]) for each in relations),
        *(_arm(each, divides=each is current[0]) for each in current),
    )


def lower_name(label: Label) -> str:
    """Return a label's name as it stands within a sentence: ``Claim`` becomes ``claim``, ``HTTP`` stays."""
    return label.name.lower() if label.name.istitle() else label.name


def _label(label: Label) -> Command:
    name = lower_name(label)
    keys = (label.key.upper(),) if label.key else ()
    tip = f"Label the selected words as {name}; with no words selected, relabel the selected label."
    return Command(f"label:{label.id}", f"Label {name}", "Label", keys, "tag", tip, Where.LABELLING, Needs.ARTICLE)


def _relate(codebook: Codebook, relation: Relation, *, divides: bool) -> Command:
    starts = " or ".join(lower_name(codebook.label(each)) for each in relation.sources)
    ends = " or ".join(lower_name(codebook.label(each)) for each in relation.targets)
    keys = (relation.key.upper(),) if relation.key else ()
    tip = f"From the selected {starts} to a {ends}: the nearest have numbers in the text, words search all articles."
    return Command(
        f"relation:{relation.id}",
        f"Link {relation.name}…",
        "Label",
        keys,
        "link",
        tip,
        Where.LABELLING,
        Needs.ARTICLE,
        divides=divides,
    )


def _arm(label: Label, *, divides: bool) -> Command:
    name = lower_name(label)
    keys = (f"Shift+{label.key.upper()}",) if label.key.isalpha() else ()
    tip = f"Label everything you select as {name}, until you press Escape or choose this again."
    return Command(
        f"arm:{label.id}",
        f"Arm {name}",
        "Label",
        keys,
        "highlighter",
        tip,
        Where.LABELLING,
        Needs.ARTICLE,
        "-",
        divides,
    )
