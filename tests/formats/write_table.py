"""Write the generated parts of ``docs/formats.md`` anew: ``python -m tests.formats.write_table``."""

import re
from pathlib import Path

from annotator.formats.table import remarks, table

DOCS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def main() -> None:
    """Put what the code says between the marks."""
    text = DOCS.read_text("utf-8")
    for name, content in (("table", table()), ("remarks", remarks())):
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        text = pattern.sub(lambda found, content=content: found[1] + content + found[2], text)
    DOCS.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
