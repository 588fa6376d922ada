"""Words that end in a period which does not end a sentence (English, German, French, Spanish)."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = _words(
    """
    Mr Mrs Ms Mx Dr Prof Gen Col Lt Maj Capt Cmdr Adm Sgt Cpl Pvt Brig Rev Fr Msgr Hon Sen Rep Gov Pres Amb Supt Insp
    Messrs Mme Mmes Mlle Mlles MM Me Mgr Hr Hrn Frl Frhr Dipl Ing Sra Srta Sres Dra Dña Lic Excmo Excma Dn vs cf vgl
    bzw ca z.B d.h u.a s.o i.e e.g viz
    """
)
"""A name or a word follows: they never end a sentence."""

SOFT = _words(
    """
    Jr Sr Inc Corp Co Cos Ltd Bros Llc LLC GmbH Univ Dept Assn Est St Ste Mt Ft Ave Blvd Rd Hwy Bldg etc al usw ff
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Jän Mär Mrz Okt Dez Mio Mrd Tsd Str Bd Aufl geb gest Jh evtl ggf inkl exkl sog bes Abb Hrsg Ges
    janv févr avr juil août sept oct nov déc av env éd ex apr
    ene feb abr ago dic núm pág Ud Uds Vd Vds EE UU Cía Avda Gral Pdte
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex
    Va Vt Wash Wis Wyo
    """
)
"""They end a sentence only where a word follows that likes to begin one (`STARTERS`)."""

NUMBERED = _words("No Nos no nos Nr Nrn Art art Abs Sec sec Vol vol Ch ch Fig fig Figs p pp P n N S Rz")
"""They do not end a sentence where a figure follows."""

MONTHS = _words(
    """
    Januar Jänner Februar Februars März April Mai Juni Juli August September Oktober November Dezember
    Jan Feb Apr Aug Sept Okt Nov Dez Jahrhundert Jahrhunderts Weltkrieg Weltkriegs Weltkrieges
    """
)
"""After a German ordinal ("am 5. Mai") the sentence goes on."""

STARTERS = _words(
    """
    The He She It They We I You A An This That These Those There Here Then Now But And Or So Yet Still In On At By For
    From With Without To As If When While Where Why What Who How After Before Since Until Although Though Because
    Despite During Under Over Both Some Many Most Several Few Each Every All Another Other Others One Two No Not Only
    Also Even However Meanwhile Moreover Earlier Later Last Next His Her Its Their Our My Your Mr Mrs Ms Dr According
    Asked Officials Police Such Once Among Instead
    Le Les Il Elle Ils Elles On Un Une Des Du Ce Cet Cette Ces Mais Et Dans Pour Selon En Nous Je Vous Sur Avec Après
    Der Die Das Ein Eine Er Sie Es Wir Ich Und Aber Im Am Bei Mit Nach Für Wie Doch Auch Dies Diese Dieser Dieses Nun
    El Los Las Una Él Ella Ellos Ellas Pero Y Según Con Por Para Su Sus Este Esta Esto Se Lo Al Cuando
    """
)
"""Words that seldom follow an abbreviation within a sentence and often begin one."""
