"""The names of the fields in exports of Nexis, old and new, in English, German, French and Spanish."""

import re

_FIELDS = {
    name: key
    for key, names in {
        "section": "section|rubrik|ressort|rubrique|sección",
        "word count": "length|länge|longueur|longitud|extensión",
        "byline": "byline|autor|autoren|verfasser|auteur|auteurs|signature|autora|autores|firma",
        "dateline": "dateline|ortsangabe|datumszeile|ort|lieu|origine|lugar|lugar y fecha|procedencia",
        "subhead": "highlight|highlights|hervorhebung|zusammenfassung|encadré|encart|points forts|résaltado|destacado|resaltado",
        "load date": "load-date|load date|ladedatum|lade-datum|update|date-chargement|date de chargement|fecha-carga"
        "|fecha de carga",
        "language": "language|sprache|langue|idioma",
        "publication type": "publication-type|publication type|zeitungstyp|publikationstyp|publikationsart"
        "|type-publication|type de publication|tipo de publicación|tipo-publicación",
        "edition": "edition|ausgabe|édition|edición",
        "series": "series|serie|série",
        "url": "url",
        "rights": "copyright",
        "correction": "correction-date|korrekturdatum|date de correction|fecha de corrección",
        "journal code": "journal code|journal-code|zeitungs-code|zeitschriften-code|code-journal|code de la publication|código de la publicación",
        "subject": "subject|thema|themen|schlagwort|sujet|objet|tema|temas|asunto",
        "company": "company|unternehmen|firma/unternehmen|société|sociétés|societe|entreprise|empresa",
        "organization": "organization|organisation|organización",
        "person": "person|personne|persona",
        "geographic": "geographic|geographisch|geografie|geografisch|localisation-geo|géographie|zone géographique|geográfico",
        "industry": "industry|branche|industrie|secteur-activite|secteur|sector|industria",
        "ticker": "ticker|symbole-boursier|börsensymbol",
    }.items()
    for name in names.split("|")
}  # fmt: skip
_FIELD = re.compile(r"([^\W\d_][\w /&-]{1,40}?)\s?:[\s\u00a0]+(?=\S)")
RIGHTS = re.compile(r"(?:copyright|©|\(c\)\s|all rights reserved|alle rechte vorbehalten|tous droits réservés"
                     r"|todos los derechos reservados|derechos de autor)", re.IGNORECASE)  # fmt: skip
"""How a line begins that says whose text it is."""


def field_of(line: str) -> tuple[str, str]:
    """Return the key and the value of a line that is a field, else nothing twice."""
    found = _FIELD.match(line.strip())
    key = _FIELDS.get(plain(found[1]), "") if found else ""
    return (key, line.strip()[found.end() :]) if found and key else ("", "")


def plain(line: str) -> str:
    """Return a line as it is compared: without case, blanks made one."""
    return " ".join(line.casefold().split())
