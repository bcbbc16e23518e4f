"""Figures of what people were accused of and what courts did to them: articles, rulings, fines and days of arrest; inside alone.

A ruling may be reported more than once, and a case may be ruled on again after an appeal. Reports that differ about one
defendant in one case give an interval; what an appeal set aside counts until a new ruling is recorded (docs/decisions/0041).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.proceedings import INTERIM, PENALTIES, RULINGS
from projections import statistics
from projections.days import common_day
from projections.figures.definition import EVERYWHERE, OF_WHOM, Counted, Definition, Facts, Of
from projections.figures.of_people import ONE, PERHAPS, held, ties
from projections.figures.whom import UNKNOWN, WHOM, Case, Whom
from projections.reconciling import Total


def accused(facts: Facts) -> Iterator[Counted]:
    """Everybody held or proceeded against under an article, at each of their detentions and cases."""
    whom = Whom(facts)
    standing = {row.record: (row, at) for row, at in held(facts)}
    for record, articles in whom.accused.items():
        if record in standing:
            row, at = standing[record]
            yield _under(articles, at, whom.somebody(row.person), partial(whom.held, row, at.day))
    for case in whom.cases.values():
        row, at = standing.get(case.opened.detention, (None, case.opened))
        for one in case.defendants:
            who = whom.somebody(one)
            is_held = row is not None and whom.somebody(row.person) == who
            of = partial(whom.held, row, at.day) if is_held else partial(whom.person, one, at.day)
            yield _under(case.articles(one), at, who, of)


def _under(articles: Any, at: Any, who: bytes, of: Of) -> Counted:
    return Counted(ONE, at.city, at.region, at.day, tuple(sorted(set(articles))), who=who, of=of)


class Ruled(NamedTuple):
    """What courts are reported to have ruled on one person in one case."""

    case: Case
    files: tuple[bytes, ...]
    who: bytes
    rulings: tuple[Any, ...]

    def articles(self) -> tuple[str, ...]:
        """Under which it was ruled."""
        return tuple(sorted({article for file in self.files for article in self.case.articles(file)}))


def _ruled(facts: Facts, whom: Whom) -> Iterator[Ruled]:
    """Each case that stands for each person in it of whom any ruling was reported, in the order of its entries."""
    rulings: dict[bytes, list[Any]] = defaultdict(list)
    for row in facts.known(statistics.RULING):
        rulings[row.record].append(row)
    for record, told in rulings.items():
        case = whom.cases.get(record)
        if case is None:
            continue
        files: dict[bytes, list[bytes]] = defaultdict(list)
        for file in case.defendants:
            files[whom.somebody(file)].append(file)
        for who, own in files.items():
            concerned = tuple(row for row in told if row.person is None or row.person in own)
            if concerned:
                yield Ruled(case, tuple(own), who, concerned)


def outcomes(facts: Facts) -> Iterator[Counted]:
    """Everybody on whom a court ruled, as each ruling says."""
    whom = Whom(facts)
    for ruled in _ruled(facts, whom):
        for row in ruled.rulings:
            city, region = _where(row, ruled.case)
            penalties = (code for code in row.codes.split() if code != UNKNOWN)
            of = partial(_of_ruled, whom, ruled, row.day)
            yield Counted(ONE, city, region, row.day, (row.category, *penalties), who=ruled.who, of=of)


def _of_ruled(whom: Whom, ruled: Ruled, day: int, dimension: str) -> tuple[str, ...]:
    if dimension == "article":
        return tuple(article for article in ruled.articles() if article != UNKNOWN)
    return whom.person(ruled.who, day, dimension)


def _where(row: Any, case: Case) -> tuple[int | None, str | None]:
    at = case.opened if row.city is None and row.region is None else row
    return at.city, at.region


def imposed(penalty: str, size: Callable[[Any], tuple[int, int | None]] | None) -> Callable[[Facts], Iterator[Counted]]:
    """How often a penalty was imposed, or how much of it: for each person in each case an interval of what rulings say."""

    def count(facts: Facts) -> Iterator[Counted]:
        whom = Whom(facts)
        for ruled in _ruled(facts, whom):
            saying = [row for row in ruled.rulings if penalty in row.codes.split()]
            if not saying:
                continue
            is_sure = not any(_says_another(row, penalty) for row in ruled.rulings)
            total = ONE if is_sure else PERHAPS
            if size is not None:
                lows, highs = zip(*(size(row) for row in saying), strict=True)
                total = Total(min(lows) if is_sure else 0, None if None in highs else max(highs))
            places = {_where(row, ruled.case) for row in saying}
            city, region = places.pop() if len(places) == 1 else (None, None)
            day = common_day([row.day for row in saying])
            of = partial(whom.person, ruled.who, day)
            yield Counted(total, city, region, day, ruled.articles(), of=of)

    return count


def _says_another(row: Any, penalty: str) -> bool:
    """Whether this ruling ended the case, and not with that penalty. One of which nobody told the penalty may have been any."""
    if row.category in INTERIM or row.category == "sent_back":
        return False
    told = row.codes.split()
    return row.category not in ("guilty", UNKNOWN) if told == [UNKNOWN] else penalty not in told


_ONE_BY_ONE = (
    "Files found to be of one person count as one; rows overlap where somebody stands in several.",
    "Досье, признанные относящимися к одному человеку, учтены как одно; строки пересекаются, если человек есть в нескольких.",
)
_RULINGS = (
    "Rulings as they were made, on the day of the ruling, at the place of the court or, where it is not told, of the case: "
    "what an appeal eased or set aside counts until a new ruling is recorded.",
    "Решения в том виде, в каком они вынесены, по дню решения и по месту суда, а если оно не сообщалось — по месту дела: "
    "смягчённое или отменённое по жалобе учитывается, пока не записано новое решение.",
)
_DIFFERING = (
    "For each person in each case rulings that were reported differently give an interval, from nothing where one that ended the "
    "case did not impose it. Of which nobody told the penalty is not among them. Category: the articles of the case.",
    "По каждому человеку в каждом деле расходящиеся сообщения о решениях дают промежуток — от нуля, если в одном из завершающих "
    "дело решений такого наказания нет. Решений, о наказании в которых не сообщали, здесь нет. Категория — статьи дела.",
)
_IN_COURT = (*EVERYWHERE, "article", "age_band", "gender")
_FACTS = (statistics.CASE, statistics.CHARGE, statistics.RULING)


def _imposed(
    name: str, unit: tuple[str, str], method: tuple[str, str], penalty: str, size: Callable[[Any], tuple[int, int | None]] | None
) -> Definition:
    said = (f"{method[0]} {_DIFFERING[0]} {_RULINGS[0]}", f"{method[1]} {_DIFFERING[1]} {_RULINGS[1]}")
    by = (*EVERYWHERE, "age_band", "gender")
    whom = (statistics.DESCRIBED,)
    return Definition(name, 1, unit, said, imposed(penalty, size), ties, _FACTS, (ARTICLES,), by, whom, is_of_people=True)


OF_COURTS = (
    Definition(
        "articles",
        1,
        ("people held or charged under an article", "люди, задержанные или преследуемые по статье"),
        (
            "People accused in a protocol, by a change of the accusation or in a case; under each article that was ever named, "
            "also where it was changed later. Where and when the detention counts; a case without one at its own place and on "
            f"the day it was opened. Category: the article. {_ONE_BY_ONE[0]}",
            "Люди, которых обвинили в протоколе, при переквалификации или в деле; по каждой названной статье, даже если её потом "
            "изменили. По месту и дню задержания; дело без задержания — по своему месту и дню возбуждения. Категория — статья. "
            f"{_ONE_BY_ONE[1]}",
        ),
        accused,
        ties,
        (statistics.PROTEST, statistics.DETENTION, statistics.ACCUSED, statistics.CASE, statistics.CHARGE),
        (ARTICLES,),
        (*EVERYWHERE, *(dimension for dimension in OF_WHOM if dimension != "article")),
        WHOM,
        is_of_people=True,
    ),
    Definition(
        "outcomes",
        1,
        ("people on whom a court ruled", "люди, о которых суд вынес решение"),
        (
            f"Category: what was decided, and each penalty. {_RULINGS[0]} {_ONE_BY_ONE[0]}",
            f"Категория — решение и каждое наказание. {_RULINGS[1]} {_ONE_BY_ONE[1]}",
        ),
        outcomes,
        ties,
        _FACTS,
        (RULINGS, PENALTIES),
        _IN_COURT,
        (statistics.DESCRIBED,),
        is_of_people=True,
    ),
    _imposed(
        "fines",
        ("fines imposed", "назначенные штрафы"),
        ("How many times a person was fined.", "Сколько раз людям назначали штраф."),
        "fine",
        None,
    ),
    _imposed(
        "fined_roubles",
        ("roubles of fines imposed", "рубли назначенных штрафов"),
        (
            "The sum of the fines; one of which nobody told how much has no high end.",
            "Сумма штрафов; у штрафа, размер которого не сообщали, нет верхней границы.",
        ),
        "fine",
        lambda row: (row.low, row.high),
    ),
    _imposed(
        "arrest_days",
        ("days of administrative arrest imposed", "сутки назначенного административного ареста"),
        (
            "Administrative arrest, a punishment; one of which nobody told how many days has no high end.",
            "Административный арест — наказание; у ареста, срок которого в сутках не сообщали, нет верхней границы.",
        ),
        "arrest",
        lambda row: (row.term_low, row.term_high),
    ),
)
