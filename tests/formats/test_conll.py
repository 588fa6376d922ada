"""CoNLL-2003 and CoNLL-U: tokens, tags, and what foreign files hold."""

import pytest
from hypothesis import assume, given, settings

from annotator.formats.conll.tags import runs, tags
from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted, losses
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.span import Fragment, Span
from annotator.project.export import plan
from tests.formats.law import BOOK, PEOPLE, law, law_of_taking_in, projects

CHOICES = [
    Options(),
    Options(tokens="blanks", given={"scheme": "BIOES"}),
    Options(given={"layout": "flat"}),
]


def _are_apart(name, values, options):
    """Texts that differ in blanks alone are one text of tokens, and one article for who imports them."""
    project, records = values
    texts = [each.article.text for each in Fitted(WRITERS[name], project, records, options)]
    return len(set(texts)) == len(texts)


@pytest.mark.parametrize("options", CHOICES)
@settings(max_examples=60)
@given(values=projects())
def test_what_columns_hold_comes_back_equal(values, options):
    law("conll", values, options)


@pytest.mark.parametrize("options", CHOICES[:2])
@settings(max_examples=60)
@given(values=projects())
def test_what_conllu_holds_comes_back_equal(values, options):
    law("conllu", values, options)


@pytest.mark.parametrize("name", ["conll", "conllu"])
@settings(max_examples=10)
@given(values=projects())
def test_taking_it_in_twice_adds_nothing(values, name):
    assume(_are_apart(name, values, Options()))
    law_of_taking_in(name, values)


@settings(max_examples=40)
@given(values=projects())
def test_the_library_for_conllu_reads_what_is_written(values):
    conllu = pytest.importorskip("conllu")
    project, records = values
    writer = WRITERS["conllu"]
    fitted = list(Fitted(writer, project, records, Options()))
    by_id = {each.article.id: each.article.text for each in fitted}
    text = ""
    for file in writer.write(project, fitted, Options()):
        for sentence in conllu.parse(b"".join(file.parts).decode()):
            text = by_id.get(sentence.metadata.get("newdoc id"), text)
            assert [each["id"] for each in sentence] == list(range(1, len(sentence) + 1))
            for token in sentence:
                start, end = int(token["misc"]["start_char"]), int(token["misc"]["end_char"])
                assert text[start:end] == token["form"]
                assert token["misc"].get("SpacesAfter", " ")  # not one that ends in a no-break space either
            spaced = [(" " if (each["misc"].get("SpaceAfter") != "No") else "") for each in sentence]
            made = "".join(each["form"] + blank for each, blank in zip(sentence, spaced, strict=True))
            assert made.strip(" ") == sentence.metadata["text"].strip(" ")


@given(values=projects())
def test_what_is_lost_is_counted(values):
    project, records = values
    found = {loss.what.partition("|")[0]: loss.count for loss in losses(WRITERS["conllu"], project, records, Options())}
    several = sum(len(each.span.fragments) > 1 for record in records for each in record.annotations)
    links = sum(len(record.links) for record in records)
    assert found.get("discontinuous span", 0) == several
    equal = found.get("link that then equals another one, or leads to itself", 0)
    assert found.get("role of a frame", 0) + found.get("relation", 0) + equal == links
    assert found.get("note", 0) <= sum(bool(each.note) for record in records for each in record.annotations)


@pytest.mark.parametrize(
    ("found", "spans"),
    [
        ("I-a I-a O", [(0, 1, "a")]),
        ("I-a B-a I-b", [(0, 0, "a"), (1, 1, "a"), (2, 2, "b")]),
        ("S-a B-a I-a E-a I-a", [(0, 0, "a"), (1, 3, "a"), (4, 4, "a")]),
        ("B-a L-a U-a O", [(0, 1, "a"), (2, 2, "a")]),
        ("B-no-source I-no-source", [(0, 1, "no-source")]),
        ("B-no%20source", [(0, 0, "no source")]),
    ],
)
def test_every_scheme_is_understood(found, spans):
    assert list(runs(found.split())) == spans


@pytest.mark.parametrize("scheme", ["IOB2", "BIOES"])
def test_seqeval_finds_the_spans_that_were_tagged(scheme):
    labeling = pytest.importorskip("seqeval.metrics.sequence_labeling")
    tokens = [Fragment(place, place + 1) for place in range(9)]
    spans = [(Fragment(0, 1), "a"), (Fragment(1, 3), "a"), (Fragment(4, 7), "b"), (Fragment(8, 9), "a-b")]
    made = tags(tokens, spans, scheme)
    assert labeling.get_entities(made) == [("a", 0, 0), ("a", 1, 2), ("b", 4, 6), ("a-b", 8, 8)]


def _read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode())
    assert recognise(path) == name.partition(".")[2]
    return READERS[recognise(path)].read(path, Taking("Ana"))


def test_the_classic_file_has_its_labels_in_the_last_of_four_columns(tmp_path):
    reading = _read(
        tmp_path,
        "eng.conll",
        "-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP I-MISC\n\nPeter NNP B-NP I-PER\n",
    )
    (record,) = reading.records
    assert record.article.text == "EU rejects German\nPeter"
    found = [(each.label, *each.span.covered(record.article.text)) for each in record.annotations]
    assert found == [("ORG", "EU"), ("MISC", "German"), ("PER", "Peter")]
    assert not reading.problems


def test_a_broken_line_is_told_and_the_rest_is_taken(tmp_path):
    reading = _read(tmp_path, "a.conll", "-DOCSTART-\tO\n\nHe\tB-source\nlonely\n\nsaid\tB-cue\n")
    assert [(each.line, "tab" in each.message) for each in reading.problems] == [(4, True)]
    assert reading.records[0].article.text == "He\nsaid"


def test_words_of_one_token_and_empty_nodes_are_no_text_of_their_own(tmp_path):
    rows = [
        "# newdoc id = x",
        "1-2\tzum\t_\t_\t_\t_\t_\t_\t_\tTokenRange=2:5",
        "1\tzu\t_\t_\t_\t_\t_\t_\t_\tNER=B-place",
        "2\tdem\t_\t_\t_\t_\t_\t_\t_\tNER=I-place",
        "2.1\tleer\t_\t_\t_\t_\t_\t_\t_\t_",
        "3\tSee\t_\t_\t_\t_\t_\t_\t_\tNER=I-place|SpaceAfter=No",
        "4\t.\t_\t_\t_\t_\t_\t_\t_\t_",
        "",
        "1\tDa\t_\t_\t_\t_\t_\t_\t_\t_",
        "",
    ]
    reading = _read(tmp_path, "a.conllu", "\n".join(rows))
    (record,) = reading.records
    assert record.article.text == "  zum See.\nDa"
    assert [each.span.covered(record.article.text) for each in record.annotations] == [("zum See",)]


@pytest.mark.parametrize("name", ["conll", "webanno-tsv"])
def test_articles_that_differ_in_blanks_alone_are_written_and_told(name):
    texts = [" Ana  said so.", "\nAna  said so."] if name == "webanno-tsv" else ["Ana said so.", "Ana  said so."]
    records = [
        ArticleRecord(
            Article(f"x{n}", f"X{n}", text),
            (Annotation(f"a{n}", f"x{n}", "p-ana", label, Span.of((text.index("A"), text.index("A") + 3))),),
            (),
            (StateRecord("p-ana", "done", ""),),
        )
        for n, (text, label) in enumerate(zip(texts, ["claim", "denial"], strict=True))
    ]
    project = ProjectRecord("p", "P", PEOPLE[:1], (BOOK,))
    report = plan(name, project, records, Options())
    assert [loss.noun for loss in report.losses if "text of another" in loss.noun] == [
        "article that then has the text of another one"
    ]
    law(name, (project, records))


def test_packed_bytes_that_look_like_a_token_and_a_tag_are_no_table_of_tokens(tmp_path):
    (tmp_path / "x.spacy").write_bytes(b"x\x9c\xebZ^ B-\x96ZT\nthe\x00 O\n")
    assert recognise(tmp_path / "x.spacy") != "conll"
    (tmp_path / "x.conll").write_bytes(b"x B-claim\nthe O\n")
    assert recognise(tmp_path / "x.conll") == "conll"


def test_a_token_of_conllu_that_is_numbered_wrong_is_kept_or_told(tmp_path):
    end = "\t_" * 8
    rows = [f"0\tNobody{end}", f"1\tsaid{end}", f"0\tit{end}", f"{'9' * 5000}\tagain{end}", f"2\there{end}", ""]
    reading = _read(tmp_path, "a.conllu", "\n".join(rows))
    (record,) = reading.records
    assert record.article.text.split() == ["Nobody", "said", "it", "here"]
    (problem,) = reading.problems
    assert (problem.line, problem.message) == (4, "The number of the token, in the first column, is too long.")
