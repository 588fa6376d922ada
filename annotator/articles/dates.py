"""Dates in news: found in a text, with their precision and the string they were read from.

English, German, French, Spanish, Italian, Portuguese, Dutch and Persian (solar calendar) month names, ISO 8601, and
figures; Persian and Arabic digits. What is not certain is not said: 03/04/2010 is the year 2010.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.text.late import Late

_MONTHS = (
    "january jan januar jänner jän janvier janv enero ene gennaio janeiro januari",
    "february feb februar feber février févr fév febrero febbraio fevereiro februari",
    "march mar märz mär mrz mars marzo março maart",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet juil julio luglio julho",
    "august aug août aout agosto augustus",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_SOLAR = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_PERSIAN_MONTHS = (
    "ژانویه",
    "فوریه",
    "مارس",
    "آوریل",
    "مه",
    "ژوئن",
    "ژوئیه",
    "اوت",
    "سپتامبر",
    "اکتبر",
    "نوامبر",
    "دسامبر",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NUMBER |= {name: number for number, name in enumerate(_PERSIAN_MONTHS, 1)}
_SOLAR_NUMBER = {name: number for number, name in enumerate(_SOLAR, 1)}
_MONTH = "|".join(sorted((*_NUMBER, *_SOLAR_NUMBER), key=len, reverse=True))
_DAY = r"(?P<day{n}>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year{n}>1[3-9]\d\d|20\d\d)"
_NAME = rf"(?P<month{{n}}>{_MONTH})\.?"


def _form(pattern: str, number: int) -> str:
    parts = {"D": _DAY, "M": _NAME, "Y": _YEAR}
    for letter, part in parts.items():
        pattern = pattern.replace(f"<{letter}>", part.replace("{n}", str(number)))
    return pattern


_FORMS = (
    r"(?P<year0>1[3-9]\d\d|20\d\d)-(?P<month0>0[1-9]|1[0-2])-(?P<day0>0[1-9]|[12]\d|3[01])(?!\d)",
    r"<M>\s+<D>(?:st|nd|rd|th)?(?:\s*,)?\s+<Y>",
    r"<D>(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:de|of|d['’]))?[\s-]+<M>,?(?:\s+(?:de|del))?[\s-]+<Y>",
    r"<M>(?:,|\s+de|\s+del)?\s+<Y>",
    r"(?P<first4>\d{1,2})(?P<mark4>[./-])(?P<second4>\d{1,2})(?P=mark4)(?P<year4>(?:1[3-9]|20)\d\d)",
    r"(?P<year5>1[3-9]\d\d|20\d\d)/(?P<month5>0?[1-9]|1[0-2])/(?P<day5>0?[1-9]|[12]\d|3[01])",
)
_DATE = Late(
    r"(?<![\w/.-])(?:"
    + "|".join(_form(form, number) for number, form in enumerate(_FORMS))
    + r")(?:(?=T\d\d)|(?!\w|[./-]\d))",
    re.IGNORECASE,
)
_COMPACT = Late(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}(?:Z|[+-]\d\d:?\d\d)?)?\s*")
_BARE_YEAR = Late(r"\s*((?:1[6-9]|20)\d\d)\s*")
_YEAR_MONTH = Late(r"\s*((?:1[6-9]|20)\d\d)-(0[1-9]|1[0-2])\s*")
_DIGITS = {ord(digit): str(value) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for value, digit in enumerate(digits)}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a string.

    Attributes:
        value: ISO 8601, as precise as known: ``2010-03-19``, ``2010-03`` or ``2010``.
        original: the words it was read from.
        start: where they begin in the string, code points.
        end: where they end, half-open.
    """

    value: str
    original: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[Dated]:
    """Yield the dates in a text that name their year, in order."""
    for found in _DATE.finditer(text.translate(_DIGITS)):
        groups = {name.rstrip("0123456789"): value for name, value in found.groupdict().items() if value}
        value = _value(groups)
        if value:
            yield Dated(value, text[found.start() : found.end()], found.start(), found.end())


def read_date(text: str) -> str:
    """Return the one date that a field holds as ISO 8601, as precise as known, or nothing."""
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _checked(int(compact[1]), int(compact[2]), int(compact[3]))
    year_month = _YEAR_MONTH.fullmatch(text)
    if year_month:
        return f"{year_month[1]}-{year_month[2]}"
    found = next(find_dates(text), None)
    if found:
        return found.value
    year = _BARE_YEAR.fullmatch(text)
    return year[1] if year else ""


def _value(groups: dict[str, str]) -> str:
    year = int(groups["year"])
    if "first" in groups:
        return _figures(int(groups["first"]), int(groups["second"]), year, groups["mark"])
    name = groups["month"].lower()
    if name in _SOLAR_NUMBER:
        return _solar(year, _SOLAR_NUMBER[name], int(groups.get("day", 0)))
    if year < 1600:
        return _solar(year, int(name), int(groups["day"])) if name.isdecimal() and "day" in groups else ""
    month = int(name) if name.isdecimal() else _NUMBER[name]
    return _checked(year, month, int(groups["day"])) if "day" in groups else f"{year}-{month:02}"


def _figures(first: int, second: int, year: int, mark: str) -> str:
    if year < 1600:
        return ""
    # Periods are written where the day comes first; with strokes only a figure above twelve tells.
    if mark == "." or first > 12:
        return _checked(year, second, first)
    if second > 12:
        return _checked(year, first, second)
    return _checked(year, first, second) if first == second else str(year)


def _checked(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _solar(year: int, month: int, day: int) -> str:
    """Return a date of the Iranian solar calendar in the Gregorian one (valid for 1178 to 1633)."""
    if not 1178 <= year <= 1633 or not 1 <= month <= 12:
        return ""
    begin = _new_year(year)
    if not day:
        # A solar month lies in two Gregorian ones, so only the year is certain, and not always that.
        first = begin + dt.timedelta(days=_days_before(month))
        last = first + dt.timedelta(days=28)
        return f"{first:%Y}" if first.year == last.year else ""
    if day > (31 if month <= 6 else 30):
        return ""
    return (begin + dt.timedelta(days=_days_before(month) + day - 1)).isoformat()


def _days_before(month: int) -> int:
    return 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)


def _new_year(year: int) -> dt.date:
    """Return the first day of a solar year, by the 33-year rule of the calendar's arithmetic form."""
    leaps = sum((each * 8 + 29) % 33 < 8 for each in range(1178, year))
    return dt.date(1799, 3, 21) + dt.timedelta(days=365 * (year - 1178) + leaps)
