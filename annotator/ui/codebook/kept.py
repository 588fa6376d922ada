"""Unsaved changes to a codebook, kept beside the settings until they are saved or given up."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.model.codebook import Codebook
from annotator.model.draft import Draft
from annotator.model.errors import CodebookError

FOLDER = "drafts"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, and the revision from which it began."""

    base: Codebook
    draft: Draft


class KeptDrafts:
    """One file a project in a folder; without a folder nothing is kept.

    `problem` is a sentence when the last one could not be written or read.
    """

    def __init__(self, settings: Path | None) -> None:
        self._folder = settings.parent / FOLDER if settings else None
        self.problem = ""

    def load(self, project: str) -> Kept | None:
        """Return what was kept for a project, by its id; None when there is nothing."""
        path = self._path(project)
        if path is None or not path.is_file():
            return None
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            base = Codebook.from_dict(content["base"], revision=int(content["revision"]))
            return Kept(base, Draft.from_dict(content["draft"]))
        except (OSError, ValueError, TypeError, KeyError, CodebookError) as error:
            aside = path.with_suffix(".broken.json")
            with suppress(OSError):
                path.replace(aside)
            self.problem = f"Unsaved changes to the codebook could not be read ({error}). They are kept in “{aside}”."
            return None

    def keep(self, project: str, kept: Kept) -> None:
        """Keep a draft, whole or not at all, in place of the one before."""
        path = self._path(project)
        if path is None:
            return
        content = {"revision": kept.base.revision, "base": kept.base.to_dict(), "draft": kept.draft.to_dict()}
        beside = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            self.problem = f"Unsaved changes to the codebook could not be kept in “{path.parent}”: {error.strerror}."

    def forget(self, project: str) -> None:
        """Keep nothing for a project any more."""
        path = self._path(project)
        if path is not None:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                self.problem = f"“{path}” could not be taken away: {error.strerror}."

    def _path(self, project: str) -> Path | None:
        return self._folder / f"{project}.json" if self._folder else None
