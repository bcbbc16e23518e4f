"""Protests, one by one, and how many took part in them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from domain.vocabulary.protests import PROTEST_FORMS
from projections import statistics
from projections.figures.definition import Counted, Definition, Facts, alone, each
from projections.reconciling import Total

PROTESTS = Definition(
    "protests",
    1,
    ("protests", "акции"),
    ("Protests recorded and not withdrawn. Category: the form.", "Записанные и не отозванные акции. Категория — форма."),
    each(statistics.PROTEST),
    alone,
    (statistics.PROTEST,),
    (PROTEST_FORMS,),
    is_of_people=False,
)


def sizes(facts: Facts) -> Iterator[Counted]:
    """Every protest of which somebody estimated the crowd: from the lowest low end to the highest high end."""
    told: dict[bytes, list[Any]] = defaultdict(list)
    for row in facts.known(statistics.CROWD):
        told[row.record].append(row)
    for at in facts.known(statistics.PROTEST):
        if estimates := told.get(at.record):
            highs = [row.high for row in estimates]
            total = Total(min(row.low for row in estimates), None if None in highs else max(highs))
            yield Counted(total, at.city, at.region, at.day, (at.category,), at.cell, at.record)


PROTEST_SIZE = Definition(
    "protest_size",
    1,
    ("people who took part in protests", "участники акций"),
    (
        "How many took part, as estimated, of protests of which anybody estimated it: nothing is added for the others. "
        "Estimates of one protest that differ give its lowest and its highest number; protests are added up, so whoever was at "
        "two counts twice. Category: the form.",
        "Сколько человек участвовало, по оценкам, — в акциях, для которых оценки есть; за остальные ничего не прибавлено. "
        "Расходящиеся оценки одной акции дают наименьшее и наибольшее число; акции складываются, поэтому участник двух акций "
        "учтён дважды. Категория — форма.",
    ),
    sizes,
    alone,
    (statistics.PROTEST, statistics.CROWD),
    (PROTEST_FORMS,),
    is_of_people=False,
)
