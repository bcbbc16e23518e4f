"""How long people were held: from the detention to the report that let the person go; inside alone.

Reports of one release compete: the true one is between the earliest and the latest of them, and so is the length. A detention of
which an end is missing has no length and is not left out: it stands in a column that says what is missing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from domain.vocabulary.custody import RELEASE_KINDS, STILL_HELD
from projections import statistics, told_of_custody
from projections.figures.definition import EVERYWHERE, OF_WHOM, Counted, Definition, Facts
from projections.figures.of_people import ONE, held, ties
from projections.figures.spread import minutes_between
from projections.figures.whom import WHOM, Whom
from projections.kept import loads
from projections.reconciling import Total

NOT_ENDED, PASSED_ON, UNTIMED, CONTRADICTORY = "not_ended", "passed_on", "untimed", "contradictory"
Stretch = tuple[int, int]
"""From when to when something may have been, in seconds since 1970."""
Report = tuple[str, Stretch | None]
"""A way of release, and when."""


def count(facts: Facts) -> Iterator[Counted]:
    """Every detention once: with its length, or beside, with what is missing of it."""
    begun = {row.record: _stretch(row) for row in facts.known(told_of_custody.RESTRAINED)}
    reports: dict[bytes, list[Report]] = defaultdict(list)
    for row in facts.known(told_of_custody.LET_GO):
        (kind,) = loads(row.says)
        reports[row.record].append((kind, _stretch(row)))
    whom = Whom(facts)
    for row, at in held(facts):
        length, beside, kinds = _length(begun.get(row.record), reports.get(row.record, ()))
        of = partial(whom.held, row, at.day)
        yield Counted(ONE, at.city, at.region, at.day, kinds, who=row.record, of=of, beside=beside, length=length)


def _length(begun: Stretch | None, reports: Sequence[Report]) -> tuple[Total | None, str, tuple[str, ...]]:
    """How long, or what is missing; and the ways of release that were reported."""
    free = [report for report in reports if report[0] not in STILL_HELD]
    kinds = tuple(sorted({kind for kind, _ in free or reports}))
    if not free:
        return None, PASSED_ON if reports else NOT_ENDED, kinds
    ends = [when for _, when in free if when is not None]
    if begun is None or not ends:
        return None, UNTIMED, kinds
    length = minutes_between(begun, (min(first for first, _ in ends), max(last for _, last in ends)))
    return length, CONTRADICTORY if length is None else "", kinds


def _stretch(row: Any) -> Stretch | None:
    return (row.begins, row.begins + row.lasts) if row.begins is not None else None


HOURS_HELD = Definition(
    "hours_held",
    1,
    ("hours held, in detentions of known length", "часы удержания, в задержаниях известной длительности"),
    (
        "How long people were held: from the restriction of movement to the report that let them go, of detentions recorded "
        "one by one of which both times were reported. Where reports of a release differ, or a time is known from ... to, the "
        "length is an interval; each percentile is the interval of the percentiles of all shortest and of all longest lengths, "
        "by nearest rank, in whole minutes rounded outwards. Being sent to remand or to serve administrative arrest lets "
        "nobody go: if a later release was reported, the holding ends with that one. Without a known length, and beside the "
        "number: no release reported (the person may still be held, or not); sent on, and no later release reported; a time "
        "was not reported; a release reported before the detention. Category: the way of release; where reports differ, each "
        "of them, so rows overlap.",
        "Сколько людей удерживали: от ограничения свободы передвижения до сообщения об освобождении — по задержаниям, "
        "записанным поимённо, о которых известно и то и другое время. Если сообщения об освобождении расходятся или время "
        "известно лишь в пределах, длительность — промежуток; каждый процентиль — промежуток от процентиля всех наименьших до "
        "процентиля всех наибольших длительностей, по ближайшему рангу, в целых минутах с округлением наружу. Заключение под "
        "стражу и отправка отбывать административный арест — не освобождение: если позже сообщили об освобождении, удержание "
        "кончается им. Без известной длительности, рядом с числом: об освобождении не сообщали (человек может быть внутри, а "
        "может и не быть); отправлены дальше, и о более позднем освобождении не сообщали; время не сообщали; освобождение по "
        "сообщениям раньше задержания. Категория — способ освобождения; если сообщения расходятся — каждый из них, поэтому "
        "строки пересекаются.",
    ),
    count,
    ties,
    (statistics.PROTEST, statistics.DETENTION, told_of_custody.RESTRAINED, told_of_custody.LET_GO),
    (RELEASE_KINDS,),
    (*EVERYWHERE, *OF_WHOM),
    WHOM,
    is_of_people=True,
    is_of_lengths=True,
    columns={
        NOT_ENDED: ("no release reported", "об освобождении не сообщали"),
        PASSED_ON: (
            "sent to remand or arrest, no later release reported",
            "отправлены в СИЗО или под арест, о выходе не сообщали",
        ),
        UNTIMED: ("a time not reported", "время не сообщали"),
        CONTRADICTORY: ("release reported before the detention", "освобождение по сообщениям раньше задержания"),
    },
)
