"""News agencies and picture agencies by the names that stand in datelines, bylines and credits."""

import re

from annotator.text.late import Late

NEWS = (
    "Reuters", "Thomson Reuters", "AP", "Associated Press", "The Associated Press", "AFP", "Agence France-Presse",
    "dpa", "DPA", "dpa-AFX", "UPI", "EFE", "Agencia EFE", "ANSA", "Ansa", "LUSA", "Lusa", "Belga", "ANP", "NTB", "TT",
    "STT", "Ritzau", "APA", "SDA", "Keystone-SDA", "ATS", "epd", "KNA", "sid", "SID", "AFX", "PAP", "CTK", "ČTK", "MTI",
    "TASS", "ITAR-TASS", "Interfax", "RIA Novosti", "Ukrinform", "Unian", "Xinhua", "Kyodo", "Kyodo News", "Jiji",
    "Yonhap", "PTI", "ANI", "IANS", "Antara", "Bernama", "IRNA", "ISNA", "Fars", "Mehr", "Tasnim", "ILNA", "SANA",
    "KUNA", "WAM", "MENA", "Anadolu", "Anadolu Agency", "AA", "Bloomberg", "Bloomberg News", "Dow Jones",
    "Dow Jones Newswires", "PA", "PA Media", "Press Association", "AAP", "Canadian Press", "The Canadian Press", "CP",
    "RFE/RL", "Europa Press", "Adnkronos", "Télam", "Notimex", "Inter Press Service", "IPS",
)  # fmt: skip
PICTURES = (
    "AFP/Getty Images", "Getty Images", "Getty", "European Pressphoto Agency", "EPA", "EPA-EFE", "EPA/EFE", "AP Photo",
    "Shutterstock", "Rex Features", "Alamy", "Alamy Stock Photo", "iStock", "iStockphoto", "Corbis", "Magnum Photos",
    "NurPhoto", "Zuma Press", "ZUMA", "Polaris", "Redux", "Sipa", "SIPA USA", "Abaca", "Picture Alliance",
    "picture alliance", "picture-alliance", "imago", "IMAGO", "imago images", "ullstein bild", "Panos", "VII", "WENN",
    "Wikimedia Commons", "Flickr", "Unsplash", "Pixabay", "Pexels", "Keystone", "Handout", "Courtesy", "Archivbild",
)  # fmt: skip


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


NEWS_PATTERN = rf"(?:{_any(NEWS)})"
"""A news agency's name."""
PICTURES_PATTERN = rf"(?:{_any((*PICTURES, *NEWS))})"
"""The name of an agency that pictures come from: those of news do too."""
_IN = Late(rf"(?<!\w){NEWS_PATTERN}(?!\w)")


def agency_in(words: str) -> str:
    """Return the first news agency that is named in `words` (a dateline, a byline), or nothing."""
    found = _IN.search(words)
    return found[0] if found else ""
