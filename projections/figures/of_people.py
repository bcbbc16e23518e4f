"""Figures about people: who was detained, is not known to be out, was refused counsel or ill-treated, was a minor; inside alone.

People are told one from another by what was found about their files as of the position. Everybody counts where and when the
detention does that it is said of: at the place and day of its protest, or at its own. What courts did is in `of_courts.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from domain.vocabulary.custody import CIRCUMSTANCES, COUNSEL_REFUSALS, ILL_TREATMENT, STILL_HELD
from domain.vocabulary.general import ANSWERS
from domain.vocabulary.protests import FORCE
from projections import statistics
from projections.figures.definition import EVERYWHERE, OF_WHOM, Counted, Definition, Facts, Of, Tie
from projections.figures.whom import WHOM, Whom, founders
from projections.reconciling import Total
from projections.told_of_custody import KINDS

ONE, PERHAPS = Total(1, 1), Total(0, 1)


def ties(rows: Sequence[Any]) -> Callable[[Any], Iterator[Tie]]:
    """By detention, person, protest and case; what is kept of a custody beside these facts by its detention alone."""

    def of(row: Any) -> Iterator[Tie]:
        if row.kind in KINDS:
            return iter([tie for tie in (row.record, row.detention) if tie is not None])
        known = [tie for tie in (row.record, row.person, row.protest, row.detention) if tie is not None]
        return iter([*known, *founders(row)] if row.kind == statistics.CASE else known)

    return of


def held(facts: Facts) -> Iterator[tuple[Any, Any]]:
    """Each detention that stands, with what says where and when it counts."""
    protests = {row.record: row for row in facts.ever_known(statistics.PROTEST)}
    return ((row, protests.get(row.protest, row)) for row in facts.known(statistics.DETENTION))


def _told(
    at: Any, category: str, who: bytes | None, of: Of | None = None, total: Total = ONE, protest: bytes | None = None
) -> Counted:
    return Counted(total, at.city, at.region, at.day, (category,), protest=protest, who=who, of=of)


def detained(facts: Facts) -> Iterator[Counted]:
    """Everybody detained, once."""
    whom = Whom(facts)
    for row, at in held(facts):
        yield _told(at, row.category, whom.somebody(row.person), partial(whom.held, row, at.day), protest=row.protest)


def not_released(facts: Facts) -> Iterator[Counted]:
    """Every detention of which nobody reported that it ended."""
    free = {row.record for row in facts.known(statistics.RELEASE) if row.category not in STILL_HELD}
    whom = Whom(facts)
    return (_told(at, row.category, None, partial(whom.held, row, at.day)) for row, at in held(facts) if row.record not in free)


def told_of(kind: int) -> Callable[[Facts], Iterator[Counted]]:
    """Everybody of whom an entry of this kind stands, once."""

    def count(facts: Facts) -> Iterator[Counted]:
        standing: Mapping[bytes, tuple[Any, Any]] = {row.record: (row, at) for row, at in held(facts)}
        whom = Whom(facts)
        for told in facts.known(kind):
            if told.record in standing:
                row, at = standing[told.record]
                yield _told(at, told.category, whom.somebody(row.person), partial(whom.held, row, at.day))

    return count


def minors(facts: Facts) -> Iterator[Counted]:
    """Whoever is said to have been a minor; and, at the high end alone, of whom nobody said whether they were."""
    whom = Whom(facts)
    for row, at in held(facts):
        if row.minor != "no":
            is_sure = row.minor == "yes"
            yield _told(at, row.minor, whom.somebody(row.person), partial(whom.held, row, at.day), ONE if is_sure else PERHAPS)


def with_force(facts: Facts) -> Iterator[Counted]:
    """Every protest at which force was used, once."""
    protests = {row.record: row for row in facts.known(statistics.PROTEST)}
    for told in facts.known(statistics.FORCE):
        if told.record in protests:
            yield _told(protests[told.record], told.category, told.record)


_PEOPLE = (statistics.PROTEST, statistics.DETENTION)
_RECORDED = (
    "Of people recorded one by one; files found to be of one person count once, and in each row of a breakdown where they were "
    "detained, so rows overlap. Who was only counted is not among them. By article, agency, station, age and gender they stand "
    "in each row that anybody told; of ages told of several years only in those of the year nearest to the detention.",
    "О людях, записанных поимённо; досье, признанные относящимися к одному человеку, учтены один раз и в каждой строке, где он "
    "был задержан, поэтому строки пересекаются. Тех, кого только посчитали, здесь нет. По статье, органу, отделу, возрасту и "
    "полу — в каждой строке, о которой сообщали; если возраст указан на разные годы — только на ближайший к задержанию.",
)


def _of_people(
    name: str,
    unit: tuple[str, str],
    method: tuple[str, str],
    count: Callable[[Facts], Iterator[Counted]],
    kinds: tuple[int, ...],
    category: Any,
) -> Definition:
    said = (f"{method[0]} {_RECORDED[0]}", f"{method[1]} {_RECORDED[1]}")
    return Definition(
        name, 1, unit, said, count, ties, (*_PEOPLE, *kinds), (category,), (*EVERYWHERE, *OF_WHOM), WHOM, is_of_people=True
    )


OF_PEOPLE = (
    _of_people(
        "people_detained",
        ("people detained", "задержанные люди"),
        (
            "People detained at least once. Category: the circumstances.",
            "Люди, задержанные хотя бы раз. Категория — обстоятельства.",
        ),
        detained,
        (),
        CIRCUMSTANCES,
    ),
    Definition(
        "not_released",
        1,
        ("detentions with no release reported", "задержания, об окончании которых не сообщали"),
        (
            "Detentions recorded one by one without a report that set the person free; remand and administrative arrest do not. "
            "That nobody reported a release does not mean that the person is still inside. Category: the circumstances. "
            "By article, station, age and gender a detention stands in each row that anybody told.",
            "Задержания, записанные поимённо, без сообщения об освобождении; заключение под стражу и административный арест — не "
            "освобождение. Если об освобождении не сообщали, это не значит, что человек всё ещё внутри. "
            "Категория — обстоятельства. По статье, отделу, возрасту и полу задержание стоит в каждой строке, о которой "
            "сообщали.",
        ),
        not_released,
        ties,
        (*_PEOPLE, statistics.RELEASE),
        (CIRCUMSTANCES,),
        (*EVERYWHERE, *OF_WHOM),
        WHOM,
        is_of_people=True,
    ),
    _of_people(
        "counsel_refused",
        ("people refused counsel", "люди, к которым не пустили защитника"),
        (
            "People to whom counsel was not let in. Category: the ground given.",
            "Люди, к которым не пустили защитника. Категория — повод.",
        ),
        told_of(statistics.COUNSEL_REFUSED),
        (statistics.COUNSEL_REFUSED,),
        COUNSEL_REFUSALS,
    ),
    _of_people(
        "ill_treatment",
        ("people of whom ill-treatment was reported", "люди, о жестоком обращении с которыми сообщали"),
        (
            "People of whom ill-treatment in custody was reported: allegations. Category: its kind.",
            "Люди, о жестоком обращении с которыми в заключении сообщали: утверждения. Категория — вид.",
        ),
        told_of(statistics.ILL_TREATED),
        (statistics.ILL_TREATED,),
        ILL_TREATMENT,
    ),
    _of_people(
        "minors",
        ("minors detained", "задержанные несовершеннолетние"),
        (
            "People said to have been minors when detained, at the low end; at the high end also those of whom nobody said "
            "whether they were. Category: what was said.",
            "Люди, о которых сообщали, что при задержании они были несовершеннолетними, — к нижней границе; к верхней — и те, "
            "о ком это неизвестно. Категория — что сообщали.",
        ),
        minors,
        (),
        ANSWERS,
    ),
    Definition(
        "force",
        1,
        ("protests at which force was used", "акции, на которых применяли силу"),
        (
            "Protests at which use of force was reported. One protest may have several kinds, so rows by category overlap.",
            "Акции, на которых сообщали о применении силы. Видов может быть несколько, поэтому строки по категориям "
            "пересекаются.",
        ),
        with_force,
        ties,
        (statistics.PROTEST, statistics.FORCE),
        (FORCE,),
        is_of_people=True,
    ),
)
