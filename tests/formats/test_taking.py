"""What every reader stands on: ways of counting, quotes, regions that continue, words found in the project's codebook."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.format import Listen, Taking, Unit
from annotator.formats.record import Reading, Words
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.gather import gather
from annotator.formats.taking.regions import joined
from annotator.formats.taking.units import Counting, Places, find_counting, nearest
from annotator.model.article import State
from annotator.model.errors import ExchangeError, StoppedError
from annotator.project import Project
from annotator.project.adopt import adopt
from annotator.text.offsets import OffsetMap
from tests.formats.law import BOOK, PIECES

WAYS = [
    Counting(unit, inclusive, line_end, first)
    for unit in Unit
    for inclusive in (False, True)
    for line_end in ("as it is", "one", "two")
    for first in (0, 1)
]
texts = (
    st.lists(st.sampled_from([*PIECES, "\r\n"]), min_size=3, max_size=30).map("".join).map(lambda text: text + "end")
)


def counted(text, start, end, way):
    """Offsets of a stretch, counted in a way."""
    match way.line_end:
        case "one":
            before, within = text[:start].replace("\r\n", "\n"), text[:end].replace("\r\n", "\n")
        case "two":
            before, within = text[:start].replace("\n", "\r\n"), text[:end].replace("\n", "\r\n")
        case _:
            before, within = text[:start], text[:end]
    sizes = {
        Unit.CODE_POINTS: len,
        Unit.UTF16: lambda words: OffsetMap(words).utf16_length,
        Unit.BYTES: lambda words: len(words.encode()),
    }
    size = sizes[way.unit]
    return size(before) + way.first, size(within) + way.first - way.inclusive


@given(texts, st.sampled_from(WAYS), st.data())
def test_every_way_of_counting_leads_to_the_same_characters(text, way, data):
    if way.line_end == "two":
        text = text.replace("\r\n", "\n")
    places = [n for n, letter in enumerate(text) if letter not in "\r\n"]
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([place for place in places if place >= start])) + 1
    found = Places(text).ranges((counted(text, start, end, way),), way)
    if way.inclusive and way.unit is not Unit.CODE_POINTS and not text[end - 1].isascii():
        return  # the last unit of a character, and one past it is the character's end only for some
    assert found == ((start, end),)


@given(texts, st.sampled_from(WAYS), st.data())
def test_the_way_that_fits_all_quotes_is_found(text, way, data):
    if way.line_end == "two":
        text = text.replace("\r\n", "\n")
    places = [n for n, letter in enumerate(text) if letter not in "\r\n"]
    items = []
    for number in range(3):
        start = data.draw(st.sampled_from(places))
        end = data.draw(st.sampled_from([place for place in places if place >= start][:9])) + 1
        at = counted(text, start, end, way)
        if at[0] < at[1] or way.inclusive:
            items.append(Item(str(number), "x", (at,), (text[start:end],)))
    found = find_counting(text, items, Counting(), is_free=True)
    for item in items:
        ranges = Places(text).ranges(item.ranges, found)
        if ranges is not None:  # equal words may be found in another way than the one meant
            (covered,) = ranges
            assert text[slice(*covered)].split() == item.quotes[0].split()


def test_a_quote_goes_to_the_nearest_place_only_when_that_is_clear():
    assert nearest("rain and snow", "snow", 0) == (9, 13)
    assert nearest("rain snow rain", "rain", 1) == (0, 4)
    assert nearest("rain snow rain", "rain", 5) is None
    assert nearest("rain", "hail", 0) is None


def test_regions_that_continue_each_other_become_one():
    items = [Item(key, "x", ((n, n + 1),), (key,)) for n, key in enumerate("abc")] + [Item("d", "y", ((9, 10),))]
    ties = [Tie("continues", "a", "b"), Tie("continues", "b", "c"), Tie("continues", "c", "a"), Tie("says", "d", "c")]
    made, left = joined(items, ties, "continues")
    assert [(item.key, item.ranges, item.quotes) for item in made] == [
        ("a", ((0, 1), (1, 2), (2, 3)), ("a", "b", "c")),
        ("d", ((9, 10),), ()),
    ]
    assert [(tie.kind, tie.origin, tie.target) for tie in left] == [("continues", "a", "a"), ("says", "d", "a")]


def gathered(*documents, **taking):
    return gather(documents, Path("in"), Taking(**{"annotator": "Ana", **taking}), importer="test")


def test_documents_with_one_text_are_one_article():
    one = Document(Path("a"), "a", "Rain fell.\r\n", (Item("1", "Claim", ((0, 4),)),), annotator="Ana")
    two = replace(one, text="Rain fell.\n", annotator="Ben", state=State.IN_PROGRESS)
    reading = gathered(one, two)
    (record,) = reading.records
    assert len(record.annotations) == 2
    assert [each.state for each in sorted(record.states, key=lambda each: reading.project.names[each.annotator])] == [
        "done",
        "in progress",
    ]
    assert gathered(one, two) == reading


def test_two_labels_on_the_same_words_become_one_with_all_links():
    items = [Item(key, label, ((0, 4),)) for key, label in (("1", "Cue"), ("2", "Cue"), ("3", "Content"))]
    reading = gathered(Document(Path("a"), "a", "Rain fell.", tuple(items), (Tie("says", "2", "3"),)))
    (record,) = reading.records
    assert (len(record.annotations), len(record.links), reading.problems) == (2, 1, ())
    assert "taken for one" in reading.told[0]
    items[1] = replace(items[1], note="another")
    reading = gathered(Document(Path("a"), "a", "Rain fell.", tuple(items)))
    assert "stands twice on the same words" in str(reading.problems[0])


def test_whoever_waits_may_stop():
    document = Document(Path("a"), "a", "Rain fell.")
    told = []
    gathered(document, document, listen=Listen(lambda *far: told.append(far)))
    assert told == [(1, 0, "a"), (2, 0, "a")]
    with pytest.raises(StoppedError):
        gathered(document, listen=Listen(cancelled=lambda: True))


def foreign():
    items = (
        Item("1", "CLAIM", ((0, 4),), attributes=(("Certainty", "Certain"), ("mood", "calm"))),
        Item("2", "denial", ((5, 9),), attributes=(("urgent", "yes"),)),
        Item("3", "Attribution", ((0, 2),)),
        Item("4", "Cue", ((3, 4),)),
    )
    ties = (Tie("denies", "2", "1"), Tie("Source", "3", "4", is_role=True), Tie("same source", "1", "4"))
    return gathered(Document(Path("a"), "a", "Rain fell.", items, ties))


def test_words_are_found_in_the_codebook_or_added_to_it():
    adopted = adopt(BOOK, foreign(), {})
    (record,) = adopted.records
    labels = {each.span.start: each for each in record.annotations}
    assert {each.label for each in record.annotations} == {"claim", "denial", "attribution", "Cue"}
    claim = next(each for each in record.annotations if each.label == "claim")
    assert claim.attributes == (("certainty", "certain"), ("mood", "calm"))
    assert {each.kind for each in record.links} == {"denies", "source", "same-source"}
    assert adopted.codebook.attributes_of("denial")[-1].kind == "flag"
    assert set(adopted.added) == {
        "the label “Cue”",
        "the attribute “mood”",
        "the attribute “urgent”",
        "“Cue” as “source” of “Attribution”",
        "other ends for the relation “same source”",
    }
    assert labels


def test_adopting_again_adds_nothing_and_undo_takes_all_back(tmp_path):
    with Project.create(tmp_path / "p") as project:
        before = project.codebook
        report = project.take_in(foreign(), "in")
        assert (report.problems, report.annotations, report.links) == ((), 4, 3)
        assert project.codebook.revision == 2
        assert project.check() == []
        assert project.take_in(foreign(), "in").annotations == 0
        assert project.codebook.revision == 2
        project.undo()
        assert (project.codebook, project.articles()) == (before, [])


def test_what_the_person_maps_wins(tmp_path):
    adopted = adopt(BOOK, foreign(), {"Cue": "source", "CLAIM": "content"})
    assert {each.label for each in adopted.records[0].annotations} == {"content", "denial", "attribution", "source"}
    with pytest.raises(ExchangeError, match="no such label"):
        adopt(BOOK, foreign(), {"Cue": "rumour"})


def test_a_reading_of_nothing_is_refused(tmp_path):
    with Project.create(tmp_path / "p") as project:
        assert project.take_in(Reading(None, (), (), (), Words.MET)).refused
