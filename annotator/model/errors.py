"""Everything that can go wrong, a class a cause, with the sentence that the person reads inside it."""

from pathlib import Path


class AnnotatorError(Exception):
    """Something the person can understand and act on. ``str(error)`` is one or two whole sentences."""


class SpanError(AnnotatorError):
    """A span that cannot be: empty, out of order, or outside its text."""


class RuleError(AnnotatorError):
    """A label that the codebook or the project does not allow."""


class CodebookError(AnnotatorError):
    """A codebook that does not hold together."""


class NotFoundError(AnnotatorError):
    """Something was asked for that is not in the project."""


class ProjectFileError(AnnotatorError):
    """The project file cannot be used; the subclasses say why."""


class NoProjectError(ProjectFileError):
    """The file is something else than a project."""

    def __init__(self, path: Path, what: str = "") -> None:
        super().__init__(
            f"“{path}” is not an Annotator project{what}. Choose another file: a project ends in .annotator."
        )


class MissingProjectError(ProjectFileError):
    """There is no file of that name."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no project at “{path}”. It may have been moved or renamed.")


class ProjectExistsError(ProjectFileError):
    """A new project would overwrite something."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” exists already. Choose another name, or open it.")


class MissingFolderError(ProjectFileError):
    """A new project has no folder to lie in."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no folder “{path.parent}” for “{path.name}”. Make it first, or choose another.")


class UnreadableProjectError(ProjectFileError):
    """The operating system does not let us read the file."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"“{path}” cannot be read ({why}). Ask its owner for access, or take a copy.")


class DamagedProjectError(ProjectFileError):
    """The file is a project, but SQLite cannot read it whole."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"The project “{path}” is damaged ({detail}). Nothing was changed. Open a backup or a copy of it, or save what"
            " can be read of it with “annotator recover”."
        )


class NewerProjectError(ProjectFileError):
    """The file was written by a later version of the program."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” was written by a newer version of Annotator. Update Annotator to open it; nothing was changed."
        )


class LockedProjectError(ProjectFileError):
    """Another program holds the project open for writing."""

    def __init__(self, path: Path, holder: str) -> None:
        self.holder = holder
        super().__init__(
            f"“{path}” is already open: {holder} holds it. Close it there, or open it here for reading only."
        )


class LentProjectError(ProjectFileError):
    """Another thread of this program is writing to the project just now."""

    def __init__(self, path: Path, doing: str) -> None:
        super().__init__(f"“{path.name}” is {doing} just now. Wait until that is done, or stop it.")


class ReadOnlyError(ProjectFileError):
    """A change was asked of a project that was opened for reading only, or cannot be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"“{path}” cannot be changed: {why}. Save a copy elsewhere to go on labelling.")


class OlderProjectError(ReadOnlyError):
    """A project of an older version of the program was opened for reading only, which cannot bring it up to date."""

    def __init__(self, path: Path) -> None:
        ProjectFileError.__init__(
            self,
            f"“{path}” was written by an older version of Annotator. Bring it up to date once, with “annotator upgrade”"
            " or in the window; what it was is kept beside it.",
        )


class DiskFullError(ProjectFileError):
    """The disk has no room for the change, which was rolled back, or for a copy, of which nothing is left."""

    def __init__(self, path: Path, *, is_copy: bool = False) -> None:
        super().__init__(f"The disk that holds “{path}” is full, so {_lost(is_copy)}. Free some space and do it again.")


class DiskError(ProjectFileError):
    """The disk, or the network behind it, did not do what was asked; the change was rolled back, or the copy given up."""

    def __init__(self, path: Path, detail: str, *, is_copy: bool = False) -> None:
        self.detail = detail
        super().__init__(
            f"The disk that holds “{path}” does not answer as it should ({detail}), so {_lost(is_copy)}. Look"
            " at the disk, the quota or the connection, and do it again."
        )


def _lost(is_copy: bool) -> str:
    return "it was not written; the project is as it was" if is_copy else "the last change was not saved"


class NoPassingFolderError(ProjectFileError):
    """The folder for what is passing, where copies are made to be read, cannot be used."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"There is no folder for files that are needed for a moment only ({detail}). Make room there, or name another"
            " one in the environment variable TMPDIR."
        )


class MovedProjectError(ProjectFileError):
    """The file that was opened does not lie under its name any more."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” was moved, deleted or replaced while it was open, so the last change was not saved. Everything up"
            " to it is still here: save a copy, and go on in that."
        )


class BusyError(ProjectFileError):
    """Another program was at work in the file for too long; nothing was read, or the change was rolled back."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Another program is at work in “{path}” just now, so what was asked for was not done. Do it again in a moment."
        )


class GaveWayError(ProjectFileError):
    """What read the file in another thread made way for a change, and has to begin anew."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” was changed while it was read. Do it again.")


class RestlessProjectError(ProjectFileError):
    """The file was changed so often that no copy of it became whole."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” was changed again and again while it was copied, so there is no copy. Do it again when nobody"
            " labels for a moment."
        )


class SilentFolderError(ProjectFileError):
    """The folder does not answer, so nothing was begun: one on a network whose other side hangs, or is away."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The folder “{folder}” does not answer, so nothing was changed. All that was stored is safe. Try again in a"
            " moment; a network drive may have to be connected again."
        )


class ExchangeError(AnnotatorError):
    """An export or import that cannot be done as asked."""


class StoppedError(ExchangeError):
    """The person stopped an export or import; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was written.")


class AgreementError(AnnotatorError):
    """Agreement that cannot be measured as asked."""


class FormatError(AnnotatorError):
    """A file of annotations that cannot be read: what is wrong, and in which line."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        where = f"“{path}”" if line is None else f"“{path}”, line {line}"
        self.path, self.line = path, line
        super().__init__(f"{where}: {message}")


def in_words(error: AnnotatorError | OSError) -> str:
    """Return an error as a sentence: ours is one, and the system says a word and a place."""
    if isinstance(error, AnnotatorError):
        return str(error)
    where = f"“{error.filename}”: " if error.filename else ""
    return f"The system refused: {where}{error.strerror or error}."
