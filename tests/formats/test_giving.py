"""What every writer stands on: the choice, the loss report, whole or not at all, and the comparison that can fail."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.format import Holds, Listen, Losses, Options, OutFile, Taking, Writer
from annotator.formats.giving.compare import compare, compared_while_read
from annotator.formats.giving.cut import without_blocks
from annotator.formats.giving.fit import fit, without_overlaps
from annotator.formats.giving.output import text_file, written
from annotator.formats.names import file_names, slugs
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.registry import READERS, WRITERS
from annotator.formats.tokens import TOKENISERS, covering, tokenise
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, Block, BlockKind, State
from annotator.model.errors import ExchangeError, StoppedError
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.export import give
from annotator.project.selecting import Selected, Selection
from tests.formats.law import BOOK, PEOPLE, projects, texts


@given(projects())
def test_what_fits_is_a_part_of_what_was_and_the_losses_add_up(values):
    project, records = values
    bare = Holds(
        overlap=False, frames=False, relations=False, attributes=False, notes=False, states=False, blocks=False
    )
    for record in records:
        losses = Losses()
        fitted = fit(bare, project, record, losses)
        counts = {loss.what: loss.count for loss in losses.found()}
        assert len(fitted.annotations) + counts.get("overlapping span", 0) == len(record.annotations)
        assert (fitted.links, fitted.article.blocks) == ((), ())
        # Who has finished it is known still, so that who found nothing there gets a file; it is told as lost all the same.
        assert fitted.states == tuple(each for each in record.states if State(each.state).is_finished)
        assert counts.get("relation", 0) + counts.get("role of a frame|roles of frames", 0) == len(record.links)
        assert fit(bare, project, fitted, again := Losses()) == fitted
        assert {loss.what for loss in again.found()} <= {"state of reading|states of reading"}


@given(projects())
def test_without_overlaps_the_longest_stay_and_nothing_more_would_fit(values):
    _, records = values
    for record in records:
        kept = without_overlaps(record.annotations, Losses(), "left out")
        for one in kept:
            assert not any(
                one.span.overlaps(other.span) for other in kept if other is not one and other.annotator == one.annotator
            )
        for gone in set(record.annotations) - set(kept):
            assert any(
                gone.span.overlaps(one.span) and one.span.size >= gone.span.size
                for one in kept
                if one.annotator == gone.annotator
            )


def changed(records, change):
    first = records[0]
    annotation = replace(first.annotations[0], **change(first.annotations[0]))
    return [replace(first, annotations=(annotation, *first.annotations[1:])), *records[1:]]


@pytest.mark.parametrize(
    "change",
    [
        lambda each: {"span": Span.of((each.span.start + 1, each.span.end + 1))},
        lambda each: {"label": "denial"},
        lambda each: {"note": "other"},
        lambda each: {"attributes": (("certainty", "possible"),)},
        lambda each: {"annotator": PEOPLE[1].id},
    ],
)
def test_the_comparison_sees_every_difference(change):
    article = Article("x", "Title", "Rain fell and fell.")
    made = tuple(Annotation(key, "x", PEOPLE[0].id, "claim", Span.of((n, n + 4))) for n, key in enumerate("ab"))
    record = ArticleRecord(article, made, (Link("l", "supports", "a", "b", PEOPLE[0].id),))
    project = ProjectRecord("", "P", PEOPLE, (BOOK,))
    same = Reading(project, (record,), ())
    assert compare(Holds(), project, [record], same).differences == ()
    other = Reading(project, tuple(changed([record], change)), ())
    assert compare(Holds(), project, [record], other).differences != ()
    without = Reading(project, (replace(record, links=()),), ())
    assert compare(Holds(), project, [record], without).differences != ()
    assert while_read(project, [record], same.records).compared == ("texts", "labels", "links", "articles")
    assert while_read(project, [record], other.records) is None
    assert while_read(project, [record], without.records) is None
    assert while_read(project, [record, replace(record, article=replace(article, text="No."))], same.records) is None


def while_read(project, records, found):
    def read(taking):
        for record in found:
            taking.each(record, project.names)
        return Reading(project, (), ())

    return compared_while_read(Holds(across=False, states=False), project, records, read, Taking())


def test_what_comes_back_exactly_is_compared_while_it_is_read(project, tmp_path):
    project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    values, records, _ = project.records()
    writer, reader = WRITERS["jsonl"], READERS["jsonl"]
    with written(writer.write(values, records, Options()), tmp_path / "out.jsonl") as draft:
        whole = reader.read(draft, Taking())
        handed = []
        assert reader.read(draft, Taking(each=lambda record, _names: handed.append(record))).records == ()
        assert tuple(handed) == whole.records == tuple(records)
        read = partial(reader.read, draft)
        assert compared_while_read(writer.holds, values, records, read, Taking()).compared == ("everything",)
        changed = replace(records[0], annotations=())
        for other in (records[:-1], [*records, records[0]], [changed, *records[1:]]):
            assert compared_while_read(writer.holds, values, other, read, Taking()) is None


def test_a_reader_forgets_what_it_has_handed_over(tmp_path):
    for number in range(3):
        (tmp_path / f"text{number}.txt").write_text(f"Ana said {number}.", "utf-8")
        (tmp_path / f"text{number}.ann").write_text(
            "T1\tclaim 0 3\tAna\nR1\tdenies Arg1:T1 Arg2:T2\nT2\tdenial 4 8\tsaid\n"
        )
    heard = []
    taking = Taking("Ana", each=lambda record, names: heard.append((record, dict(names))))
    reading = READERS["brat"].read(tmp_path, taking)
    assert reading.records == ()
    assert reading.problems == ()
    assert [len(record.annotations) for record, _ in heard] == [2, 2, 2]
    assert [len(record.links) for record, _ in heard] == [1, 1, 1]
    assert {name for _, names in heard for name in names.values()} == {"Ana"}
    whole = READERS["brat"].read(tmp_path, replace(taking, each=None))
    assert tuple(record for record, _ in heard) == whole.records


def test_a_writer_that_shifts_is_found_out_and_nothing_is_left(project, tmp_path, monkeypatch, files):
    article = project.articles()[0].id
    project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    doccano = WRITERS["doccano"]

    def shifting(values, records, options):
        for file in doccano.write(values, records, options):
            yield OutFile(file.name, (part.replace(b"[0, 8", b"[1, 9") for part in file.parts))

    monkeypatch.setitem(WRITERS, "doccano", replace(doccano, write=shifting))
    before = files()
    with pytest.raises(ExchangeError, match="reading it back gave something else: 1 label lost, 1 new"):
        project.export(tmp_path / "out", "doccano")
    assert files() == before


def test_an_extra_that_is_missing_is_named_before_anything_is_done(project, tmp_path, monkeypatch):
    monkeypatch.setitem(WRITERS, "rare", Writer("Rare", "", Holds(), WRITERS["brat"].write, needs="no_such_module"))
    with pytest.raises(ExchangeError, match="python3 -m pip install no_such_module"):
        project.export(tmp_path / "out", "rare")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("at", [1, 2, 3])
def test_whoever_stops_it_finds_nothing_written(project, tmp_path, files, at):
    asked = []
    before = files()
    with pytest.raises(StoppedError):
        project.export(tmp_path / "out", "brat", listen=Listen(cancelled=lambda: len(asked) >= at or asked.append(1)))
    assert files() == before


def test_files_are_put_in_place_whole_or_not_at_all(tmp_path):
    target = tmp_path / "out"

    def breaking():
        yield text_file("a.txt", ["new"])
        raise OSError(28, "No space left on device")

    with written([text_file("a.txt", ["old"]), text_file("b/c.txt", ["x"])], target):
        assert not target.exists()
    assert (target / "b" / "c.txt").read_text() == "x"
    with pytest.raises(OSError, match="No space"), written(breaking(), target):
        pass
    assert (target / "a.txt").read_text() == "old"
    with written([text_file("d.txt", ["new"])], target):
        pass
    assert [each.name for each in target.iterdir()] == ["d.txt"]
    with pytest.raises(OSError, match="there is a folder"), written([text_file("", ["x"])], target):
        pass
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    with pytest.raises(ValueError, match="cannot be named"), written([text_file("../evil", ["x"])], tmp_path / "x"):
        pass


@given(projects())
def test_left_out_blocks_are_cut_and_every_label_keeps_its_words(values):
    _, records = values
    for record in records:
        losses = Losses()
        cut = without_blocks(record, losses)
        kept = {each.id: each.span.covered(cut.article.text) for each in cut.annotations}
        gone = sum(loss.count for loss in losses.found() if loss.what.startswith("label"))
        assert len(kept) + gone == len(record.annotations)
        blocks = [each for each in record.article.blocks if not each.kind.is_labelled]
        for annotation in record.annotations:
            if any(block.start < annotation.span.end and annotation.span.start < block.end for block in blocks):
                continue
            words = "".join(annotation.span.covered(record.article.text))
            # What lay on both sides of line ends that went with a block has grown together.
            assert "".join(kept[annotation.id]).replace("\n", "") == words.replace("\n", "")


def test_a_caption_is_cut_with_its_line_end():
    text = "Head\n\nCaption here\n\nRain fell."
    blocks = (Block(BlockKind.HEADLINE, 0, 4), Block(BlockKind.CAPTION, 6, 18))
    made = tuple(
        Annotation(str(n), "x", "p", "claim", Span.of(pair)) for n, pair in enumerate([(0, 4), (6, 13), (20, 24)])
    )
    losses = Losses()
    cut = without_blocks(ArticleRecord(Article("x", "T", text, blocks), made), losses)
    assert cut.article.text == "Head\n\nRain fell."
    assert [each.span.covered(cut.article.text) for each in cut.annotations] == [("Head",), ("Rain",)]
    assert cut.article.blocks == (Block(BlockKind.HEADLINE, 0, 4),)
    assert [str(each) for each in losses.found()] == ["1 label in a block that is left out: left out"]


@given(projects(), st.sampled_from(PEOPLE), st.sampled_from(["claim", "denial"]))
def test_what_is_chosen_holds_together(values, person, label):
    _, records = values
    selected = list(Selected(records, Selection(annotators=frozenset({person.id}), labels=frozenset({label}))))
    inside = {each.id for record in selected for each in record.annotations}
    assert inside == {
        each.id
        for record in records
        for each in record.annotations
        if (each.annotator, each.label) == (person.id, label)
    }
    for record in selected:
        for link in record.links:
            assert link.origin_id in inside
            assert link.target is None or link.target in inside


@given(st.lists(st.text(max_size=12)))
def test_names_of_files_are_safe_and_none_is_used_twice(names):
    made = file_names(names)
    assert len({each.casefold() for each in made}) == len(names)
    for each in made:
        assert each
        assert not set(each) & set('<>:"/\\|?*\n\t')
        assert each.strip(". ") == each


@given(st.lists(st.text(max_size=8)))
def test_slugs_are_words_of_their_own(words):
    made = slugs(words)
    assert made.keys() == set(words)
    assert len(set(made.values())) == len(made)
    assert all(
        each and set(each) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
        for each in made.values()
    )


@pytest.mark.parametrize("name", TOKENISERS)
@given(text=texts, data=st.data())
def test_tokens_cover_what_is_no_blank_and_are_cut_at_edges(text, name, data):
    edges = data.draw(st.sets(st.integers(0, len(text)), max_size=6))
    tokens = tokenise(text, name, edges)
    assert "".join(text[start:end] for start, end in tokens) == "".join(text.split())
    assert not any(start < edge < end for start, end in tokens for edge in edges)
    whole = covering(text, name, starts=edges, ends=edges)
    assert "".join(text[start:end] + " " * ws for start, end, ws in whole) == text
    assert not any(start < edge < end for start, end, _ in whole for edge in edges)


def test_cells_that_a_spreadsheet_would_run_are_marked_and_come_back(tmp_path):
    text = "=1+1 said Anna\n-- she said"
    made = (Annotation("a", "x", PEOPLE[0].id, "claim", Span.of((0, 4)), note="'=x"),)
    record = ArticleRecord(Article("x", "@home", text), made)
    project = ProjectRecord("", "P", PEOPLE[:1], (BOOK,))
    give("csv", project, [record], tmp_path / "safe", options=Options(excel=True))
    content = (tmp_path / "safe" / "labels.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"'=1+1" in content
    assert b"''=x" in content
    assert b"'@home" in content
    give("csv", project, [record], tmp_path / "plain", options=Options())
    assert b"'@home" not in (tmp_path / "plain" / "labels.csv").read_bytes()
    reading = READERS["csv"].read(tmp_path / "safe", Taking())
    assert reading.records[0].annotations[0].note == "'=x"


def test_a_project_exports_itself_to_every_format_that_needs_nothing_more(project, tmp_path):
    article = project.articles()[0].id
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    denial = project.annotate(article, "denial", [(9, 15), (24, 30)], annotator="Ana")
    project.link("denies", denial.id, claim.id)
    for name, writer in WRITERS.items():
        if not writer.needs:
            report = project.export(tmp_path / f"{name}{writer.suffix}", name)
            assert report.articles == 2
            assert report.compared or name not in READERS


def test_records_are_read_from_the_file_while_they_are_written(tmp_path):
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        for number in range(5):
            project.add_text(f"Text {number}.")
        told = []
        project.export(tmp_path / "out.jsonl", listen=Listen(lambda *far: told.append(far)))
        assert (5, 5, "Text 4.") in told
