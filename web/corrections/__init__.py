"""What was changed lately, for monitors, lawyers and coordinators: each sees what they may see, and of the others how many."""

from web.corrections.pages import corrections

__all__ = ["corrections"]
