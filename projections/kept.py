"""What a row keeps of the entries behind it, as text: JSON by the quickest reader there is, for nearly every event needs it."""

from typing import Any

import msgspec

_read, _write = msgspec.json.Decoder().decode, msgspec.json.Encoder().encode
_write_in_order = msgspec.json.Encoder(order="sorted").encode


def loads(text: str) -> Any:
    """The lists and dictionaries in a text; their keys are strings."""
    return _read(text)


def dumps(value: Any, *, sort_keys: bool = False) -> str:
    """The text. With `sort_keys` it does not show in which order things were noted."""
    return (_write_in_order if sort_keys else _write)(value).decode()
