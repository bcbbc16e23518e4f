"""Words that are a number by themselves, and how far each reaches. Read by `count_words.py`.

"2-9" is an interval. "~12" is a round word: alone it means a fifth more or less, after "over" it is its number. Where people who
code reports give a word a number (dozens 36, hundreds 150, thousands 1,500), the interval holds it.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from domain.number_words import SMALL
from domain.spelling import one_of


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity before "about", "at least" and the like are applied. `round` marks a word that is about itself ("a dozen")."""

    low: Fraction
    high: Fraction
    round: bool = False


_TABLE = """
2-3            couple | a couple | a couple of | couple of | пара | пару | ein paar
2-9            few | a few | several | some | a handful | a handful of | handful | несколько | нескольких | горстка
2-9            einige | mehrere
20-99          tens | десятки | десятков | несколько десятков | нескольких десятков
24-99          dozens | dozens of | several dozen | a few dozen | few dozen | дюжины | dutzende | mehrere dutzend
100-999        hundreds | hundreds of | сотни | сотен | hunderte
200-300        a couple hundred | a couple of hundred | couple hundred
200-999        several hundred | several hundreds | a few hundred | few hundred | mehrere hundert | mehrere 100
200-999        несколько сотен | несколько сот | нескольких сотен
1000-9999      thousands | thousands of | тысячи | тысяч | tausende
2000-9999      several thousand | several thousands | a few thousand | few thousand | mehrere tausend
2000-9999      несколько тысяч | нескольких тысяч
20000-99999    tens of thousands | десятки тысяч | несколько десятков тысяч | zehntausende
100000-999999  hundreds of thousands | сотни тысяч | hunderttausende
200000-999999  several hundred thousand | несколько сотен тысяч
~6             half a dozen | полдюжины
~10            десяток | десятка
~12            dozen | a dozen | дюжина | дюжину | ein dutzend
~15            полтора десятка
~50            полсотни | полусотни | half a hundred
~100           hundred | a hundred | сотня | сотню
~150           полтораста | полторы сотни
~500           полтысячи | half a thousand
~1000          thousand | a thousand | тысяча | тысячу
~1500          полторы тысячи | полутора тысяч | полторы тыс. | one and a half thousand
~1000000       million | a million | миллион
"""


def _amount(reach: str) -> Amount:
    if reach.startswith("~"):
        return Amount(Fraction(reach[1:]), Fraction(reach[1:]), round=True)
    low, high = reach.split("-")
    return Amount(Fraction(low), Fraction(high))


_LINES = tuple(line.split(maxsplit=1) for line in _TABLE.split("\n") if line)
VAGUE = {word: _amount(reach) for reach, words in _LINES for word in words.split(" | ")}

ROUND = dict.fromkeys(("dozen", "dozens", "dutzend", "дюжин", "дюжины"), 12)
ROUND |= dict.fromkeys(("десятка", "десятков"), 10) | dict.fromkeys(("сотни", "сотен", "hundred", "hundert"), 100)
"""What is counted in round numbers: two dozen, три десятка."""

PAIR = ("пара", "пару", "couple", "a couple", "couple of", "a couple of")

SO_MANY_ROUND = re.compile(rf"(?P<many>{one_of(*PAIR, *SMALL, '[0-9]{1,3}')}) (?P<unit>{one_of(*ROUND)})")
"""Two dozen, 3 десятка, пара сотен."""

_COUNTED = """
people persons? protest[eo]rs? demonstrators? participants? activists? detainees? detained arrest(?:s|ed)? detentions? men women
officers? police\\svans? vans? bus(?:es)? avtozaks?
чел\\.? человека? люд(?:и|ей) участник(?:а|ов|и) задержанн?ых задержани[йея] протестующих демонстрантов митингующих
активист(?:а|ов) женщин(?:ы)? мужчин(?:ы)? сотрудник(?:а|ов) полицейских автозак(?:а|ов|и)? автобус(?:а|ов|ы)?
personen teilnehmer(?:innen|n|\\*innen|:innen)? leute menschen
"""
WHAT_WAS_COUNTED = re.compile(rf"(?<=[\w+.]) ?\b{one_of(*_COUNTED.split())}$")
"""People and police vans may stand behind the number; "24 congregations" is no number of people."""

_UNKNOWN = """
unclear | unknown | not known | not clear | not available | no data | no information | tbd | tba | n/a | n.a. | na
? | ?? | ??? | - | --
неизвестно | не известно | неясно | не ясно | нет данных | данных нет | нет информации | н/д | уточняется
unbekannt | unklar | k.a. | k. a. | keine angabe | keine angaben
"""
SAID_TO_BE_UNKNOWN = frozenset(word.strip() for line in _UNKNOWN.split("\n") for word in line.split("|")) - {""}
