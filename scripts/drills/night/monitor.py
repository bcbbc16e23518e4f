"""One monitor at the pages: takes lines, fills in forms, loses the connection and sends again what was not answered."""

import http.client
import re
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from scripts.drills.night.story import Kind, Message
from scripts.drills.server import Handed, Installation
from scripts.drills.visitor import Answer, Values, Visitor, form_in

LOST_EVERY = 40
"""After so many messages a connection breaks in the middle of a form."""
PATIENCE = 60.0

_DROPPED = (OSError, http.client.HTTPException)


class NotAccepted(Exception):
    """A message was not recorded: the drill says which answer it got, without a word of what was sent."""


@dataclass(frozen=True, slots=True)
class Town:
    """A city of the night: its number, its name, the names of two of its stations, and the protests there by their ids."""

    number: int
    name: str
    stations: tuple[str, ...]
    protests: tuple[str, ...] = ()


@dataclass
class Monitor:
    """`records` are the ids under which messages were recorded, `forms` what was sent for them."""

    installation: Installation
    handed: Handed
    visitor: Visitor
    night: str
    """The evening as it is written in a line: "25.11.2026 19:20"."""
    towns: Mapping[int, Town]
    records: dict[int, str] = field(default_factory=dict)
    forms: dict[int, tuple[str, Values]] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    sent_again: int = 0
    lost: int = 0
    done: int = 0

    def send(self, one: Message) -> bool:
        """Whether the message was recorded by this. Raises NotAccepted."""
        self.done += 1
        if self.done % LOST_EVERY == 0:
            self._lose_connection()
        town = self.towns[one.city]
        match one.kind:
            case Kind.NAMED_LINE:
                return self._line(
                    one, f"{one.name}, {town.stations[one.station]}, без протокола, нужен адвокат, {self.night}", town
                )
            case Kind.COUNT_LINE | Kind.PASSED_ON:
                count = str(one.low) if one.low == one.high else f"{one.low}-{one.high}"
                return self._line(one, f"{town.stations[one.station]} {count} чел, {self.night}", town)
            case Kind.PROTEST_COUNT:
                values = {"count": f"{one.low}-{one.high}", "when": self.night, "source_kind": "witness"}
                return self._form(one, f"/protests/{town.protests[one.protest]}/add/detentions-counted", values)
            case Kind.DETENTION:
                values = {"name": one.name, "when": self.night, "place": town.name, "circumstances": "at_protest"}
                return self._form(one, f"/detentions/new?protest={town.protests[one.protest]}", values)
            case Kind.RELEASE | Kind.OTHER_RELEASE:
                kind = "after_protocol" if one.kind is Kind.RELEASE else "without_protocol"
                return self._follow(one, "add/released", {"kind": kind, "source_kind": "relative"})
            case Kind.TAKEN_BACK:
                return self._follow(one, "entries/1/withdraw", {"because": "source_retracted"})
            case Kind.SENT_AGAIN:
                return self._again(one)
        raise NotAccepted(one.kind)

    def _line(self, one: Message, line: str, town: Town) -> bool:
        """A line, what was understood of it, and the form saved: at no protest, for whoever calls knows of none."""
        page = self._get(f"/reports/new?city={town.number}")
        shown = self._until_answered(lambda: self.visitor.send(page, "/reports/new", {"line": line, "city": town.name}))
        if shown.status != 200:
            raise NotAccepted(f"{one.kind}: the line was answered {shown.status}")
        form = form_in(shown)
        return self._sent(one, form.action, {**form.values(), "protest": "", "source_kind": "witness"}, "reports")

    def _form(self, one: Message, path: str, values: Mapping[str, str]) -> bool:
        form = form_in(self._get(path))
        return self._sent(one, form.action or path, {**form.values(), **values}, "detentions")

    def _follow(self, one: Message, what: str, values: Mapping[str, str]) -> bool:
        """Something more about the record of another message; of a release, about the detention it ended."""
        about = one.about
        record = self.records.get(about) if about is not None else None
        if record is None:
            raise NotAccepted(f"{one.kind}: what it is about was not accepted")
        path = f"/{record}/{what}"
        form = form_in(self._get(path))
        recorded = self._sent(one, form.action or path, {**form.values(), **values}, "")
        self.records[one.number] = record
        return recorded

    def _again(self, one: Message) -> bool:
        """The same form once more, as after going back in the browser: it must be answered as done, and record nothing."""
        sent = self.forms.get(one.about) if one.about is not None else None
        if sent is None:
            raise NotAccepted(f"{one.kind}: what it repeats was not accepted")
        answer = self._until_answered(lambda: self.visitor.post(*sent))
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        if answer.status != 303 or "saved=again" not in answer.location:
            raise NotAccepted(f"{one.kind}: answered {answer.status}")
        return False

    def _sent(self, one: Message, path: str, values: Values, kind: str) -> bool:
        """Send a form until it is answered; asked whether it is somebody on file, whoever is at the phone does not know."""
        answer = self._until_answered(lambda: self.visitor.post(path, values))
        for _ in range(3):
            if answer.status != 422 or 'name="who.asked"' not in answer.text:
                break
            values = form_in(answer).values()
            answer = self._until_answered(lambda values=values: self.visitor.post(path, values))  # type: ignore[misc]
        if answer.status != 303:
            wrong = re.findall(r'<p class="wrong" id="([^"]+)"', answer.text)
            raise NotAccepted(f"{one.kind}: answered {answer.status}, {', '.join(wrong) or 'no field named'}")
        self.forms[one.number] = (path, values)
        record = values.get("record")
        if kind and record:
            self.records[one.number] = f"{kind}/{record[0] if isinstance(record, list) else record}"
        return True

    def _get(self, path: str) -> Answer:
        answer = self._until_answered(lambda: self.visitor.get(path))
        if answer.status != 200:
            raise NotAccepted(f"a page was answered {answer.status}")
        return answer

    def _until_answered(self, ask: Callable[[], Answer]) -> Answer:
        """What a person does when the connection breaks: wait, and send the same again."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.visitor.port = self.installation.port
                answer = ask()
            except _DROPPED:
                self.sent_again += 1
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
                continue
            self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
            if answer.status == 401:
                raise NotAccepted("signed out in the middle of the night")
            return answer

    def _lose_connection(self) -> None:
        """Half of a form, and then nothing more."""
        self.lost += 1
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.installation.port), 10) as door:
            door.sendall(
                b"POST /reports/new HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                b"Content-Length: 4000\r\n\r\nline=" + b"%D0%BE" * 20
            )
