"""Make the project file of a schema that is to be released: ``python tests/data/make_schema.py``.

Run once when a version of the schema is released, and never again for that version: the file stands for those that
people have.
"""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from annotator.model.article import State
from annotator.model.assigning import Scheme
from annotator.project import Project
from annotator.store.database import count
from annotator.store.migrations import migrations

TEXT = "Aides said she knew 📰 of the report.\n\n“I never, ever saw it,” the minister said. 👨‍👩‍👧\n"


def main() -> None:
    """Write the file beside this one."""
    path = Path(__file__).with_name(f"schema-{count(migrations)}.annotator")
    path.unlink(missing_ok=True)
    with closing(Project.create(path, annotator="Ana", name="Released")) as project:
        ben = project.ensure_annotator("Ben").name
        project.add_text(TEXT, "Aides and minister")
        project.add_text("Rain fell.\n", "Weather")
        first, second = (head.id for head in project.articles())

        def mark(label: str, *words: str, annotator: str = "Ana", note: str = "") -> str:
            span = [(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]
            return project.annotate(first, label, span, annotator=annotator, note=note).id

        claim = mark("claim", "she knew 📰")
        denial = mark("denial", "never", "saw it", note="in two parts")
        mark("attribution", "said")
        project.link("denies", denial, claim)
        project.link("denies", mark("denial", "“I never, ever saw it,”", annotator=ben), None)
        project.delete([mark("claim", "the report", note="deleted")])
        project.set_attributes(claim, [("certainty", "certain")])
        project.save_codebook(replace(project.codebook, description="Another description."), "a better word")
        project.set_state(first, "Ana", State.DONE)
        project.set_state(second, "Ana", State.EMPTY)
        project.set_annotator("Ben", short="B", color="#1f8ef1", email="ben@example.org")
        project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2, repeats=0.5)))
        project.answer(project.ask(first, "A denial?", annotator="Ben", span=[(0, 5)]).id, "Yes.", annotator="Ana")


if __name__ == "__main__":
    main()
