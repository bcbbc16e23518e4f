"""What is announced, for whoever is signed in: the days, each number with its history, the feeds; and holding a number back."""

from web.announcing.pages import announcing

__all__ = ["announcing"]
