"""Gives spoiled files to every reader, and tells what came of each: a process of its own, so that it may die of one.

    python -m tests.durability.fuzzing FOLDER FIRST COUNT [ONLY]

``FOLDER/seeds`` holds sound files; those with ``ONLY`` in their name are taken. Every case is a number: the same number
spoils the same file in the same way. A JSON line is told before and after each.
"""

import gzip
import io
import json
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from annotator.articles.read import UnreadableError, draft, preview_table
from annotator.formats.format import Taking
from annotator.formats.registry import READERS, recognise
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.codebook_file import read_codebook
from annotator.project.copies.draft import draft_copies
from annotator.project.recovery import recover

MEMORY = 6 << 30
"""Bytes of address space; whoever asks for more is told there is none."""
_WORDS = (
    b"<!DOCTYPE x [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>", b"&b;",
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', b'<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;',
    b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
    b'<img src="http://127.0.0.1:9/x.png">', b"<script>alert(1)</script>", b"=cmd|'/c calc'!A0",
    b"../../../../tmp/escaped", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x93\xb0", b"NaN", b"Infinity",
    b"1e999", b"-1", b"9" * 400, b"[" * 3000, b'{"a":' * 3000, b"<a>" * 3000, b"{\\rtf1" * 2000, b"\\'", b"\\u-10179?",
    b"null", b"true", b'""', b"\r", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"cos\nsystem\n(S'touch escaped'\ntR.", b"%s%n", b"\t" * 500,
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")
_ARCHIVES = (".zip", ".epub", ".docx", ".odt", ".xlsx", ".ods", ".qdpx")
_HARMLESS = ("socket.gethostname", "socket.__new__", "socket.bind")
"""What is asked of this machine alone: a library binds a socket to it at once and closes it, to know whether IPv6 is there."""
_READERS = [each for each in READERS.values() if not each.needs or find_spec(each.needs)]
_BROKEN = {"pickle.find_class", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.Request", "ctypes.dlopen"}


class Guard:
    """Notes whatever a reader must not do."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder.resolve())
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        is_socket = event.startswith("socket.") and event not in _HARMLESS
        is_library = event == "ctypes.dlopen" and "lib" in str(arguments)
        # The processes that read along with this one answer so: what comes of it is ours.
        is_ours = event == "pickle.find_class" and str(arguments[0]).startswith("annotator.")
        is_program = event == "subprocess.Popen" and arguments[0] != sys.executable
        if is_socket or is_program or (event in _BROKEN and not is_library and not is_ours):
            self.seen.append(f"{event} {arguments!r}")
        elif event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int):
            path = str(Path(arguments[0]).resolve())
            if arguments[2] & (os.O_WRONLY | os.O_RDWR) and not path.startswith((self.folder, "/dev/", "/proc/")):
                self.seen.append(f"write of {path}")


def spoiled(content: bytes, dice: random.Random, name: str, others: list[bytes]) -> bytes:
    """Return a file's bytes with something wrong in them; those of an archive's members where it is one."""
    if name.endswith(_ARCHIVES) and dice.random() < 0.8:
        with suppress(zipfile.BadZipFile, NotImplementedError, zlib.error):
            return _repacked(content, dice, others)
    if content[:2] == b"\x1f\x8b" and dice.random() < 0.8:
        with suppress(OSError, EOFError, zlib.error):
            return gzip.compress(spoiled(gzip.decompress(content), dice, "", others))
    made = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 4, 12))):
        _spoil(made, dice, others)
    return bytes(made)


def _spoil(made: bytearray, dice: random.Random, others: list[bytes]) -> None:
    at = dice.randrange(len(made) + 1)
    end = min(len(made), at + dice.choice((1, 4, 30, 400)))
    match dice.randrange(9):
        case 0 if made:
            made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
        case 1:
            del made[at:end]
        case 2:
            made[at:at] = made[at:end] * dice.choice((1, 5, 300))
        case 3 | 4:
            made[at:at] = dice.choice(_WORDS)
        case 5:
            del made[at:]
        case 6:
            other = dice.choice(others)
            start = dice.randrange(len(other) + 1)
            made[at:end] = other[start : start + 500]
        case 7:
            numbers = list(_NUMBER.finditer(made))
            if numbers:
                found = dice.choice(numbers)
                made[found.start() : found.end()] = str(
                    dice.choice((0, 1, -1, 2**31, 2**63, 2**64, 10**30, dice.randrange(10**6)))
                ).encode()
        case _:
            made[at:end] = dice.randbytes(end - at)


def _repacked(content: bytes, dice: random.Random, others: list[bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(each.filename, archive.read(each)) for each in archive.infolist()]
    number = dice.randrange(len(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, data) in enumerate(members):
            if place == number:
                match dice.randrange(8):
                    case 0:
                        archive.writestr(f"../../{name}", data)
                    case 1:
                        archive.writestr(name, data * dice.choice((2, 3000)))
                        continue
                    case 2:
                        continue
                data = spoiled(data, dice, "", others)  # noqa: PLW2901 - what is written of it
            archive.writestr(name, data)
    return out.getvalue()


def read(name: str, path: Path, folder: Path, dice: random.Random) -> int:
    """Read a file with all readers that may meet it; return how many read it."""
    kind = name.partition(".")[0]
    sound = folder.parent / "seeds" / "project.annotator"
    if kind == "project":
        with suppress(AnnotatorError):
            recover(path, folder / "recovered")
            _check(folder / "recovered.annotator")
        # Merged for good, into a copy of the sound one: what came out of a spoiled file must not be in it.
        mine = Path(shutil.copyfile(sound, folder / "mine.annotator"))
        with Project.open(mine) as project, suppress(AnnotatorError):
            project.merge(draft_copies(mine, [path]), rule=dice.choice(("ours", "theirs", "newer")))
        _check(mine)
        return 2
    if kind == "codebook":
        with suppress(AnnotatorError, OSError):
            read_codebook(path)
        return 1
    if kind == "articles":
        for problem in draft([path], {}).problems:
            assert problem.message.endswith("."), problem
        with suppress(UnreadableError):
            preview_table(path)
        if dice.random() < 0.2:  # it compares long texts, which is slower than all the rest
            mine = Path(shutil.copyfile(sound, folder / "mine.annotator"))
            with Project.open(mine) as project, suppress(AnnotatorError):
                plan = project.replacement(project.articles()[0].id, path, number=1)
                project.replace(plan, doubtful="accept", lost="drop")
            _check(mine)
        return 3
    recognise(path)
    for each in (READERS[kind] if kind in READERS else dice.choice(_READERS), dice.choice(_READERS)):
        reading = each.read(path, Taking())
        for record in reading.records:
            for annotation in record.annotations:
                assert annotation.span.end <= len(record.article.text)
    return 3


def _check(path: Path) -> None:
    """Assert that a project is sound."""
    with Project.open(path, read_only=True) as project:
        found = project.check()
    assert not found, found


def main() -> None:
    """Go through the cases."""
    folder, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seeds = sorted((folder / "seeds").iterdir())
    pool = [each.read_bytes() for each in seeds if each.is_file()]
    seeds = [each for each in seeds if sys.argv[4] in each.name] if len(sys.argv) > 4 else seeds
    work = folder / "work"
    guard = Guard(folder)
    sys.addaudithook(guard)
    for number in range(first, first + count):
        dice = random.Random(number)
        seed = dice.choice(seeds)
        shutil.rmtree(work, ignore_errors=True)
        (work / "tmp").mkdir(parents=True)
        tempfile.tempdir = str(work / "tmp")
        path = work / seed.name.partition(".")[2]
        if seed.is_dir():
            shutil.copytree(seed, path)
            inner = dice.choice(sorted(each for each in path.rglob("*") if each.is_file()))
        else:
            shutil.copyfile(seed, path)
            inner = path
        inner.write_bytes(spoiled(inner.read_bytes(), dice, inner.name, pool))
        print(json.dumps({"begin": number, "file": seed.name}), flush=True)
        start, fault = time.monotonic(), ""
        guard.seen.clear()
        try:
            read(seed.name, path, work, dice)
        except Exception:  # noqa: BLE001 - whatever it is, it is told
            fault = traceback.format_exc(limit=-6)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = {"end": number, "seconds": time.monotonic() - start, "peak": peak, "fault": fault, "seen": guard.seen}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
