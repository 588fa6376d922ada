"""Reading what researchers have: web pages by the thousand, a web archive, copies among many articles. Times and memory."""

import gzip
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.text.similar import Copies
from tests.articles.pages import page
from tests.benchmarks import corpus

ROOT = Path(__file__).resolve().parents[2]
PAGES = 1_000
pytestmark = pytest.mark.timeout(3600)

_MENU = "".join(f'<li class="menu-item"><a href="/s{number}">Section {number}</a></li>' for number in range(150))
_READ = """
import sys
from pathlib import Path
from annotator.articles.read import draft
from tests.benchmarks.measure import peak
from tests.benchmarks.visitor import peak_beside
made = draft([Path(sys.argv[1])], {})
print(len(made.articles), len(made.problems), peak(), peak_beside())
"""


def pages() -> list[bytes]:
    """Return pages of about 80 KB, of which the article is 4: menus and scripts are the rest, as in the wild."""
    dice = random.Random(1)
    words = corpus.vocabulary(dice)
    script = f"<script>{'var a = 1;' * 6_000}</script></head>"
    found = []
    for number in range(PAGES):
        body = tuple(corpus.text(dice, words, 4_000).split("\n"))
        made = page(f"Headline number {number} of the day", body)
        found.append(made.replace("</header>", f"</header><nav>{_MENU}</nav>").replace("</head>", script).encode())
    return found


def read(path: Path, what: str, times, facts) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with times.of(what, "60,000"):
        done = subprocess.run(
            [sys.executable, "-c", _READ, str(path)], env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    articles, problems, peak, beside = done.stdout.split()
    memory = f"peak memory {float(peak):,.0f} MB, and {float(beside):,.0f} MB in each process that helps"
    facts[what] = f"{articles} articles, {problems} problems, {memory}"


def test_a_folder_of_pages(times, facts, tmp_path):
    for number, content in enumerate(pages()):
        (tmp_path / f"{number}.html").write_bytes(content)
    read(tmp_path, f"read {PAGES:,} web pages", times, facts)


def test_an_archive_of_pages(times, facts, tmp_path):
    with (tmp_path / "a.warc.gz").open("wb") as file:
        for number, content in enumerate(pages()):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://c.example/{number}\r\nContent-Length: {len(block)}\r\n"
            file.write(gzip.compress(head.encode() + b"WARC-Date: 2024-03-21T00:00:00Z\r\n\r\n" + block + b"\r\n\r\n"))
    read(tmp_path, f"read a web archive of {PAGES:,} pages", times, facts)


def test_copies_among_articles(times):
    dice = random.Random(1)
    words = corpus.vocabulary(dice)
    texts = [corpus.text(dice, words, 3_000) for _ in range(5_000)]
    copies = Copies()
    with times.of("find copies among 5,000 articles"):
        for number, text in enumerate(texts):
            copies.add(str(number), text)
