"""A program of others that sends reports by the interface for programs, with a token and an id of its own for each."""

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.drills.night.monitor import PATIENCE, NotAccepted, Town
from scripts.drills.night.story import Message
from scripts.drills.server import Installation


@dataclass
class Bot:
    """Sends each report twice, as programs do that heard no answer: the second time it must have been recorded already."""

    installation: Installation
    token: str
    night: str
    statuses: dict[int, int] = field(default_factory=dict)
    records: dict[int, str] = field(default_factory=dict)

    def send(self, one: Message, town: Town) -> bool:
        """Whether it was recorded by this. Raises NotAccepted."""
        count = str(one.low) if one.low == one.high else f"{one.low}-{one.high}"
        report = {
            "id": f"night-{one.number:08d}",
            "line": f"{town.stations[one.station]} {count} чел, {self.night}",
            "city": str(town.number),
            "source": {"kind": "social_media"},
        }
        first, said, was_lost = self._post(report)
        again, repeated, _ = self._post(report)
        if first not in ((201, 200) if was_lost else (201,)) or again != 200 or said["report"] != repeated["report"]:
            raise NotAccepted(f"{one.kind}: answered {first}, then {again}")
        self.records[one.number] = f"reports/{said['report']}"
        return True

    def _post(self, report: Mapping[str, object]) -> tuple[int, dict[str, str], bool]:
        """The answer, and whether one before it was not heard: what it answered may have been recorded by then."""
        until, was_lost = time.monotonic() + PATIENCE, False
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=60)
            try:
                headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
                connection.request("POST", "/api/reports", json.dumps(report).encode(), headers)
                found = connection.getresponse()
                status, said = found.status, json.loads(found.read())
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                was_lost = True
                time.sleep(0.2)
                continue
            finally:
                connection.close()
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if status == 429 and time.monotonic() < until:
                time.sleep(float(found.headers.get("Retry-After", "1")))
                continue
            return status, said, was_lost
