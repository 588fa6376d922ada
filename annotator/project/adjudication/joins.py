"""Links of several annotators, compared where they have both ends: roles of frames, and relations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.project.adjudication.book import Book
from annotator.project.adjudication.grouping import Fragments, Group

Row = tuple[str, str, str, str | None, str]
"""A link: id, kind, origin, target (None: not in this article), annotator."""
Key = tuple[str, int, str, Fragments]
"""What a link leads to, whoever made it: a group of this article, a span of another article, or nothing."""
ABSENT: Key = ("absent", 0, "", ())
Elsewhere = Mapping[str, tuple[str, Fragments]]


@dataclass(frozen=True, slots=True)
class Join:
    """The links of one kind that leave one group.

    Attributes:
        origin: number of the group that they leave.
        ends: by annotator who could make such links (see `joins`), what theirs lead to, and between which labels (target
            None: not there).
        able: by what links lead to, the annotators who could link to it.
        disputed: what some of those who could link to it do, and others do not.
        agreed: what all who could link to it do.
    """

    origin: int
    kind: str
    ends: Mapping[str, Mapping[Key, tuple[str, str | None]]]
    able: Mapping[Key, frozenset[str]]
    disputed: frozenset[Key]
    agreed: frozenset[Key]

    @property
    def keys(self) -> frozenset[Key]:
        """Everything that anybody's links lead to."""
        return self.disputed | self.agreed

    def targets(self, who: str) -> tuple[str | None, ...]:
        """Return the labels that an annotator's links lead to."""
        return tuple(target for _, target in self.ends[who].values())

    def pairs(self, key: Key) -> list[tuple[str, str | None]]:
        """Return the labels between which the links to something run, an annotator's after the other's."""
        return [some[key] for _, some in sorted(self.ends.items()) if key in some]


def key_of(target: str | None, home: Mapping[str, int], elsewhere: Elsewhere) -> Key | None:
    """Return what a label (None: not in this article) stands for; None when it is nowhere."""
    if target is None:
        return ABSENT
    if target in home:
        return ("group", home[target], "", ())
    if target in elsewhere:
        article, fragments = elsewhere[target]
        return ("elsewhere", 0, article, fragments)
    return None


def joins(
    groups: Sequence[Group],
    home: Mapping[str, int],
    links: Iterable[Row],
    *,
    elsewhere: Elsewhere,
    book: Book,
    rejected: frozenset[int],
) -> list[Join]:
    """Return the links of an article, by the group they leave and their kind.

    A link is missing only in the work of somebody who has both its ends: whoever lacks one end, or has it under a label from
    or to which no such link can lead, has that end to decide, and the link goes with it. Links that touch a group of which nothing stays (`rejected`) are left out. A relation without
    direction leaves the first of its two ends.
    """
    found: dict[tuple[int, str], dict[str, dict[Key, tuple[str, str | None]]]] = defaultdict(dict)
    for _, kind, origin, target, _ in links:
        leaves, leads = origin, target
        if origin not in home:
            continue
        key = key_of(leads, home, elsewhere)
        if key is not None and kind in book.symmetric and key[0] == "group" and key[1] < home[origin] and target:
            leaves, leads = target, origin
            key = key_of(leads, home, elsewhere)
        if key is None or home[leaves] in rejected or (key[0] == "group" and key[1] in rejected):
            continue
        group = groups[home[leaves]]
        who = next(mark.annotator for mark in group if mark.annotation == leaves)
        found[home[leaves], kind].setdefault(who, {})[key] = (leaves, leads)
    made = []
    for (number, kind), by in sorted(found.items()):
        fits = book.fits(kind)
        holders = _having(groups[number], fits.leaves if fits else None) | by.keys()
        able: dict[Key, frozenset[str]] = {}
        disputed: set[Key] = set()
        for key in {key for some in by.values() for key in some}:
            has = {who for who, some in by.items() if key in some}
            ends = _having(groups[key[1]], fits.leads if fits else None) if key[0] == "group" else holders
            able[key] = (holders & ends) | has
            if len(able[key]) > len(has):
                disputed.add(key)
        made.append(
            Join(
                number,
                kind,
                {who: by.get(who, {}) for who in sorted(holders)},
                able,
                frozenset(disputed),
                frozenset(able.keys() - disputed),
            )
        )
    return made


def _having(group: Group, labels: frozenset[str] | None) -> frozenset[str]:
    """Return who has one of these labels in a group; None: any."""
    return frozenset(mark.annotator for mark in group if labels is None or mark.label in labels)
