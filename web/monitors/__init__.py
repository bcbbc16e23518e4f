"""For monitors, who record while it happens: what is there now, the protests, and the forms to record what is new."""

from web.monitors.pages import monitors

__all__ = ["monitors"]
