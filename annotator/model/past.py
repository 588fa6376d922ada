"""What happened to an annotation, step after step."""

from dataclasses import dataclass

from annotator.model.annotation import Annotation
from annotator.model.changes import Step


@dataclass(frozen=True, slots=True)
class Turn:
    """One step in the life of an annotation.

    Attributes:
        step: when it was, what it was called, whether it did, undid or did again; the annotator by id.
        before: the annotation as it stood until then; None when there was none.
        after: as it stood from then on; None when it was taken away.
    """

    step: Step
    before: Annotation | None
    after: Annotation | None
