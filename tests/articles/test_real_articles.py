"""Two real articles, which lie beside a checkout of those who make this and nowhere else: each line as a reader types it.

They are quoted nowhere: lines are named by number and by a hash of their beginning.
"""

import hashlib
from pathlib import Path

import pytest

from annotator.articles.read import read_file
from annotator.articles.reading import NewArticle
from annotator.model.article import BlockKind as Kind

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "articles"
LONG, SHORT = FOLDER / "inside-irans-crackdown.txt", FOLDER / "norway-grants-asylum.txt"
PREFIXES = ["5d0ca322", "917dae44", "695e2027"]
pytestmark = pytest.mark.skipif(not LONG.exists(), reason="the two articles are not here")


def read(path: Path) -> NewArticle:
    (article,) = read_file(path).articles
    return article


def lines(article: NewArticle) -> dict[int, set[Kind]]:
    """Return the kinds in each line that is not blank, by number from 1."""
    found: dict[int, set[Kind]] = {}
    start = 0
    for number, line in enumerate(article.text.split("\n"), start=1):
        end = start + len(line)
        if line.strip():
            blocks = [each for each in article.blocks if each.start < end and each.end > start]
            left = len(line.strip()) - sum(min(each.end, end) - max(each.start, start) for each in blocks)
            found[number] = {each.kind for each in blocks} | ({Kind.BODY} if left > 1 else set())
        start = end + 1
    return found


def prefix(article: NewArticle, number: int) -> str:
    return hashlib.sha256(article.text.split("\n")[number - 1].strip()[:20].encode()).hexdigest()[:8]


def having(found: dict[int, set[Kind]], *kinds: Kind) -> list[int]:
    return [number for number, each in found.items() if each & set(kinds)]


def test_the_reposted_article() -> None:
    article = read(LONG)
    found = lines(article)
    assert [prefix(article, number) for number in (5, 23, 121)] == PREFIXES
    assert having(found, Kind.HEADLINE) == [5]
    assert having(found, Kind.SUBHEAD) == [14]
    assert having(found, Kind.BYLINE) == [16]
    assert having(found, Kind.DATELINE) == [19, 23]
    pictures = [21, 31, 53, 55, 59, 75, 77]
    assert having(found, Kind.CAPTION, Kind.CREDIT) == pictures
    body = having(found, Kind.BODY)
    assert len(body) == 43
    assert body == [number for number in range(23, 120, 2) if number not in pictures]
    assert having(found, Kind.COMMENT) == [123, 125]
    assert having(found, Kind.FURNITURE) == [1, 3, 7, 9, 10, 11, 12, 121, 127, 129]
    assert having(found, Kind.DUPLICATE) == []


def test_the_dates_of_the_reposted_article() -> None:
    known = {each.key: each.value for each in read(LONG).metadata}
    assert (known["date published"], known["date reposted"]) == ("2010-03-19", "2010-03-20")
    assert sorted(key for key in known if key.startswith("date ")) == ["date published", "date reposted"]


def test_the_article_that_was_stored_with_its_end_twice() -> None:
    article = read(SHORT)
    found = lines(article)
    assert having(found, Kind.DUPLICATE) == list(range(10, 18))
    assert having(found, Kind.BODY) == list(range(1, 10))
    assert having(found, Kind.DATELINE) == [1]
    assert {each.key: each.value for each in article.metadata}["agency"] == "Reuters"
