"""A follow-up in two keystrokes: a letter, and Enter. What each letter says, and how the rest of the line is read.

A letter that says nothing is one sentence, and changes nothing. Both alphabets are read at any time, whatever the page's
language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from domain.casebook import Outcome
from domain.detention import Detention
from domain.moment import When
from domain.place import Place
from domain.provenance import Source
from domain.record import Record
from domain.vocabulary.articles import ARTICLES
from web.desk import HOME_ZONE, Desk
from web.entries.placing import PlaceOpen, place_of
from web.entries.sealing import sealed_facts, sealer
from web.languages import language
from web.languages import translated as _

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that can be said. `latin` stands in a form; `keys` are typed; `rest` may follow: place, article or words."""

    latin: str
    cyrillic: str
    keys: str
    title: Any
    event: type[Record.Event]
    verb: str
    facts: Mapping[str, Any]
    rest: str = ""


LETTERS: Sequence[Letter] = (
    Letter("d", "д", "dд", _l("delivered, here or to the station named"), Detention.Delivered, "record_delivery", {}, "place"),
    Letter("t", "т", "tт", _l("taken to another place, named or not"), Detention.Transferred, "record_transfer", {}, "place"),
    Letter("p", "п", "pп", _l("protocol, with the article"), Detention.ProtocolDrawn, "record_protocol", {}, "article"),
    Letter("c", "з", "cсз", _l("counsel asked for"), Detention.CounselRequested, "request_counsel", {}),
    Letter("n", "н", "nн", _l("counsel not let in"), Detention.CounselRefused, "refuse_counsel", {}),
    Letter("a", "а", "aа", _l("counsel admitted"), Detention.CounselAdmitted, "admit_counsel", {}),
    Letter("m", "м", "mм", _l("needs a doctor"), Detention.ConcernRaised, "raise_concern", {"concerns": ("medical",)}),
    Letter("i", "б", "iб", _l("ill-treated, in these words"), Detention.IllTreatmentReported,
           "report_ill_treatment", {"kind": "unknown"}, "words"),
    Letter("l", "к", "lк", _l("contact lost"), Detention.ContactLost, "lose_contact", {}),
    Letter("r", "о", "roо", _l("was let go"), Detention.Released, "record_release", {}),
)  # fmt: skip


class NotUnderstood(Exception):
    """What was typed says nothing that could be recorded; the sentence says why."""


def letter_of(typed: str) -> tuple[Letter, str]:
    """The letter and the rest of the line. Raises NotUnderstood."""
    first, _space, rest = typed.strip().partition(" ")
    if len(typed) > LONGEST:
        raise NotUnderstood(_("This is too long: at most %(longest)d characters fit. Shorten it.", longest=LONGEST))
    found = next((letter for letter in LETTERS if len(first) == 1 and first.lower() in letter.keys), None)
    if found is None:
        raise NotUnderstood(_("“%(typed)s” is none of the letters. Nothing was recorded.", typed=first[:20]))
    if rest.strip() and not found.rest:
        raise NotUnderstood(_("Nothing can follow the letter “%(letter)s”. Nothing was recorded.", letter=first))
    return found, rest.strip()


def article_called(words: str) -> str:
    """The code of an article as it is written in a hurry: "20.2-5", "ч. 5 ст. 20.2", "19.3". Raises NotUnderstood."""
    said = words.lower().replace("ё", "е")
    law = "uk-" if re.search(r"ук\b|\buk", said) else "koap-"
    part = re.search(r"ч\.?\s*(\d+(?:\.\d+)?)", said)
    number = re.search(r"(?<![\d.])(\d+(?:\.\d+)*)(?:\s*[-(/]\s*(\d+(?:\.\d+)?))?", said.replace(part[0], " ") if part else said)
    if number is not None:
        its_part = part[1] if part else number[2]
        wanted = f"{number[1]}-{its_part}" if its_part else number[1]
        for code in (law + wanted, "uk-" + wanted):
            if code in ARTICLES:
                return code
        if not its_part:
            parts = [code for code in ARTICLES if code.startswith(law + wanted + "-")]
            if len(parts) == 1:
                return parts[0]
    raise NotUnderstood(_("“%(article)s” is not in the list of articles. Nothing was recorded.", article=words[:40]))


def recorded(desk: Desk, custody: Any, letter: Letter, rest: str, source: Source, command: UUID) -> Outcome:
    """Records what a letter says of somebody, as said at this moment. Raises NotUnderstood and RuleBroken."""
    person, detention = UUID(bytes=custody.person), UUID(bytes=custody.detention)
    known = desk.tracker.gazetteer.city(custody.city) if custody.city else None
    zone = known.zone if known is not None and known.zone else HOME_ZONE
    facts: dict[str, Any] = {**letter.facts, "when": When.at(datetime.now(UTC), zone)}
    match letter.rest:
        case "place":
            place = _place(desk, custody, rest, is_here=letter.latin == "d")
            facts["place"] = place
        case "article":
            facts |= {"kind": "unknown"} if not rest else _accused(article_called(rest))
        case "words" if rest:
            facts["words"] = rest
    facts = sealed_facts(letter.event, facts, sealer(desk.tracker.vault, person, detention))
    verb = getattr(desk.tracker.casebook, letter.verb)
    found: Outcome = verb(desk.entry(source, command), detention, **facts)
    return found


def _accused(article: str) -> dict[str, Any]:
    return {"kind": "criminal_detention" if article.startswith("uk-") else "offence", "article": article}


def _place(desk: Desk, custody: Any, rest: str, *, is_here: bool) -> Place | None:
    geocoder = desk.tracker.geocoder
    if not rest:
        if is_here and not custody.station:
            raise NotUnderstood(_("Nobody knows yet where this is. Write the station after the letter. Nothing was recorded."))
        return geocoder.station_place(custody.station) if is_here else None
    within = geocoder.city_place(custody.city) if custody.city else None
    unknown = _("“%(place)s” is no station known here, or several. Nothing was recorded.", place=rest[:60])
    try:
        place = place_of(desk.tracker, rest, within=within, language=language(), station=True)
    except PlaceOpen:
        raise NotUnderstood(unknown) from None
    if is_here and place.station is None:
        raise NotUnderstood(unknown)
    return place
