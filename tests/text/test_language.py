"""Languages are told by their commonest words, and nothing is said where that is not clear."""

import pytest

from annotator.model.article import Block, BlockKind
from annotator.text.language import detect_language

SAMPLES = {
    "en": "The mayor said on Monday that the dam has not failed and that people can go back to their homes.",
    "de": "Der Bürgermeister hat am Montag gesagt, dass der Damm nicht gebrochen ist und die Bewohner zurückkehren können.",
    "fr": "Le maire a déclaré lundi que le barrage n'a pas cédé et que les habitants peuvent rentrer chez eux dans la soirée.",
    "es": "El alcalde dijo el lunes que la presa no se ha roto y que los vecinos pueden volver a sus casas por la noche.",
    "it": "Il sindaco ha detto lunedì che la diga non è crollata e che gli abitanti possono tornare nelle loro case.",
    "pt": "O prefeito disse na segunda-feira que a barragem não se rompeu e que os moradores podem voltar para as suas casas.",
    "nl": "De burgemeester zei maandag dat de dam niet is gebroken en dat de bewoners naar hun huizen kunnen terugkeren.",
    "sv": "Borgmästaren sade på måndagen att dammen inte har brustit och att de boende kan återvända till sina hem.",
    "da": "Borgmesteren sagde mandag, at dæmningen ikke er brudt sammen, og at beboerne kan komme tilbage til deres hjem nu.",
    "nb": "Ordføreren sa mandag at demningen ikke har brutt sammen, og at innbyggerne kan komme tilbage til sine hjem nå.",
    "pl": "Burmistrz powiedział w poniedziałek, że zapora nie została przerwana i że mieszkańcy mogą wrócić do swoich domów.",
    "cs": "Starosta v pondělí řekl, že hráz se neprotrhla a že obyvatelé se mohou vrátit do svých domovů, ale jen po kontrole.",
    "hu": "A polgármester hétfőn azt mondta, hogy a gát nem szakadt át, és hogy a lakók visszatérhetnek az otthonaikba.",
    "ro": "Primarul a spus luni că barajul nu s-a rupt și că locuitorii se pot întoarce la casele lor.",
    "tr": "Belediye başkanı pazartesi günü barajın yıkılmadığını ve sakinlerin evlerine dönebileceğini söyledi, ama bu daha sonra oldu.",
    "id": "Wali kota mengatakan pada hari Senin bahwa bendungan itu tidak jebol dan warga bisa kembali ke rumah mereka.",
    "ru": "Мэр заявил в понедельник, что плотина не прорвана и что жители могут вернуться в свои дома.",
    "uk": "Мер заявив у понеділок, що дамба не прорвана і що жителі можуть повернутися до своїх домівок.",
    "bg": "Кметът заяви в понеделник, че язовирът не е скъсан и че жителите могат да се върнат по домовете си.",
    "el": "Ο δήμαρχος είπε τη Δευτέρα ότι το φράγμα δεν έσπασε και ότι οι κάτοικοι μπορούν να επιστρέψουν στα σπίτια τους.",
    "he": "ראש העיר אמר ביום שני כי הסכר לא נפרץ וכי התושבים יכולים לחזור לבתיהם גם אם יש עוד נזק",
    "ar": "قال رئيس البلدية يوم الاثنين إن السد لم ينهار وأن السكان يمكنهم العودة إلى منازلهم في المساء بعد أن تم إصلاح ما كان قد تضرر",
    "fa": "شهردار روز دوشنبه گفت که سد نشکسته است و ساکنان می\u200cتوانند به خانه\u200cهای خود بازگردند",
    "ur": "رئیس بلدیہ نے پیر کو کہا کہ ڈیم نہیں ٹوٹا ہے اور یہ کہ لوگ اپنے گھروں کو واپس جا سکتے ہیں",
    "zh": "市长星期一说大坝没有决口，居民可以返回家园。",
    "ja": "市長は月曜日、ダムは決壊しておらず、住民は家に帰ることができると述べた。",
    "ko": "시장은 월요일 댐이 무너지지 않았다고 말했다.",
}


@pytest.mark.parametrize(("code", "text"), SAMPLES.items())
def test_a_sentence_or_two(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "12, 13 – 14", "📰", "Kestrel Water", "OK", "xyzzy plugh fee fie foe foo " * 20])
def test_nothing_is_said_where_it_is_not_clear(text: str) -> None:
    assert detect_language(text) == ""


def test_menus_and_comments_do_not_count() -> None:
    menu, body = SAMPLES["en"] * 5, SAMPLES["de"]
    text = f"{menu}\n{body}"
    assert detect_language(text) == "en"
    assert detect_language(text, [Block(BlockKind.FURNITURE, 0, len(menu))]) == "de"
