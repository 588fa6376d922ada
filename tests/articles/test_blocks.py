"""What each paragraph of an article is proposed to be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.articles import shapes
from annotator.articles.blocks import type_paragraphs
from annotator.articles.read import draft_pasted
from annotator.model.article import BlockKind as Kind

# A blog that reposts a newspaper's article with everything around it, as copied from its page.
REPOST = """\
Owing to a lack of volunteers Quay Letters cannot bring new texts for the time being

Posts | Comments | /

Behind Ossen’s Closed Gates

Posted by gull on May 4th, 2021 and filed under Longer Reads, Pictures. You can follow any responses to this entry through the RSS 2.0. You can leave a response or trackback to this entry

Bookmark This!
Close Bookmark and Share This Page
  Link HTML:\u0020
 If you like this then please subscribe to the RSS Feed or .

Engineer Describes False Readings, Orders to Stay Silent

By Lena Ashby


May 3, 2021

Ivo Renn, who kept the gates of the reservoir for nine years, said he saw figures changed after the leak. He now lives in Marrowby. Tom Arden for The Marrowby Courier

MARROWBY—Ivo Renn always thought of himself as a quiet man: he read the gauges in the morning, wrote them into a book, and went home before dark.

That ended, Mr. Renn says in an interview, when he was told to copy a page of the book and to leave out one night in January.

Ivo Renn. Tom Arden for The Marrowby Courier

“I could not look at that page any longer. I could not put my name below figures that nobody had read,” Mr. Renn said.

The company denies it. A spokesman said that no page had been copied and that Mr. Renn had left of his own will.

Tom Arden for The Marrowby Courier

In his kitchen he said, ‘I could not put my name below figures that nobody had read.’

In February, one of Mr. Renn’s tasks was to show the book to the inspectors, who found nothing in it that surprised them.

In his kitchen he said, 'I could not put my name below figures that nobody had read.' Tom Arden for The Marrowby Courier

Mr. Renn said that two men had come to his door in March and had asked him whether he still had the other book.

When the gates were opened last spring, Mr. Renn said he was asked to stand aside. AFP/Getty Images

When the gates were opened last spring, Mr. Renn said he was asked to stand aside.

“I tell myself that somebody will read it one day,” he says. “At least they will find every night in it.”

—Mina Forde in Selwick and Oskar Wynn in Tolland contributed to this report.

1 Response for “Behind Ossen’s Closed Gates”

  1. Weekly round-up of the harbour, May 9th » | Other-Letters.example says:

    [...] the keeper of the gates has joined the row of those who have left the company since October, in protest at what they saw there, [...]

Leave a Reply

Log in | Copyright© 2020 All rights reserved."""

# A wire report that was stored with its second half twice.
TWICE = """\
MARROWBY (Reuters) -- The council has given shelter to a former keeper of the gates who left last month in protest, officials said today.
Ivo Renn left the company and moved away with his family after a page of the book had been copied in January.
Nine homes drank the water before the main was closed, which the company at first denied.
Renn is believed to be the first keeper to leave in protest against the company's orders.
"He and his family may stay here," said Rosa Lind, a spokeswoman for the council.
Ivo Renn left the company and moved away with his family after a page of the book had been copied in January.
Nine homes drank the water before the main was closed, which the company at first denied.
Renn is believed to be the first keeper to leave in protest against the company's orders.
"He and his family may stay here," said Rosa Lind, a spokeswoman for the council."""


def kinds_of(text: str) -> dict[int, list[str]]:
    """Return the kinds that each line has a stretch of, by its number from 1; body is what no block covers."""
    article = draft_pasted(text)
    found: dict[int, list[str]] = {}
    for line in re.finditer(r"[^\n]+", article.text):
        if not line[0].strip():
            continue
        number = article.text.count("\n", 0, line.start()) + 1
        blocks = [each for each in article.blocks if each.start < line.end() and each.end > line.start()]
        covered = sum(each.end - each.start for each in blocks)
        left = len(line[0].strip()) - covered
        found[number] = [each.kind.value for each in blocks] + (["body"] if left > 1 else [])
    return found


def lines_of(text: str, kind: str) -> list[str]:
    lines = text.split("\n")
    return [lines[number - 1].strip()[:24] for number, kinds in kinds_of(text).items() if kind in kinds]


def test_a_reposted_article_with_everything_around_it() -> None:
    assert lines_of(REPOST, "headline") == ["Behind Ossen’s Closed Ga"]
    assert lines_of(REPOST, "subhead") == ["Engineer Describes False"]
    assert lines_of(REPOST, "byline") == ["By Lena Ashby"]
    assert lines_of(REPOST, "dateline") == ["May 3, 2021", "MARROWBY—Ivo Renn always"]
    pictures = [number for number, kinds in kinds_of(REPOST).items() if {"caption", "credit"} & set(kinds)]
    assert len(pictures) == 7
    assert lines_of(REPOST, "comment") == ["1. Weekly round-up of th", "[...] the keeper of the "]
    assert lines_of(REPOST, "furniture") == [
        "Owing to a lack of volun",
        "Posts | Comments | /",
        "Posted by gull on May 4t",
        "Bookmark This!",
        "Close Bookmark and Share",
        "Link HTML:",
        "If you like this then pl",
        "1 Response for “Behind O",
        "Leave a Reply",
        "Log in | Copyright© 2020",
    ]
    assert len(lines_of(REPOST, "body")) == 8
    assert "duplicate" not in str(kinds_of(REPOST))


def test_of_three_dates_one_is_the_articles() -> None:
    article = draft_pasted(REPOST)
    known = {each.key: each for each in article.metadata}
    assert (known["date published"].value, known["date published"].original) == ("2021-05-03", "May 3, 2021")
    assert (known["date reposted"].value, known["date reposted"].original) == ("2021-05-04", "May 4th, 2021")
    assert known["reposted by"].value == "gull"
    assert known["byline"].value == "Lena Ashby"
    assert known["dateline"].value == "MARROWBY"
    assert known["contributors"].value == "Mina Forde in Selwick and Oskar Wynn in Tolland"
    assert [each.value for each in article.metadata if each.key == "credit"] == [
        "Tom Arden for The Marrowby Courier",
        "AFP/Getty Images",
    ]
    assert article.language == "en"


def test_what_is_stored_twice_is_a_duplicate_the_second_time() -> None:
    kinds = kinds_of(TWICE)
    assert kinds[1] == ["dateline", "body"]
    assert [kinds[number] for number in range(2, 6)] == [["body"]] * 4
    assert [kinds[number] for number in range(6, 10)] == [["duplicate"]] * 4
    known = {each.key: each.value for each in draft_pasted(TWICE).metadata}
    assert (known["agency"], known["dateline"]) == ("Reuters", "MARROWBY")
    assert "date published" not in known


def test_blocks_cover_whole_paragraphs_or_their_edges_and_move_nothing() -> None:
    article = draft_pasted(REPOST)
    assert article.text == REPOST
    ends = [0]
    for block in article.blocks:
        assert block.start >= ends[-1]
        assert not article.text[block.start].isspace()
        assert not article.text[block.end - 1].isspace()
        ends.append(block.end)
    credit = next(each for each in article.blocks if each.kind is Kind.CREDIT)
    assert article.text[credit.start : credit.end] == "Tom Arden for The Marrowby Courier"


def test_the_page_name_above_a_blog_is_not_its_headline() -> None:
    text = (
        "Harbour Notes\nHome · About · Walks · Archive\nWas the whole town drinking it?\n"
        "Posted by quaysider on March 15, 2024 · 2 comments\n"
        "The Courier ran a long talk with the inspector on Thursday. I repeat the part that matters here.\n"
    )
    assert lines_of(text, "headline") == ["Was the whole town drink"]
    assert draft_pasted(text).title == "Was the whole town drinking it?"
    assert {each.key: each.value for each in draft_pasted(text).metadata} == {
        "date published": "2024-03-15",
        "byline": "quaysider",
    }


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Damm hält\nVon Lena Ascher\n12. März 2024\n" + "Der Damm hat gehalten, sagte der Bürgermeister. " * 3, "byline", "Von Lena Ascher"),
        ("Damm hält\nVon Lena Ascher\n12. März 2024\n" + "Der Damm hat gehalten, sagte der Bürgermeister. " * 3, "dateline", "12. März 2024"),
        ("Le barrage tient\nPar Anne Roche\n" + "Le barrage a tenu, a dit le maire de la ville. " * 3, "byline", "Par Anne Roche"),
        ("La presa aguanta\nPor Ana Ruiz\n" + "La presa ha aguantado, dijo el alcalde de la ciudad. " * 3, "byline", "Por Ana Ruiz"),
        ("سد نشکست\nخبرگزاری کرانه، گروه اجتماعی\n" + "شهردار روز دوشنبه گفت که سد نشکسته است و مردم می‌توانند بازگردند. " * 2, "byline", "خبرگزاری کرانه، گروه اجت"),
    ],
)  # fmt: skip
def test_other_languages(text: str, kind: str, expected: str) -> None:
    assert lines_of(text, kind) == [expected]


def test_a_pull_quote_is_a_duplicate_of_the_paragraph_it_was_pulled_from() -> None:
    quote = "I could not put my name below figures that nobody had ever read"
    text = f"Headline of the day\n“{quote},” said Mr. Renn on Monday, and he put down his cup.\n“{quote}”\nHe denied it.\nHe denied it.\n"
    assert lines_of(text, "duplicate") == ["“I could not put my name"]


def test_a_short_line_between_long_paragraphs_is_a_subhead() -> None:
    text = (
        "Book was whole, company says\n"
        "The company denied on Monday that any page of the book had been copied or left out by anyone at all.\n"
        "The other book\n"
        "Ivo Renn, who kept the gates for nine years, says that there was a second one, and that he read it himself.\n"
        "“No,” he said\n"
        "Asked whether he would show it to the inspectors, he shook his head and looked out of the window instead.\n"
    )
    assert lines_of(text, "subhead") == ["The other book", "“No,” he said"]


def test_a_link_to_comments_in_the_middle_makes_no_comment_of_the_rest() -> None:
    body = [
        f"Paragraph {number} says that the water was clean and that nobody had drunk any of it." for number in range(8)
    ]
    text = "\n".join(["The water was clean", body[0], "Comments", *body[1:]])
    assert not lines_of(text, "comment")


def test_lines_of_a_wrapped_text_are_parts_of_paragraphs() -> None:
    text = (
        "The water was clean\n\n"
        "The company denied on Monday that any page of the book had been\n"
        "copied, and said that the keeper of the gates had left of his\n"
        "own will after nine years.\n\n"
        "By Monday evening the inspectors had read every page of the book\n"
        "By Lena\n"
        "and found that one night in January was missing, as the keeper\n"
        "had said.\n\n"
        "The company denied on Monday that any page of the book had been\n"
        "copied, and said that the keeper of the gates had left of his\n"
        "own will after nine years.\n"
    )
    article = draft_pasted(text)
    assert [each.kind for each in article.blocks] == [Kind.HEADLINE, Kind.DUPLICATE]


@pytest.mark.parametrize(
    "line",
    ["Bookmark This!", "Share · Print · E-mail", "Leave a Reply", "© 2009 All rights reserved", "Related stories", "* * *",
     "Advertisement", "Read also: Ten walks", "Log in | Register", "You can leave a response", "https://news.example/a"],
)  # fmt: skip
def test_furniture(line: str) -> None:
    assert shapes.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["He shared it.", "The copyright belongs to the town, the mayor said on Monday.", "More than 40 homes were hit.", "No.",
     "“We print what we know,” she said.", "Close to the harbour, two men waited for him.", "The 3/4 of them"],
)  # fmt: skip
def test_what_is_no_furniture(line: str) -> None:
    assert not shapes.is_furniture(line)


@pytest.mark.parametrize(
    ("line", "end"),
    [("OSSEN—The gate", 6), ("MARROWBY, March 12 (Northern Wire) - A former", 36), ("Berlin (dpa) - Der Damm", 14),
     ("PARIS (AFP) – Le maire", 13), ("NEW YORK, May 3 — The", 17), ("The mayor — who left — said", 0), ("WASHINGTON said no", 0),
     ("NATO-led troops left", 0), ("U.S. - based firms", 0)],
)  # fmt: skip
def test_datelines(line: str, end: int) -> None:
    assert shapes.dateline_end(line) == end


@pytest.mark.parametrize(
    ("line", "credit"),
    [("The gate house in May. Photo: quaysider", "Photo: quaysider"), ("The gate in May. (AP Photo/Jane Roe)", "(AP Photo/Jane Roe)"),
     ("Das Tor im Mai. Foto: dpa", "Foto: dpa"), ("The gate in May. Jane Roe/Getty Images", "Jane Roe/Getty Images"),
     ("He said so on Monday. She denied it.", ""), ("The mayor spoke. Reuters was told to leave.", "")],
)  # fmt: skip
def test_captions_end_in_a_credit(line: str, credit: str) -> None:
    place = shapes.split_caption(line)
    assert (line[place:] if place else "") == credit


@given(
    st.lists(st.text(min_size=1, max_size=300).map(lambda each: " ".join(each.split())).filter(bool), max_size=12),
    st.data(),
)
def test_every_paragraph_gets_one_kind_and_what_is_given_stays(paragraphs: list[str], data: st.DataObject) -> None:
    given_kinds = data.draw(
        st.lists(st.sampled_from([None, *Kind]), min_size=len(paragraphs), max_size=len(paragraphs))
    )
    kinds = type_paragraphs(paragraphs, given_kinds, None)
    assert len(kinds) == len(paragraphs)
    assert all(kind is known for kind, known in zip(kinds, given_kinds, strict=True) if known)


@pytest.mark.parametrize(
    "unit",
    [
        "A ",
        "Ab ",
        "a, ",
        "A. ",
        "A for The ",
        "(",
        "A and ",
        "/",
        "Photo ",
        "in A and ",
        "| ",
        "1. ",
        "A-",
        "OSLO ",
        "- ",
    ],
)
@pytest.mark.timeout(20)
def test_no_line_is_so_made_that_its_shape_takes_forever(unit: str) -> None:
    for length in (120, 220, 400, 900):
        line = (unit * length)[:length]
        for words in (line, f"{line}.", f"{line} contributed", f"{line}! x"):
            type_paragraphs([words, words + "x", "By " + words], [None] * 3, None)
            shapes.dateline_end(words)
            shapes.contributors(words)
