"""Label claims, denials and attributions in news text: a window, the command ``annotator``, and this.

Everything that the window and the commands do is a verb of `Project`:

    from annotator import Project, Request, State

    with Project.create("study.annotator", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text("She never saw the report, the minister said.", "Leak")  # or files: project.add(["articles/"])
        article = project.article(project.find_article("Leak"))
        for name, words in (("Ana", "She never saw the report"), ("Ben", "never saw the report")):
            start = article.text.index(words)
            project.annotate(article.id, "denial", [(start, start + len(words))], annotator=name)
            project.set_state(article.id, name, State.DONE)

        for figure in project.agreement(Request(labels=("denial",))).figures:
            print(figure.measure, figure.label, figure.match, figure.value, figure.undefined)
        project.undo()  # any step, across articles and restarts
        project.export("study.jsonl")

Units, everywhere: offsets are Unicode code points of the article's text, half-open, as ``text[start:end]`` takes them; a
span is a list of such pairs, or a `Span`. Times are ISO 8601 in UTC. Shares and figures of agreement lie between 0 and 1
(chance-corrected ones may be below 0), and one that is undefined is None with the reason beside it, never 0.

An annotator is told by name or id, everything else by its id; what a verb hands back holds ids. What is refused raises a
subclass of `AnnotatorError`, whose text is a sentence for people, and leaves the project as it was.

``help(annotator.Project)`` lists the verbs; ``docs/python.md`` does so by what they are for.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "AnnotatorError": "annotator.model.errors",
    "Block": "annotator.model.article",
    "BlockKind": "annotator.model.article",
    "Cell": "annotator.model.adjudication",
    "Codebook": "annotator.model.codebook",
    "Metadatum": "annotator.model.article",
    "Options": "annotator.formats.format",
    "Outcome": "annotator.model.adjudication",
    "Project": "annotator.project.project",
    "Request": "annotator.project.request",
    "Scheme": "annotator.model.assigning",
    "Selection": "annotator.project.selecting",
    "Span": "annotator.model.span",
    "State": "annotator.model.article",
    "Taking": "annotator.formats.format",
    "Unit": "annotator.formats.format",
    "find_codebook": "annotator.project.templates",
    "write_codebook": "annotator.project.codebook_file",
}
__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - they are strings


def __getattr__(name: str) -> object:
    # When it is asked for: the command, the window and the processes that help counting start without the rest. By name, so
    # that no room is reached through this one past a wall; type checkers read `__init__.pyi`.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
