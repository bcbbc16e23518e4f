"""For administrators: accounts and the health of the installation. Nothing about anybody on record."""

from web.admin.pages import admin

__all__ = ["admin"]
