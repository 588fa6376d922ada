"""An agreement report: frozen values that carry their own provenance. No numpy: the figures are plain numbers."""

from dataclasses import asdict, dataclass, field
from typing import Any

from annotator.project.request import Request


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        measure: one of `request.MEASURES`.
        unit: ``character``, ``token`` or ``span``; for γ ``character`` too.
        label: id of the label it is about; None: all chosen labels together.
        part: id of the role, relation or attribute it is about; empty where there is none.
        annotators: names of those compared; for agr(a‖b) a first.
        match: when two spans count as the same; empty where no spans are matched.
        value: the figure; None where it is undefined, and `undefined` says why.
        low, high: the 95% interval; None where there is none, and `note` says why.
        articles: articles that two or more of them have finished.
        units: characters, tokens or spans it rests on: judgements of those who were compared, in these articles.
        prevalence: which share of the units has the label; None where that has no meaning.
        precision, recall: for span_f1 of two annotators: with the first one as reference.
        compared: for figures about matched spans: the share of spans that could be compared.
        article: id of the article for γ, which is a figure of one article; empty: of all.
    """

    measure: str
    unit: str
    label: str | None
    annotators: tuple[str, ...]
    match: str = ""
    part: str = ""
    value: float | None = None
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    articles: int = 0
    units: int = 0
    prevalence: float | None = None
    precision: float | None = None
    recall: float | None = None
    compared: float | None = None
    article: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain values for JSON."""
        found: dict[str, Any] = {
            "measure": self.measure,
            "unit": self.unit,
            "label": self.label,
            "annotators": list(self.annotators),
            "match": self.match or None,
        }
        if self.part:
            found["part"] = self.part
        if self.article:
            found["article"] = self.article
        if self.value is None:
            found["undefined"] = self.undefined
        else:
            found["value"] = self.value
        found["ci95"] = None if self.low is None or self.high is None else [self.low, self.high]
        found["articles"] = self.articles
        found["units"] = self.units
        for name in ("prevalence", "precision", "recall", "compared"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        if self.note:
            found["note"] = self.note
        return found


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What was left out: how many of a thing (`what`, in the number that it has), and why."""

    count: int
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.count:,} {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Classes:
    """Lost points of one label (None: all), by class; the parts add up to `points`."""

    label: str | None
    points: float
    missed: float
    boundary: float
    category: float
    forgiven: float = 0.0


@dataclass(frozen=True, slots=True)
class Edge:
    """Boundary points of one label whose stretches touch so many words (20: as many or more), whatever was forgiven.

    What a tolerance of N words forgives is the sum of those with N and fewer.
    """

    label: str
    words: int
    points: float


@dataclass(frozen=True, slots=True)
class SpanClasses:
    """What became of the spans of one label (None: all), summed over pairs of annotators."""

    label: str | None
    exact: int
    boundary: int
    structure: int
    category: int
    missed: int


@dataclass(frozen=True, slots=True)
class Person:
    """One annotator against the others; see `annotator.agreement.people.Against`."""

    name: str
    articles: int
    spans: int
    recall: float | None
    precision: float | None
    f1: float | None
    per_thousand_words: float | None
    start: float | None
    end: float | None
    preference: tuple[tuple[str, float], ...]
    rho: float | None = None
    p: float | None = None
    drifts: bool = False
    drift_note: str = ""


@dataclass(frozen=True, slots=True)
class Costly:
    """An article by what it costs: α without it less α; `own` is its own α; the camps that differ most in it."""

    article: str
    title: str
    leverage: float | None
    own: float | None
    camps: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Period:
    """Agreement in a part of the work: α over label sets with Jaccard distance, of everybody together.

    Attributes:
        kind: ``week``: articles whose last reader finished them then; ``batch``: so many articles one after the other in
            the order in which they were finished; ``first``: the first so many of them together, the learning curve.
        name: the Monday it began (ISO 8601), or the places of the articles: ``1-10``.
        articles: how many.
        value, undefined, low, high, note: as of a `Figure`.
    """

    kind: str
    name: str
    articles: int
    value: float | None = None
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """Disagreements by a clause of the codebook.

    Attributes:
        clause: its id; empty: decided without citing one.
        revision: of the codebook under which they were decided.
        count: how many were decided so.
        kinds: how many of each kind.
        labels: ids of the labels that the clause is about.
        points: lost points of these labels, decided or not.
    """

    clause: str
    revision: int
    count: int
    kinds: tuple[tuple[str, int], ...]
    labels: tuple[str, ...]
    points: float


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement, with everything that is needed to understand it and to compute it again.

    Attributes:
        project: the project's name.
        request: what was asked, with everything that was left open filled in with names.
        annotators, labels: who and what was compared: names, and ids with names.
        figures: all figures.
        classes, span_classes: disagreement taken apart.
        confused: label (id) by what the other one has (label id, ``boundary``, ``none``): lost points.
        edges: boundary points by words, where a tolerance was asked for.
        people: each annotator against the others, who agrees best first.
        costly: articles by what they cost.
        planner: for as many annotators, articles needed for an interval of ± .05 on α.
        periods: agreement week by week, batch by batch, and of the first so many articles.
        clauses: disagreements by clause of the codebook, those most disagreed about first.
        exclusions: what was left out, and why.
        articles, characters: how many of both took part.
        revision: number of the project's last step: when it differs, the report is stale.
        versions: of the program and of what computed.
        made_at: ISO 8601 in UTC.
    """

    project: str
    request: Request
    annotators: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...] = ()
    classes: tuple[Classes, ...] = ()
    span_classes: tuple[SpanClasses, ...] = ()
    confused: tuple[tuple[str, str, float], ...] = ()
    edges: tuple[Edge, ...] = ()
    people: tuple[Person, ...] = ()
    costly: tuple[Costly, ...] = ()
    planner: tuple[tuple[int, int | None], ...] = ()
    periods: tuple[Period, ...] = ()
    clauses: tuple[ClauseCount, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    articles: int = 0
    characters: int = 0
    revision: int = 0
    versions: dict[str, str] = field(default_factory=dict)
    made_at: str = ""

    def find(self, measure: str, **wanted: object) -> tuple[Figure, ...]:
        """Return the figures of a measure whose fields have the given values: ``find("span_f1", label=None)``."""
        return tuple(
            each
            for each in self.figures
            if each.measure == measure and all(getattr(each, name) == value for name, value in wanted.items())
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return a flat dictionary for each figure: ``pandas.DataFrame(report.rows())``."""
        return [{**asdict(each), "annotators": ", ".join(each.annotators)} for each in self.figures]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON; `docs/agreement.md` describes the keys."""
        request = asdict(self.request)
        request["articles"] = sorted(self.request.articles)
        request["measures"] = list(self.request.wanted)
        return {
            "format": "annotator-agreement",
            "version": 1,
            "project": self.project,
            "made_at": self.made_at,
            "request": request,
            "annotators": list(self.annotators),
            "labels": [{"id": key, "name": name} for key, name in self.labels],
            "articles": self.articles,
            "characters": self.characters,
            "exclusions": [asdict(each) for each in self.exclusions],
            "versions": dict(self.versions),
            "figures": [each.to_dict() for each in self.figures],
            "disagreement": {
                "characters": [asdict(each) for each in self.classes],
                "spans": [asdict(each) for each in self.span_classes],
                "edges": [asdict(each) for each in self.edges],
                "confusion": [{"label": a, "instead": b, "points": points} for a, b, points in self.confused],
            },
            "people": [{**asdict(each), "preference": dict(each.preference)} for each in self.people],
            "leverage": [asdict(each) for each in self.costly],
            "periods": [asdict(each) for each in self.periods],
            "clauses": [{**asdict(each), "kinds": dict(each.kinds)} for each in self.clauses],
            "planner": [{"annotators": people, "articles": needed} for people, needed in self.planner],
        }
