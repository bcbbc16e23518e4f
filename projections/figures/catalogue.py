"""Every figure there is, by its name."""

from collections.abc import Mapping

from projections.figures.definition import Definition
from projections.figures.detentions import DETENTIONS
from projections.figures.hours import HOURS_HELD
from projections.figures.incidents import INCIDENTS
from projections.figures.of_courts import OF_COURTS
from projections.figures.of_people import OF_PEOPLE
from projections.figures.overruns import OVERRUNS
from projections.figures.protests import PROTEST_SIZE, PROTESTS

DEFINITIONS: Mapping[str, Definition] = {
    definition.name: definition
    for definition in (DETENTIONS, PROTESTS, PROTEST_SIZE, INCIDENTS, *OF_PEOPLE, *OF_COURTS, HOURS_HELD, OVERRUNS)
}
