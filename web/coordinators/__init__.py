"""For coordinators: the access log, and whose files which lawyer has.

A lawyer finds here who read the files of the people assigned to them."""

from web.coordinators.pages import coordinators

__all__ = ["coordinators"]
