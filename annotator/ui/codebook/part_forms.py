"""The forms of attributes, roles, relations, clauses, and of the codebook itself."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.model.codebook import Attribute, Relation, Role
from annotator.model.counting import counted
from annotator.model.draft import Draft, Part, Put, TakeOut
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.entry_fields import ValuesField
from annotator.ui.codebook.field import ChoiceField, FlagField, KeyField, LineField, WordsField
from annotator.ui.codebook.form import Form
from annotator.ui.codebook.label_pick import LabelsField
from annotator.ui.codebook.paints import Paints

_KINDS = [
    ("choice", "One of several values"),
    ("choices", "Any number of values"),
    ("flag", "Set or not"),
    ("text", "Free text"),
]


class TitledForm(Form):
    """A form with a title, what it is, and a button that deletes the part."""

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__(drafting, paints)
        self.title = QLabel(objectName="formTitle", wordWrap=True)
        self.about = QLabel(objectName="dim", wordWrap=True)
        self.column.addWidget(self.title)
        self.column.addWidget(self.about)
        self.column.setSpacing(16)

    def add_delete(self) -> None:
        """Put the button that deletes at the end."""
        self.gone = QPushButton(f"Delete {self.what}")
        self.gone.clicked.connect(self.delete)
        row = QHBoxLayout()
        row.addWidget(self.gone)
        row.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def stops(self) -> list[QWidget]:
        """Return where Tab goes, in order."""
        return [*super().stops(), self.gone]

    def show_context(self, part: Part) -> None:
        """Show title and button."""
        self.title.setText(getattr(part, "name", "") or f"{self.what.capitalize()} without a name")
        self.gone.setVisible(not self.drafting.is_read_only)

    def delete(self) -> None:
        """Take the part out; undo brings it back."""
        part = self.current()
        if part is not None:
            self.drafting.edit(TakeOut(self.group, part.id), f"Delete {self.name_of(part)}")


class AttributeForm(TitledForm):
    """Something recorded about annotations of certain labels."""

    group = "attributes"
    what = "attribute"

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__(drafting, paints)
        self.about.setText("An attribute: something recorded about each annotation of certain labels.")
        self.name = LineField("name", "Name")
        self.labels = LabelsField("labels", "Of these labels", paints)
        self.kind = ChoiceField("kind", "What is recorded", _KINDS)
        self.values = ValuesField()
        self.default = ChoiceField("default", "Offered first", [("", "None")])
        self.required = FlagField(
            "required", "Required", "An annotation without it is remarked; it can be made all the same."
        )
        self.description = WordsField("description", "Description")
        for field in (
            self.name,
            self.labels,
            self.kind,
            self.values,
            self.default,
            self.required,
            self.description,
        ):
            self.add(field)
        self.add_delete()

    def show_context(self, part: Part) -> None:
        """Show the labels to choose from, and values only where there is something to choose."""
        super().show_context(part)
        if not isinstance(part, Attribute):
            return
        self.labels.set_labels(self.drafting.draft.labels)
        has_values = part.kind in ("choice", "choices")
        self.values.setVisible(has_values)
        self.default.setVisible(has_values)
        self.default.set_choices([("", "None"), *((each.id, each.name or "…") for each in part.values)])

    def put(self, field: str, value: object) -> None:
        """Set a field; a value that goes is no longer the default."""
        part = self.current()
        left = {each.id for each in value} if field == "values" and isinstance(value, tuple) else None
        if left is not None and isinstance(part, Attribute) and part.default and part.default not in left:
            changes = [Put(self.group, self.part, "values", value), Put(self.group, self.part, "default", "")]
            self.drafting.edit(changes, f"Change {self.name_of(part)}")
        else:
            super().put(field, value)


class RoleForm(TitledForm):
    """A part of a frame."""

    group = "roles"
    what = "role"

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__(drafting, paints)
        self.about.setText("A role: a part of a frame, such as the source of an attribution.")
        self.name = LineField("name", "Name")
        self.frame = ChoiceField("frame", "In the frame of", [])
        self.labels = LabelsField("labels", "Filled by", paints)
        self.minimum = ChoiceField("minimum", "At least", _numbers("none needed", 1), width=128)
        self.maximum = ChoiceField("maximum", "At most", _numbers("any number", 1), width=128)
        self.empty_when = ChoiceField(
            "empty_when", "Empty on purpose when", [], "An annotator says with this value that nothing fills the role."
        )
        self.description = WordsField("description", "Description")
        for field in (self.name, self.frame, self.labels):
            self.add(field)
        row = self.add(self.minimum, self.maximum)
        row.setStretch(0, 0)
        row.addStretch(1)
        for field in (self.empty_when, self.description):
            self.add(field)
        self.add_delete()

    def show_context(self, part: Part) -> None:
        """Show the labels, and the values by which the frame can say that the role is empty."""
        super().show_context(part)
        if not isinstance(part, Role):
            return
        draft = self.drafting.draft
        self.labels.set_labels(draft.labels)
        self.frame.set_choices([(each.id, each.name) for each in draft.labels])
        choices = [("", "It is never marked"), *_values_of(draft, part.frame)]
        if part.empty_when not in {value for value, _ in choices}:
            choices.append((part.empty_when, part.empty_when))
        self.empty_when.set_choices(choices)
        self.minimum.set_choices(_numbers("none needed", part.minimum))
        self.maximum.set_choices(_numbers("any number", part.maximum))


class RelationForm(TitledForm):
    """An arrow between annotations."""

    group = "relations"
    what = "relation"

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__(drafting, paints)
        self.about.setText("A relation: an arrow from the later act to what it is about.")
        self.name = LineField("name", "Name")
        self.key = KeyField()
        self.sources = LabelsField("sources", "Leads from", paints)
        self.targets = LabelsField("targets", "Leads to", paints)
        self.across = FlagField("across", "May reach into other articles")
        self.absent = FlagField("absent", "The target may be “not in this article”", "It is recorded with the key 0.")
        self.symmetric = FlagField("symmetric", "Has no direction", "Both ends are alike, as in “same source”.")
        self.required = FlagField(
            "required", "Required", "An annotation that it could leave, and does not, is remarked."
        )
        self.description = WordsField("description", "Description")
        self.add(self.name, self.key)
        for field in (self.sources, self.targets, self.across, self.absent, self.symmetric, self.required):
            self.add(field)
        self.add(self.description)
        self.add_delete()

    def show_context(self, part: Part) -> None:
        """Show the labels to choose from."""
        super().show_context(part)
        if isinstance(part, Relation):
            self.sources.set_labels(self.drafting.draft.labels)
            self.targets.set_labels(self.drafting.draft.labels)


class ClauseForm(TitledForm):
    """A borderline case."""

    group = "clauses"
    what = "borderline case"

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__(drafting, paints)
        self.about.setText("A borderline case that the codebook settles. Its id stays, so that decisions can cite it.")
        self.text = WordsField("text", "The case and its answer", lines=4)
        self.add(self.text)
        self.add_delete()

    def show_context(self, part: Part) -> None:
        """Show the id as the title."""
        super().show_context(part)
        self.title.setText(f"Borderline case {part.id}")


class BookForm(TitledForm):
    """The codebook's own name and description."""

    what = "codebook"

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__(drafting, paints)
        self.name = LineField("name", "Name")
        self.description = WordsField(
            "description", "Description", "What this codebook is for, and how to read it.", lines=4
        )
        self.add(self.name)
        self.add(self.description)
        self.column.addStretch(1)

    def stops(self) -> list[QWidget]:
        """Return where Tab goes, in order."""
        return [stop for field in self.fields for stop in field.stops()]

    def current(self) -> Draft:
        """Return the draft itself."""
        return self.drafting.draft

    def name_of(self, part: object) -> str:  # noqa: ARG002
        """Return what it is called in a sentence."""
        return "the codebook"

    def show_context(self, part: object) -> None:  # noqa: ARG002
        """Show what there is."""
        draft = self.drafting.draft
        self.title.setText(draft.name or "A codebook without a name")
        counts = [
            counted(len([each for each in draft.labels if not each.retired]), "label"),
            counted(len(draft.attributes), "attribute"),
            counted(len(draft.roles), "role"),
            counted(len(draft.relations), "relation"),
            counted(len(draft.clauses), "borderline case"),
        ]
        self.about.setText(f"Revision {self.drafting.revision} · " + ", ".join(counts))


def _numbers(zero: str, shown: int) -> list[tuple[int, str]]:
    """Return the numbers to choose from: 0 in words, some small ones, and the one that is to be shown."""
    return [(0, zero.capitalize()), *((number, str(number)) for number in sorted({1, 2, 3, 4, 5, shown} - {0}))]


def _values_of(draft: Draft, frame: str) -> list[tuple[str, str]]:
    """Return every value of every attribute that the frame's label has, as ``attribute=value`` with words for it."""
    return [
        (f"{attribute.id}={value.id}", f"{attribute.name} is “{value.name}”")
        for attribute in draft.attributes
        if frame in attribute.labels and attribute.kind in ("choice", "choices")
        for value in attribute.values
    ]
