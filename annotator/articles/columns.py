"""Propose what the columns of a table hold, by their names and what stands in them. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

TEXT = "text"
"""The meaning of the column that holds the articles' texts. Other meanings are the keys of `metadata.KEYS`."""
LANGUAGE = "language"
LEFT_OUT = ""
"""The meaning of a column that nothing is made of."""
_LONG = 100
"""Code points on average from which on a column without a known name may hold texts."""
_NAME = 80
_SEVERAL = frozenset({"byline", "credit"})

# English, German, French, Spanish, Persian; folded as `_folded` does. What stands first counts most.
_NAMES: dict[str, str] = {
    TEXT: "text|full text|fulltext|body|body text|article text|article body|main text|maintext|content|article content"
    "|article|story text|volltext|artikeltext|fliesstext|inhalt|artikel|haupttext|texte integral|texte|corps|corps du "
    "texte|contenu|texte de l article|texto completo|texto|cuerpo|cuerpo del texto|contenido|articulo|متن کامل|متن خبر"
    "|متن|متن مقاله|محتوا|بدنه",
    "headline": "headline|title|article title|heading|hed|titel|uberschrift|ueberschrift|schlagzeile|titre|gros titre"
    "|titre de l article|titular|titulo|encabezado|عنوان|تیتر|عنوان خبر|سرتیتر",
    "subhead": "subtitle|sub title|subhead|subheadline|sub headline|deck|dek|standfirst|untertitel|unterzeile|vorspann"
    "|dachzeile|sous titre|chapo|chapeau|subtitulo|bajada|entradilla|زیرعنوان|روتیتر|زیرتیتر|لید",
    "byline": "byline|author|authors|author name|by|writer|journalist|reporter|creator|autor|autorin|autoren|verfasser"
    "|auteur|auteurs|journaliste|signature|autora|autores|periodista|firma|نویسنده|نویسندگان|خبرنگار|گزارشگر",
    "outlet": "outlet|newspaper|publication|publication title|source|source name|source title|media|media name|media "
    "outlet|medium|publisher|journal|site|sitename|site name|website|zeitung|quelle|publikation|medienname|journal "
    "source|titre de presse|medio|fuente|periodico|diario|publicacion|رسانه|منبع|روزنامه|خبرگزاری|نام رسانه",
    "date published": "date published|publication date|published date|publish date|pub date|pubdate|published|published "
    "at|published on|date|datetime|date time|created at|timestamp|day|erscheinungsdatum|veroffentlichungsdatum"
    "|veroeffentlichungsdatum|veroffentlicht|veroffentlicht am|datum|date de publication|date de parution|publie le"
    "|fecha de publicacion|fecha publicacion|publicado|fecha|تاریخ انتشار|تاریخ|تاریخ خبر",
    "date updated": "date updated|date modified|updated|updated at|modified|modified at|last modified|last updated"
    "|aktualisiert|aktualisiert am|geandert|mis a jour|mise a jour|date de mise a jour|actualizado|fecha de actualizacion"
    "|به روزرسانی|تاریخ به روزرسانی|تاریخ ویرایش",
    "date accessed": "date accessed|accessed|access date|retrieved|retrieved at|date retrieved|scraped at|date scraped"
    "|crawled at|crawl date|date crawled|download date|date download|abgerufen|abgerufen am|consulte le|consultado"
    "|تاریخ دسترسی|تاریخ دریافت",
    "url": "url|link|uri|permalink|web url|article url|source url|weburl|href|adresse|lien|enlace|direccion|پیوند|لینک"
    "|نشانی|آدرس",
    "canonical url": "canonical url|canonical link|canonical",
    LANGUAGE: "language|lang|article language|sprache|langue|idioma|lengua|زبان",
    "database id": "article id|doc id|document id|accession number|accession no|id|uid|guid|uuid|identifier|key|nr|no"
    "|artikel id|dokument id|kennung|identifiant|id article|identificador|id articulo|شناسه|کد خبر",
    "section": "section|category|section name|desk|rubric|ressort|rubrik|kategorie|rubrique|categorie|seccion|categoria"
    "|بخش|دسته|سرویس|گروه",
    "edition": "edition|ausgabe|edicion|نسخه|ویرایش",
    "page": "page|pages|page number|start page|seite|seiten|pagina|paginas|صفحه",
    "dateline": "dateline|place|location|city|ort|lieu|lugar|مکان|محل",
    "agency": "agency|news agency|wire|wire service|agentur|nachrichtenagentur|agence|agencia",
    "credit": "credit|credits|credit line|bildnachweis",
    "word count": "word count|wordcount|words|number of words|length|wortzahl|worter|anzahl worter|lange|laenge|nombre "
    "de mots|mots|longueur|numero de palabras|palabras|longitud|تعداد کلمات|تعداد واژه",
    "article type": "article type|type|document type|doc type|genre|artikeltyp|textsorte|type d article|tipo|tipo de "
    "articulo|نوع|قالب",
    "rights": "rights|copyright|license|licence|lizenz|droits|derechos|حق نشر",
    "story": "story|story id|event|event id|cluster|ereignis|evenement|evento|رویداد",
    "copy of": "copy of|duplicate of",
}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[^\w]+|_+")
_FIGURES = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")


def _folded(name: str) -> str:
    """Return a name without case, accents, and marks between its words."""
    spaced = _CAMEL.sub(" ", name.strip().lstrip("\ufeff"))
    plain = unicodedata.normalize("NFKD", spaced.casefold().replace("ي", "ی").replace("ك", "ک").replace("\u200c", " "))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", bare).strip()


_MEANINGS: dict[str, tuple[str, int]] = {}
for _meaning, _names in _NAMES.items():
    for _rank, _name in enumerate(_names.split("|")):
        _MEANINGS.setdefault(_folded(_name), (_meaning, _rank))


def propose_columns(names: Sequence[str], samples: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """Return what each column holds: `TEXT`, a key of `metadata.KEYS`, `LANGUAGE`, or its own name as a key.

    Args:
        names: of the columns, each different.
        samples: some rows, cells in the order of `names`; they decide where two columns may be the text, or none.
    """
    lengths = [_length(place, samples) for place in range(len(names))]
    claims = [(*claim, place) for place, name in enumerate(names) if (claim := _claim(name))]
    found: dict[int, str] = {}
    text = _text_column(claims, lengths, has_samples=bool(samples))
    if text is not None:
        found[text] = TEXT
    for meaning, _, place in sorted(claims, key=lambda claim: (claim[1], claim[2])):
        if meaning != TEXT and place not in found and (meaning in _SEVERAL or meaning not in found.values()):
            found[place] = meaning
    return {name: found.get(place, own_key(name)) for place, name in enumerate(names)}


def known_names(names: Iterable[str]) -> int:
    """Return how many of the names are known: a row of which none is may be no header."""
    return sum(_claim(name) is not None for name in names)


def own_key(name: str) -> str:
    """Return the metadata key that a column of unknown meaning gets: its own name, in lower case, on one line."""
    return " ".join(name.lower().split())[:_NAME]


def day_first(dates: Iterable[str]) -> bool | None:
    """Return whether dates in figures (31/12/2010) name the day first; None where they do not tell.

    One date alone may not tell, but all dates of a column are written alike.
    """
    first = second = False
    for date in dates:
        found = _FIGURES.match(date)
        if found:
            first = first or int(found[1]) > 12
            second = second or int(found[2]) > 12
    return None if first == second else first


def ordered(date: str, *, is_day_first: bool | None) -> str:
    """Return a date in figures as ISO 8601 where the order is known, any other as it is."""
    found = _FIGURES.match(date)
    if not found or is_day_first is None:
        return date
    day, month = (found[1], found[2]) if is_day_first else (found[2], found[1])
    return f"{found[3]}-{int(month):02}-{int(day):02}"


def language_tag(value: str) -> str:
    """Return a BCP 47 tag for what stands in a column of languages (``en-GB``, ``English``, ``Deutsch``), or nothing."""
    plain = value.strip().replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", plain) and plain.lower() not in _LANGUAGES:
        head, *rest = plain.split("-")
        return "-".join((_THREE.get(head.lower(), head.lower()), *rest))
    return _LANGUAGES.get(_folded(value), "")


_THREE = {"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "fas": "fa", "per": "fa",
          "ara": "ar", "rus": "ru", "ita": "it", "por": "pt", "nld": "nl", "tur": "tr", "zho": "zh", "jpn": "ja"}  # fmt: skip
_LANGUAGES = {
    name: tag
    for tag, names in {
        "en": "english|englisch|anglais|ingles|انگلیسی",
        "de": "german|deutsch|allemand|aleman|آلمانی",
        "fr": "french|franzosisch|francais|frances|فرانسوی|فرانسه",
        "es": "spanish|spanisch|espagnol|espanol|castellano|اسپانیایی",
        "fa": "persian|farsi|persisch|persan|persa|فارسی|پارسی",
        "ar": "arabic|arabisch|arabe|عربی|العربیه",
        "ru": "russian|russisch|russe|ruso",
        "it": "italian|italienisch|italien|italiano",
        "pt": "portuguese|portugiesisch|portugais|portugues",
        "nl": "dutch|niederlandisch|neerlandais|nederlands|neerlandes",
        "tr": "turkish|turkisch|turc|turco|turkce",
        "pl": "polish|polnisch|polonais|polaco|polski",
        "uk": "ukrainian|ukrainisch|ukrainien|ucraniano",
        "zh": "chinese|chinesisch|chinois|chino|中文",
        "ja": "japanese|japanisch|japonais|japones|日本語",
    }.items()
    for name in names.split("|")
}


def _claim(name: str) -> tuple[str, int] | None:
    """Return the meaning that a name has and how clearly, the least number most; of a nested one its last part's."""
    folded = _folded(name)
    found = _MEANINGS.get(folded)
    if found is None and "." in name:
        inner = _MEANINGS.get(_folded(name.rpartition(".")[2]))
        found = (inner[0], inner[1] + 50) if inner else None
    return found


def _length(place: int, samples: Sequence[Sequence[str]]) -> float:
    cells = [len(row[place]) for row in samples if place < len(row) and row[place].strip()]
    return sum(cells) / len(cells) if cells else 0.0


def _text_column(claims: Sequence[tuple[str, int, int]], lengths: Sequence[float], *, has_samples: bool) -> int | None:
    named = [(rank, place) for meaning, rank, place in claims if meaning == TEXT]
    if named and not has_samples:
        return min(named)[1]
    best = max((place for _, place in named), key=lambda place: lengths[place], default=None)
    if best is not None:
        # Of several, a clearer name counts, unless its column is empty beside another (a preview, a number).
        clear = min(named)[1]
        best = clear if lengths[clear] * 2 >= lengths[best] else best
        if lengths[best]:
            return best
    others = [place for place, length in enumerate(lengths) if length >= _LONG]
    return max(others, key=lambda place: lengths[place], default=best)


def meaning_of(name: str, columns: Mapping[str, str]) -> str:
    """Return what a column holds that may have come up only in a later row."""
    return columns.get(name, own_key(name))
