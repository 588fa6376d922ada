"""The objects that one large file of JSON lists, one by one: the file is never whole in memory."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from annotator.formats.taking.files import read_text, unreadable
from annotator.model.problem import Problem

_BLANKS = re.compile(r"[ \t\n\r]*")
_PIECE = 1 << 18
_DECODER = json.JSONDecoder()


def items_of(path: Path, problems: list[Problem], lists: tuple[str, ...] = ()) -> Iterator[object]:
    """Yield what the list of a file holds, one by one, or the one thing that it holds.

    `lists` are the names under which an object holds such a list, or another object that does; without them an object is
    itself the one thing. Where the file is broken, that is a problem, and what stands before it was yielded.
    """
    fault = unreadable(path)
    if fault is not None:
        problems.append(fault)
        return
    try:
        with path.open("rb") as start:
            encoding = "utf-16" if start.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        with path.open(encoding=encoding, newline="") as file:
            page = _Page(file)
            yield from _top(page, frozenset(lists))
            if page.sign():
                raise page.fault("Extra data")
    except json.JSONDecodeError as error:
        problems.append(Problem(str(path), f"The file is not JSON: {error.msg}.", page.line_of(error)))
    except RecursionError:
        problems.append(Problem(str(path), "The file is nested too deeply."))
    except UnicodeError:
        read_text(path, problems)  # which says where
    except OSError as error:
        problems.append(Problem(str(path), f"The file cannot be read: {error.strerror}."))


def _top(page: "_Page", lists: frozenset[str]) -> Iterator[object]:
    if page.sign() == "[":
        yield from _elements(page)
    elif page.sign() == "{" and lists:
        yield from _in_object(page, lists)
    else:
        yield page.value()


def _elements(page: "_Page") -> Iterator[object]:
    """Yield what a list holds, one by one."""
    page.pass_by("[")
    is_over = page.sign() == "]"
    while not is_over:
        yield page.value()
        is_over = page.sign() == "]"
        if not is_over:
            page.pass_by(",")
    page.pass_by("]")


def _in_object(page: "_Page", lists: frozenset[str]) -> Iterator[object]:
    """Yield what the lists of an object hold; the object itself where it has none."""
    others: dict[str, object] = {}
    has_list = False
    page.pass_by("{")
    is_over = page.sign() == "}"
    while not is_over:
        if page.sign() != '"':
            raise page.fault("Expecting property name enclosed in double quotes")
        name = str(page.value())
        page.pass_by(":")
        if name in lists and page.sign() in ("[", "{"):
            has_list = True
            yield from _top(page, lists)
        else:
            others[name] = page.value()
        is_over = page.sign() == "}"
        if not is_over:
            page.pass_by(",")
    page.pass_by("}")
    if not has_list:
        yield others


class _Page:
    """A file of which a piece is in memory."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._piece, self._at = "", 0
        self._lines = 0
        self._is_last = False

    def sign(self) -> str:
        """Return the next sign that is no blank, and go there; empty at the end."""
        while True:
            found = _BLANKS.match(self._piece, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._piece) or not self._more():
                return self._piece[self._at : self._at + 1]

    def pass_by(self, sign: str) -> None:
        """Go past a sign.

        Raises:
            JSONDecodeError: another one stands there.
        """
        if self.sign() != sign:
            raise self.fault(f"Expecting '{sign}' delimiter")
        self._at += 1

    def value(self) -> object:
        """Return the value that begins here, and go past it.

        Raises:
            JSONDecodeError: there is none.
            RecursionError: it is nested too deeply.
        """
        self.sign()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._piece, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            # A number that ends where the piece does may go on in the next, and “1e+” is not yet seen to be one.
            if end + 2 < len(self._piece) or not self._more():
                self._at = end
                return found

    def fault(self, message: str) -> json.JSONDecodeError:
        """Return what is wrong here."""
        return json.JSONDecodeError(message, self._piece, self._at)

    def line_of(self, error: json.JSONDecodeError) -> int:
        """Return the line of the file, from 1, in which something is wrong."""
        return self._lines + error.lineno

    def _more(self) -> bool:
        """Read on, and forget what was passed by; false at the end of the file."""
        if self._is_last:
            return False
        # As much again as is waiting: something long is not looked through from its beginning for each small piece.
        more = self._file.read(max(_PIECE, len(self._piece) - self._at))
        self._is_last = not more
        if more:
            self._lines += self._piece.count("\n", 0, self._at)
            self._piece, self._at = self._piece[self._at :] + more, 0
        return bool(more)
