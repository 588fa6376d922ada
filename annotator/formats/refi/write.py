"""Write a project: sources with LF alone, positions in code points from 0, the end exclusive, elements in order."""

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import pairwise
from tempfile import TemporaryFile
from typing import IO

from lxml import etree

from annotator.formats.format import Holds, Losses, Options, OutFile, Records
from annotator.formats.giving.fit import fit
from annotator.formats.giving.regions import CONTINUES, Region, regions_of
from annotator.formats.giving.xml import writable
from annotator.formats.names import guid
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.formats.refi.codes import Codes, root_of, under
from annotator.formats.refi.names import ABSENT, PROJECT, SPACE, tag
from annotator.model.annotation import Annotation

HOLDS = Holds(
    between=False,
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    remark="labels are codes, attributes codes with a sub-code for each value, links are links between selections, notes"
    " are notes; spans of several fragments are selections joined by the link “continues”",
)
_LONGEST = 1000
"""Characters of a selection that are repeated as its name, by which programs and people check where it lies."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20
_SAID = f' xmlns="{SPACE}"'.encode()


def fit_refi(project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses) -> ArticleRecord:
    """Return the record without what a project of REFI-QDA cannot hold."""
    return writable(fit(HOLDS, project, record, losses), losses)


def write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    """Yield the one file, which is an archive."""
    yield OutFile("", _archive(project, records))


def _archive(project: ProjectRecord, records: Records) -> Iterator[bytes]:
    """Yield the archive: the texts one after another, then the project, which waits in files until all is known."""
    with TemporaryFile() as out:
        with ExitStack() as stack:
            archive = stack.enter_context(zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED))
            parts = {name: stack.enter_context(TemporaryFile()) for name in ("Sources", "Notes", "Links")}
            root = root_of(SPACE, name=project.name or "Annotations")
            if project.annotators:
                users = under(root, "Users")
                for each in project.annotators:
                    under(users, "User", guid=guid(each.id), name=each.name)
            codebook = under(root, "CodeBook")
            codes = Codes(under(codebook, "Codes"), project.codebooks[-1] if project.codebooks else None)
            for record in records:
                archive.writestr(_member(f"sources/{guid(record.article.id)}.txt"), record.article.text.encode())
                _put(parts, record, codes)
            if not len(codebook[0]):
                root.remove(codebook)
            with archive.open(_member(PROJECT), "w", force_zip64=True) as whole:
                _write_project(whole, root, parts)
        out.seek(0)
        yield from iter(lambda: out.read(_CHUNK), b"")


def _put(parts: Mapping[str, IO[bytes]], record: ArticleRecord, codes: Codes) -> None:
    """Write what a project says about an article to the files of its parts."""
    places = {name: etree.Element(tag(name), None, {None: SPACE}) for name in parts}
    _source(places["Sources"], places["Notes"], record, codes)
    _links(places["Links"], record)
    for name, place in places.items():
        for each in place:
            # The namespace is said once, by the project.
            parts[name].write(etree.tostring(each, encoding="UTF-8").replace(_SAID, b"", 1))


def _write_project(out: IO[bytes], root: "etree._Element", parts: Mapping[str, IO[bytes]]) -> None:
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    end = b"</Project>"
    out.write(content[: -len(b"/>")] + b">" if content.endswith(b"/>") else content.removesuffix(end))
    for name, part in parts.items():
        if part.tell():
            part.seek(0)
            out.write(f"<{name}>".encode())
            for chunk in iter(lambda part=part: part.read(_CHUNK), b""):  # type: ignore[misc]
                out.write(chunk)
            out.write(f"</{name}>".encode())
    out.write(end)


def _member(name: str) -> zipfile.ZipInfo:
    # A date of its own would make every export of the same work another file.
    made = zipfile.ZipInfo(name, _EPOCH)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _source(sources: "etree._Element", notes: "etree._Element", record: ArticleRecord, codes: Codes) -> None:
    article = record.article
    made = guid(article.id)
    source = under(sources, "TextSource", guid=made, name=article.title, plainTextPath=f"internal://{made}.txt")
    absent: dict[str, list[str]] = {}
    for link in record.links:
        if link.target is None:
            absent.setdefault(link.origin_id, []).append(link.kind)
    for annotation in record.annotations:
        for region in regions_of(annotation):
            selection = _selection(source, region, article.text)
            codings = [codes.label(annotation.label)]
            if not region.number:
                codings += [codes.value(name, value) for name, value in annotation.attributes]
                codings += [codes.value(ABSENT, kind) for kind in absent.get(annotation.id, ())]
            for code in codings:
                user = guid(annotation.annotator)
                coding = under(selection, "Coding", guid=guid(region.key, code), creatingUser=user)
                under(coding, "CodeRef", targetGUID=code)
            if annotation.note and not region.number:
                _note(selection, notes, annotation)


def _selection(source: "etree._Element", region: Region, text: str) -> "etree._Element":
    start, end = region.fragment
    values = {
        "guid": guid(region.key),
        "startPosition": str(start),
        "endPosition": str(end),
        "creatingUser": guid(region.annotation.annotator),
    }
    if end - start <= _LONGEST:
        values["name"] = text[start:end]
    return under(source, "PlainTextSelection", **values)


def _note(selection: "etree._Element", notes: "etree._Element", annotation: Annotation) -> None:
    made = guid("note", annotation.id)
    under(selection, "NoteRef", targetGUID=made)
    note = under(notes, "Note", guid=made, name=annotation.label, creatingUser=guid(annotation.annotator))
    under(note, "PlainTextContent").text = annotation.note


def _links(links: "etree._Element", record: ArticleRecord) -> None:
    pairs = [
        (CONTINUES, one, other)
        for annotation in record.annotations
        for one, other in pairwise(region.key for region in regions_of(annotation))
    ]
    by_place = sorted(record.links, key=lambda each: (each.origin_id, each.kind, each.place))
    pairs += [(each.kind, each.origin_id, each.target) for each in by_place if each.target is not None]
    for kind, origin, target in pairs:
        ends = {"originGUID": guid(origin), "targetGUID": guid(target)}
        under(links, "Link", guid=guid("link", kind, origin, target), name=kind, direction="OneWay", **ends)
