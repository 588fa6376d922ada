"""The words that brat can take for the ids of a codebook, both ways, kept in a file beside the articles."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.formats.names import slugs
from annotator.formats.record import ProjectRecord
from annotator.model.codebook import Attribute, Codebook, Relation, Role
from annotator.model.errors import CodebookError

FILE = "annotator.json"
_FORMAT = "annotator-brat"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BratWords:
    """What brat's words stand for.

    Attributes:
        labels, roles, relations: brat's word to the codebook's id. A role's word never ends in a digit, because brat
            numbers repeated roles.
        values: brat's attribute and value (empty: a flag) to the codebook's.
        texts: the type of a ``#`` line to the id of an attribute: values that are no word stand there.
        absent: a flag to the id of the relation that has no target in the article.
        annotators: name of a folder to the annotator's.
        titles: name of a file to the article's title.
        codebook: the whole codebook, as its JSON; empty: none is known.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Pair, Pair] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    annotators: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    codebook: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether the files were written by this program, which escapes line ends in notes."""
        return bool(self.codebook)

    def to_json(self) -> str:
        """Return the content of the file."""
        content = {
            "format": _FORMAT,
            "version": 1,
            "what this is": "What brat's words stand for in Annotator. Leave it beside annotation.conf.",
            **{name: dict(getattr(self, name)) for name in _PLAIN},
            "values": [[*brat, *ours] for brat, ours in self.values.items()],
            "codebook": self.codebook,
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


_PLAIN = ("labels", "roles", "relations", "texts", "absent", "annotators", "titles")


def words_of(project: ProjectRecord, annotators: Mapping[str, str], titles: Mapping[str, str]) -> BratWords:
    """Return the words for everything in every revision of a project's codebook."""
    labels = slugs(each.id for book in project.codebooks for each in book.labels)
    relations = slugs(each.id for each in _parts(project, Relation))
    roles = _role_words(each.id for each in _parts(project, Role))
    attributes = {each.id: each for each in _parts(project, Attribute)}
    pairs = {each.id: _pairs(project, each) for each in attributes.values() if each.kind != "text"}
    # One name space for whatever stands in an A line: values of choices, flags, and what is not in the article.
    flags = slugs(
        [
            *pairs,
            *(f"{key}-{value}" for key, found in pairs.items() for _, value in found),
            *(f"{each}-absent" for each in relations),
        ]
    )
    values: dict[Pair, Pair] = {}
    for key, found in pairs.items():
        several = any(book_part.kind == "choices" for book_part in _parts(project, Attribute) if book_part.id == key)
        named = slugs(value for _, value in found)
        for name, value in found:
            if several:
                values[flags[f"{key}-{value}"], ""] = (name, value)
            elif attributes[key].kind == "flag":
                values[flags[key], ""] = (name, value)
            else:
                values[flags[key], named[value]] = (name, value)
    book = project.codebooks[-1] if project.codebooks else None
    return BratWords(
        labels={word: each for each, word in labels.items()},
        roles={word: each for each, word in roles.items()},
        relations={word: each for each, word in relations.items()},
        values=values,
        texts={word: each for each, word in slugs(attributes).items()},
        absent={flags[f"{each}-absent"]: each for each in relations},
        annotators=annotators,
        titles=titles,
        codebook=book.to_dict() if book else {},
    )


def _role_words(ids: Iterable[str]) -> dict[str, str]:
    """Return a word for each role, of which none ends in a digit, whatever its id ends in."""
    found = slugs(ids)
    taken = set(found.values())
    for each, word in found.items():
        while word[-1].isdigit() or (word != found[each] and word in taken):
            word += "_"  # noqa: PLW2901 - longer until nobody has it
        taken.add(word)
        found[each] = word
    return found


def _parts(project: ProjectRecord, kind: type[Attribute] | type[Role] | type[Relation]) -> list[Any]:
    group = {Attribute: "attributes", Role: "roles", Relation: "relations"}[kind]
    return [each for book in project.codebooks for each in getattr(book, group)]


def _pairs(project: ProjectRecord, attribute: Attribute) -> list[Pair]:
    if attribute.kind == "flag":
        return [(attribute.id, "yes")]
    every = [value.id for each in _parts(project, Attribute) if each.id == attribute.id for value in each.values]
    return [(attribute.id, value) for value in dict.fromkeys(every)]


def read_words(folder: Path) -> tuple[BratWords, Codebook | None]:
    """Return the words that a folder (or the one above it) brings, and its codebook; empty ones when it brings none."""
    for place in (folder, folder.parent):
        try:
            content = json.loads((place / FILE).read_bytes().decode("utf-8-sig"))
            if isinstance(content, dict) and content.get("format") == _FORMAT:
                return _words(content), Codebook.from_dict(content["codebook"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError, CodebookError):
            continue  # somebody else's, or damaged: the words of the files stand for themselves
    return BratWords(), None


def _words(content: Mapping[str, Any]) -> BratWords:
    plain = {name: {str(key): str(value) for key, value in dict(content[name]).items()} for name in _PLAIN}
    values = {(str(a), str(b)): (str(c), str(d)) for a, b, c, d in content["values"]}
    return BratWords(**plain, values=values, codebook=content["codebook"])
