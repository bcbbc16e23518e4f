"""For everybody who looks at cities: the list, and each city's heat as a picture and as the same in a table."""

from web.maps.pages import maps

__all__ = ["maps"]
