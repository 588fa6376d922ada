"""A plugin of pytest that makes PySide6 impossible to import: ``python -m pytest -p tests.without_qt``."""

import sys

import pytest

QT = ("PySide6", "shiboken6")


class Blocked:
    """Finds nothing but that Qt is not there."""

    @staticmethod
    def find_spec(name, *_rest):
        if name.partition(".")[0] in QT:
            raise ModuleNotFoundError(f"No module named {name!r} (blocked on purpose)", name=name)


sys.meta_path.insert(0, Blocked())


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """See that no test got Qt by another way."""
    loaded = [name for name in sys.modules if name.partition(".")[0] in QT]
    if loaded:
        pytest.exit(f"Qt was loaded though it is blocked: {', '.join(loaded[:3])}", returncode=1)
