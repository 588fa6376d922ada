"""The tables of the place Agreement, made of what was found: functions of values."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from annotator.model.figures import amount, signed
from annotator.project.report import Figure, Report
from annotator.project.report_tables import HEADINGS, cells
from annotator.project.report_words import NAMES, cost_digits, label_name, rule
from annotator.project.wanted import Wanted
from annotator.ui.agreement.cells import (
    NOTHING,
    Cell,
    Column,
    Row,
    Table,
    count_cell,
    figure_cell,
    figure_column,
    sentence,
    share_cell,
    text_cell,
    value_cell,
)
from annotator.ui.agreement.measure import Findings

KINDS = {
    "missed": ("Missed", "One of two has nothing there."),
    "boundary": ("Boundary", "The same label, with other edges."),
    "category": ("Category", "The same stretch, with another label."),
}


def of_labels(found: Findings) -> Table:
    """Return a row a label: what it is worth, and what is lost on it."""
    report = found.report
    columns = (
        Column("Label", is_number=False),
        Column("Lost", "The label’s share of all lost points."),
        figure_column("α", "Krippendorff’s α of this label against everything else, with its 95% interval."),
        figure_column("F1 overlap", "Of the spans of one, how many the other has with at least one character shared."),
        figure_column("F1 exact", "Of the spans of one, how many the other has with the same edges."),
        *(Column(name, f"{tip} Of the label’s lost points.") for name, tip in KINDS.values()),
        Column("Prevalence", "The share of the judgements that gave the label. Rare labels have a lower α."),
        Column("Spans", "How many spans that rests on."),
    )
    total = next((each.points for each in report.classes if each.label is None), 0.0)
    lost = {each.label: each for each in report.classes}
    rows = []
    for key, name in report.labels:
        alpha, overlap, exact = (
            _one(report, "krippendorff_alpha", key),
            _one(report, "span_f1", key, "overlap"),
            _one(report, "span_f1", key, "exact"),
        )
        here = lost.get(key)
        points = here.points if here else 0.0
        parts = [
            share_cell(getattr(here, kind) / points if here and points else None, Wanted(label=key, kind=kind))
            for kind in KINDS
        ]
        row = (
            text_cell(name, label=key),
            share_cell(points / total if total else None),
            figure_cell(alpha),
            figure_cell(overlap, Wanted(label=key, kind="missed")),
            figure_cell(exact, Wanted(label=key, kind="boundary")),
            *parts,
            share_cell(alpha.prevalence if alpha else None),
            count_cell(overlap.units if overlap else 0),
        )
        rows.append(Row(row, Wanted(label=key)))
    return Table(columns, tuple(rows), order=1)


def of_confusion(found: Findings) -> Table:
    """Return a row for each label and what the other one has instead of it."""
    report = found.report
    total = sum(points for _, _, points in report.confused)
    columns = (
        Column("Label", is_number=False),
        Column("The other has", is_number=False),
        Column("Lost points", "Characters or tokens, weighted as in α."),
        Column("Share", "Of all lost points."),
    )
    rows = [
        Row(
            (
                text_cell(label_name(report, label), label=label),
                _instead(report, instead),
                Cell(amount(points), by=points, copied=(f"{points}",)),
                share_cell(points / total if total else None),
            ),
            wanted_instead(label, instead),
        )
        for label, instead, points in report.confused
    ]
    return Table(columns, tuple(rows), order=2)


def wanted_instead(label: str, instead: str) -> Wanted:
    """Return the passages in which somebody has a label and somebody else something instead."""
    if instead in {"none", "boundary"}:
        return Wanted(label=label, kind="missed" if instead == "none" else "boundary")
    return Wanted(label=label, kind="category", instead=instead)


def instead_name(report: Report, instead: str) -> str:
    """Return what the other one has, in words."""
    return {"none": "nothing", "boundary": "other edges"}.get(instead) or label_name(report, instead)


def _instead(report: Report, instead: str) -> Cell:
    label = "" if instead in {"none", "boundary"} else instead
    return text_cell(instead_name(report, instead), label=label)


def of_pairs(found: Findings) -> Table:
    """Return a row a pair of annotators."""
    report = found.report
    columns = (
        Column("One", is_number=False),
        Column("The other", is_number=False),
        figure_column("α", "Krippendorff’s α over label sets, with its 95% interval."),
        figure_column("F1 overlap", "Whether each has what the other has, edges apart."),
        figure_column("F1 exact", "Whether each has what the other has, with the same edges."),
        Column("Only the one", "The share of the first one’s spans that the other does not have (1 − recall)."),
        Column("Only the other", "The share of the other’s spans that the first one does not have (1 − precision)."),
        Column("Articles", "How many both have finished."),
    )
    rows = []
    for pair, ids in pairs(found):
        alpha = _first(report.find("krippendorff_alpha_jaccard", annotators=pair))
        overlap = _first(report.find("span_f1", annotators=pair, label=None, match="overlap"))
        exact = _first(report.find("span_f1", annotators=pair, label=None, match="exact"))
        both = Wanted(people=ids)
        row = (
            text_cell(pair[0]),
            text_cell(pair[1]),
            figure_cell(alpha, both),
            figure_cell(overlap, Wanted(people=ids, kind="missed")),
            figure_cell(exact, Wanted(people=ids, kind="boundary")),
            share_cell(_rest(overlap.recall if overlap else None), Wanted(people=ids, kind="missed", holder=ids[0])),
            share_cell(_rest(overlap.precision if overlap else None), Wanted(people=ids, kind="missed", holder=ids[1])),
            count_cell(alpha.articles if alpha else 0),
        )
        rows.append(Row(row, both))
    return Table(columns, tuple(rows), order=2, falls=False)


def pairs(found: Findings) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield each pair of annotators: their names, and their ids."""
    ids = found.material.request.annotators
    yield from zip(combinations(found.report.annotators, 2), combinations(ids, 2), strict=True)


def of_articles(found: Findings) -> Table:
    """Return the articles that cost most."""
    columns = (
        Column("Article", is_number=False),
        Column("Costs", "α without this article, less α: above 0, it costs agreement."),
        Column("α of its own", "Krippendorff’s α over label sets on this article alone."),
        Column("Camps", "Who stands against whom in it.", is_number=False),
    )
    rows = []
    digits = cost_digits(found.report.costly)
    for each in found.report.costly:
        camps = " against ".join(", ".join(camp) for camp in each.camps) if all(each.camps) else ""
        wanted = Wanted(articles=frozenset({each.article}))
        costs = each.leverage
        cost = (
            Cell(NOTHING, is_dim=True) if costs is None else Cell(signed(costs, digits), by=costs, copied=(f"{costs}",))
        )
        rows.append(Row((text_cell(each.title), cost, value_cell(each.own), text_cell(camps)), wanted))
    return Table(columns, tuple(rows), order=1)


def of_hangings(found: Findings) -> Table:
    """Return a row for each role, relation and attribute."""
    report, book = found.report, found.material.codebook
    columns = (
        Column("What", is_number=False),
        Column("Name", is_number=False),
        Column("Measure", is_number=False),
        figure_column("Value", "On the spans that two people both have."),
        Column("Compared", "The share of the spans that could be compared: both have them, and both said something."),
        Column("n", "How many pairs of spans that is."),
    )
    names = {each.id: each.name for each in (*book.roles, *book.relations, *book.attributes)}
    kinds = {
        "role_f1": ("Role", "role"),
        "target_f1": ("Relation", "target"),
        "attribute_alpha": ("Attribute", "attribute"),
    }
    rows = []
    for measure, (what, kind) in kinds.items():
        for each in report.find(measure, annotators=report.annotators):
            wanted = Wanted(kind=kind, part=each.part, label=each.label or "")
            row = (
                text_cell(what),
                text_cell(names.get(each.part, each.part)),
                text_cell(NAMES[measure], dim=True),
                figure_cell(each),
                share_cell(each.compared),
                count_cell(each.units),
            )
            rows.append(Row(row, wanted))
    return Table(columns, tuple(rows))


def of_everything(found: Findings) -> Table:
    """Return every figure, in the words of the report."""
    report = found.report
    columns = (
        *(Column(title, is_number=False) for title in HEADINGS[:3]),
        figure_column("Value"),
        *(Column(title) for title in HEADINGS[4:]),
    )
    ids = dict(zip(report.annotators, found.material.request.annotators, strict=True))
    rows = []
    for each in report.figures:
        name, label, people, _, articles, units, prevalence = cells(report, each)
        tip = rule(each.match, report) if each.match else ""
        row = (
            text_cell(name, tip=sentence(tip)),
            text_cell(label, label=each.label or ""),
            text_cell(people, tip=people),
            figure_cell(each),
            Cell(articles, by=each.articles),
            Cell(units, by=each.units),
            Cell(prevalence, by=each.prevalence),
        )
        rows.append(Row(row, _behind(each, ids)))
    return Table(columns, tuple(rows))


def _behind(figure: Figure, ids: dict[str, str]) -> Wanted:
    people = tuple(ids[each] for each in figure.annotators if each in ids)
    kinds = {"role_f1": "role", "target_f1": "target", "attribute_alpha": "attribute"}
    return Wanted(
        people=people if len(people) < len(ids) else (),
        label=figure.label or "",
        kind=kinds.get(figure.measure, ""),
        part=figure.part,
        articles=frozenset({figure.article}) if figure.article else frozenset(),
    )


def of_clauses(found: Findings) -> Table:
    """Return a row a clause of the codebook: how often it was decided under it, and what its labels lose."""
    report = found.report
    columns = (
        Column("Clause", is_number=False),
        Column("Decided", "How many disagreements were settled with it, in adjudication."),
        Column("Kinds", "What these were.", is_number=False),
        Column("Labels it is about", is_number=False),
        Column("Their lost points", "Characters or tokens, weighted as in α, decided or not."),
        Column("Revision", "Of the codebook under which it was decided."),
    )
    words = _clause_words(found)
    rows = []
    for each in report.clauses:
        if not each.count and not each.points:
            continue
        labels = ", ".join(label_name(report, label) for label in each.labels)
        row = (
            text_cell(words.get(each.clause, each.clause) or "no clause cited", tip=words.get(each.clause, "")),
            count_cell(each.count),
            text_cell(", ".join(f"{kind} {count:,}" for kind, count in each.kinds), dim=True),
            text_cell(labels),
            Cell(amount(each.points) if each.labels else NOTHING, by=each.points if each.labels else None),
            count_cell(each.revision),
        )
        rows.append(Row(row, Wanted(label=each.labels[0]) if len(each.labels) == 1 else None))
    return Table(columns, tuple(rows), order=4)


def _clause_words(found: Findings) -> dict[str, str]:
    book = found.material.codebook
    rules = [rule for label in book.labels for rule in (*label.use_when, *label.avoid_when)]
    return {each.id: each.text for each in (*book.clauses, *rules)}


def _one(report: Report, measure: str, label: str | None, match: str = "") -> Figure | None:
    return _first(report.find(measure, label=label, match=match, annotators=report.annotators))


def _first(found: Iterable[Figure]) -> Figure | None:
    return next(iter(found), None)


def _rest(value: float | None) -> float | None:
    return None if value is None else 1 - value
