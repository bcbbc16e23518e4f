"""For lawyers: the people on record and each one's case file."""

from web.lawyers.pages import lawyers

__all__ = ["lawyers"]
