"""For journalists: the figures, each with its definition and the position of the log it was counted at."""

from web.journalists.pages import journalists

__all__ = ["journalists"]
