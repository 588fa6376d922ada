"""What a single paragraph looks like, whatever stands around it: pure functions on its words.

Those that return a place take the words as they stand; the others want them with single blanks. English first; German, French, Spanish and Persian where the words are sure signs.
"""

import re

from annotator.articles.agencies import NEWS_PATTERN, PICTURES_PATTERN
from annotator.articles.dates import find_dates
from annotator.text.late import Late

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u010c\u0106\u011e\u0130\u0141\u015a\u0160\u0179\u017d\u017b"
_LOWER = "a-z\u00df-\u00f6\u00f8-\u00ff\u0100-\u017f"
_NAME_WORD = rf"(?:[{_UPPER}][{_LOWER}{_UPPER}'\u2019.-]*|[{_UPPER}]\.)"
_LINK = r"(?:de|da|di|du|del|der|den|la|le|van|von|zu|al|el|bin|ibn|of|and|&)"
_NAME = rf"{_NAME_WORD}(?:\s+(?:{_LINK}\s+)?{_NAME_WORD}){{0,5}}"
_NAMES = rf"{_NAME}(?:\s*(?:,|and|und|et|y|&|\u0648)\s+{_NAME}){{0,5}}"
_STOP = Late(r"""[.!?\u2026\u06d4\u061f\u3002]["'\u2019\u201d\u00bb\u201c)\]]*$""")

_BYLINE = Late(
    rf"""(?x)
    (?i:by|von|par|por|de|text\s+by|words\s+by|written\s+by|story\s+by|reported\s+by|from|\u0646\u0648\u0634\u062a\u0647\u200c?\u06cc?|\u0628\u0647\u200c?\s?\u0642\u0644\u0645)
    :?\s+ (?:{_NAMES}|{NEWS_PATTERN}) (?:\s*[,|/\u00b7\u2022(\u2013\u2014-]\s*[^\n]{{0,90}})?
  | (?i:author|autor(?:in)?|auteur|autora?|reporter)\s*:\s*[^\n]{{2,100}}
  | {_NAME},?\s+(?:{NEWS_PATTERN}|in\s+{_NAME})
  | \u062e\u0628\u0631\u06af\u0632\u0627\u0631\u06cc[^\n]{{2,60}}
  | \(?(?i:reporting\ by|additional\ reporting\ by|writing\ by|editing\ by)\s+[^\n]{{3,200}}
    """
)
_AGENCY_LINE = Late(rf"\(?(?:{NEWS_PATTERN})(?:\s*[/,]\s*(?:{NEWS_PATTERN}))*\)?")
_CREDIT_WORD = (
    r"(?:photo(?:graph|graphs|graphy|s)?|picture|image|images|foto|fotos|bild|bilder|illustration|graphic|grafik|"
    r"credit|cr\u00e9dit(?:\s+photo)?|cr\u00e9dito|imagen|video|source|quelle|\u0639\u06a9\u0633)"
)
_CREDIT_TAIL = rf"""(?:
    (?:{_NAME}\s+for\s+(?:[Tt]he\s+)?{_NAME}(?:\s+via\s+{PICTURES_PATTERN})?
      | (?:{_NAME}\s*/\s*)?{PICTURES_PATTERN}(?:\s*(?:/|via|,)\s*(?:{PICTURES_PATTERN}|{_NAME}))*
      | (?i:(?:file\ )?{_CREDIT_WORD}(?:\s+(?:by|courtesy(?:\s+of)?|von|par|de|credit))?\s*[:\u00a9/]\s*|(?:photo(?:graph)?|picture|illustration)\ by\s+|courtesy\ (?:of\ )?)[^\n.]{{2,80}}
      | \u00a9\s?[^\n.]{{2,60}}
    )
    \.?)"""
_CREDIT = Late(rf"(?x) \(?\[?\s* {_CREDIT_TAIL} \s*\]?\)?")
_CAPTIONED = Late(
    rf"""(?x) ^(?P<caption>.{{8,700}}?[.!?\u2026\u06d4)"'\u2019\u201d\u00bb]) [\s|\u2014\u2013-]+ (?P<credit>[(\[]?{_CREDIT_TAIL}[)\]]?) $""",
    re.DOTALL,
)
_BRACKETED_CREDIT = Late(
    rf"(?x) ^(?P<caption>.{{8,700}}?) \s+ (?P<credit>[(\[](?:[^()\[\]\n]{{0,60}}[/:\s])?(?:{PICTURES_PATTERN}|(?i:photo|foto|file\ photo|pool))(?:[/:\s,][^()\[\]\n]{{0,60}})?[)\]])\.? $",
    re.DOTALL,
)
_CAPTION_WORD = Late(
    r"(?i)(?:caption|pictured|file (?:photo|picture|image)|archivbild|symbolbild|photo d'archives|foto de archivo)\b\s*[:.]?\s*\S"
)

_FURNITURE_LINE = Late(
    r"""(?xi)
    (?:bookmark|share|print|e-?mail|tweet|pin\ it|like|save|follow|copy\ link|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|instagram|youtube
      |advertisement|anzeige|werbung|publicit\u00e9|publicidad|sponsored|promoted|newsletter
      |home|menu|search|suche|recherche|buscar|sections|skip\ to\b.*|back\ to\ top|nach\ oben|top
      |log\ ?in|sign\ ?(?:in|up)|register|subscribe|abonnieren|s['\u2019]abonner|suscr\u00edbete|my\ account|donate
      |next|previous|older\ posts|newer\ posts|permalink|trackback|pingback|rss|rss\ feed|feed
      |close|open|expand|loading\.*|play|pause|listen|download|enlarge|view\ (?:gallery|slideshow|larger\ image)|zoom
      |leave\ a\ (?:reply|comment)|post\ a\ comment|add\ (?:a\ )?comment|cancel\ reply|reply|antworten|r\u00e9pondre|responder|kommentar\ (?:schreiben|hinterlassen)|laisser\ un\ commentaire|deja\ un\ comentario|submit(?:\ comment)?
      |tags?|categories|related|more|\d+\s+min(?:ute)?s?\ read|lesedauer.*|temps\ de\ lecture.*
      |\u0686\u0627\u067e|\u0627\u0634\u062a\u0631\u0627\u06a9\u200c?\s?\u06af\u0630\u0627\u0631\u06cc|\u0627\u0631\u0633\u0627\u0644\ \u0646\u0638\u0631|\u062c\u0633\u062a\u062c\u0648|\u0635\u0641\u062d\u0647\u0654?\ \u0627\u0635\u0644\u06cc)
    \s*[!.:|\u00bb\u203a>]*
    """
)
_FURNITURE_START = Late(
    r"""(?xi)
    (?:bookmark\ (?:this|and)|close\ bookmark|share\ (?:this|on|via|article)|link\ html\b|link\ to\ this|short\ url|follow\ us|find\ us\ on|print\ this|e-?mail\ this
      |posted\ (?:by|in|on|under|at)\b|filed\ (?:under|in)\b|tagged\b|tags?\s*:|categor(?:y|ies)\s*:|topics?\s*:|schlagw\u00f6rter|mots-cl\u00e9s|etiquetas
      |you\ can\ (?:follow|leave|skip)|(?:both\ )?comments\ (?:are|and)|comments?\ (?:off|closed)
      |if\ you\ (?:like|enjoyed|liked)\ this|sign\ up\ (?:for|to)|subscribe\ (?:to|now|here)|get\ (?:the|our|more)\b.{0,60}(?:newsletter|inbox|app)\b|(?:our|this|the)\ newsletter
      |copyright\b|\u00a9|all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ r\u00e9serv\u00e9s|todos\ los\ derechos\ reservados|\u06a9\u0644\u06cc\u0647\u0654?\ \u062d\u0642\u0648\u0642
      |this\ (?:site|website)\ uses\ cookies|we\ use\ cookies|accept\ (?:all\ )?cookies|terms\ of\ (?:use|service)|privacy\ policy|cookie|datenschutz|impressum|mentions\ l\u00e9gales|aviso\ legal
      |read\ (?:more|also|next)\b|see\ also\b|related\ (?:stories|articles|posts|content|coverage|topics|news)|more\ (?:on\ this|stories|from|news|in)\b|you\ (?:may|might)\ also\ like|recommended\b|most\ (?:read|popular|viewed)|trending\b|lesen\ sie\ auch|mehr\ zum\ thema|lire\ aussi|\u00e0\ lire\ aussi|sur\ le\ m\u00eame\ sujet|lee\ tambi\u00e9n|m\u00e1s\ informaci\u00f3n|\u0628\u06cc\u0634\u062a\u0631\ \u0628\u062e\u0648\u0627\u0646\u06cc\u062f|\u0645\u0637\u0627\u0644\u0628\ \u0645\u0631\u062a\u0628\u0637
      |click\ here|powered\ by|proudly\ powered|to\ (?:contact|reach)\ the\ (?:reporter|editor|author)s?\b|story\ continues\ below|article\ continues\ (?:after|below)|continue\ reading
      |https?://|www\.|notify\ me\ of|your\ (?:e-?mail\ address|name)\b|required\ fields|name\s*\(required\)|save\ my\ name)
    """
)
_FURNITURE_INSIDE = Late(
    r"(?i)\brss (?:2\.0|feed)|\btrackback\b|\ball rights reserved\b|\bsubscribe to (?:the|our)\b|\bleave a response\b"
)
_POSTED = Late(r"(?i)posted (?:by|on|in)\b|published (?:by|on)\b")
_RELATED = Late(
    r"""(?xi) (?:related\ (?:stories|articles|posts|content|coverage|topics|news)|more\ (?:on\ this|stories|from|news|in)\b.*|read\ (?:more|next)|see\ also|you\ (?:may|might)\ also\ like|most\ (?:read|popular|viewed)|recommended|trending|mehr\ zum\ thema|lesen\ sie\ auch|lire\ aussi|\u00e0\ lire\ aussi|sur\ le\ m\u00eame\ sujet|lee\ tambi\u00e9n|\u0645\u0637\u0627\u0644\u0628\ \u0645\u0631\u062a\u0628\u0637)\b[^\n]{0,20}$"""
)
_SEPARATED = Late(r"\s+[|\u00b7\u2022\u00bb\u203a>/]\s*|\s*[|\u00b7\u2022\u00bb]\s+|\s*\|\s*")
_COMMENTS = Late(
    r"""(?xi)
    (?:\d+|one|no|ein|eine|un)\s+(?:responses?|comments?|repl(?:y|ies)|thoughts?|kommentare?|antworten?|commentaires?|r\u00e9ponses?|comentarios?|respuestas?)
    (?:\s+(?:for|to|on|zu|\u00e0|sur|a|en)\b[^\n]{0,200})? :?
  | (?:reader\ |user\ )?(?:comments|responses|kommentare|leserkommentare|commentaires|comentarios|\u0646\u0638\u0631\u0627\u062a(?:\ \u06a9\u0627\u0631\u0628\u0631\u0627\u0646)?|\u062f\u06cc\u062f\u06af\u0627\u0647\u200c?\u0647\u0627)(?:\s*\(\d+\))? :?
    """
)
_COMMENTER = Late(
    r"""(?xi) (?:\d{1,4}[.)]\s+)? [^\n]{1,160}? \s (?:says|said|wrote|writes|commented|sagt|schreibt|dit|dice|\u06af\u0641\u062a)\s*:?
    (?:\s+on\s+[^\n]{6,60}|\s+[^\n]{0,12}\d[^\n]{0,50})?"""
)
_NUMBERED = Late(r"\s*\d{1,4}[.)]\s")
_LINKED = Late(r"[\u00bb|@]|\d{4}|\d:\d\d")
_CONTRIBUTED = Late(
    rf"""(?x) ^[(\[\u2014\u2013\s-]*(?P<names>[{_UPPER}][^!?\n]{{2,240}}?)
    \s+(?:also\s+)?contributed\s+(?:reporting|research|to\s+th(?:is|e)\s+(?:report|article|story))"""
)
_CITY = rf"(?:[{_UPPER}][{_UPPER}.'\u2019-]+(?:[ /][{_UPPER}][{_UPPER}.'\u2019-]*){{0,4}}|{_NAME_WORD}(?:[ /]{_NAME_WORD}){{0,3}})"
_CAPITALS = rf"(?:[{_UPPER}][{_UPPER}.'\u2019-]+(?:[ /][{_UPPER}][{_UPPER}.'\u2019-]*){{0,4}})"
_PLACE = rf"(?:,\s*{_NAME}\.?)?"
_DAY = r"(?:,\s*(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)"
_DASH = r"(?:--+|[\u2014\u2013-]|\u2015)"
_DATELINE = Late(
    rf"""(?x) ^(?:
      {_CAPITALS}{_PLACE}{_DAY}?(?:\s*\((?P<first>[^()\n]{{2,40}})\))?\s*{_DASH}(?=\s*["'\u201c\u2018\u201e\u00ab(\[\d{_UPPER}])
    | {_CITY}{_PLACE}{_DAY}?\s*\((?P<second>{NEWS_PATTERN}(?:/{NEWS_PATTERN})*)\)\s*(?:{_DASH}|:|\.)?(?=\s)
    | \([^()\n]{{2,40}}\)\s*{_DASH}(?=\s)
    )"""
)
_DATE_WORDS = Late(
    r"""(?xi)
    (?:first\ )?(?:published|posted|updated|last\ (?:updated|modified)|modified|date|stand|aktualisiert|ver\u00f6ffentlicht|publi\u00e9|mis\ \u00e0\ jour|publicado|actualizado|created|\u062a\u0627\u0631\u06cc\u062e)(?:\s+(?:on|at|am|le|el))?
    | (?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b | (?:mon|diens|donners|frei|sams|sonn)tag|mittwoch
    | lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche | lunes|martes|mi\u00e9rcoles|jueves|viernes|s\u00e1bado|domingo
    | \u0634\u0646\u0628\u0647|(?:\u06cc\u06a9|\u062f\u0648|\u0633\u0647|\u0686\u0647\u0627\u0631|\u067e\u0646\u062c)\u200c?\s?\u0634\u0646\u0628\u0647|\u062c\u0645\u0639\u0647
    | \d{1,2}[:.h]\d{2}(?::\d\d)?(?:\s*(?:[ap]\.?m\.?|uhr))? | \b(?:[ap]\.?m\.?|gmt|utc|e[sd]?t|ces?t|bst|uhr|at|um|\u00e0|on|am|le|el|of)\b
    | [\W_]
    """
)


def ends_sentence(words: str) -> bool:
    """Return whether a paragraph ends as a sentence does."""
    return bool(_STOP.search(words))


def is_byline(words: str) -> bool:
    """Return whether a line names who wrote it: By Jane Roe, Von …, Author: …, Reporting by …"""
    return len(words) <= 220 and bool(_BYLINE.fullmatch(words) or _AGENCY_LINE.fullmatch(words))


def is_date_line(words: str) -> bool:
    """Return whether a line is nothing but a date, with weekday, hour and a word such as Published."""
    if len(words) > 120:
        return False
    rest = list(words)
    found = list(find_dates(words))
    for each in found:
        rest[each.start : each.end] = " " * (each.end - each.start)
    return bool(found) and not _DATE_WORDS.sub("", "".join(rest))


def is_credit(words: str) -> bool:
    """Return whether a line is nothing but a credit: Photo: Jane Roe, Jane Roe for The Post, AFP/Getty Images."""
    return len(words) <= 120 and bool(_CREDIT.fullmatch(words)) and not _AGENCY_LINE.fullmatch(words)


def split_caption(words: str) -> int:
    """Return where the credit begins at the end of a caption; 0 where the paragraph is no caption with a credit."""
    if len(words) > 900:
        return 0
    found = _CAPTIONED.match(words) or _BRACKETED_CREDIT.match(words)
    return found.start("credit") if found else 0


def is_caption(words: str) -> bool:
    """Return whether a paragraph says itself that it is a caption (File photo …, Pictured: …)."""
    return len(words) <= 500 and bool(_CAPTION_WORD.match(words))


def is_furniture(words: str) -> bool:
    """Return whether a paragraph belongs to the page and not to the article: menus, share boxes, rights …"""
    if len(words) > 400:
        return False
    if not any(letter.isalpha() for letter in words) and not ends_sentence(words):
        return not any(letter.isdigit() for letter in words) or len(words) < 12
    if _FURNITURE_LINE.fullmatch(words) or _FURNITURE_START.match(words) or _FURNITURE_INSIDE.search(words):
        return True
    parts = [part for part in _SEPARATED.split(words) if part.strip()]
    return (len(parts) >= 3 or (len(parts) == 2 and "|" in words)) and all(
        len(part) <= 40 and not ends_sentence(part) for part in parts
    )


def is_posted(words: str) -> bool:
    """Return whether a line says who posted the article, as blogs do."""
    return len(words) <= 400 and bool(_POSTED.match(words))


def is_related_heading(words: str) -> bool:
    """Return whether links to other articles follow."""
    return bool(_RELATED.fullmatch(words))


def is_comments_heading(words: str) -> bool:
    """Return whether readers' comments follow."""
    return bool(_COMMENTS.fullmatch(words))


def is_commenter(words: str) -> bool:
    """Return whether a line names the writer of a comment: 1. Jane says:, Jane says on May 3, 2010 at 10:00."""
    if len(words) > 240 or not _COMMENTER.fullmatch(words):
        return False
    return bool(_NUMBERED.match(words) or _LINKED.search(words))


def contributors(words: str) -> str:
    """Return the names before "contributed to this report", or nothing."""
    found = _CONTRIBUTED.match(words)
    return found["names"] if found else ""


def dateline_end(words: str) -> int:
    """Return where the dateline ends that a paragraph begins with (OSLO (Reuters) --); 0 where there is none."""
    found = _DATELINE.match(words)
    return found.end() if found else 0
