"""Where the files that ship with the program lie: icons, fonts, codebooks, the example, help."""

from pathlib import Path


def folder() -> Path:
    """Return the folder of resources: beside the package in a checkout, inside it in an installed wheel.

    Raises:
        FileNotFoundError: neither is there, so the program was not installed whole.
    """
    package = Path(__file__).resolve().parent
    # The installed place first: beside an installed package lies site-packages, where another project's
    # folder might be called "resources" too.
    for place in (package / "_resources", package.parent / "resources"):
        if (place / "codebooks" / "default.json").is_file():
            return place
    raise FileNotFoundError(f"The files that belong to Annotator are not beside “{package}”. Install it again.")


def read_text(name: str) -> str:
    """Return the text (UTF-8, line ends as LF) of the resource `name`, such as ``codebooks/default.json``.

    Raises:
        FileNotFoundError: there is no such resource.
    """
    return (folder() / name).read_text(encoding="utf-8")
