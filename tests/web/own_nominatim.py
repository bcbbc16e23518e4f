"""A small Nominatim on this machine, for the tests of the self-hosted geocoder."""

import json
import time
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Nominatim(BaseHTTPRequestHandler):
    """A Nominatim of one's own, as far as geopy looks at it: real HTTP, answers in Nominatim's form."""

    asked: list[tuple[str, dict[str, list[str]]]] = []  # noqa: RUF012 one list for all requests of the test server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        self.asked.append((url.path, query))
        words = query.get("q", [""])[0]
        if "медленно" in words:
            time.sleep(1.5)
        status, answer = (500, {"error": "out of order"}) if "сломано" in words else (200, self._answer(url.path, words))
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, path: str, words: str) -> Any:
        house = {
            "lat": "55.7614", "lon": "37.6088", "class": "building", "type": "yes", "addresstype": "building", "place_rank": 30,
            "name": "", "display_name": "13, Тверская улица, Москва, Россия",
            "address": {"house_number": "13", "road": "Тверская улица", "city": "Москва", "state": "Москва",
                        "country_code": "ru"},
        }  # fmt: skip
        town = {
            "lat": "67.6137", "lon": "33.6717", "class": "boundary", "type": "administrative", "addresstype": "town",
            "name": "Кировск",
            "display_name": "Кировск, Мурманская область, Россия", "extratags": {"population": "26206"},
            "address": {"town": "Кировск", "state": "Мурманская область", "country_code": "ru"},
        }  # fmt: skip
        other = town | {
            "lat": "59.8811", "lon": "30.9922", "display_name": "Кировск, Ленинградская область, Россия",
            "address": {"town": "Кировск", "state": "Ленинградская область", "country_code": "ru"},
            "extratags": {"population": "24678"},
        }  # fmt: skip
        if path.endswith("/reverse"):
            return house
        if words.startswith("Тверская, 13"):
            return [house]
        return [town, other] if words.startswith("Кировск") else []

    def log_message(self, *args: object) -> None:
        """Silent, as a server that is asked about detentions should be."""
