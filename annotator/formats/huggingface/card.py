"""The card of a data set: its YAML gives every column its type on load, its words say what is in it."""

import json
from collections.abc import Sequence

from annotator.formats.format import Options
from annotator.formats.giving.readme import wrapped
from annotator.formats.huggingface.features import Kind, yaml
from annotator.formats.record import ProjectRecord
from annotator.text.markdown import escaped


def card(project: ProjectRecord, columns: dict[str, Kind], files: Sequence[tuple[str, str]], options: Options) -> str:
    """Return ``README.md``. `files`: pairs of a part's name and its file."""
    head = ["---", f"pretty_name: {json.dumps(project.name, ensure_ascii=False)}", "task_categories:"]
    head += ["- token-classification", "dataset_info:", "  features:", *yaml(columns, "  ")]
    head += ["configs:", "- config_name: default", "  data_files:"]
    for part, name in files:
        head += [f"  - split: {part}", f"    path: {name}"]
    return "\n".join([*head, "---", "", *_words(project, columns, options)]) + "\n"


def _words(project: ProjectRecord, columns: dict[str, Kind], options: Options) -> list[str]:
    book = project.codebooks[-1] if project.codebooks else None
    found = [f"# {escaped(project.name) or 'Annotations'}", ""]
    found.append("A row is an article as one annotator labelled it; without annotator nobody has. Offsets are code")
    found.append("points of `text`, from 0, the end exclusive.")
    if "tokens" in columns:
        found += [f"Tokenisation: {options.tokens}, cut at the edges of spans.", ""]
    else:
        found.append(
            "A span of several `fragments` covers no more than these; a relation without `tail` says that what"
        )
        found += ["it would point at is not in the article. A `role` belongs to the frame at its `head`.", ""]
    for paragraph in options.about():
        found += [*wrapped(paragraph), ""]
    if book is not None:
        found.append(f"Codebook: {escaped(book.name)}, revision {book.revision}.")
        found.append("")
        found += [f"- `{each.id}`: {escaped(each.name)}" for each in book.labels]
        found.append("")
    found.append("Licence and languages: fill them in before you share the data.")
    return found
