"""What the columns of a table hold is proposed from their names and what stands in them."""

import pytest

from annotator.articles.columns import TEXT, day_first, known_names, language_tag, ordered, propose_columns


@pytest.mark.parametrize(
    ("names", "meanings"),
    [
        ("id,title,author,source,publishedAt,url,content", "database id,headline,byline,outlet,date published,url,text"),
        ("Nr,Überschrift,Autorin,Zeitung,Datum,Link,Volltext", "database id,headline,byline,outlet,date published,url,text"),
        ("ID,Titre,Auteur,Journal,Date de publication,Lien,Texte intégral",
         "database id,headline,byline,outlet,date published,url,text"),
        ("Título,Periodista,Medio,Fecha de publicación,Enlace,Cuerpo,Sección",
         "headline,byline,outlet,date published,url,text,section"),
        ("شناسه,عنوان,نویسنده,رسانه,تاریخ انتشار,پیوند,متن کامل,زبان",
         "database id,headline,byline,outlet,date published,url,text,language"),
        ("متن_خبر,تيتر,تاريخ", "text,headline,date published"),
        ("article_id,full_text,word_count,pub-date,updated_at,Lang",
         "database id,text,word count,date published,date updated,language"),
        ("data.text,data.meta.author,mood", "text,byline,mood"),
    ],
)  # fmt: skip
def test_names_in_five_languages(names: str, meanings: str) -> None:
    columns = names.split(",")
    assert list(propose_columns(columns).items()) == list(zip(columns, meanings.split(","), strict=True))


def test_a_meaning_is_given_once_but_for_bylines() -> None:
    proposed = propose_columns(["date", "publication date", "author", "reporter", "title", "headline"])
    assert proposed == {
        "date": "date",
        "publication date": "date published",
        "author": "byline",
        "reporter": "byline",
        "title": "title",
        "headline": "headline",
    }


def test_of_two_texts_the_fuller_one_is_it_and_a_number_is_none() -> None:
    rows = [["12", "The harbour was open on Friday. " * 9, "The harb…"]]
    assert propose_columns(["article", "content", "body"], rows)["content"] == TEXT
    assert propose_columns(["text", "content"], [["The harbour. " * 9, "The harbour. " * 12]])["text"] == TEXT


def test_without_a_name_the_longest_column_is_the_text_if_it_is_long() -> None:
    rows = [["a", "The harbour was open on Friday, said the minister. " * 3, "http://example.org/a"]]
    assert propose_columns(["x", "y", "z"], rows) == {"x": "x", "y": TEXT, "z": "z"}
    assert TEXT not in propose_columns(["x", "y"], [["a", "short"]]).values()


def test_dates_of_a_column_say_together_which_figure_is_the_day() -> None:
    assert day_first(["03/04/2010", "31/12/2010", "x"]) is True
    assert day_first(["03/04/2010", "12-31-2010"]) is False
    assert day_first(["03/04/2010"]) is None
    assert day_first(["31/12/2010", "12/31/2010"]) is None
    assert ordered("03/04/2010", is_day_first=True) == "2010-04-03"
    assert ordered("03/04/2010", is_day_first=False) == "2010-03-04"
    assert ordered("4 March 2010", is_day_first=True) == "4 March 2010"


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("en-GB", "en-GB"),
        ("EN", "en"),
        ("English", "en"),
        ("Français", "fr"),
        ("فارسی", "fa"),
        ("deu", "de"),
        ("??", ""),
        ("", ""),
    ],
)
def test_languages_by_tag_or_name(said: str, tag: str) -> None:
    assert language_tag(said) == tag


def test_known_names_tell_a_header() -> None:
    assert known_names(["Text", "Titel", "12"]) == 2
