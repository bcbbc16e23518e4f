"""Every event that was ever stored can be read for ever: one sample of each kind and version lies in `tests/history/`."""

import dataclasses
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.facts import facts_of
from domain.record import Record
from domain.topics import all_events
from tests import samples
from tests.samples import CODES, HISTORY, minimal, rich, sample, stored, versions, vocabularies
from web.mapper import form_of

ROOT = Path(__file__).resolve().parents[1]
TOPICS = dict(all_events())
KEPT = [(topic, number, kept) for topic in TOPICS for number, kept in enumerate(stored(topic))]

every_topic = pytest.mark.parametrize("topic", TOPICS)
every_sample = pytest.mark.parametrize(("topic", "kept"), [pytest.param(t, k, id=f"{t}-{n}") for t, n, k in KEPT])


def _state(kept: dict[str, Any]) -> bytes:
    return msgspec.json.encode(kept["state"])


def _decoded(topic: str, kept: dict[str, Any]) -> Record.Event:
    return form_of(TOPICS[topic]).decode(UUID(kept["originator_id"]), kept["originator_version"], _state(kept))


def missing(topic: str, version: int = 1) -> list[str]:
    """What an event still lacks of what CONTRIBUTING.md asks for, and how to make it."""
    complaints = []
    if version not in versions(stored(topic)):
        complaints.append(f"tests/history/{topic}.json has no sample of version {version}: run python -m tests.samples")
    if not (ROOT / "web" / "told" / f"{topic}.txt").exists():
        complaints.append(f"web/told/{topic}.txt is missing: tell the event in a sentence, in both languages")
    if f"`{topic}`" not in (ROOT / "docs" / "events.md").read_text("utf-8"):
        complaints.append(f"docs/events.md has no line for `{topic}`")
    return complaints


@every_topic
def test_an_event_is_kept_told_and_documented(topic: str) -> None:
    assert missing(topic, form_of(TOPICS[topic]).version) == []


def test_what_a_new_event_lacks_is_named() -> None:
    complaints = missing("protest.dreamt")
    assert [complaint.split()[0] for complaint in complaints] == [
        "tests/history/protest.dreamt.json",
        "web/told/protest.dreamt.txt",
        "docs/events.md",
    ]
    assert missing("protest.ended", version=99) == [
        "tests/history/protest.ended.json has no sample of version 99: run python -m tests.samples"
    ]


def test_no_event_was_ever_renamed_or_removed() -> None:
    """A file without its event is history that could not be read any more."""
    files = {path.name.removesuffix(".json") for path in HISTORY.iterdir()} - {CODES.stem}
    assert files == set(TOPICS)
    assert all(json.loads((HISTORY / f"{topic}.json").read_text("utf-8"))["topic"] == topic for topic in files)


def test_no_code_was_ever_renamed_or_removed() -> None:
    known = {vocabulary.name: set(vocabulary) for vocabulary in vocabularies()}
    kept = {name: set(codes) for name, codes in json.loads(CODES.read_text("utf-8")).items()}
    lost = {name: codes - known.get(name, set()) for name, codes in kept.items() if codes - known.get(name, set())}
    assert lost == {}
    assert kept == known, "new codes are not kept yet: run python -m tests.samples"


@every_sample
def test_a_stored_event_is_read_for_ever(topic: str, kept: dict[str, Any]) -> None:
    event = _decoded(topic, kept)
    form = form_of(TOPICS[topic])
    assert type(event) is TOPICS[topic]
    assert event.originator_id == UUID(kept["originator_id"])
    assert event.originator_version == kept["originator_version"]
    if kept["state"].get("class_version", 1) == form.version:
        assert form.encode(event) == _state(kept), "not a byte of it may have changed"
    else:
        assert form.decode(event.originator_id, event.originator_version, form.encode(event)) == event


@every_sample
def test_a_stored_event_holds_what_its_class_says_and_no_more(topic: str, kept: dict[str, Any]) -> None:
    common = {"timestamp"} | ({"recorded_by", "source", "command"} if issubclass(TOPICS[topic], Record.Event) else set())
    version = {"class_version"} if form_of(TOPICS[topic]).version > 1 else set()
    if kept["state"].get("class_version", 1) == form_of(TOPICS[topic]).version:
        assert set(kept["state"]) == common | version | set(facts_of(TOPICS[topic]))
    event = _decoded(topic, kept)
    for field in dataclasses.fields(TOPICS[topic]):
        getattr(event, field.name)


@every_topic
def test_a_sample_with_everything_reported_leaves_nothing_open(topic: str) -> None:
    fullest = stored(topic)[-2]["state"]
    assert None not in fullest.values()


@every_topic
def test_an_event_read_back_is_the_event_that_was_stored(topic: str) -> None:
    for event in (rich(TOPICS[topic]), minimal(TOPICS[topic])):
        kept = sample(event)
        read = _decoded(topic, kept)
        assert read == event
        assert repr(read) == repr(event)
        assert vars(read).keys() == vars(event).keys()


def test_what_is_kept_is_never_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "HISTORY", tmp_path)
    monkeypatch.setattr(samples, "CODES", tmp_path / "codes.json")
    assert set(TOPICS) <= set(samples.write_missing())
    assert samples.write_missing() == []
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    changed = tmp_path / "protest.ended.json"
    changed.write_text(changed.read_text("utf-8").replace("Europe/Moscow", "Asia/Yakutsk"), "utf-8")
    (tmp_path / "person.died.json").unlink()
    assert samples.write_missing() == ["person.died"]
    assert "Asia/Yakutsk" in changed.read_text("utf-8")
    assert (tmp_path / "person.died.json").read_bytes() == before["person.died.json"]
