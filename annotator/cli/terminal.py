"""What is written to a terminal: words of strange files among them, and no command to the terminal."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO

_COMMANDS = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\U0010ffff]")
"""Control characters: with ESC, a title could colour, move or rewrite what stands on the screen."""


class Tame:
    """A terminal that shows the codes of control characters and does not obey them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        if name == "buffer":  # click would write there, past `write`
            raise AttributeError(name)
        return getattr(self._stream, name)

    def write(self, words: str) -> int:
        """Write words."""
        return self._stream.write(_COMMANDS.sub(lambda found: f"\\x{ord(found[0]):02x}", words))


@contextmanager
def tamed() -> Iterator[None]:
    """Tame both streams of this process where they are terminals; a file or another program gets what there is."""
    with ExitStack() as stack:
        for stream, redirect in ((sys.stdout, redirect_stdout), (sys.stderr, redirect_stderr)):
            if stream is not None and stream.isatty():
                stack.enter_context(redirect(Tame(stream)))
        yield
