"""Incidents, one by one."""

from domain.vocabulary.incidents import INCIDENT_CATEGORIES
from projections import statistics
from projections.figures.definition import Definition, alone, each

INCIDENTS = Definition(
    "incidents",
    1,
    ("incidents", "события"),
    (
        "Incidents recorded and not withdrawn. One incident may have several categories, so rows by category overlap.",
        "Записанные и не отозванные события. У события может быть несколько категорий, поэтому строки пересекаются.",
    ),
    each(statistics.INCIDENT),
    alone,
    (statistics.INCIDENT,),
    (INCIDENT_CATEGORIES,),
    is_of_people=False,
)
