"""Words that somebody wrote, in Markdown: shown as they are, and never obeyed."""

import re

_SIGNS = r"[\\`*<>\[\]|~&]|(?<!\w)_|_(?!\w)|(?<!\S)#"
"""What means something in Markdown or HTML; an underscore within a word and a # within a line do not."""
_BEGINS = re.compile(r"(#{1,6}|[-+=]+|\d{1,9}(?=[.)]))(?=\s|$|[.)])")
"""What would make a line a heading, an entry of a list or a rule."""
_EITHER = re.compile(rf"(`[\w.,:+/-]+`)|({_SIGNS})")


def escaped(words: str) -> str:
    """Return words in one line, each sign of which shows as itself."""
    return re.sub(_SIGNS, r"\\\g<0>", " ".join(words.split()))


def paragraph(words: str) -> str:
    """Return a paragraph each sign of which shows as itself, but for what it says as code: one word in backticks."""
    return _EITHER.sub(lambda found: found[1] or f"\\{found[2]}", words)


def begun(line: str) -> str:
    """Return a line of a paragraph that begins as nothing else."""
    found = _BEGINS.match(line)
    if found is None:
        return line
    end = found.end() if found[1].isdigit() else 0
    return f"{line[:end]}\\{line[end:]}"
