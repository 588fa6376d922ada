"""Words of REFI-QDA."""

SPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_SPACE = "urn:QDA-XML:codebook:1.0"
PROJECT = "project.qde"
ABSENT = "not in this article"
"""The code whose sub-codes say of which relation the target is not in the article."""


def tag(name: str, space: str = SPACE) -> str:
    """Return an element's name with the namespace."""
    return f"{{{space}}}{name}"
