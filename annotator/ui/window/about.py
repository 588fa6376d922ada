"""What the program says about itself."""

import platform

import PySide6

from annotator import __version__


def about_text() -> str:
    """Return version, licences and whose work is in the program, in sentences."""
    return (
        f"Annotator {__version__}, under the MIT licence, with Qt through PySide6 {PySide6.__version__} (LGPL 3) "
        f"on Python {platform.python_version()}. Icons: Lucide (ISC). Faces: Source Serif 4, Source Sans 3 and "
        "Vazirmatn (Open Font Licence)."
    )
