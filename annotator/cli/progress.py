"""How far a command is, while somebody waits at a terminal."""

import shutil
import sys
from collections.abc import Callable

import click


class Progress:
    """A line on the terminal that says how far it is; nothing where the output is no terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()

    def __enter__(self) -> Callable[[int, int, str], None]:
        return self._show

    def _show(self, done: int, total: int, name: str) -> None:
        if self._is_shown:
            width = shutil.get_terminal_size().columns - 1
            far = f"{done:,} of {total:,}" if total else f"{done:,}"
            click.echo(f"\r{f'{far}  {name}'[:width]:{width}}", err=True, nl=False)

    def __exit__(self, *_error: object) -> None:
        if self._is_shown:
            click.echo(f"\r{'':{shutil.get_terminal_size().columns - 1}}\r", err=True, nl=False)
