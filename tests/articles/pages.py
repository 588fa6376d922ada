"""Web pages made for the tests: invented articles with everything that stands around one."""

import html

BODY = (
    "The council of Marrowby gave shelter on Monday to a keeper of the gates who had left the company in protest.",
    "“I could not put my name below figures that nobody had read,” said Ivo Renn, who kept the gates for nine years.",
    "The company denied that any page of the book had been copied, and said that Mr. Renn had left of his own will.",
    "According to two people who have seen the book, one night in January is missing from it, and nobody knows why.",
    "A spokesman said that the inspectors had been given every page, and that there was nothing to add to that.",
)
PERSIAN = (
    "شهردار مهرکنار روز دوشنبه گفت که آتش\u200cسوزی بازار عمدی نبوده است و هیچ\u200cکس بازار را به آتش نکشیده است.",
    "کسبهٔ بازار می\u200cگویند که شب حادثه سه نفر را دیده\u200cاند که از در پشتی بیرون می\u200cدویدند و کسی آن\u200cها را نمی\u200cشناسد.",
    "مدیر بازار این گفته را تکذیب کرد و آن را «ساختهٔ ذهن چند نفر» خواند، اما دوربین\u200cها آن شب خاموش بوده\u200cاند.",
    "سازمان آتش\u200cنشانی اعلام کرد که آتش از انبار شمارهٔ هفت آغاز شده و حدود ۶۵ میلیارد ریال خسارت به بار آورده است.",
)


def page(
    title: str = "Council shelters keeper of the gates",
    body: tuple[str, ...] = BODY,
    *,
    lang: str = "en",
    charset: str = "utf-8",
    head: str = "",
    before: str = "",
) -> str:
    """Return a page as newspapers have them: menus, a head, pictures, comments, links, a foot."""
    paragraphs = [f"<p>{html.escape(each)}</p>" for each in body]
    paragraphs.insert(
        2,
        '<figure><img src="x.jpg"><figcaption>The gates of the reservoir in May. '
        '<span class="credit">Photo: quaysider</span></figcaption></figure>',
    )
    return f"""<!DOCTYPE html>
{before}<html lang="{lang}"><head><meta charset="{charset}"><title>{title} | The Marrowby Courier</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Marrowby Courier">
<meta property="article:published_time" content="2024-03-19T10:00:00Z"><meta name="author" content="Lena Ashby">
<link rel="canonical" href="https://courier.example/gates">{head}
<script>var secret = "no text";</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/town">Town</a></li><li><a href="/sea">Harbour</a></li></ul></nav>
<header><a href="/login">Log in</a></header>
<main><article><h1>{title}</h1><p class="byline">By Lena Ashby</p><time datetime="2024-03-19">March 19, 2024</time>
<div class="share"><a>Share</a> <a>Print</a></div>
<div class="text">{"".join(paragraphs)}</div></article>
<section id="comments"><h3>2 comments</h3><ol class="commentlist">
<li><cite>marlowe says:</cite><p>My tap ran brown for a week and nobody told us anything about it.</p></li>
<li><cite>tidewatcher says:</cite><p>Not true, ours was fine the whole time and so was my mother's.</p></li></ol>
<h3>Leave a Reply</h3><form><textarea>hidden words</textarea><button>Send</button></form></section></main>
<aside><h4>Most read</h4><ul><li><a href="/1">Ten walks along the water</a></li></ul></aside>
<div style="display:none">A window that nobody sees</div>
<footer>© 2024 The Marrowby Courier. All rights reserved. <a href="/imprint">Imprint</a></footer></body></html>"""
