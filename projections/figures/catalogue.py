"""Every figure there is, by its name."""

from collections.abc import Mapping

from projections.figures.definition import Definition
from projections.figures.detentions import DETENTIONS
from projections.figures.incidents import INCIDENTS
from projections.figures.of_people import OF_PEOPLE
from projections.figures.protests import PROTESTS

DEFINITIONS: Mapping[str, Definition] = {
    definition.name: definition for definition in (DETENTIONS, PROTESTS, INCIDENTS, *OF_PEOPLE)
}
