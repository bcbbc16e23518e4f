"""Numbers written out, in Russian, English and some German. Read by `count_words.py` and `moment_words.py`."""

import re

from domain.spelling import one_of

_SMALL = """
0  zero nil ноль нуль ноля нуля никого nobody null
1  one один одна одного одной одну одно ein eine einen
2  two два две двое двух двоих zwei
3  three три трое трех троих drei
4  four четыре четверо четырех четверых vier
5  five пять пятеро пяти пятерых fünf
6  six шесть шестеро шести шестерых sechs
7  seven семь семеро семи семерых sieben
8  eight восемь восьмеро восьми восьмерых acht
9  nine девять девятеро девяти девятерых neun
10 ten десять десятеро десяти десятерых zehn
11 eleven одиннадцать одиннадцати elf
12 twelve двенадцать двенадцати zwölf
13 thirteen тринадцать тринадцати
14 fourteen четырнадцать четырнадцати
15 fifteen пятнадцать пятнадцати
16 sixteen шестнадцать шестнадцати
17 seventeen семнадцать семнадцати
18 eighteen восемнадцать восемнадцати
19 nineteen девятнадцать девятнадцати
20 twenty двадцать двадцати zwanzig
30 thirty тридцать тридцати dreißig
40 forty сорок сорока vierzig
50 fifty пятьдесят пятидесяти fünfzig
60 sixty шестьдесят шестидесяти sechzig
70 seventy семьдесят семидесяти siebzig
80 eighty восемьдесят восьмидесяти achtzig
90 ninety девяносто девяноста neunzig
100 hundred сто ста hundert
200 двести двухсот
300 триста трехсот
400 четыреста четырехсот
500 пятьсот пятисот
600 шестьсот шестисот
700 семьсот семисот
800 восемьсот восьмисот
900 девятьсот девятисот
"""
_BIG = """
1000 thousand тысяча тысячи тысяч тысячу тыс. тыс tsd. tsd tausend k к
1000000 million миллион миллиона миллионов млн. млн mio. mio millionen
"""


def _table(text: str) -> dict[str, int]:
    return {form: int(number) for number, *forms in (line.split() for line in text.split("\n") if line) for form in forms}


SMALL = _table(_SMALL)
"""Every written form of the numbers below a thousand that are one word."""

THOUSANDS = _table(_BIG)
"""What may follow a number and multiplies it."""

_TENS = one_of(*(form for form, number in SMALL.items() if 20 <= number < 100))
_ONES = one_of(*(form for form, number in SMALL.items() if 1 <= number < 10))
_HYPHENATED = re.compile(rf"\b(?:{_TENS}-{_ONES}|\w+-(?:hundred|thousand))\b")
"""A hyphen inside one number: twenty-five, two-hundred. Any other parts the two ends of a range: пятьсот-тысяча."""

_HOURS = {form: number for form, number in SMALL.items() if 1 <= number <= 12}
_HOUR_WORD = re.compile(rf"(?<!\w){one_of(*_HOURS)}(?!\w)")


def number_in_words(text: str) -> int | None:
    """ "twenty-five" and "двести тридцать" as a number below a million; None when the words do not make one."""
    total, group, room = 0, 0, 1000
    for word in _HYPHENATED.sub(lambda found: found[0].replace("-", " "), text).split():
        if word in ("and", "und") and group:
            continue
        if word == "hundred" and (1 <= group <= 9 or (11 <= group <= 99 and not total)):  # two hundred, fifteen hundred
            group, room = group * 100, 100
        elif word in SMALL and (value := SMALL[word]) < room and not (value == 0 and (group or total)):
            group += value
            room = 100 if value >= 100 else 10 if value >= 20 else 1
        elif word in ("thousand", "тысяча", "тысячи", "тысяч", "тысячу") and not total and group < 1000:
            total, group, room = (group or 1) * 1000, 0, 1000
        else:
            return None
    return total + group if text else None


def with_digits(text: str) -> str:
    """The text with the numbers from one to twelve in digits: what hours and "two days ago" need."""
    return _HOUR_WORD.sub(lambda found: str(_HOURS[found[0]]), text)
