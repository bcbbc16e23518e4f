"""Fills in every form that a page offers, a new mark in each free field, and remembers which file must show which marks."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.drills.findings import Findings
from scripts.drills.markers import Markers
from scripts.drills.server import Handed
from scripts.drills.visitor import Answer, Forms, PageForm, Visitor, form_in

Chosen = Mapping[str, str]
_WRITTEN = {"when": "24.02.2022 19:20", "captured": "24.02.2022 19:20", "count": "5", "people": "3", "until": "2030-01-01"}
_PLACED = {"place"}
_FREE = {"text", "textarea", "search"}
_ONCE_IN_TEN = {"found-to-be": 1, "told-apart": 1, "identified": 2, "died": 5, "counsel-dismissed": 3}
"""Entries that would join everybody into one file, or end it, are made for one person in ten."""

_ABOUT_TWO = frozenset({"found-to-be", "told-apart", "identified"})


class Unanswered(Exception):
    """A form was not answered as a form is: the drill cannot go on."""


@dataclass
class Flows:
    """What one account does with people, over the pages alone. `marks` is shared by all accounts of a run."""

    visitor: Visitor
    handed: Handed
    markers: Markers
    findings: Findings
    marks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    backups: list[str] = field(default_factory=list)

    def filled(self, form: PageForm, *, keep: frozenset[str] = frozenset()) -> tuple[dict[str, str], list[str]]:
        """An answer for each field, and the marks among them; fields in `keep` stay as they are."""
        values, marks = dict[str, str](), list[str]()
        for name, control in form.controls.items():
            current = control.values[0] if control.values else ""
            if name in keep or control.kind == "hidden" or name.endswith(".pasted"):
                continue
            if name in _WRITTEN:
                values[name] = _WRITTEN[name]
            elif control.kind in _FREE:
                marks.append(self.markers.make())
                values[name] = f"Москва, {marks[-1]}" if name in _PLACED else f"так сказано: {marks[-1]}"
            elif "other" in control.options and name == "because":
                values[name] = "other"  # which needs the reason in words
            elif control.options and current in ("", "unknown") and name not in ("protest", "person", "other"):
                values[name] = next((option for option in control.options if option not in ("", "unknown")), "")
        return values, marks

    def record(self, path: str, chosen: Chosen | None = None, *, keep: frozenset[str] = frozenset()) -> tuple[Answer, list[str]]:
        """Open a form, fill it in, send it; prove who one is and keep words without a place where that is asked for."""
        page = self.visitor.get(path)
        values, marks = self.filled(form_in(page), keep=keep)
        answer = self.visitor.send(page, path, {**values, **(chosen or {})})
        answer = self.proven(answer) if answer.status == 401 else answer
        if answer.status == 422 and "place.asked" in answer.text:
            self.findings.must(all(mark in answer.text for mark in marks), f"{_shape(path)}: what was entered was not kept")
            answer = self.visitor.send(answer, path, {"place.chosen": "words"})
        if answer.status != 303:
            wrong = re.findall(r'<p class="wrong"[^>]*>([^<]*)', answer.text)
            raise Unanswered(f"{_shape(path)}: answered {answer.status} {wrong}")
        self.findings.count("entries recorded by form")
        return answer, marks

    def proven(self, asked: Answer) -> Answer:
        """The form that was kept while somebody proved who they are, sent again from the page that kept it."""
        signed_out = "/sign-in" in [form.action for form in Forms(asked.text).forms]
        if signed_out:
            again = self.visitor.sign_in(self.handed, asked)
        else:
            proof = {"passphrase": self.handed.passphrase}
            fresh = {"code": self.visitor.code(self.handed)} if "code" in form_in(asked).controls else {}
            again = self.visitor.send(asked, "/confirm", {**proof, **fresh}, "/confirm")
        if again.status != 200:
            raise Unanswered(f"a kept form: answered {again.status}")
        self.findings.count("forms kept over a proof of identity")
        form = form_in(again)
        return self.visitor.post(form.action, form.values())

    def person(self, number: int, path: str) -> str:
        """A new file with a marked name, and everything that can be added to it. Returns the file's address."""
        answer, marks = self.record(path)
        address = answer.location.partition("?")[0]
        if not address.startswith("/people/"):
            raise Unanswered(f"{path}: led to {_shape(address)} instead of a file")
        self.marks[address] += marks
        return address

    def everything(self, number: int, address: str, before: str | None, lawyer: str) -> None:
        """Every entry that the file's page offers; `before` is another file, for what is about two."""
        chosen = {"counsel": lawyer, **({"other": before.rpartition("/")[2]} if before else {})}
        for link in self._links(address, "/add/"):
            name = link.rpartition("/")[2]
            is_its_turn = number % 10 == _ONCE_IN_TEN.get(name, number % 10)
            if is_its_turn and (before or name not in _ABOUT_TWO):
                self._about(address, link, chosen)
        self._about(address, f"{address}/detentions/new")
        self._about(address, f"/incidents/new?person={address.rpartition('/')[2]}", {"person": address.rpartition("/")[2]})

    def change(self, address: str, corrections: int, withdrawals: int) -> None:
        """Correct some entries and take some back, with reasons in words."""
        for link in self._links(address, "/entries/", "/correct")[:corrections]:
            self._about(address, link, keep=frozenset({"when"}))
            self.findings.count("entries corrected")
        for link in self._links(address, "/entries/", "/withdraw")[-withdrawals:]:
            self._about(address, link)
            self.findings.count("entries withdrawn")

    def _about(self, address: str, link: str, chosen: Chosen | None = None, *, keep: frozenset[str] = frozenset()) -> None:
        self.marks[address] += self.record(link, chosen, keep=keep)[1]

    def _links(self, address: str, part: str, end: str = "") -> list[str]:
        links = Forms(self.visitor.get(address).text).links
        return list(
            dict.fromkeys(link for link in links if part in link and link.endswith(end) and "/detentions/new" not in link)
        )

    def hidden(self, address: str) -> list[str]:
        """The marks of a file that no page of it shows."""
        shown, number = self.visitor.get(address).text, 2
        while f"{address}?page={number}" in shown:
            shown += self.visitor.get(f"{address}?page={number}").text
            number += 1
        return [mark for mark in self.marks[address] if mark not in shown]


def _shape(path: str) -> str:
    """An address without the ids in it."""
    return "/".join("…" if len(part) == 36 else part for part in path.partition("?")[0].split("/"))
