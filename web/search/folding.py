"""How two spellings of one name are made comparable: Cyrillic and any usual transliteration of it become the same key.

A key is a rough Latin spelling in a-z. What transliterations disagree about is given up on purpose: ё and е, й, ы and и, щ and ш,
soft and hard signs, doubled letters, the y before a vowel. "Соловьёв", "Solovyov" and "Solovev" are one key; it folds to itself.
"""

import re
import unicodedata

from anyascii import anyascii

# Russian first, then letters of other languages whose speakers are in the record.
_CYRILLIC = (
    "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sh ъ - ы i "
    "ь - э e ю iu я ia і i ї i є e ґ g ў u ә a ө o ү u ұ u қ k ғ g ң n һ h җ zh ҳ h ҷ ch ӣ i ӯ u ҡ k ҙ z ҫ s ӏ - ѣ e"
).split()
_MARKED_LATIN = "ž zh š sh ŝ sh č ch ć ch ş sh ç ch ğ g ı i â ia û iu ë e è e".split()
"""The scientific transliteration, and the Turkic alphabets in Latin letters."""
_LETTERS = {
    letter: key.replace("-", "")
    for letter, key in zip((_CYRILLIC + _MARKED_LATIN)[::2], (_CYRILLIC + _MARKED_LATIN)[1::2], strict=True)
}
_CYRILLIC_LOOKALIKES = str.maketrans("aceikmoptxyhb", "асеикмортхунв")
"""Latin letters that slip into a Cyrillic word and look right there."""
_SEPARATING_O = re.compile("[ьъ]о")

# In this order, again and again until nothing changes. Only letters that a Latin spelling has are taken out by the first rules;
# a spelling that came from Cyrillic goes through all of them as well, so that both lose the same.
_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[^a-z]", ""),
        (r"shch|sch|shh", "sh"),
        (r"tch|^tsch", "ch"),
        (r"dj", "dzh"),
        (r"tz|cz", "ts"),
        (r"ck", "k"),
        (r"ph", "f"),
        (r"[kg]h", "h"),
        (r"th", "t"),
        (r"w", "v"),
        (r"q", "k"),
        (r"x", "ks"),
        (r"[yj]", "i"),
        (r"c(?=[eiv]|ov)", "ts"),
        (r"c(?!h)", "k"),
        (r"(?<=[bdfghklmnprstvz])i+e(?=i+[au])", ""),  # a hard sign in a Russian passport: Podieiachev
        (r"i+[eo]", "e"),
        (r"(?<=[bdfghklmnprstvz])i+(?=u)", ""),
        (r"(?<=[szc]h)o", "e"),
        (r"(.)\1+", r"\1"),
    )
]


def folded(word: str) -> str:
    """The key of one word of a name, "" for what holds no letter."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    if any(is_cyrillic(letter) for letter in plain):
        plain = _SEPARATING_O.sub("ио", plain.translate(_CYRILLIC_LOOKALIKES))
    key = "".join(_key_of(letter) for letter in plain)
    while (again := _once(key)) != key:
        key = again
    return key


def is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"


def _key_of(letter: str) -> str:
    if "a" <= letter <= "z":
        return letter
    known = _LETTERS.get(letter)
    return known if known is not None else anyascii(letter).lower() if letter.isalpha() else ""


def _once(key: str) -> str:
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key
