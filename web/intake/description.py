"""What may be sent, described once: the OpenAPI document is made of it, and what is sent is checked by it."""

import re
from collections.abc import Mapping
from typing import Any

from domain.errors import RuleBroken
from domain.vocabulary.custody import CONCERNS
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS

LARGEST = 128 * 1024
"""Holds the longest line also where each of its letters is written as six, `\\u0436`, as programs do."""
_TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 300, "pattern": r"^[\s\S]*\S[\s\S]*$"}
"""Nothing but spaces is no name and no place."""
_NEEDS: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string", "enum": sorted(code for code in CONCERNS if code != "unknown")},
    "maxItems": 20,
}
_DATE_TIME = r"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})$"
_UUID = r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


PERSON = _object(
    {
        "name": {**_TEXT, "description": "As it was told, in any script and order."},
        "minor": {"type": "boolean", "description": "Said to be under eighteen."},
        "concerns": {**_NEEDS, "description": "What is needed, or feared, for this person."},
    },
    "name",
)
SOURCE = _object(
    {
        "kind": {"type": "string", "enum": sorted(SOURCE_KINDS)},
        "reliability": {"type": "string", "enum": sorted(RELIABILITY)},
        "reference": {**_TEXT, "description": "What leads back to it. Kept sealed."},
    }
)
REPORT = _object(
    {
        "id": {
            "type": "string",
            "minLength": 8,
            "maxLength": 200,
            "description": "The command: any text that is this report's alone, such as a UUID. Sent again, it is recorded once. "
            "May stand in the header Idempotency-Key instead.",
        },
        "line": {
            "type": "string",
            "maxLength": 20_000,
            "description": "The message as it came in, Russian or English. What it says is understood as far as it can be; "
            "all of it is kept, sealed. A field beside it counts more than what the line says.",
        },
        "said_at": {
            "type": "string",
            "pattern": _DATE_TIME,
            "maxLength": 40,
            "description": "RFC 3339, with offset: when it was said. Left out: now.",
        },
        "city": {**_TEXT, "description": "The city it is about: a name in any spelling, or a GeoNames number."},
        "place": {**_TEXT, "description": "Where people are held: a police station, a square, an address."},
        "taken_from": {**_TEXT, "description": "Where they were detained."},
        "when": {**_TEXT, "description": "As it was told: “~19:20”, “an hour ago”."},
        "count": {**_TEXT, "description": "How many are held, those named among them: “15”, “about 20”, “12+”."},
        "minors": {**_TEXT, "description": "How many of them are under age."},
        "concerns": {**_NEEDS, "description": "What they need, or what is feared for them."},
        "people": {"type": "array", "items": PERSON, "maxItems": 300, "description": "Each gets a file of their own."},
        "protest": {"type": "string", "pattern": _UUID, "maxLength": 36, "description": "The number of a protest on record."},
        "source": SOURCE,
    }
)


def check(value: Any, schema: Mapping[str, Any], at: str = "") -> None:
    """Refuse what is not as it is described. Raises RuleBroken `unreadable_field` with the field's name, never its value."""
    match schema["type"], value:
        case "object", dict():
            _check_object(value, schema, at)
        case "array", list() if len(value) <= schema["maxItems"]:
            for one in value:
                check(one, schema["items"], at)
        case "string", str():
            _check_text(value, schema, at)
        case "boolean", bool():
            pass
        case _:
            raise RuleBroken("unreadable_field", field=at)


def _check_object(value: Mapping[str, Any], schema: Mapping[str, Any], at: str) -> None:
    for name in schema["required"]:
        if name not in value:
            raise RuleBroken("field_missing", field=_inside(at, name))
    for name, inner in value.items():
        if name not in schema["properties"]:
            raise RuleBroken("field_unknown", field=at)  # not by the name it came with: that may be anything
        check(inner, schema["properties"][name], _inside(at, name))


def _check_text(value: str, schema: Mapping[str, Any], at: str) -> None:
    is_long = len(value) > schema.get("maxLength", len(value)) or len(value) < schema.get("minLength", 0)
    pattern = schema.get("pattern")
    if is_long or ("enum" in schema and value not in schema["enum"]) or (pattern and not re.fullmatch(pattern, value)):
        raise RuleBroken("unreadable_field", field=at)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise RuleBroken("unreadable_field", field=at)  # half a letter: no file and no page could hold it


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _refusal(said: str) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}}


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    done = {"schema": {"$ref": "#/components/schemas/Done"}}
    key = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": REPORT["properties"]["id"]}
    answers = {
        "201": {"description": "Recorded.", "content": {"application/json": done}},
        "200": {"description": "Had been recorded before; nothing was recorded twice.", "content": {"application/json": done}},
        "400": _refusal("No JSON, or not of an object."),
        "401": _refusal("No token, or one that opens nothing."),
        "409": _refusal("The same id was sent with another report."),
        "413": _refusal("Too large: more than 128 kB."),
        "415": _refusal("Not application/json."),
        "422": _refusal("A field is missing, unknown or cannot be read; nothing was recorded."),
        "429": _refusal("Too many at once; Retry-After says when to go on."),
        "503": _refusal("Personal text is locked at the moment, or the record cannot be reached; send it again."),
    }
    send = {
        "operationId": "sendReport",
        "summary": "Send a report.",
        "parameters": [key],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Report"}}}},
        "responses": answers,
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Khronika, intake",
            "version": "1",
            "description": "Reports sent by programs. A line and an id are enough. / Сообщения от программ. Нужны строка и id.",
        },
        "paths": {"/api/reports": {"post": send}},
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Report": REPORT, "Done": _DONE, "Refusal": _REFUSAL},
        },
    }


_RANGE = {
    "type": ["object", "null"],
    "properties": {"low": {"type": "integer"}, "high": {"type": ["integer", "null"]}},
    "required": ["low", "high"],
    "additionalProperties": False,
}
_DONE: dict[str, Any] = _object(
    {
        "report": {"type": "string", "format": "uuid"},
        "position": {"type": "integer", "description": "Where in the record it stands, at or before."},
        "understood": _object(
            {
                "city": {"type": ["integer", "null"], "description": "GeoNames number."},
                "station": {"type": ["string", "null"]},
                "count": _RANGE,
                "minors": _RANGE,
                "concerns": _NEEDS,
                "people": {"type": "integer", "description": "How many people were named."},
                "all": {"type": "boolean", "description": "Whether nothing of the line is left to be read by somebody."},
            },
            "city", "station", "count", "minors", "concerns", "people", "all",
        ),
    },
    "report", "position", "understood",
)  # fmt: skip
_REFUSAL: dict[str, Any] = _object(
    {
        "error": _object(
            {
                "code": {"type": "string"},
                "en": {"type": "string"},
                "ru": {"type": "string"},
                "field": {"type": "string"},
            },
            "code", "en", "ru",
        )
    },
    "error",
)  # fmt: skip
