"""From which position to which two files were joined, as judgements about them came and went."""

from collections.abc import Mapping

Spans = list[list[int | None]]
"""Each with the position it began at and the one it ended at, None while it goes on."""


def settled(judgements: Mapping[str, tuple[int, bool]], spans: Spans, position: int) -> Spans:
    """The latest judgement that stands decides; a span opens or closes at the position where that changed."""
    joined = max(judgements.values(), default=(0, False))[1]
    is_open = bool(spans) and spans[-1][1] is None
    if joined and not is_open:
        return [*spans, [position, None]]
    if is_open and not joined:
        return [*spans[:-1], [spans[-1][0], position]]
    return spans


def is_joined(spans: Spans, as_of: int | None) -> bool:
    """Whether they are joined now, or were as of a position."""
    if as_of is None:
        return bool(spans) and spans[-1][1] is None
    return any(since is not None and since <= as_of and (until is None or until > as_of) for since, until in spans)
