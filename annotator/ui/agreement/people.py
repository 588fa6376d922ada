"""The table of annotators: each beside all others, and whether that changes with the order of work."""

from annotator.model.figures import amount, chance, percent
from annotator.project.report import Person, Report
from annotator.project.report_words import label_name, number
from annotator.project.wanted import Wanted
from annotator.ui.agreement.cells import (
    NOTHING,
    Cell,
    Column,
    Row,
    Table,
    count_cell,
    sentence,
    text_cell,
    value_cell,
)
from annotator.ui.agreement.measure import Findings


def of_people(found: Findings) -> Table:
    """Return a row an annotator, against all others."""
    columns = (
        Column("Annotator", is_number=False),
        Column("F1", "Recall and precision in one: spans that share at least one character with one of the others’."),
        Column("Recall", "The share of the others’ spans that this one has. A low one: misses much."),
        Column("Precision", "The share of this one’s spans that the others have. A low one: marks what others do not."),
        Column("Per 1,000 words", "How much this one marks."),
        Column("Starts", "Where this one’s spans begin beside the others’, in characters on average."),
        Column("Ends", "Where this one’s spans end beside the others’, in characters on average."),
        Column(
            "Order of work", "Whether disagreement changes with the order of finishing (Spearman’s ρ).", is_number=False
        ),
        Column(
            "Uses more",
            "The label that this one prefers most, beside the others in the same articles.",
            is_number=False,
        ),
        Column("Articles", "How many this one has finished."),
    )
    ids = dict(zip(found.report.annotators, found.material.request.annotators, strict=True))
    rows = []
    for each in found.report.people:
        who = ids[each.name]
        row = (
            text_cell(each.name),
            value_cell(each.f1),
            value_cell(each.recall, Wanted(one=who, lacks=who, kind="missed")),
            value_cell(each.precision, Wanted(one=who, holder=who, kind="missed")),
            _per_words(each),
            _shift(each.start, who),
            _shift(each.end, who),
            _order(each),
            _preferred(found.report, each, who),
            count_cell(each.articles),
        )
        rows.append(Row(row, Wanted(one=who)))
    return Table(columns, tuple(rows))


def _per_words(person: Person) -> Cell:
    value = person.per_thousand_words
    return Cell(NOTHING, is_dim=True) if value is None else Cell(amount(value, 1), by=value, copied=(f"{value}",))


def _shift(value: float | None, who: str) -> Cell:
    if value is None:
        return Cell(NOTHING, tip="No span stands against exactly one of another.", is_dim=True)
    words = "the same" if abs(value) < 0.05 else f"{abs(value):.1f} {'earlier' if value < 0 else 'later'}"
    return Cell(words, by=value, copied=(f"{value}",), wanted=Wanted(one=who, kind="boundary"))


def _preferred(report: Report, person: Person, who: str) -> Cell:
    if not person.preference:
        return Cell(NOTHING, is_dim=True)
    label, share = max(person.preference, key=lambda each: each[1])
    if share <= 0:
        return Cell(NOTHING, is_dim=True)
    words = f"{label_name(report, label)} +{percent(share)}"
    return Cell(words, by=share, label=label, wanted=Wanted(one=who, holder=who, label=label))


def _order(person: Person) -> Cell:
    if person.rho is None or person.p is None:
        return Cell("no test", tip=sentence(person.drift_note), is_dim=True)
    told = f"ρ {number(person.rho)}, {chance(person.p)} for as many as were tested."
    words = "grows apart" if person.rho > 0 else "comes closer"
    return Cell(words if person.drifts else "steady", by=person.rho, tip=told, is_dim=not person.drifts)
