"""How many a line says are held, and how many of them are minors: "около 15 чел, из них двое несовершеннолетних", "2 kids"."""

import re
from collections.abc import Sequence

from domain.count import Count
from domain.count_words import parse_count
from domain.errors import RuleBroken
from web.hotline.pieces import Line, Said, Word

_LONGEST = 5
_PEOPLE = re.compile(
    r"чел(?:овек\w*)?|чк|людей|люди|людям|душ|задержан\w*|задержали|задержаний|арестован\w*|удержива\w+|"
    r"persons?|people|ppl|pax|detained|detainees?|arrested|arrests?|held|guys"
)
_OF_A_KIND = re.compile(
    r"парн\w+|ребят\w*|девуш\w+|девоч\w+|мальчик\w*|женщин\w*|мужчин\w*|студент\w*|журналист\w*|активист\w*|прохож\w+|"
    r"(?:wo)?m[ea]n|girls?|boys?|students?|journalists?|activists?"
)
_MINORS = re.compile(
    r"несовершеннолетн\w*|несовершенолетн\w*|нес(?:ов)?|несов\w*|н/л|малолетн\w*|дет(?:и|ей|ям|ьми)|ребен\w+|подрост\w+|"
    r"школьни\w+|minors?|kids?|child(?:ren)?|teen(?:s|agers?)?|underage[d]?|under-?18|schoolchildren"
)
_SHORT_MINORS = re.compile(r"(?<![\d:.,/-])(\d{1,3}) ?(?:н ?/ ?л|н\. ?л\.)(?![\w/])")
_PLURAL = re.compile(r"\w*(?:летние|ние|дети|подростки|ки|minors|kids|children|teens|teenagers|under-?18|underage)")
_COLLECTIVE = re.compile(r"двое|двоих|трое|троих|четверо|четверых|(?:пят|шест|сем|восьм|девят|десят)ер(?:о|ых)")
_BETWEEN = frozenset("из них среди - – — of them are were is were: то есть человека".split())
_MORE = frozenset("еще more another further +".split())
_DIGIT = re.compile(r"\d")


def find_counts(line: Line) -> tuple[Count | None, Count | None]:
    """Take how many people, and how many minors, the line counts; None for what it does not say."""
    minors = _shortened(line) or _find(line, _MINORS, Said.MINORS) or _some_minors(line)
    people = _find(line, _PEOPLE, Said.COUNT) or _bare(line) or _of_kinds(line) or _so_many_of_them(line)
    return people, minors


def _shortened(line: Line) -> Count | None:
    """ "2 н/л": written with a sign that parts everything else."""
    found = _SHORT_MINORS.search(line.low)
    if found is None or not line.is_free(found.start(), found.end()):
        return None
    line.take(found.start(), found.end(), Said.MINORS)
    return Count(int(found[1]), int(found[1]), line.text[found.start() : found.end()])


def _find(line: Line, noun: re.Pattern[str], said: Said) -> Count | None:
    """A number in front of one of these nouns, or behind it: "человек 15" is about fifteen."""
    for run in _runs(line):
        for at, word in enumerate(run):
            if noun.fullmatch(word.low.rstrip(".")):
                found = _before(line, run, at, said) or _after(line, run, at, said)
                if found is not None:
                    return found
    return None


def _of_kinds(line: Line) -> Count | None:
    """ "3 девушки и 2 парня" are five."""
    kinds: list[Count] = []
    while len(kinds) < _LONGEST and (found := _find(line, _OF_A_KIND, Said.COUNT)) is not None:
        kinds.append(found)
    if len(kinds) < 2:
        return kinds[0] if kinds else None
    highs = [kind.high for kind in kinds if kind.high is not None]
    return Count(sum(kind.low for kind in kinds), sum(highs) if len(highs) == len(kinds) else None)


def _so_many_of_them(line: Line) -> Count | None:
    """ "двоих", "трое": words that only count people."""
    for run in _runs(line):
        for word in run:
            if _COLLECTIVE.fullmatch(word.low) and (count := _parsed(word.text)) is not None:
                line.take(word.start, word.end, Said.COUNT)
                return count
    return None


def _runs(line: Line) -> list[list[Word]]:
    """Free words that nothing parts, "из них 2" being parted from nothing, and "12+" being one word."""
    return list(line.runs())


def _before(line: Line, run: Sequence[Word], at: int, said: Said) -> Count | None:
    last = at
    while last > 0 and run[last - 1].low in _BETWEEN:
        last -= 1
    for first in range(max(0, last - _LONGEST), last):
        start, end = run[first].start, run[last - 1].end
        count = _read(line, run[first:last], line.text[start:end])
        if count is not None:
            line.take(start, run[at].end, said)
            return count
    return None


def _after(line: Line, run: Sequence[Word], at: int, said: Said) -> Count | None:
    """ "человек 15", "несовершеннолетних: двое" within one run."""
    for last in range(min(len(run), at + 4), at + 1, -1):
        start, end = run[at + 1].start, run[last - 1].end
        count = _read(line, run[at + 1 : last], line.text[start:end])
        if count is None:
            continue
        if said is Said.COUNT and count.is_exact and run[at].low.startswith("чел") and run[at + 1].low.isdecimal():
            count = _parsed(f"~{run[at + 1].text}") or count
        line.take(run[at].start, end, said)
        return count.told(line.text[run[at].start : end])
    return None


def _read(line: Line, words: Sequence[Word], text: str) -> Count | None:
    """A number; one that says how many more is no total, but that many at least."""
    more = [word for word in words if word.low in _MORE]
    if more:
        rest = " ".join(word.text for word in words if word.low not in _MORE)
        count = _parsed(rest)
        return Count.at_least(count.low, text) if count is not None else None
    if line.low[max(0, words[0].start - 1) : words[0].start] == "+" and words[0].low[:1].isdecimal():
        count = _parsed(text)
        return Count.at_least(count.low, f"+{text}") if count is not None else None
    count = _parsed(text)
    return count.told(text) if count is not None else None


def _parsed(text: str) -> Count | None:
    try:
        return parse_count(text)
    except RuleBroken:
        return None


def _some_minors(line: Line) -> Count | None:
    """Minors without a number: at least one of them."""
    for run in _runs(line):
        for word in run:
            if _MINORS.fullmatch(word.low.rstrip(".")) and len(word.low) > 3:
                line.take(word.start, word.end, Said.MINORS)
                return Count.at_least(1, word.text)
    return None


def _bare(line: Line) -> Count | None:
    """A number with nothing behind it: "Тверское 15", "15 в Тверское", "Тверское, около 15"."""
    for run in _runs(line):
        for words in (run, run[:-1] if run[-1].low in ("в", "во", "на", "in", "at") else ()):
            if words and len(words) <= _LONGEST and any(map(_says_how_many, words)):
                start, end = words[0].start, words[-1].end
                count = _read(line, words, line.text[start:end])
                if count is not None and count.low < 2000:
                    line.take(start, end, Said.COUNT)
                    return count
    return None


def _says_how_many(word: Word) -> bool:
    return _DIGIT.search(word.text) is not None or _parsed(word.text) is not None
