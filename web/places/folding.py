"""How two spellings of one place are made comparable; read by the gazetteer when it is built and when it is asked.

Names of places and of squares and streets are folded by two different rules, because people vary different things in them: the
prefix of a town ("г. Химки"), the kind of a street ("м. Гостиный двор", "ул. Тверская, 13"). Where the ending varies too, as in
the names of police stations ("ОВД Тверское", "в Тверском"), `web.places.stems` is asked.
"""

import re
import unicodedata

_NOT_SPOKEN = re.compile(r"[’'ʹʺʼ`´ʻ‘\"«»“”„()\[\]?!*]")
_SEPARATORS = re.compile(r"[\s\-‐‑–—.,;:/\\]+")
_ONLY_CYRILLIC = re.compile(r"[\u0400-\u04ff\s\-]*")
_TOWN_WORDS = re.compile(
    r"^(?:г|гор|город|городе|поселок|пос|пгт|село|деревня|дер|станица|the city of|city of|city|town of|the) (?=\S)"
)
_SAINT = re.compile(r"^(st|ste|ft|mt) (?=\S)")
_SPELT_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_STREET_KINDS = {
    "square": "пл площадь площади площадью sq square ploshchad ploschad",
    "street": "ул улица улице улицы улицей st str street ulitsa ulica",
    "metro": "м метро ст станция станции станций метрополитена subway station underground metrostation",
    "avenue": "пр просп проспект проспекте проспекта avenue prospekt ave prospect",
    "lane": "пер переулок переулке переулка lane pereulok",
    "embankment": "наб набережная набережной embankment naberezhnaya",
    "boulevard": "бул бульв бульвар бульваре бульвара б р boulevard bulvar blvd",
    "garden": "сад саду сада сквер сквере сквера garden park парк парке парка",
}
_KIND_OF = {word: f"<{kind}>" for kind, words in _STREET_KINDS.items() for word in words.split() if len(word) > 1 or word == "м"}
_STREET_NOISE = frozenset(
    """
    у около возле на в во рядом с со здания зданий здание дом дома д стр корп
    near at the on in by outside r
    """.split()
)


def folded(name: str) -> str:
    """The key under which the name of a town, a region or a country is compared: "г. Орёл", "орел" and "ОРЕЛ" are one."""
    plain = name.casefold().replace("ё", "е").replace("ı", "i")  # the latter as its capital is folded: Diyarbakır
    if not (plain.isascii() or _ONLY_CYRILLIC.fullmatch(plain)):
        plain = "".join(map(_bare, plain))
    if plain.isalpha():  # one word, as most names are: nothing to take off
        return plain
    plain = _SEPARATORS.sub(" ", _NOT_SPOKEN.sub("", plain)).strip()
    plain = _TOWN_WORDS.sub("", plain)
    return _SAINT.sub(lambda found: _SPELT_OUT[found[1]] + " ", plain)


def _bare(letter: str) -> str:
    if letter < "\u0080" or "\u0400" <= letter <= "\u04ff":  # й is a letter of its own, not an и with a mark
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def street_keys(name: str) -> list[str]:
    """The keys of a square, street or metro station, the strictest first; house numbers are tried only after the whole."""
    words = [word for word in re.findall(r"\w+", folded(name)) if word not in _STREET_NOISE]
    spoken = [_KIND_OF.get(word, word) for word in words]
    unnumbered = [word for word in spoken if not word[0].isdigit()]
    bare = [word for word in unnumbered if word != "<street>"]  # "ул. Б. Покровская" is what is listed as "Б. Покровская"
    keys = (" ".join(sorted(set(kept))) for kept in (spoken, unnumbered, bare))
    return [key for key in dict.fromkeys(keys) if key and not all(word.startswith("<") for word in key.split())]
