"""Whom a line names: "Примеров Глеб, Testova E.", and how old they are said to be.

A name is proposed, never certain: whoever looks at the form takes out what is none. It is what is left when everything else was
understood, and looks like one: by our list of first names, by how surnames and patronymics end, by its capitals.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from web.hotline.pieces import Line, Said, Word, is_of_city
from web.search.folding import folded
from web.search.name_parts import Kind, kind_of

MOST_NAMES = 60
_LONGEST = 4
_LETTERS = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*\.?|(?:[^\W\d_]\.){1,3}[^\W\d_]?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_]?|[^\W\d_]")
_LIKE_A_STATION = re.compile(r"[\w-]+(?:ск|цк)(?:ий|ое|ом|ого|ая|ой)|[\w-]+(?:skoe|skoye|skom|sky|skii|skiy|skaya)")
_COMES_FROM = re.compile(r"(?<!\w)(?:с|со|из|от|from|off|near|возле|около) $")
"""What stands before a place, where a word that could be a surname does too: "автозак с Пушкинской"."""
_AGE = re.compile(
    r"(?<!\d)(\d{1,2})[ -]?(?:лет(?!\w)|года?(?!\w)|летн(?:ий|яя|его|ей|юю)|y\.? ?o\.?(?!\w)|years? old|yrs? old|years?-old)"
)
_BORN = re.compile(
    r"(?<!\d)((?:19|20)\d\d) ?(?:г\.? ?р\.?(?!\w)|года? рожд\w*)"
    r"|(?<!\w)(?:born|род\.?|г\. ?р\.|г/р|гр) ?(?:in )?((?:19|20)\d\d)(?!\d)"
)
_BORN_ON = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)(?: ?(?:г\.? ?р\.?(?!\w)|года? рожд\w*))?")
_YOUNGEST = 8
"""A full date that lies so many years back is when somebody was born, and not when they were detained."""
_AGE_BESIDE = re.compile(r"(?<=[\w.])(?:, ?| ?\( ?)(\d{1,2})(?= ?(?:[,;)/]|$))")
"""A lone number behind a name: "Тестова Элла, 17, ОВД Арбат", "Ella Testova (17)"."""
_PASSING = frozenset(
    """
    в во на с со из от у к о об по до за при около возле под над для и а но или что как это там тут здесь уже еще также тоже все
    всех их его ее она он они мы нас нам него нее них вот ну да же ли бы был была были быть есть будет кто где когда куда откуда
    задержан задержана задержаны задержали задерживают задержанный задержанная задержанные задержание арестован арестована
    арестованы взяли забрали увезли увозят везут привезли привозят доставлен доставлена доставлены доставили отвезли сидит сидят
    находится находятся держат содержат удерживают сообщает сообщают пишет пишут звонит звонят говорит говорят говорят, сказали
    автозак автозака автозаке автозаки автозаком автозаков автобус автобуса автобусе машина машине машину авто полиция полицию
    полиции полицейские менты омон росгвардия отдел отделе отделение отделении овд омвд увд оп ровд зовут имя фамилия фио звать
    гражданин гражданка граждане гр гр. господин госпожа г-н г-жа один одна одного одну человек человека люди людей парень девушка
    парня девушку мужчина женщина мужчину женщину мой моя мою моего друг подруга друга подругу муж мужа жена жену сын сына дочь
    брат брата сестра сестру коллега коллегу студент студентка студента пожалуйста помогите срочно привет здравствуйте спасибо
    журналист журналистка журналиста журналистку корреспондент корреспондентка корреспондента корреспондентку фотограф фотографа
    активист активистка активиста активистку депутат депутата юрист юриста блогер блогера учитель учителя преподаватель
    преподавателя
    район района районе улица улице улицы метро площадь площади город городе сообщение передайте передай вместе ними ней ним
    a an the in at on of to by with and or from into near is are was were be been being he she they his her their him them it
    detained arrested held taken brought moved kept sits sitting being at's who named called mr mrs ms dr student woman
    journalist activist reporter photographer blogger teacher deputy
    man guy girl boy my our friend husband wife son daughter brother sister colleague police station ovd van vans bus buses
    avtozak cops officers riot also there here now please help urgent hello hi thanks city street square metro report reports
    says said say tells together one person people
    """.split()
)
_VERB = re.compile(r"\w+(?:ются|ится|ались|ают|яют|уют|ует|ает|ила|или|али|ют|ть|ться|ешь|ing)")


def find_ages(line: Line, said_at: datetime) -> None:
    """Take every age, and every year of birth as the age that makes."""
    for found in _AGE.finditer(line.low):
        line.take(found.start(), found.end(), Said.AGE, number=int(found[1]))
    for found in _BORN_ON.finditer(line.low):
        born = (int(found[3]), int(found[2]), int(found[1]))
        age = said_at.year - born[0] - ((said_at.month, said_at.day) < born[1:])
        if _YOUNGEST <= age < 120:
            line.take(found.start(), found.end(), Said.AGE, number=age)
    for found in _AGE_BESIDE.finditer(line.low):
        before = line.text[: found.start()].rsplit(None, 2)[-2:]
        is_one = len(before) == 2 and before[0][-1] not in ",;:)"
        is_named = is_one and any(_kind(word) in (Kind.FIRST, Kind.PATRONYMIC, Kind.INITIAL) for word in before)
        if is_named and int(found[1]) >= _YOUNGEST:
            line.take(found.start(1), found.end(1), Said.AGE, number=int(found[1]))
    for found in _BORN.finditer(line.low):
        age = said_at.year - int(found[1] or found[2])
        if 0 <= age < 120:
            # Whoever was born eighteen years ago may be seventeen yet; that is not said.
            line.take(found.start(), found.end(), Said.AGE, number=age)


def find_names(line: Line) -> None:
    """Take what looks like somebody's name."""
    has_small = line.text != line.text.upper()
    is_placed = any(piece.said in (Said.PLACE, Said.ORIGIN) and not is_of_city(piece) for piece in line.pieces)
    taken = 0
    for run in list(line.runs()):
        for words in _without_passing(run):
            for name in _parted(words):
                stands_alone = len(name) == 1 and _LIKE_A_STATION.fullmatch(name[0].low) is not None
                may_be_a_station = stands_alone and (not is_placed or _COMES_FROM.search(line.low, 0, name[0].start) is not None)
                if taken < MOST_NAMES and not may_be_a_station and _is_name(name, has_small):
                    line.take(name[0].start, name[-1].end, Said.NAME)
                    taken += 1


def is_passing(word: str) -> bool:
    """Whether a word, in small letters, says nothing that is recorded by itself."""
    return word.strip(".-–—'+&") in _PASSING or not any(letter.isalnum() for letter in word)


def says_somebody(text: str, at: int, end: int) -> bool:
    """Whether the words at this place may be part of a name, because a first name or a patronymic stands beside them."""
    before = re.search(r"(\S+) $", text[:at])
    after = re.match(r" ([^\s,;]+)", text[end:])
    return any(found is not None and _kind(found[1]) in (Kind.FIRST, Kind.PATRONYMIC, Kind.INITIAL) for found in (before, after))


_BEFORE_A_CITY = re.compile(r"(?<!\w)(?:в|во|из|г\.?|город|города|городе|in|from) $")


def is_first_name(text: str, at: int, end: int) -> bool:
    """Whether the word at this place is somebody's first name rather than a city called so: a surname stands before it, or a
    surname, a patronymic or initials behind. "Иванова Мария" is not in Mary."""
    if _kind(text[at:end]) is not Kind.FIRST or _BEFORE_A_CITY.search(text[:at].lower()):
        return False
    before, after = re.search(r"([^\s,;:]+) $", text[:at]), re.match(r" ([^\s,;:]+)", text[end:])
    if after is not None and _kind(after[1]) in (Kind.PATRONYMIC, Kind.INITIAL):
        return True
    beside = [found[1] for found in (before, after) if found is not None]
    return any(_kind(word) is Kind.SURNAME and not _LIKE_A_STATION.fullmatch(word.lower()) for word in beside)


def _kind(word: str) -> Kind:
    if re.fullmatch(r"(?:[^\W\d_]\.){1,3}", word):
        return Kind.INITIAL
    return kind_of(folded(word.strip(".,;")))


def _without_passing(run: Sequence[Word]) -> list[list[Word]]:
    """The run cut where words pass by that are never part of a name."""
    parts: list[list[Word]] = [[]]
    for word in run:
        is_initial = word.text[:1].isupper() and _INITIALS.fullmatch(word.text) is not None
        if (
            (is_passing(word.low) and not is_initial and not _is_surname_too(word, run))
            or not _LETTERS.fullmatch(word.text)
            or (word.text[:1].islower() and _VERB.fullmatch(word.low) and _kind(word.text) is Kind.UNKNOWN)
        ):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _is_surname_too(word: Word, run: Sequence[Word]) -> bool:
    """ "Ли Анна", where "ли" alone says nothing."""
    return word.text == "Ли" and any(_kind(other.text) is Kind.FIRST for other in run)


def _parted(words: list[Word]) -> list[list[Word]]:
    """Several names without a comma: each has one first name, and begins where the first one does."""
    kinds = [_kind(word.text) for word in words]
    firsts = [at for at, kind in enumerate(kinds) if kind is Kind.FIRST]
    if len(words) <= 3 or len(firsts) < 2:
        return [words]
    back = firsts[0] if firsts[0] <= 1 else 1
    starts = [0, *(at - back for at in firsts[1:])]
    return [words[start:end] for start, end in zip(starts, [*starts[1:], len(words)], strict=True) if end > start]


def _is_name(words: Sequence[Word], has_small: bool) -> bool:
    if not 0 < len(words) <= _LONGEST or not any(len(word.text.rstrip(".")) > 1 for word in words):
        return False
    kinds = [_kind(word.text) for word in words]
    is_capital = all(word.text[:1].isupper() for word in words)
    named = sum(kind in (Kind.FIRST, Kind.PATRONYMIC) for kind in kinds)
    surnames = sum(kind is Kind.SURNAME for kind in kinds)
    if len(words) == 1:
        return is_capital and has_small and (surnames == 1 or named == 1) and len(words[0].text) > 3
    if named and len(words) - named <= 2 and (is_capital or surnames or named > 1):
        return True
    if Kind.INITIAL in kinds and (surnames or (is_capital and has_small)):
        return True
    return is_capital and (has_small or surnames > 0) and len(words) <= 3
