"""How well a fact is borne out, from who says so: the whole rule, and nothing else.

Facts are what entries say; each stands on claims: the entry's own source, every source that attested it, other entries of the
record that say the same. `docs/verification.md` has the rule in words for those who record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any
from uuid import UUID

from eventsourcing.utils import get_topic

from domain.count import Count
from domain.facts import facts_of
from domain.moment import When
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.provenance import Reliability
from domain.record import Record


class Tier(StrEnum):
    """From the best; the codes are those of `vocabulary.sources.TIERS`."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"
    RETRACTED = "retracted"
    """Nothing is left that it could rest on."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """A source on file as it is known at some moment. `repeats` is the one it passes on; `retracted` the times, in seconds since
    1970, between which what was recorded from it does not count. One whose record was withdrawn does not `stand`."""

    kind: str
    reliability: str = Reliability.UNKNOWN
    repeats: UUID | None = None
    retracted: tuple[tuple[float | None, float | None], ...] = ()
    stands: bool = True

    def took_back(self, said: float) -> bool:
        """Whether what was recorded from it at this time does not count."""
        return not self.stands or any(
            (first is None or first <= said) and (last is None or said <= last) for first, last in self.retracted
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says so: the kind of source, how far it is relied on in this, the source on file, and when it was recorded."""

    kind: str
    reliability: str = Reliability.UNKNOWN
    origin: UUID | None = None
    said: float = 0.0


Sources = Mapping[UUID, OnFile]


def tier_of(claims: Iterable[Claim], sources: Sources) -> Tier:
    """The tier of a fact that stands on these claims. Neither their order nor saying something twice makes a difference.

    Two sources on file are independent when neither passes on the other, nor both a third. Of sources that are not on file only
    the kinds can be told apart: a kind counts once, and not at all beside a source on file of that kind, which may be the same.
    What kind a source on file is it says itself: one more claim of it can never count for less.
    """
    standing = [claim for claim in claims if not _taken_back(claim, sources)]
    if not standing:
        return Tier.RETRACTED
    relied_on = [claim for claim in standing if not _is_unreliable(claim, sources)]
    if any(kind_of(claim, sources) == "document" for claim in relied_on):
        return Tier.CONFIRMED
    roots = {root_of(claim.origin, sources) for claim in relied_on if claim.origin is not None}
    kinds = [sources[root].kind for root in roots if root in sources]
    voices = [kind for kind in kinds if kind != "unknown"]
    others = {claim.kind for claim in relied_on if claim.origin is None} - {*voices, "unknown"}
    return Tier.CORROBORATED if len(voices) + len(others) > 1 else Tier.UNVERIFIED


def chain_of(origin: UUID | None, sources: Sources) -> list[UUID]:
    """A source on file, the one it passes on, the one that passes on, and so on. Whoever pass on each other end it."""
    chain: list[UUID] = []
    while origin is not None and origin not in chain:
        chain.append(origin)
        origin = sources[origin].repeats if origin in sources else None
    return chain


def root_of(origin: UUID, sources: Sources) -> UUID:
    """The source on file whose voice this is; of those that pass on each other in a circle always the same one."""
    chain = chain_of(origin, sources)
    last = chain[-1]
    back = sources[last].repeats if last in sources else None
    return min(chain[chain.index(back) :]) if back in chain else last


def kind_of(claim: Claim, sources: Sources) -> str:
    """What kind of source a claim is of: as its entry says, or, where that does not, as is known of the source on file."""
    if claim.kind != "unknown" or claim.origin is None or claim.origin not in sources:
        return claim.kind
    return sources[claim.origin].kind


def _taken_back(claim: Claim, sources: Sources) -> bool:
    """Taken back by the source, or by one that it passes on."""
    return any(sources[one].took_back(claim.said) for one in chain_of(claim.origin, sources) if one in sources)


def _is_unreliable(claim: Claim, sources: Sources) -> bool:
    rated = [sources[one].reliability for one in chain_of(claim.origin, sources) if one in sources]
    return Reliability.UNRELIABLE in (claim.reliability, *rated)


ACTS = frozenset(
    {
        "person.opened",
        "person.consent_given",
        "person.consent_withdrawn",
        "person.found_to_be",
        "person.told_apart",
        "person.counsel_assigned",
        "person.counsel_dismissed",
        "person.note_written",
        "person.forgetting_requested",
        "person.forgetting_approved",
        "person.forgetting_cancelled",
        "person.forgotten",
        "detention.identified",
        "report.person_recorded",
        "report.settled",
    }
)
"""Entries that do something and report nothing that could be true or false."""
_OF = ("protest.", "detention.", "person.", "incident.", "report.", "proceeding.")


def is_fact(happened: type[Record.Event]) -> bool:
    """Whether such an entry says something that has a tier."""
    return _is_fact(happened)


@cache
def _is_fact(happened: type[Record.Event]) -> bool:
    topic = get_topic(happened)
    is_change = issubclass(happened, Record.Correction | Record.Withdrawal | Record.Attestation)
    return not is_change and topic.startswith(_OF) and topic not in ACTS


_UNCOMPARED = frozenset({"about", "organiser", "words"})
_EXACT = (Precision.ADDRESS, Precision.STATION, Precision.STREET)


def content_of(event: Record.Event) -> bytes:
    """Eight bytes for what an entry says, the same for another entry of the record that says the same.

    The same are the same codes, numbers, records, exact places and days. Words are not compared, so a name, or a place that only
    its words know, is the same as itself and as nothing else.
    """
    happened, told = type(event), vars(event)
    said: list[Any] = []
    is_coded = True
    for name in facts_of(happened):
        value = told[name]
        if value is None or type(value) is str:  # most of what is told: no need to ask what else it might be
            said.append(None if name in _UNCOMPARED else value)
            continue
        is_coded = False
        if type(value) is Sealed:
            said.append(None if name == "words" else (event.originator_version, value.ciphertext))
        else:
            compared = _COMPARED.get(type(value), str)
            said.append(compared(value))
            if type(value) is Place and value.precision not in _EXACT:
                said.append(event.originator_version)
    return _digest_of_codes(happened, *said) if is_coded else _digest(happened, *said)


def _day(when: When) -> Any:
    return when.local_day or (when.earliest.isoformat(), when.latest.isoformat())


def _spot(place: Place) -> Any:
    return place.country, place.region, place.city, place.station, place.cell


_COMPARED: Mapping[type, Callable[[Any], Any]] = {
    When: _day,
    Place: _spot,
    Count: lambda count: (count.low, count.high),
    UUID: attrgetter("int"),
    tuple: lambda several: sorted(map(str, several)),
}
"""What of a value is compared."""


def _digest(happened: type[Record.Event], *said: Any) -> bytes:
    return blake2b(repr((get_topic(happened), said)).encode(), digest_size=8).digest()


_digest_of_codes = lru_cache(4096)(_digest)
"""What tells nothing but codes is told in the same few ways again and again."""
