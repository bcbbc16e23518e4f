"""docs/importing.md is complete, and its example does what it says."""

import re
from pathlib import Path

import msgspec

from domain.record import Record
from domain.topics import recorded_events
from tests.web.imports.conftest import of_topic
from web.imports import import_file, shipped
from web.imports.mapping import Cell, Condition, FileFormat, Mapping, Numbers, RowRules, SourceTold, Time, TimeRules, Where
from web.imports.verbs import ADDING, OPENING
from web.wiring import Tracker

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_does_what_the_document_says(desk: Tracker, tmp_path: Path) -> None:
    (tmp_path / "pickets.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "pickets.toml").write_text(block("toml"), encoding="utf-8")
    report = import_file(desk, tmp_path / "pickets.csv", str(tmp_path / "pickets.toml"))
    assert (report.read, report.recorded, report.refused) == (3, 2, 1)
    assert report.events == {
        "protest.recorded": 2,
        "protest.detentions_counted": 2,
        "person.opened": 1,
        "detention.recorded": 1,
        "person.named": 1,
    }
    assert desk.vault.open(of_topic(desk, "person.named")[0].name) == "Анна Вымышленная"


def test_every_key_of_a_mapping_is_explained() -> None:
    for part in (Mapping, FileFormat, RowRules, SourceTold, TimeRules, Time, Where, Numbers, Cell, Condition):
        for field in msgspec.structs.fields(part):
            key = field.encode_name
            assert f"`{key}`" in DOCUMENT or f"[{key}]" in DOCUMENT, f"{part.__name__}: {key}"
    for key in ("event", "only_if", "called", "of", "protest", "detention", "opens_person"):
        assert f"`{key}`" in DOCUMENT


def test_every_shipped_mapping_is_named() -> None:
    assert [name for name in shipped() if f"`{name}`" not in DOCUMENT] == []


OF_A_PERSON = {topic for topic, _ in recorded_events() if topic.startswith("person.")}
OF_A_CASE_FILE = {"detention.identified", "proceeding.defendant_joined", *OF_A_PERSON} - {"person.named", "person.described"}
"""What is found out or decided about a person, and never read from a table."""
OF_THE_WATCH = {
    topic
    for topic, _ in recorded_events()
    if topic.partition(".")[0] in {"report", "source", "exhibit", "station", "publication", "tally"}
}
OF_THE_WATCH |= {topic for topic, _ in recorded_events() if topic.endswith(".attested")} | {"detention.concern_raised"}
"""What the watch records as it comes in, and what is kept about sources, exhibits, stations, publications and tallies."""


def test_every_event_can_be_brought_in_from_a_file_or_is_left_out_on_purpose() -> None:
    changes = {topic for topic, event in recorded_events() if issubclass(event, Record.Correction | Record.Withdrawal)}
    known = {topic for topic, _ in recorded_events()}
    assert {*OPENING, *ADDING} == known - changes - OF_A_CASE_FILE - OF_THE_WATCH, "add it to web/imports/verbs.py"
