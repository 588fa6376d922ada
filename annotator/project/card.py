"""What a README beside an export says: what it is, whose labels, in what units, what is not in it, what stands behind it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator import __version__
from annotator.formats.format import Options, Unit, Writer
from annotator.formats.record import ProjectRecord
from annotator.model.split import Split
from annotator.project.export import ExportReport
from annotator.project.selecting import Selection
from annotator.store.clock import now

_UNITS = {
    Unit.CODE_POINTS: "code points (what Python and R count as characters)",
    Unit.UTF16: "UTF-16 units (what JavaScript and Java count)",
    Unit.BYTES: "bytes of UTF-8",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of an export.

    Attributes:
        format: its name, as the command line knows it.
        report: what goes out and what does not, counted before it was written.
        split: the split by whose parts it is written; None: it is not split, or that one is not in the project.
        behind: how gold was made, and the agreement behind it, a paragraph each.
        articles: how many the project has.
    """

    format: str
    writer: Writer
    project: ProjectRecord
    selection: Selection
    options: Options
    report: ExportReport
    split: Split | None = None
    behind: tuple[str, ...] = ()
    articles: int = 0

    def paragraphs(self) -> tuple[str, ...]:
        """Return what is to be said; formats with a README of their own say units, tokens and codebook themselves."""
        own = () if self.writer.describes else (*self._units(), *self._book())
        return (self._what(), self._whose(), *own, *self._parts(), *self.behind, *self._missing())

    def _what(self) -> str:
        report = self.report
        counts = ", ".join(
            f"{count:,} {noun if count == 1 else f'{noun}s'}"
            for count, noun in ((report.articles, "article"), (report.annotations, "label"), (report.links, "link"))
        )
        return (
            f"Exported from the project “{self.project.name}” by Annotator {__version__} on {now()[:10]}, as"
            f" {self.writer.title} (format `{self.format}`): {counts}."
        )

    def _whose(self) -> str:
        names = [each.name for each in self.project.annotators if not each.is_gold]
        gold = [f"{each.name} (what was decided to be right)" for each in self.project.annotators if each.is_gold]
        said = [f"Labels of {_listed([*names, *gold])}." if names or gold else "Nobody has labelled anything."]
        chosen = self.selection
        if chosen.labels and self.project.codebooks:
            known = {each.id: each.name for book in self.project.codebooks for each in book.labels}
            said.append(f"Only the labels {_listed(sorted(known.get(each, each) for each in chosen.labels))}.")
        if chosen.articles and self.report.articles < self.articles:
            said.append(f"Only {self.report.articles:,} of the {self.articles:,} articles of the project.")
        if chosen.finished:
            said.append("Of each annotator, only articles that they have finished.")
        if not chosen.blocks:
            said.append("Captions, furniture and other left-out blocks are cut from the texts.")
        return " ".join(said)

    def _units(self) -> Iterator[str]:
        said = []
        if self.writer.units:
            said.append(f"Offsets count {_UNITS[self.options.unit]}, from 0; an end is one past the last.")
        else:
            unit = self.writer.holds.unit
            said.append(f"Offsets count {unit}{'' if 'tokens' in unit else ', from 0; an end is one past the last'}.")
        if self.writer.tokens:
            said.append(f"Texts are cut into tokens by “{self.options.tokens}”.")
        if self.writer.lays_out is not None:
            said.append(self.writer.lays_out(self.project, self.options))
        given = [f"{name} = {value}" for name, value in self.options.given.items()]
        if given:
            said.append(f"Chosen: {', '.join(given)}.")
        yield " ".join(said)

    def _book(self) -> Iterator[str]:
        if self.project.codebooks:
            book = self.project.codebooks[-1]
            labels = ", ".join(f"{' '.join(each.name.split())} (`{each.id}`)" for each in book.labels)
            yield f"Codebook: {' '.join(book.name.split())}, revision {book.revision}, with the labels {labels}."

    def _parts(self) -> Iterator[str]:
        if self.options.parts:
            sizes = ", ".join(f"{name} {len(ids):,}" for name, ids in self.options.parts)
            how = ""
            if self.split is not None:
                how = f" by the split “{self.split.name}” (by {self.split.by}, seed {self.split.seed})"
            yield f"Divided into parts{how}, with these numbers of articles: {sizes}."

    def _missing(self) -> Iterator[str]:
        if self.report.losses:
            yield f"The format cannot hold everything. {_sentences(self.report.losses)}"
        if self.report.left_out:
            yield f"Not among what was chosen: {'; '.join(self.report.left_out)}."


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _sentences(found: Iterable[object]) -> str:
    return " ".join(f"{each}." for each in found)
