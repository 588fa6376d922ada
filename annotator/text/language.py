"""Which language a text is written in, by its script and by its commonest words.

A profile of its own instead of a library: those that are free weigh 50 MB with what they need or load for a second,
and an article of news has hundreds of function words, which tell apart what a reader would tell apart.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from annotator.model.article import Block, labelled_text

_REACH = 20_000
"""Code points that are looked at."""
_LEAST = 0.06
"""Share of a text's words that must be function words of the language."""
_AHEAD = 1.08
"""How far the best must lie before the second."""
_FEWEST = 4
"""Function words that must be met, and different ones."""
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")

_PROFILES = {
    "en": "the of and to in a that is was for on with he as his at by it from but not are have has had be they who which were been this their said would after more when will she her its about or an there",
    "de": "der die das und in zu den ist nicht von mit dem sich auf für im eine ein des es auch als wird sie an er bei sind war aus nach noch hat dass wurde werden über einen einer ich nur oder wie haben sein",
    "fr": "le la les de des et à en un une du que est dans qui pour pas sur par plus au avec ce il sont son cette été aux ses mais elle ont ne se sa leur nous vous comme être avait a d'une qu'il deux",
    "es": "el la los las de que y en un una del se por con no para su al es lo como más pero sus le ha este fue entre cuando está también desde sobre sin hasta ya han según son esta años era dijo muy",
    "it": "il la di che e un una in per del non è con i le della si da al sono come dei più nel gli alla ha lo anche ma dal delle questo nella su ai ed era stato hanno suo cui loro dopo degli",
    "pt": "o a os as de que e do da em um uma para com não no na por mais dos das se ao foi como mas seu sua ou são tem pelo pela à nos já também ele até às há quando sobre era disse segundo ser está",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als bij door naar over die uit maar wordt heeft hij ze deze werd nog dan meer zich hebben kan tegen was was worden had dit geen",
    "sv": "och i att det som en på är av för med den till inte har de ett om var men sig så han från vid kan när också efter nu under ska eller sin hade bara mot vi blir sedan mycket alla än över",
    "da": "og i at det er en til på som af den for med ikke der har de et var han om men sig fra så kan efter også blev skal siger over ved vil havde hun være eller nu sin mod bliver kun ud hvor",
    "nb": "og i det er på som til en av for at med har den ikke de et om var men seg fra han så kan etter også ble skal sier over ved vil hadde hun være eller nå sin mot blir bare ut hvor noe",
    "fi": "ja on ei että se oli hän mutta myös kuin ovat joka hänen tai sen kun ole mukaan niin jo vain jos siitä sitä voi jonka jotka olisi olla nyt kanssa ollut tämä mitä sekä vielä ennen jälkeen",
    "is": "og að er í á sem en til við um með ekki það hann var fyrir af því hefur þetta eru hún segir verið þá þess eða frá einnig þeir hafa kom eftir verður sé yfir",
    "et": "ja on ei et see oli ta aga ka kui mis oma või selle kes ning veel siis mida nagu pärast tema olid mitte nende ole saab juba seda kuid ütles vaid",
    "lv": "un ir ka ar no uz par tas arī kas bija to nav bet pie lai tiek gan pēc kā vai ja šo jau tikai viņš gada tika kurā līdz",
    "lt": "ir kad yra tai su į iš kaip bet ne buvo jis per dėl po jo o ar už taip jau tik metų apie kurie gali dar iki jie pat pagal",
    "pl": "i w nie na się z że do to jest o jak za od po co ale przez dla był tego są jego czy tym już tylko ich które który oraz może być przed także ma było między także jako pod",
    "cs": "a v se na je že s o z do i to k ve pro za by ale jako po od jsou jeho který které byl podle které už však nebo jen také při až být má tak bylo před jejich než",
    "sk": "a v sa na je že s o z do aj to k vo pre za by ale ako po od sú jeho ktorý ktoré bol podľa už však alebo len pri až byť má tak bolo pred ich než",
    "hu": "a az és hogy nem is egy van volt ez azt de csak meg már mint el ki még szerint után amely lesz között ezt arra vagy majd úgy fel között pedig mert miatt több akik ami",
    "ro": "și de în a la cu nu că pe din o care este un mai pentru sunt au prin după fost ca dar al fi ce sau lui au iar acest această doar când până către ale fără să se",
    "hr": "i u je na se da za su od s o koji a kao ne što iz je će bi ali koja koje nije do bio to kako sve samo nakon već li ili te prema dok još više kada",
    "sl": "in je v na se da za so z ki pa ne po s o tudi kot bi ni od do bo iz pri ali še kar bil to ker če so lahko že več kako le",
    "tr": "ve bir bu da de için ile olarak olan daha çok sonra gibi kadar ne o en ama dedi göre olduğunu var değil oldu her ise şu diye ya ancak ki iki olduğu yeni tarafından",
    "id": "yang dan di dari untuk dengan ini itu pada tidak dalam akan adalah ke oleh juga ada telah tersebut karena bisa mereka sebagai kata para saat lebih tahun atau sudah dia",
    "ms": "yang dan di dari untuk dengan ini itu pada tidak dalam akan adalah ke oleh juga ada telah kerana boleh mereka sebagai kata beliau para lebih tahun atau sudah bahawa daripada",
    "vi": "và của là có trong không được cho các với đã một người này khi để những đến từ cũng về như tại ra ông năm nhiều vào sẽ trên theo bị",
    "sw": "na ya wa kwa ni katika la za hiyo kuwa huo kama alisema baada hii lakini pia huyo hilo ambao watu yake wake nchi hayo wakati ili au",
    "ca": "el la els les de que i en un una del per amb no es és al com més seu seva són dels va ha han però aquest aquesta també ser sobre entre fins segons on molt quan",
    "gl": "o a os as de que e do da en un unha para con non no na por máis dos das se ao foi como pero seu súa son ten polo pola tamén entre ata cando segundo ser está",
    "eu": "eta da ez du bat zen ere dute izan egin baina dira zuen gero dela bere hori duen baino beste esan izango arte dituzte hau",
    "sq": "dhe të në e i që për me një nga është nuk ka si më do por kjo janë ky se edhe tha ishte kanë mund pas kur deri",
    "af": "die van en in is het nie dat 'n te op met vir wat sy hy was aan as om hulle ook sal by tot ons maar deur kan uit na word",
    "ru": "и в не на что с по он а это как его к но из у за от был для о то так же все или до бы они при было также она их после если который только",
    "uk": "і в не на що з у до як та за є це він але про від для його й які було вже також або після при її буде їх щоб те під час який також ми",
    "be": "і ў не на што з у да як та за гэта ён але пра ад для яго якія было ўжо таксама або пасля пры яе будзе іх каб па які",
    "bg": "и на в да се за от е не са че с по като но до той ще които ли това беше има към след при или само бъде му как още със във",
    "sr": "и у је на се да за су од са о који а као не што из ће би али која које није до био то како све само након већ или према док још више када",
    "mk": "и на во да се за од е не со дека ќе но кој што тоа ги како по беше има или до само уште при бил која го",
    "el": "και το της η του την με για να που στο από τον οι θα στην των είναι δεν τα σε ο τους ότι στη ένα κατά αλλά έχει μια όπως",
    "he": "של את על לא עם הוא כי זה גם אל היא כל או אם יש אבל היה בין לפני אחרי אמר הם זאת עוד רק אין",
    "yi": "און די פון איז אין צו דער אַ מיט אויף זיך ניט האָט דאָס וואָס",
    "ar": "في من على إلى أن التي عن مع الذي ما هذا هذه كان قد بعد لا بين كما أو ذلك لم وقال كل هو خلال قال حيث عليه يوم غير",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت شده بود ها شد می ما باید وی اما کرده دو هر پس اگر ایران",
    "ur": "کے کی میں ہے کا اور سے کو نے پر کہ یہ ہیں اس بھی نہیں کہا ایک تھا تو ان گیا کر وہ لیے جو رہے ہو بعد",
    "ps": "د او په چې کې ته له دی کړي سره شي نه یې هغه کړی دا خو وي چی ده وویل لپاره",
    "ckb": "لە و بە کە بۆ ئەو لەگەڵ ئەم سەر هەر بوو کرد نییە دەکات دەبێت کرا ڕۆژی",
    "hi": "के में की है और से को का ने पर कि यह हैं भी नहीं इस एक था कर तो लिए हो कहा साथ वह बाद गया या जो",
    "mr": "आहे आणि या व ते हे की नाही केले आहेत तर होते मात्र त्या झाले म्हणून असे यांनी होता",
    "ne": "र छ को मा गर्न भने यो पनि लाई हो छन् गरेको एक हुने ले तथा भएको थियो",
}
_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn",
    "MALAYALAM": "ml", "BENGALI": "bn", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "TIBETAN": "bo", "ORIYA": "or",
}  # fmt: skip
_SHARED = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "DEVANAGARI")


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _profiles() -> dict[str, dict[str, float]]:
    """Return each language's words with what they weigh: a word of many languages says less."""
    many = Counter(word for words in _PROFILES.values() for word in set(words.split()))
    return {code: {word: 1 / many[word] ** 0.5 for word in words.split()} for code, words in _PROFILES.items()}


_WEIGHTS = _profiles()
_OF_SCRIPT = {script: [code for code, words in _PROFILES.items() if _script(words[0]) == script] for script in _SHARED}
# Letters that only one of several near languages has.
_TELLING = {
    "fa": "پچژگ",
    "ur": "ٹڈڑںےھ",
    "ps": "ټډړښځڅېۍ",
    "ckb": "ڕڵێۆە",
    "uk": "їєґ",
    "be": "ў",
    "mk": "ѓќѕ",
    "sr": "ђћ",
}


def detect_language(text: str, blocks: Sequence[Block] = ()) -> str:
    """Return the language of a text as an ISO 639-1 code, or nothing where it is not clear.

    Blocks that are left out of annotation (menus, comments) are not looked at, unless there is nothing else.
    """
    sample = labelled_text(text, blocks)[:_REACH]
    if not sample.strip():
        sample = text[:_REACH]
    scripts = Counter[str]()
    # Each letter is looked up once, however often it stands there.
    for letter, count in Counter(sample).items():
        if letter.isalpha():
            scripts[_script(letter)] += count
    if not scripts:
        return ""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 20 and scripts["CJK"] + scripts["HIRAGANA"] > 10:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if count * 2 < scripts.total():
        return ""
    if script == "CJK":
        return "zh"
    if script in _SCRIPTS:
        return _SCRIPTS[script]
    return _by_words(sample, _OF_SCRIPT.get(script, ()))


def _by_words(sample: str, codes: Sequence[str]) -> str:
    # ZWNJ parts a Persian word that the profile does not know anyway, and joins none of its own.
    words = Counter(word.replace("\u2019", "'") for word in _WORD.findall(sample.lower()))
    total = words.total()
    scores: dict[str, float] = {}
    for code in codes:
        met = _WEIGHTS[code].keys() & words.keys()
        if len(met) >= _FEWEST or (met and total < 40 and len(met) >= 2):
            letters = sum(sample.count(letter) for letter in _TELLING.get(code, ""))
            scores[code] = sum(words[word] * _WEIGHTS[code][word] for word in met) + letters / 2
    ranked = sorted(scores, key=lambda code: -scores[code])
    if not ranked or scores[ranked[0]] < _LEAST * total:
        return ""
    if len(ranked) > 1 and scores[ranked[0]] < _AHEAD * scores[ranked[1]]:
        return ""
    return ranked[0]
