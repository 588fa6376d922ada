"""Write TEI: a file an article."""

from collections.abc import Iterator
from itertools import count, pairwise

from lxml import etree

from annotator.formats.format import Holds, Losses, Options, OutFile, Records
from annotator.formats.giving.fit import fit
from annotator.formats.giving.output import bytes_file
from annotator.formats.giving.regions import Region, regions_of
from annotator.formats.giving.xml import writable
from annotator.formats.names import file_names, slugs
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
HOLDS = Holds(
    unit="anchors in the text",
    across=False,
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    remark="the fragments of a span are spans that `next` and `prev` join; attributes are feature structures",
)


def fit_xml(project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses) -> ArticleRecord:
    """Return what of a record XML can hold."""
    return writable(fit(HOLDS, project, record, losses), losses)


def write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    """Yield a file an article."""
    names = file_names(record.article.title for record in records)
    labels = slugs(each.id for book in project.codebooks for each in book.labels)
    for name, record in zip(names, records, strict=True):
        root = _Sheet(project, record, labels).root
        # No pretty printing: a blank in the text is a character that offsets count.
        yield bytes_file(f"{name}.xml", etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _under(parent: "etree._Element", element: str, text: str = "", /, **values: str) -> "etree._Element":
    made = etree.SubElement(parent, f"{{{_TEI}}}{element}", {_name(name): value for name, value in values.items()})
    made.text = text or None
    return made


def _name(name: str) -> str:
    return f"{_XML}{name.removeprefix('xml_')}" if name.startswith("xml_") else name


class _Sheet:
    """One article as a document of TEI."""

    def __init__(self, project: ProjectRecord, record: ArticleRecord, labels: dict[str, str]) -> None:
        self._project, self._record, self._labels = project, record, labels
        self._people = {each.id: f"person-{number}" for number, each in enumerate(project.annotators, start=1)}
        found = [region for each in record.annotations for region in regions_of(each)]
        self._regions = {region.key: f"span-{number}" for number, region in enumerate(found, start=1)}
        self._numbers = count(1)
        self.root = etree.Element(f"{{{_TEI}}}TEI", None, {None: _TEI})
        self._head()
        off = _under(self.root, "standOff")
        self._body({edge for region in found for edge in region.fragment})
        self._codes(off)
        spans = _under(off, "spanGrp", type="annotation")
        for region in found:
            self._span(spans, off, region)
        if not len(spans):
            off.remove(spans)
        self._links(off)
        if not len(off):  # the schema wants something in it
            self.root.remove(off)

    def _head(self) -> None:
        header = _under(self.root, "teiHeader")
        description = _under(header, "fileDesc")
        titles = _under(description, "titleStmt")
        _under(titles, "title", self._record.article.title)
        for who, key in self._people.items():
            stated = _under(titles, "respStmt", xml_id=key)
            _under(stated, "resp", "annotation")
            _under(stated, "name", self._project.names[who])
        _under(_under(description, "publicationStmt"), "p", "Exported from a project of annotations; not published.")
        _under(_under(description, "sourceDesc"), "p", self._record.article.id)

    def _body(self, edges: set[int]) -> None:
        text = self._record.article.text
        body = _under(_under(self.root, "text"), "body")
        block = _under(body, "ab")
        block.set(f"{_XML}space", "preserve")
        places = sorted(edges)
        block.text = text[: places[0]] if places else text
        for place, following in pairwise([*places, len(text)]):
            _under(block, "anchor", xml_id=f"at-{place}").tail = text[place:following] or None

    def _codes(self, off: "etree._Element") -> None:
        used = dict.fromkeys(each.label for each in self._record.annotations)
        names = {each.id: each.name for book in self._project.codebooks for each in book.labels}
        if used:
            group = _under(off, "interpGrp", type="label")
            for label in used:
                _under(group, "interp", names.get(label, label), xml_id=self._code(label), n=label)

    def _code(self, label: str) -> str:
        return f"label-{self._labels.get(label, label)}"

    def _span(self, spans: "etree._Element", off: "etree._Element", region: Region) -> None:
        annotation, (start, end) = region.annotation, region.fragment
        key = self._regions[region.key]
        made = _under(spans, "span", xml_id=key, to=f"#at-{end}", resp=self._who(annotation.annotator))
        made.set("from", f"#at-{start}")
        codes = [f"#{self._code(annotation.label)}"]
        keys = [self._regions[each.key] for each in regions_of(annotation)]
        if region.number:
            made.set("prev", f"#{keys[region.number - 1]}")
        if region.number + 1 < len(keys):
            made.set("next", f"#{keys[region.number + 1]}")
        if annotation.attributes and not region.number:
            codes.append(f"#{self._features(off, annotation)}")
        made.set("ana", " ".join(codes))
        if annotation.note and not region.number:
            note = _under(off, "note", annotation.note, target=f"#{key}", resp=self._who(annotation.annotator))
            note.set(f"{_XML}space", "preserve")

    def _who(self, annotator: str) -> str:
        return f"#{self._people[annotator]}" if annotator in self._people else ""

    def _features(self, off: "etree._Element", annotation: Annotation) -> str:
        key = f"features-{next(self._numbers)}"
        features = _under(off, "fs", xml_id=key)
        for name in dict.fromkeys(name for name, _ in annotation.attributes):
            one = _under(features, "f", name=name)
            values = annotation.values(name)
            place = one if len(values) == 1 else _under(one, "vColl")
            for value in values:
                _under(place, "string", value)
        return key

    def _links(self, off: "etree._Element") -> None:
        if not self._record.links:
            return
        group = _under(off, "listRelation")
        for link in sorted(self._record.links, key=lambda each: (each.origin_id, each.kind, each.place)):
            ends = {"active": f"#{self._regions[link.origin_id]}", "resp": self._who(link.annotator)}
            if link.target is None:
                ends["passive"] = "#absent"
            else:
                ends["passive"] = f"#{self._regions[link.target]}"
            _under(group, "relation", name=link.kind, **ends)
        if any(link.target is None for link in self._record.links):
            _under(off, "interp", "not in this article", xml_id="absent")
