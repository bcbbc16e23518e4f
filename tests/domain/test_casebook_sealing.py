"""A text is sealed for one record: a command that opens several keeps it where it belongs and nowhere else."""

from dataclasses import replace

from domain.detention import Detention
from domain.incident import Incident
from domain.record import new_id
from tests.trackers import MOSCOW, Installation, city, day, entry, sealed


def test_the_reference_given_with_a_detention_stays_with_it_and_not_with_the_file_it_opens(installation: Installation) -> None:
    detention, person = new_id(), new_id()
    reference = sealed(detention, person=person, field="source")
    told = entry()
    referred = replace(told, source=replace(told.source, reference=reference))
    installation.casebook.record_detention(referred, detention, person=person)
    file, held = (found.event for found in installation.log.page(0, 10))
    assert (file.source, held.source) == (told.source, referred.source)


def test_what_is_sealed_for_an_incident_stays_with_it_and_not_with_its_detention(installation: Installation) -> None:
    incident, detention, person = new_id(), new_id(), new_id()
    reference, said_when, said_where = (sealed(incident, person=person, field=field) for field in ("source", "when", "place"))
    words = sealed(detention, person=person)
    told = entry()
    installation.casebook.record_incident_with_detention(
        replace(told, source=replace(told.source, reference=reference)),
        incident,
        detention=detention,
        person=person,
        categories=("detention_or_charge",),
        when=day(3, 2).told(said_when),
        place=replace(city(MOSCOW), words=said_where),
        words=words,
    )
    file, held, opened = (found.event for found in installation.log.page(0, 10))
    assert isinstance(held, Detention.Recorded)
    assert isinstance(opened, Incident.Recorded)
    assert (opened.source.reference, opened.when.words, opened.place.words) == (reference, said_when, said_where)
    assert file.source == held.source == told.source
    assert (held.when, held.place, held.words) == (day(3, 2), city(MOSCOW), words)
