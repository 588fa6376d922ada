"""How far apart the used cells of a workbook lie: the library makes room for every cell between them, or ends the program.

It cannot be asked beforehand, and no exception is raised: so the places that the sheets name are looked at first.
"""

import re
import zipfile
import zlib
from pathlib import Path

MOST_CELLS = 40_000_000
"""Room for one takes some 32 bytes."""
_LARGEST = 512 << 20
_CHUNK = 1 << 20
_REST = 4_000
"""Characters of a chunk that are looked at again with the next, because a tag may be cut."""
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]{0,500}?\sr=["']([A-Za-z]{0,9})(\d{1,99})["']""")


def unfit(path: Path) -> str:
    """Return why a workbook must not be given to the library, as a sentence; empty when it may."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                name = info.filename.lower()
                if name in ("content.xml", "xl/workbook.bin"):
                    return "This is no workbook of the XLSX kind. Save it as XLSX or CSV."
                if name.endswith((".xml", ".rels")) and not _fits(archive, info):
                    return "The used cells of a sheet lie too far apart to be read, or it unpacks to too much."
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        return f"The workbook cannot be read: {error}."
    return ""


def _fits(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    right = below = 1
    size = 0
    rest = b""
    is_sheet = "worksheets" in info.filename.lower()
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > _LARGEST:
                return False
            if is_sheet:
                for letters, row in _PLACE.findall(rest + chunk):
                    right, below = max(right, _column(letters)), max(below, int(row))
                if right * below > MOST_CELLS:
                    return False
                rest = chunk[-_REST:]
    return True


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
