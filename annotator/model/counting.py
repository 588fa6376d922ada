"""How many of a thing there are, in words."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 article``, ``1,204 articles``.

    Args:
        number: how many.
        one: what it is, in the singular; what follows the noun stands there too (``article that is undecided``).
        many: the same in the plural, where that is not just an s more (or ies for y).
    """
    return f"{number:,} {noun(number, one, many)}"


def noun(number: int, one: str, many: str = "") -> str:
    """Return a noun in the number that it has: ``article`` for one, else ``articles``."""
    if number == 1:
        return one
    return many or (f"{one[:-1]}ies" if one.endswith("y") and one[-2:-1] not in "aeiou" else f"{one}s")
