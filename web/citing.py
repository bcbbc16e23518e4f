"""A citation: which figure, in which version, of what, at which position of the record."""

from collections.abc import Mapping


def cite(figure: str, version: int, position: int, of: Mapping[str, object] | None = None) -> str:
    """Such as `detentions.2 city=524901 month=2022-03 @41`."""
    chosen = "".join(f" {name}={value}" for name, value in (of or {}).items())
    return f"{figure}.{version}{chosen} @{position}"
