"""The watch: the board of a night, follow-ups, the hand-over of a shift, and how each number came about."""

from web.watch.pages import watch

__all__ = ["watch"]
