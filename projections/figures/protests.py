"""Protests, one by one."""

from domain.vocabulary.protests import PROTEST_FORMS
from projections import statistics
from projections.figures.definition import Definition, alone, each

PROTESTS = Definition(
    "protests",
    1,
    ("protests", "акции"),
    ("Protests recorded and not withdrawn. Category: the form.", "Записанные и не отозванные акции. Категория — форма."),
    each(statistics.PROTEST),
    alone,
    (statistics.PROTEST,),
    (PROTEST_FORMS,),
)
