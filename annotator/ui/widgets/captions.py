"""Names from a project as captions of buttons and entries of menus."""


def caption(words: str) -> str:
    """Return words as Qt shows them whole: it would swallow an & and make a key of the letter after it."""
    return words.replace("&", "&&")


def uncaptioned(shown: str) -> str:
    """Return the words of what `caption` has made."""
    return shown.replace("&&", "&")
