"""Whoever imports this leaves sources unread: before the other modules of the window, and after what asks for Qt."""

from contextlib import suppress
from types import ModuleType


def _leave_sources_unread() -> None:
    """Keep PySide from reading the source of every module that is loaded after it.

    It looks in each for its own name, to know for whom its other spellings (`__feature__`) may be switched on; nobody here
    asks for these. Starting would wait for that a twelfth of its time, and eleven megabytes of lines would stay in memory.
    """

    def uses_pyside(module: ModuleType) -> bool:
        return module.__name__.startswith(("annotator.ui", "PySide6", "__main__"))

    with suppress(ImportError):  # a PySide that does not look has nothing of the kind
        import PySide6.QtCore  # noqa: F401, PLC0415 - with it comes what follows
        from shibokensupport import feature  # type: ignore[import-not-found]  # noqa: PLC0415

        if hasattr(feature, "_mod_uses_pyside"):
            feature._mod_uses_pyside = uses_pyside


_leave_sources_unread()
