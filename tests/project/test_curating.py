"""Types of paragraphs, metadata and repeated paragraphs change in one step each; text, offsets and labels stay."""

import pytest

from annotator.model.article import Block, BlockKind, Metadatum
from annotator.model.errors import NotFoundError, RuleError
from annotator.project import Project
from annotator.project.blocks import left_out_runs, retyped, units

TEXT = "Minister denies leak\n\nROME — The minister said no.\n\nShare this\n\nFollow us\n\nA last word 👨‍👩‍👧 here.\n"
QUOTE = "The harbour will open again in the first week of May, the mayor told reporters."


def span(words, text=TEXT):
    return text.index(words), text.index(words) + len(words)


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as made:
        yield made


@pytest.fixture
def article(project):
    article = project.add_text(TEXT).added[0]
    project.set_blocks(article, [])
    return article


def test_a_caret_takes_its_paragraph_and_a_selection_all_it_touches():
    assert units(TEXT, (), *[TEXT.index("this")] * 2) == [span("Share this")]
    assert units(TEXT, (), TEXT.index("this"), TEXT.index("us")) == [span("Share this"), span("Follow us")]
    assert units("", (), 0, 0) == []


def test_a_part_with_a_type_of_its_own_is_changed_alone():
    dateline = Block(BlockKind.DATELINE, *span("ROME —"))
    changed = retyped(TEXT, (dateline,), TEXT.index("minister said"), TEXT.index("minister said"), BlockKind.CAPTION)
    assert changed == (dateline, Block(BlockKind.CAPTION, *span("The minister said no.")))
    assert retyped(TEXT, (dateline,), dateline.start, dateline.start, BlockKind.BODY) == ()


def test_a_paragraph_out_of_the_middle_parts_its_block():
    furniture = Block(BlockKind.FURNITURE, span("Share this")[0], span("A last word 👨‍👩‍👧 here.")[1])
    assert retyped(TEXT, (furniture,), *span("Follow"), BlockKind.BODY) == (
        Block(BlockKind.FURNITURE, *span("Share this")),
        Block(BlockKind.FURNITURE, *span("A last word 👨‍👩‍👧 here.")),
    )


def test_neighbours_of_one_type_are_one_run():
    blocks = [Block(BlockKind.FURNITURE, *span(each)) for each in ("Share this", "Follow us")]
    assert left_out_runs(TEXT, blocks) == [Block(BlockKind.FURNITURE, span("Share this")[0], span("Follow us")[1])]


def test_a_type_changes_in_one_step_and_labels_stay(project, article):
    label = project.annotate(article, "claim", [span("last word 👨‍👩‍👧")], annotator="Ana")
    done = project.set_block_kind(article, *span("A last"), BlockKind.COMMENT)
    assert done.labels == 1
    assert project.article(article).blocks == (Block(BlockKind.COMMENT, *span("A last word 👨‍👩‍👧 here.")),)
    assert [each.id for each in project.annotations(article)] == [label.id]
    assert project.undo().title == "Mark as comment in “Minister denies leak”"
    assert project.article(article).blocks == ()
    project.redo()
    assert project.article(article).blocks[0].kind is BlockKind.COMMENT
    assert project.check() == []


def test_changing_nothing_is_no_step(project, article):
    before = len(project.steps())
    project.set_block_kind(article, 0, 0, BlockKind.BODY)
    project.set_metadata(article, project.article(article).metadata)
    assert len(project.steps()) == before


@pytest.mark.parametrize("blocks", [[(0, 4), (3, 9)], [(5, 5)], [(0, 10_000)]])
def test_blocks_that_cannot_be_are_refused(project, article, blocks):
    with pytest.raises(RuleError):
        project.set_blocks(article, [Block(BlockKind.CAPTION, *each) for each in blocks])
    with pytest.raises(NotFoundError):
        project.set_block_kind("nowhere", 0, 0, BlockKind.BODY)


def test_metadata_language_and_direction_change_and_come_back(project, article):
    old = project.article(article)
    project.set_metadata(
        article, [Metadatum("Outlet", " The Gazette "), Metadatum("", "x"), Metadatum("date published", "2010-03")]
    )
    project.set_language(article, "fa", "rtl")
    new, head = project.article(article), project.articles()[0]
    assert new.metadata == (Metadatum("outlet", "The Gazette"), Metadatum("date published", "2010-03"))
    assert (new.language, new.direction, new.text) == ("fa", "rtl", TEXT)
    assert (head.outlet, head.date) == ("The Gazette", "2010-03")
    with pytest.raises(RuleError):
        project.set_language(article, "fa", "up")
    project.undo()
    project.undo()
    assert project.article(article) == old


def test_repeated_paragraphs_are_left_out_in_one_step(project):
    own = f"Harbour\n\n{QUOTE}\n\nShips came in from the north all day.\n\n“{QUOTE.upper()}”\n"
    article = project.add_text(own).added[0]
    project.set_blocks(article, [])
    done = project.leave_out_copies()
    assert (done.articles, done.paragraphs) == (1, 1)
    (block,) = project.article(article).blocks
    assert block.kind is BlockKind.DUPLICATE
    assert block.start == own.index(QUOTE.upper()) - 1
    assert project.leave_out_copies().paragraphs == 0
    project.undo()
    assert project.article(article).blocks == ()


def test_wire_copy_is_left_out_and_another_report_is_not(project):
    sentences = [
        f"In the town of number {n}, the council voted {n * 7} times on the bridge over river {n * 3}."
        for n in range(9)
    ]
    wire = "\n\n".join(sentences)
    first = project.add_text(f"Bridge vote\n\n{wire}\n").added[0]
    copy = project.add_text(
        f"Councils vote on bridges\n\n{wire}\n\nOur reporter adds that the mayor was absent all day.\n"
    ).added[0]
    other = project.add_text(
        f"The bridge\n\n{sentences[0]}\n\n" + "Nobody here wants a bridge, said a farmer in his field. " * 8
    ).added[0]
    for each in (first, copy, other):
        project.set_blocks(each, [])
    project.leave_out_copies()
    assert project.article(first).blocks == project.article(other).blocks == ()
    assert {block.kind for block in project.article(copy).blocks} == {BlockKind.DUPLICATE}
    covered = [project.article(copy).text[block.start : block.end] for block in project.article(copy).blocks]
    assert covered == sentences
