"""Figures as they are printed, in one place for all: what is not exactly 1 or 0 is never shown as if it were.

A coefficient has two digits and a percentage one, as papers print them. Where rounding would make of .9986 a perfect 1.00, or
of .0004 a nothing, one digit or two more are shown: ``.999``, ``.0004``; past those, the bound: ``>.9999``, ``<.0001``.
"""

_MORE = 2
"""How many digits more than usual are shown before a bound is."""
_DUST = 1e-12
"""What arithmetic leaves of a difference that is none."""


def coefficient(value: float, digits: int = 2) -> str:
    """Return ``.77``, ``-.05``, ``1.00``, and ``.999`` of .9986. What is 0 has no sign."""
    return _bare(_rounded(value, digits))


def signed(value: float, digits: int = 2) -> str:
    """Return a difference with its sign: ``+.03``, ``-1.20``; of 0, ``.00``."""
    text = coefficient(value, digits)
    return text if value <= _DUST else f"{text[:1]}+{text[1:]}" if text[0] in "<>" else f"+{text}"


def percent(share: float, digits: int = 1) -> str:
    """Return a share as ``12.3%``; ``100.0%`` is all, ``0.0%`` none, of .9998 it is ``99.98%``."""
    bound, text = _split(_rounded(share, digits, of=100))
    return f"{bound}{text}%"


def chance(p: float) -> str:
    """Return a p-value as papers print it: ``p .034``, ``p < .001``."""
    if p < 0.001:
        return "p < .001"
    bound, text = _split(coefficient(p, 3))
    return f"p {bound} {text}" if bound else f"p {text}"


def amount(value: float, digits: int = 0) -> str:
    """Return how much there is: ``1,204``, or ``<1`` of what is more than nothing and would be shown as 0."""
    text = f"{value:z,.{digits}f}"
    return f"<{10**-digits:.{digits}f}" if value > _DUST and not float(text.replace(",", "")) else text


def _rounded(value: float, digits: int, of: int = 1) -> str:
    """Return a value of which `of` is all, rounded to at least so many digits: enough not to become all or nothing."""
    amounts = value * of
    if abs(amounts) <= _DUST or abs(value) >= 1 - _DUST:
        return f"{amounts:z.{digits}f}"
    for more in range(digits, digits + _MORE + 1):
        text = f"{amounts:.{more}f}"
        if abs(float(text)) not in {0, of}:
            return text
    if abs(value) > 0.5:
        bound = f"{of - 10 ** -(digits + _MORE):.{digits + _MORE}f}"
        return f"<-{bound}" if value < 0 else f">{bound}"
    bound = f"{10 ** -(digits + _MORE):.{digits + _MORE}f}"
    return f">-{bound}" if value < 0 else f"<{bound}"


def _bare(text: str) -> str:
    """Return a number without the 0 before its point."""
    bound, number = _split(text)
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number)
    return f"{bound}{sign}{number[1:] if number.startswith('0.') else number}"


def _split(text: str) -> tuple[str, str]:
    """Return the bound before a number, and the number."""
    return (text[0], text[1:]) if text[0] in "<>" else ("", text)
