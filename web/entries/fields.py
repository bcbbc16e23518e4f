"""A form made from an event: one field for each fact it adds, of the shape its type asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import NoneType
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from eventsourcing.utils import get_topic

from domain.count import Count
from domain.facts import Fact, facts_of
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.record import Record
from domain.vocabulary import Vocabulary
from domain.vocabulary.general import REASONS, RELIABILITY, SOURCE_KINDS
from web.entries.labels import hint, label

_STATIONS = {(topic, "place") for topic in ("detention.delivered", "detention.transferred", "protest.detentions_counted")}
_OURS = {"code"}
"""Fields that the program gives and nobody fills in."""

Options = tuple[tuple[str, str], ...]

CHANGE_BECAUSE = "change_because"
"""Why an entry is restated that says a reason of its own, as a rating does."""
_NEVER_ASKED = frozenset({"sha256", "media"})
"""What is found of a file that came, and not told by anybody."""
_NEVER_LEFT_OPEN = {("person.counsel_assigned", "ground"), ("person.counsel_dismissed", "ground")}
"""Fields that old entries leave open and new ones do not."""
_LATER = {"agency", "minor", "organiser", "agreement", "counsel_present", "reliability", "reference", "name_kind"}
"""Fields that are folded away until somebody needs them: a report in the night has to be quick."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `shape` is how it is asked and read: when, place, count, words, line, choice, choices, day, file, files
    (several), protest, nearby (a protest of these days), lawyer, upload, source, defendant (of those in a case), detention (of
    one person)."""

    name: str
    shape: str
    label: str
    hint: str = ""
    required: bool = False
    options: Options = ()
    first: str = ""
    later: bool = False
    is_station: bool = False
    """Whether a police station is what is usually meant by this place."""

    def called(self, name: str) -> "Field":
        """The same field under another name."""
        return replace(self, name=name)


def fields_of(happened: type[Record.Event], language: str, *names: str, without: Iterable[str] = ()) -> list[Field]:
    """The fields of an event, all that somebody can fill in or only those named."""
    topic, skipped = get_topic(happened), set(without)
    made = (_field(topic, fact, language) for fact in facts_of(happened).values() if not names or fact.name in names)
    return [field for field in made if field is not None and field.name not in skipped]


def source_fields(language: str, *, on_file: bool = False) -> list[Field]:
    """Who says so: asked with every entry; `on_file` for whoever may name a source on file."""
    chosen = [Field("origin", "source", label("", "origin"), hint("", "origin"))] if on_file else []
    return [
        *chosen,
        _choice("source_kind", SOURCE_KINDS, language, required=False),
        _choice("reliability", RELIABILITY, language, required=False),
        Field("reference", "line", label("", "reference"), hint("", "reference"), later=True),
    ]


def reason_fields(language: str, beside: Iterable[Field] = ()) -> list[Field]:
    """Why an entry is corrected or withdrawn. Where one of the fields `beside` it is a reason too, it is called otherwise."""
    is_taken = any(field.name == "because" for field in beside)
    name = CHANGE_BECAUSE if is_taken else "because"
    words = Field("reason_words", "words", label("", "reason_words"), hint("", "reason_words"))
    return [_choice(name, REASONS, language, required=True), words]


def parts_of(kind: Any) -> list[Any]:
    """The types a field may have: `Annotated[str | None, ARTICLES]` is str and NoneType."""
    if get_origin(kind) is Annotated:
        return parts_of(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return [tuple]
    return [part for argument in get_args(kind) for part in parts_of(argument)] or [kind]


_SHAPES = ((When, "when"), (Place, "place"), (Count, "count"), (Sealed, "line"), (date, "day"), (str, "line"))


def _field(topic: str, fact: Fact, language: str) -> Field | None:
    parts = parts_of(fact.type)
    if fact.name in _NEVER_ASKED or (topic == "exhibit.deposited" and UUID in parts):
        return None
    if fact.vocabulary is not None:
        return _coded(topic, fact, fact.vocabulary, language, parts)
    shape = next((shape for kind, shape in _SHAPES if kind in parts), "")
    if (topic, fact.name) == ("proceeding.defendant_joined", "person"):
        shape = "file"
    elif topic.startswith("proceeding.") and fact.name == "person":
        return Field(fact.name, "defendant", label(topic, fact.name), hint(topic, fact.name), required=True)
    elif UUID in parts:
        shape = {
            "other": "file",
            "detention": "detention" if topic == "proceeding.opened" else "",
            "protest": "protest",
            "counsel": "lawyer",
            "repeats": "source",
        }.get(fact.name, "")
    if fact.name in ("words", "note"):
        shape = "words"
    if not shape or fact.name in _OURS:
        return None
    name = fact.name
    told = label(topic, name), hint(topic, name)
    return Field(name, shape, *told, NoneType not in parts, later=name in _LATER, is_station=(topic, name) in _STATIONS)


def _coded(topic: str, fact: Fact, vocabulary: Vocabulary, language: str, parts: list[Any]) -> Field:
    told = label(topic, fact.name)
    if tuple in parts:
        options = tuple((code, vocabulary.label(code, language)) for code in vocabulary if code != "unknown")
        return Field(fact.name, "choices", told, required="unknown" not in vocabulary, options=options)
    required = "unknown" not in vocabulary and (NoneType not in parts or (topic, fact.name) in _NEVER_LEFT_OPEN)
    made = _choice(fact.name, vocabulary, language, required=required)
    return replace(made, label=told, first="" if NoneType in parts else made.first)


def _choice(name: str, vocabulary: Vocabulary, language: str, *, required: bool) -> Field:
    """A list to choose from, "not known" at the top where there is such an answer."""
    codes = sorted(vocabulary, key=lambda code: code != "unknown")
    options = tuple((code, vocabulary.label(code, language)) for code in codes)
    first = "unknown" if "unknown" in vocabulary else ""
    return Field(name, "choice", label("", name), "", required, options, first, name in _LATER)
