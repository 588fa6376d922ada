"""Words of REFI-QDA: GUIDs made of what they stand for, so that the same project gives the same file."""

import uuid

SPACE = "urn:QDA-XML:project:1.0"
PROJECT = "project.qde"
ABSENT = "not in this article"
"""The code whose sub-codes say of which relation the target is not in the article."""
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:annotator:refi-qda")


def guid(*parts: str) -> str:
    """Return the GUID of something; an id that is a UUID stays as it is."""
    if len(parts) == 1:
        try:
            return str(uuid.UUID(parts[0]))
        except ValueError:
            pass
    return str(uuid.uuid5(_OURS, "\0".join(parts)))


def tag(name: str) -> str:
    """Return an element's name with the namespace."""
    return f"{{{SPACE}}}{name}"
