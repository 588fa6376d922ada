"""Which encoding a file was written in."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.articles.encoding import decode

ENGLISH = (
    "\u201cWe don\u2019t know,\u201d the minister said \u2014 he denied that the caf\u00e9 had paid \u20ac5 million. "
)
FRENCH = "Le pr\u00e9sident a d\u00e9clar\u00e9 que les \u00e9lections \u00e9taient libres, il y a deux \u00e9t\u00e9s d\u00e9j\u00e0. "
PERSIAN = "\u0648\u0632\u064a\u0631 \u06af\u0641\u062a \u0643\u0647 \u0627\u064a\u0646 \u062e\u0628\u0631 \u062f\u0631\u0633\u062a \u0646\u064a\u0633\u062a. "
ARABIC = "\u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631 \u0625\u0646 \u0647\u0630\u0647 \u0627\u0644\u0623\u062e\u0628\u0627\u0631 \u063a\u064a\u0631 \u0635\u062d\u064a\u062d\u0629\u060c \u0648\u0623\u0636\u0627\u0641. "
RUSSIAN = "\u041c\u0438\u043d\u0438\u0441\u0442\u0440 \u0437\u0430\u044f\u0432\u0438\u043b, \u0447\u0442\u043e \u044d\u0442\u0438 \u0441\u0432\u0435\u0434\u0435\u043d\u0438\u044f \u043d\u0435\u0432\u0435\u0440\u043d\u044b. "
JAPANESE = "\u5916\u52d9\u5927\u81e3\u306f\u8a18\u8005\u4f1a\u898b\u3067\u3001\u3053\u306e\u5831\u9053\u306f\u4e8b\u5b9f\u3067\u306f\u306a\u3044\u3068\u8ff0\u3079\u305f\u3002"
PORTUGUESE = (
    "O ministro disse que as elei\u00e7\u00f5es n\u00e3o s\u00e3o v\u00e1lidas; os rumores p\u00f5em tudo em causa. "
)
HUNGARIAN = (
    "A miniszter szerint a h\u00edr nem igaz, \u00e9s az el\u0151z\u0151 korm\u00e1ny \u0171zte ezt a politik\u00e1t. "
)
POLISH = "Minister powiedzia\u0142, \u017ce ta informacja jest nieprawdziwa. \u0179r\u00f3d\u0142a m\u00f3wi\u0105 co\u015b innego. "


@pytest.mark.parametrize("repeat", [1, 3, 2000])
@pytest.mark.parametrize(
    ("text", "encoding", "how"),
    [
        (ENGLISH, "cp1252", "Windows-1252 (guessed)"),
        (FRENCH, "latin-1", "Windows-1252 (guessed)"),
        (PORTUGUESE, "cp1252", "Windows-1252 (guessed)"),
        (HUNGARIAN, "cp1250", "Windows-1250 (guessed)"),
        (PERSIAN, "cp1256", "Windows-1256 (guessed)"),
        (ARABIC, "cp1256", "Windows-1256 (guessed)"),
        (RUSSIAN, "cp1251", "Windows-1251 (guessed)"),
        (RUSSIAN, "koi8-r", "KOI8-R (guessed)"),
        (POLISH, "cp1250", "Windows-1250 (guessed)"),
        (JAPANESE, "shift_jis", "Shift JIS (guessed)"),
        (JAPANESE, "euc_jp", "EUC-JP (guessed)"),
    ],
)
def test_old_encodings_are_guessed(text: str, encoding: str, how: str, repeat: int) -> None:
    written = (text + "\n") * repeat
    decoded = decode(written.encode(encoding))
    assert decoded.text == written
    assert decoded.how == how


@pytest.mark.parametrize(
    "written",
    [
        "Le caf\u00e9 est ferm\u00e9.",
        "Iran\u2019s leader said so.",
        "Il a dit \u00ab non \u00bb.",
        "na\u00efve \u2014 \u00a35",
        "M\u00fcller sa\u00df.",
    ],
)
def test_a_few_western_letters_are_enough(written: str) -> None:
    decoded = decode(written.encode("cp1252"))
    assert (decoded.text, decoded.how) == (written, "Windows-1252 (guessed)")


def test_one_curly_quote_late_in_a_long_file_is_enough() -> None:
    written = "Plain words of an article.\n" * 20_000 + "It is Iran\u2019s.\n" + "More plain words.\n" * 20_000
    decoded = decode(written.encode("cp1252"))
    assert decoded.text == written
    assert decoded.how == "Windows-1252 (guessed)"


@pytest.mark.parametrize("text", [ENGLISH, PERSIAN, JAPANESE, "plain", "\U0001f4f0 \u200c"])
@pytest.mark.parametrize(
    ("mark", "encoding", "how"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8 (byte order mark)"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (byte order mark)"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (byte order mark)"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (byte order mark)"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (byte order mark)"),
    ],
)
def test_a_byte_order_mark_decides_and_goes(text: str, mark: bytes, encoding: str, how: str) -> None:
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.how) == (text, how)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, PERSIAN, RUSSIAN, "Headline", ENGLISH * 5000, PERSIAN * 5000])
def test_utf16_without_a_mark_is_seen_by_its_zero_bytes(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.how == "UTF-16 (guessed from its zero bytes)"


def test_utf32_without_a_mark() -> None:
    assert decode(ENGLISH.encode("utf-32-le")).text == ENGLISH


@given(st.text())
def test_utf8_comes_back_unless_it_looks_like_something_wider(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        decoded = decode(text.encode())
        assert (decoded.text, decoded.how) == (text, "UTF-8")


def test_a_stray_zero_byte_does_not_make_it_utf16() -> None:
    written = "One stray zero byte \0 in a line of plain words."
    assert decode(written.encode()).text == written


def test_damaged_utf8_stays_utf8_and_says_so() -> None:
    data = (ENGLISH * 3).encode() + b"\xff and \xe2\x80"
    decoded = decode(data)
    assert decoded.text == ENGLISH * 3 + "\ufffd and \ufffd"
    assert decoded.how == "UTF-8 (2 broken places became U+FFFD)"


def test_a_replacement_character_that_was_written_is_no_damage() -> None:
    assert decode((ENGLISH + "\ufffd ").encode() + b"\xff").how == "UTF-8 (1 broken place became U+FFFD)"


def test_half_a_character_at_the_end_of_utf16_is_counted() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "abc".encode("utf-16-le") + b"\x41")
    assert decoded.text == "abc\ufffd"
    assert decoded.how == "UTF-16 (byte order mark, 1 broken place became U+FFFD)"


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.how
    decoded.text.encode("utf-8")
