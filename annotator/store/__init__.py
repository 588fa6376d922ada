"""The file: the only room with SQL."""

import sys


def _load_sqlite_utils() -> None:
    """Load sqlite-utils without numpy and pandas.

    It loads them where they are installed, only to know their types for columns; every start of the program would wait
    for that a tenth of a second, and longer where there is pandas. Nothing of theirs is ever stored here.
    """
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # Python then says that there is no such module
    try:
        import sqlite_utils  # noqa: F401, PLC0415
    finally:
        for name in hidden:
            del sys.modules[name]


_load_sqlite_utils()
