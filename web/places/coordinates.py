"""Coordinates as people write them, and how far apart two points are."""

import math
import re

_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_POINT = re.compile(rf"\(?\s*({_NUMBER})(?:\s*[;/]\s*|\s*,\s+|\s+)({_NUMBER})\s*\)?|([+-]?\d{{1,3}}\.\d+),([+-]?\d{{1,3}}\.\d+)")


def coordinates_in(words: str) -> tuple[float, float] | None:
    """Latitude and longitude from "55.7558, 37.6173", "55,7558 37,6173" or "55,7558; 37,6173"; None for anything else.

    Read here because geopy takes a decimal comma for a separator. Both numbers need a fraction: "15, 20" are house numbers.
    """
    found = _POINT.fullmatch(words.strip())
    if not found:
        return None
    one, other = (text.replace(",", ".") for text in found.groups() if text)
    lat, lon = float(one), float(other)
    return (lat, lon) if "." in one and "." in other and abs(lat) <= 90 and abs(lon) <= 180 else None


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points that are near each other (flat within one per cent up to some hundred kilometres)."""
    east = ((lon - other_lon + 180) % 360 - 180) * math.cos(math.radians((lat + other_lat) / 2))
    return 111.195 * math.hypot(lat - other_lat, east)
