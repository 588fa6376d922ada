"""Files that are made, or happen, to do harm: each costs a sentence, and the rest is read."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.articles.read import UnreadableError, draft, read_file
from annotator.articles.source import LIMITS
from annotator.model.article import BlockKind
from tests.articles.pages import BODY, PERSIAN, page


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(**members: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def problem_of(path: Path, **limits: int) -> str:
    result = draft([path], {}, limits=replace(LIMITS, **limits))
    assert result.articles == ()
    (problem,) = result.problems
    assert problem.message.endswith(".")
    return problem.message


def test_a_zip_file_gives_its_articles_each_with_its_place(tmp_path: Path) -> None:
    inner = zipped(**{"deep/c.txt": "Deep words were said."})
    content = zipped(
        **{"a.txt": "Words were said.", "sub/b.html": page(), "x.jpg": b"\xff\xd8\xff", "empty.txt": b"", "inner.zip": inner,
           "__MACOSX/._a.txt": "x", ".hidden.txt": "x", "sub/b_files/ad.html": page("Advertisement")}
    )  # fmt: skip
    path = write(tmp_path, "all.zip", content)
    result = draft([path], {})
    assert [each.provenance.source for each in result.articles] == ["a.txt", "sub/b.html", "deep/c.txt"]
    assert [(each.where, each.message[:17]) for each in result.problems] == [(f"{path}/empty.txt", "The file is empty")]
    assert len(draft([path, path], {each.fingerprint: "t" for each in result.articles}).duplicates) == 3


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped(**{"a.txt": b"A" * 50_000_000, "good.txt": "Good words were said."})
    assert len(bomb) < 100_000
    result = draft([write(tmp_path, "bomb.zip", bomb)], {})
    assert [each.provenance.source for each in result.articles] == ["good.txt"]
    assert "unpacks to more than 200 times its size" in result.problems[0].message


def test_many_members_and_much_in_all_and_archives_in_archives(tmp_path: Path) -> None:
    many = write(tmp_path, "many.zip", zipped(**{f"{n}.txt": f"Words {n}" for n in range(60)}))
    assert "This archive has 60 files, and 50 are the most" in problem_of(many, members=50)
    much = write(tmp_path, "much.zip", zipped(**{f"{n}.txt": f"Words {n} " * 200 for n in range(5)}))
    result = draft([much], {}, limits=replace(LIMITS, unpacked=5000))
    assert len(result.articles) == 3
    (problem,) = result.problems
    assert "unpacks to more than" in problem.message
    nest = zipped(**{"a.txt": "Words were said."})
    for _ in range(3):
        nest = zipped(**{"n.zip": nest})
    assert "too deep in other archives" in problem_of(write(tmp_path, "nest.zip", nest))
    kept = draft([many], {}, limits=replace(LIMITS, articles=10))
    assert len(kept.articles) == 11
    assert "the first 11 articles were taken" in kept.problems[0].message


def test_damaged_encrypted_and_empty_archives(tmp_path: Path) -> None:
    content = zipped(**{"a.txt": "Words were said. " * 50})
    assert "damaged" in problem_of(write(tmp_path, "cut.zip", content[:-30]))
    assert "no articles in this archive" in problem_of(write(tmp_path, "none.zip", zipped(**{"x.jpg": b"x"})))
    wrong = bytearray(content)
    wrong[40:60] = bytes(20)
    assert "damaged" in problem_of(write(tmp_path, "wrong.zip", bytes(wrong)))
    locked = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert "encrypted" in problem_of(write(tmp_path, "locked.zip", bytes(locked)))


BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">{more}]>
<rss><channel><title>x</title><item><title>&z;</title><description>Words were said on Monday.</description></item></channel></rss>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB.format(more="".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghijk", "bcdefghijkz", strict=True))),
        BOMB.format(more='<!ENTITY z SYSTEM "file:///etc/passwd">'),
        BOMB.format(more='<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'),
    ],
)  # fmt: skip
def test_entities_of_an_xml_file_are_not_resolved(tmp_path: Path, content: str) -> None:
    assert "declares entities of its own" in problem_of(write(tmp_path, "a.rss", content))
    wide = problem_of(
        write(tmp_path, "b.rss", content.replace("<?xml version", '<?xml encoding="utf-16" version').encode("utf-16"))
    )
    assert "root:" not in wide


def test_xml_that_is_broken_or_nests_without_end(tmp_path: Path) -> None:
    assert "no sound XML" in problem_of(write(tmp_path, "a.rss", "<rss><channel><item></rss>"))
    deep = "<rss>" + "<a>" * 5000 + "</a>" * 5000 + "</rss>"
    assert "no sound XML" in problem_of(write(tmp_path, "b.rss", deep))


def test_a_page_of_fifty_megabytes(tmp_path: Path) -> None:
    path = write(tmp_path, "huge.html", b"<!DOCTYPE html><p>Words</p>" + b"<p>More words.</p>\n" * 2_700_000)
    assert problem_of(path).startswith("This has 51 MB, and an article may have 20 MB at most.")


def test_a_page_that_nests_deeply_is_read_or_refused_and_never_cut(tmp_path: Path) -> None:
    def deep(levels: int) -> str:
        return f"<html><body><h1>Title</h1>{'<div>' * levels}<p>{BODY[0]}</p>{'</div>' * levels}<p>{BODY[1]}</p></body></html>"

    for levels in (50, 400, 1500):
        (article,) = read_file(write(tmp_path, f"{levels}.html", deep(levels))).articles
        assert article.text.split("\n\n") == ["Title", BODY[0], BODY[1]]
    assert "nests deeper" in problem_of(write(tmp_path, "deep.html", deep(100_000)))


@pytest.mark.parametrize(
    "tag", ["<b>", "<font>", "<a href=x>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<span class='byline'>"]
)
def test_tags_that_are_never_closed(tmp_path: Path, tag: str) -> None:
    content = "<html><body>" + "".join(f"<p>{tag}{each}" for each in BODY * 20) + "</body></html>"
    path = write(tmp_path, "open.html", content)
    try:
        (article,) = read_file(path).articles
    except UnreadableError as error:
        assert "nests deeper" in str(error)  # noqa: PT017 - both ends are right, a cut text is not
    else:
        assert all(each in article.text for each in BODY)


def test_a_wrong_charset_and_bytes_of_no_encoding(tmp_path: Path) -> None:
    content = page(body=PERSIAN, charset="utf-8").encode() + b"<p>\xff\xfe\x00broken\x80</p>"
    (article,) = read_file(write(tmp_path, "a.html", content)).articles
    assert all(each in article.text for each in PERSIAN)
    assert "\0" not in article.text
    assert "broken place" in article.provenance.encoding


def test_a_picture_saved_in_a_page_is_no_text(tmp_path: Path) -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 300_000}">'
    (article,) = read_file(write(tmp_path, "a.html", page().replace("</h1>", "</h1>" + picture))).articles
    assert len(article.text) < 5000


HEAVY = {"lxml", "trafilatura", "warcio", "htmldate", "docx", "pypdfium2", "striprtf", "python_calamine", "pyarrow",
         "charset_normalizer"}  # fmt: skip


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("annotator.project", {*HEAVY, "subprocess", "annotator.articles.readers", "annotator.articles.crew"}),
        ("annotator.articles.readers", HEAVY),
    ],
)
def test_starting_loads_no_reader_and_the_readers_load_nothing_heavy(module: str, without: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert without & set(done.stdout.split()) == set()


def test_a_text_of_very_many_lines_is_read_without_proposals(tmp_path: Path) -> None:
    lines = "".join(f"By A B C for The D E F {number}\n" for number in range(25_000))
    (article,) = read_file(write(tmp_path, "a.txt", lines)).articles
    assert {each.kind for each in article.blocks} <= {BlockKind.HEADLINE}
    assert article.text == lines


def test_a_page_with_more_markup_than_any_page_has(tmp_path: Path) -> None:
    content = "<!DOCTYPE html>" + "<p>Words were said.</p>" * 400_000
    assert "This has 9 MB, and an article may have 8 MB at most." in problem_of(write(tmp_path, "a.html", content))
