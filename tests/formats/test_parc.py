"""PARC 3: attributions of words, with the text beside or without it."""

from annotator.formats.format import Taking
from annotator.formats.registry import READERS, recognise

RAW = '\n"It is so," said Ana Day, "now."\n\nHe agreed.\n'
ROLES = {
    "It": [("1", "content")],
    "is": [("1", "content")],
    "so": [("1", "content")],
    "said": [("1", "cue")],
    "Ana": [("1", "source"), ("2", "source")],
    "Day": [("1", "source")],
    "now": [("1", "content")],
    "agreed": [("2", "content")],
}


def _xml(words):
    at, rows = 0, []
    for number, word in enumerate(words):
        at = RAW.index(word, at)
        inside = "".join(
            f'<attribution id="wsj_{key}"><attributionRole roleValue="{role}"/></attribution>'
            for key, role in ROLES.get(word, [])
        )
        place = 0 if word in ('"', "He") and number in (0, 12) else number + 1
        text = word.replace('"', "&quot;")
        rows.append(f'<WORD ByteCount="{at},{at + len(word)}" sentenceWord="{place}" text="{text}">{inside}</WORD>')
        at += len(word)
    return f'<root><SENTENCE gorn="0">{"".join(rows)}</SENTENCE></root>'


WORDS = ['"', "It", "is", "so", ",", '"', "said", "Ana", "Day", ",", '"', "now", '."', "He", "agreed", "."]


def _found(reading):
    (record,) = reading.records
    text = record.article.text
    spans = {each.id: (each.label, *each.span.covered(text)) for each in record.annotations}
    return (
        text,
        sorted(spans.values()),
        sorted((each.kind, spans[each.origin_id], spans[each.target]) for each in record.links),
    )


def _write(tmp_path):
    path = tmp_path / "wsj_0001.xml"
    path.write_text(_xml(WORDS), "utf-8")
    return path


def test_attributions_lie_on_their_cues_and_have_roles(tmp_path):
    path = _write(tmp_path)
    path.with_suffix(".txt").write_text(RAW, "utf-8")
    assert recognise(path) == "parc3"
    reading = READERS["parc3"].read(path, Taking("PARC"))
    assert reading.problems == ()
    text, spans, links = _found(reading)
    assert text == RAW
    assert spans == [
        ("attribution", "agreed"),
        ("attribution", "said"),
        ("content", "It is so", "now"),
        ("content", "agreed"),
        ("source", "Ana"),
        ("source", "Ana Day"),
    ]
    assert ("source", ("attribution", "said"), ("source", "Ana Day")) in links
    assert len(links) == 4
    assert any("no cue" in each for each in reading.told)


def test_without_the_text_it_is_put_together_from_the_words(tmp_path):
    reading = READERS["parc3"].read(_write(tmp_path).parent, Taking("PARC"))
    text, spans, _ = _found(reading)
    assert text.split() == RAW.split()
    assert ("content", "It is so", "now") in spans


def test_words_without_a_place_are_told(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<root><WORD ByteCount="0,2" text="He"/><WORD text="x"/><WORD ByteCount="5,3" text="y"/></root>', "utf-8"
    )
    reading = READERS["parc3"].read(path, Taking("PARC"))
    assert len(reading.problems) == 2
    assert reading.records[0].article.text == "He"
