"""What happened to one annotation."""

from annotator.model.changes import StepKind


def test_each_step_tells_what_stood_there_before_and_after(project):
    article = project.articles()[1].id
    made = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    project.set_attributes(made.id, [("kind", "number")])
    project.relabel(made.id, "denial")
    turns = project.history_of(made.id)
    assert [(each.before and each.before.label, each.after.label) for each in turns] == [
        (None, "claim"),
        ("claim", "claim"),
        ("claim", "denial"),
    ]
    assert turns[1].after.attributes == (("kind", "number"),)
    assert turns[2].after == project.annotation(made.id)
    assert turns[0].step.annotator == project.annotator("Ana").id
    assert turns[0].step.made_at <= turns[2].step.made_at


def test_what_is_deleted_and_undone_stays_in_its_history(project):
    article = project.articles()[1].id
    made = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    project.delete([made.id])
    assert [each.after is None for each in project.history_of(made.id)] == [False, True]
    project.undo()
    turns = project.history_of(made.id)
    assert turns[-1].step.kind is StepKind.UNDO
    assert (turns[-1].before, turns[-1].after) == (None, made)


def test_what_never_was_has_no_history(project):
    assert project.history_of("nobody") == []


def test_other_annotations_are_left_out(project):
    article = project.articles()[1].id
    made = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    project.annotate(article, "denial", [(0, 8)], annotator="Ana")
    assert len(project.history_of(made.id)) == 1
