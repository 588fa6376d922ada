"""Read what was written here as TEI, to compare it. It is no import: TEI of others says the same in many other ways."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from annotator.formats.format import Taking
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.gather import gather
from annotator.model.problem import Problem

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read(path: Path, taking: Taking) -> Reading:
    """Read a folder of files that `write` wrote.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    files = sorted(path.glob("*.xml"))
    return gather(_documents(files, problems), path, taking, problems=problems, total=len(files), importer="tei")


def _documents(files: list[Path], problems: list[Problem]) -> Iterator[Document]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    for file in files:
        try:
            yield _Sheet(etree.fromstring(file.read_bytes(), parser)).document(file)
        except (etree.XMLSyntaxError, OSError, KeyError, ValueError) as error:
            problems.append(Problem(str(file), f"The file cannot be read back: {str(error)[:120]}."))


class _Sheet:
    """One article. What is pointed at is found by its id, with the sign that pointers begin with."""

    def __init__(self, root: "etree._Element") -> None:
        self._root = root
        self._by_id = {f"#{each.get(_ID)}": each for each in root.iter() if each.get(_ID)}
        self._notes = {each.get("target"): each.text or "" for each in root.iter(f"{_TEI}note")}
        self._text, self._places = self._read_text()

    def _read_text(self) -> tuple[str, dict[str, int]]:
        """Return the text without its anchors, and where each of them stands."""
        (block,) = self._root.iter(f"{_TEI}ab")
        parts, places, at = [block.text or ""], {}, len(block.text or "")
        for anchor in block:
            places[f"#{anchor.get(_ID)}"] = at
            parts.append(anchor.tail or "")
            at += len(parts[-1])
        return "".join(parts), places

    def document(self, file: Path) -> Document:
        """Return what the file holds."""
        spans = [each for each in self._root.iter(f"{_TEI}span") if not each.get("prev")]
        return Document(
            file=file,
            name=file.stem,
            text=self._text,
            items=tuple(self._item(each) for each in spans),
            ties=tuple(self._tie(each) for each in self._root.iter(f"{_TEI}relation")),
            labelled=bool(spans),
            title=self._root.findtext(f".//{_TEI}titleStmt/{_TEI}title") or "",
        )

    def _item(self, span: "etree._Element") -> Item:
        key = f"#{span.get(_ID)}"
        ranges = []
        fragment: etree._Element | None = span
        while fragment is not None:
            ranges.append((self._places[fragment.get("from", "")], self._places[fragment.get("to", "")]))
            fragment = self._by_id[fragment.get("next", "")] if fragment.get("next") else None
        label, *features = span.get("ana", "").split()
        return Item(
            key=key,
            label=self._by_id[label].get("n", ""),
            ranges=tuple(ranges),
            attributes=tuple(pair for each in features for pair in self._values(self._by_id[each])),
            note=self._notes.get(key, ""),
            annotator=self._who(span),
            line=span.sourceline,
        )

    def _values(self, features: "etree._Element") -> Iterator[tuple[str, str]]:
        for feature in features:
            for value in feature.iter(f"{_TEI}string"):
                yield feature.get("name", ""), value.text or ""

    def _tie(self, relation: "etree._Element") -> Tie:
        target = relation.get("passive", "")
        return Tie(
            relation.get("name", ""),
            relation.get("active", ""),
            None if target == "#absent" else target,
            annotator=self._who(relation),
            line=relation.sourceline,
        )

    def _who(self, element: "etree._Element") -> str:
        stated = self._by_id.get(element.get("resp", ""))
        return "" if stated is None else stated.findtext(f"{_TEI}name") or ""
