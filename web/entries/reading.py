"""What was posted, read back into facts: `When`, `Count`, `Place`, codes, ids. One sentence for each field that cannot be read.

Nothing is recorded here, and nothing is lost: a form that cannot be read comes back with every value it was sent with.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from domain.count_words import parse_count
from domain.errors import RuleBroken
from domain.place import Candidate, Place, Precision
from domain.provenance import Reliability, Source
from domain.record import new_id
from domain.source_on_file import SourceOnFile
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from projections import sources
from web.access.roles import Role
from web.desk import HOME_ZONE
from web.entries.days_ahead import time_told
from web.entries.fields import Field
from web.entries.filled import Filled, Kept, id_in
from web.entries.new_source import NewSource
from web.entries.placing import NEW, SPELLING, UNPLACED, PlaceOpen, offered, place_of
from web.entries.problems import missing, place_sentence, sentence, too_long
from web.languages import language
from web.languages import translated as _
from web.stations.wanted import Wanted, new_spelling, new_station
from web.wiring import Tracker

__all__ = ["Filled", "Kept", "Reading", "id_in"]

LONGEST_LINE = 300
LONGEST_WORDS = 20_000
_ORIGIN = Field("origin", "source", "")
PASTED = frozenset({"file", "nearby", "source"})
"""The shapes of fields into which an address or a number may be pasted beside a list."""


class _Problem(Exception):
    """A sentence for one field."""


class Reading:
    """Reads one form. `within` is the city things are known to be in; `kept` what unchanged fields go on saying; times count from
    `said_at`; whoever is hasty keeps the words of a place that was offered for choice and not chosen; `names_sources` says
    whether whoever sent it may name a source on file."""

    def __init__(
        self,
        tracker: Tracker,
        posted: MultiDict[str, str],
        *,
        within: Place | None = None,
        kept: Mapping[str, Kept] | None = None,
        said_at: datetime | None = None,
        is_hasty: bool = False,
        names_sources: bool,
    ) -> None:
        self.filled = Filled()
        self.wanted: list[Wanted] = []
        self.new_source: NewSource | None = None
        """A source that is named for the first time."""
        self._names_sources = names_sources
        self._tracker = tracker
        self._posted = posted
        self._within = within
        self._kept = kept or {}
        self._said_at = said_at or datetime.now(UTC)
        self._is_hasty = is_hasty
        self._zone = within.zone if within is not None and within.zone else HOME_ZONE
        self._shapes: Mapping[str, Callable[[Field, str], Any]] = {
            "when": self._when,
            "place": self._place,
            "count": self._count,
            "words": self._text,
            "line": self._text,
            "choice": self._choice,
            "day": self._day,
            "file": self._id,
            "protest": self._id,
            "nearby": self._id,
            "lawyer": self._lawyer,
            "defendant": self._listed,
            "detention": self._listed,
            "upload": lambda asked, said: None,  # its bytes are not among the values of a form
            "source": self._source,
        }

    def facts(self, fields: Sequence[Field]) -> dict[str, Any]:
        """The facts of these fields. Where one cannot be read, `filled.problems` says why. Places first, for their zones."""
        facts: dict[str, Any] = {}
        for asked in sorted(fields, key=lambda asked: asked.shape != "place"):
            try:
                facts[asked.name] = self._fact(asked)
            except _Problem as problem:
                self.filled.problems[asked.name] = str(problem)
            except PlaceOpen as several:
                self._offer(asked.name, several.candidates)
                self.filled.problems[asked.name] = several.why or place_sentence(several)
            except RuleBroken as refused:
                self.filled.problems[asked.name] = sentence(refused)
        return {asked.name: facts[asked.name] for asked in fields if asked.name in facts}

    def source(self) -> Source:
        """Who says so."""
        kind, reliability = self._said("source_kind") or "unknown", self._said("reliability") or "unknown"
        origin = self._origin()
        if origin is not None and "unknown" in (kind, reliability):
            with self._tracker.views() as db:
                on_file = sources.on_file(db).get(origin)
            if on_file is not None:
                kind = on_file.kind if kind == "unknown" else kind
                reliability = on_file.reliability if reliability == "unknown" else reliability
        reference = self._said("reference")
        if kind not in SOURCE_KINDS:
            self.filled.problems["source_kind"] = _("Choose one of the answers in the list.")
        if reliability not in RELIABILITY:
            self.filled.problems["reliability"] = _("Choose one of the answers in the list.")
        if len(reference) > LONGEST_LINE:
            self.filled.problems["reference"] = too_long(LONGEST_LINE)
        if self.filled.problems:
            return Source("unknown")
        kept = self._kept.get("reference")
        if kept is not None and (reference == kept.text or self._stood_without_words("reference", reference)):
            return Source(kind, Reliability(reliability), kept.fact, origin)
        return Source(kind, Reliability(reliability), reference or None, origin)

    def _origin(self) -> UUID | None:
        """The source on file; whoever may not name one leaves it as it stands. A new name comes first, then what was pasted."""
        kept = self._kept.get("origin")
        if not self._names_sources:
            return kept.fact if kept is not None else None
        said, pasted, name = self._said("origin"), self._said("origin.pasted"), self._said("origin.name")
        if name and len(name) <= LONGEST_LINE:
            self.new_source = NewSource(self.filled.new_source_id(self._posted.get("origin.new", "")), name)
            return None
        if kept is not None and said == kept.text and not pasted:
            found: UUID | None = kept.fact
            return found
        try:
            if name:
                raise _Problem(too_long(LONGEST_LINE))
            return self._source(_ORIGIN, said)
        except _Problem as problem:
            self.filled.problems["origin"] = str(problem)
            return None

    def _source(self, asked: Field, said: str) -> UUID | None:
        found = self._id(asked, said)
        if found is not None:
            try:
                self._tracker.casebook.standing(SourceOnFile, found)
            except RuleBroken:
                raise _Problem(_("No source on file has this number. Copy it from the top of the source's page.")) from None
        return found

    def _said(self, name: str) -> str:
        said = self._posted.get(name, "").replace("\r\n", "\n").strip()
        self.filled.values[name] = said
        return said

    def _fact(self, asked: Field) -> Any:
        if asked.shape == "choices":
            return self._choices(asked)
        if asked.shape == "files":
            return self._files(asked)
        said, pasted = self._said(asked.name), self._said(f"{asked.name}.pasted") if asked.shape in PASTED else ""
        kept = self._kept.get(asked.name)
        is_left = kept is not None and (said == kept.text or self._stood_without_words(asked.name, said))
        if kept is not None and is_left and not pasted:
            return kept.fact
        if asked.required and not said and not pasted:
            raise _Problem(missing(asked))
        return self._shapes[asked.shape](asked, said)

    def _stood_without_words(self, name: str, said: str) -> bool:
        """Whether the form showed just this, its words withheld; what can be shown may have changed since."""
        return self._posted.get(f"{name}.withheld") == said

    def _when(self, asked: Field, said: str) -> Any:
        return time_told(asked.name, said, zone=self._zone, said_at=self._said_at) if said else None

    def _count(self, asked: Field, said: str) -> Any:
        count = parse_count(said) if said else None
        if count is None and asked.required:
            raise _Problem(missing(asked))
        return count

    def _text(self, asked: Field, said: str) -> str | None:
        longest = LONGEST_WORDS if asked.shape == "words" else LONGEST_LINE
        if len(said) > longest:
            raise _Problem(too_long(longest))
        return said or None

    def _choice(self, asked: Field, said: str) -> str | None:
        if said and said not in dict(asked.options):
            raise _Problem(_("Choose one of the answers in the list."))
        return said or asked.first or None

    def _choices(self, asked: Field) -> tuple[str, ...]:
        said = list(dict.fromkeys(self._posted.getlist(asked.name)))
        self.filled.values[asked.name] = said
        if not set(said) <= set(dict(asked.options)):
            raise _Problem(_("Choose one of the answers in the list."))
        if not said and asked.required:
            raise _Problem(_("Choose at least one."))
        return tuple(said) or ("unknown",)

    def _files(self, asked: Field) -> tuple[UUID, ...]:
        """The files that were marked, and those whose addresses or numbers were pasted, one a line; each once."""
        marked = self.filled.values[asked.name] = self._posted.getlist(asked.name)
        pasted = [line for line in self._said(f"{asked.name}.pasted").splitlines() if line.strip()]
        found = [id_in(told) for told in (*marked, *pasted)]
        if None in found:
            raise _Problem(_("This is no address and no number of a file. Copy it from the top of the other file."))
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _listed(self, asked: Field, said: str) -> UUID | None:
        if said and said not in dict(asked.options):
            raise _Problem(_("Choose one of the answers in the list."))
        return id_in(said)  # "everybody" is nobody's id

    def _day(self, asked: Field, said: str) -> date | None:
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise _Problem(_("This is not a day of the calendar. Write it like 2022-02-24.")) from None

    def _place(self, asked: Field, said: str) -> Place | None:
        if not said:
            return None
        if len(said) > LONGEST_LINE:
            raise _Problem(too_long(LONGEST_LINE))
        # A choice holds for the words it was offered for, and for no others.
        chosen = self._said(f"{asked.name}.chosen") if self._said(f"{asked.name}.asked") == said else None
        if self._is_hasty and not chosen and self.filled.values[f"{asked.name}.asked"] == said:
            chosen = UNPLACED
        if chosen in (NEW, SPELLING):
            place = self._told_of_station(asked, said, chosen)
        else:
            place = place_of(
                self._tracker, said, within=self._within, language=language(), chosen=chosen, station=asked.is_station
            )
        if chosen:  # where the form comes back for another field, what was chosen is still chosen
            self._offer(asked.name, offered(self._tracker, said, self._within, language()))
        self._zone = place.zone or self._zone
        return place

    def _offer(self, name: str, candidates: Sequence[Candidate]) -> None:
        self.filled.places[name] = candidates
        self.filled.cities[name] = self._within.city if self._within is not None else None

    def _told_of_station(self, asked: Field, said: str, chosen: str) -> Place:
        """The place of a station that the form says is new, or is known under another spelling; recorded with the form."""
        record = id_in(self._said(f"{asked.name}.record")) or new_id()
        try:
            if chosen == SPELLING:
                wanted = new_spelling(
                    self._tracker,
                    record,
                    code=self._said(f"{asked.name}.station"),
                    spelling=self._said(f"{asked.name}.spelling") or said,
                )
                place = self._tracker.geocoder.station_place(wanted.code, said)
            else:
                name, kind = self._said(f"{asked.name}.name"), self._said(f"{asked.name}.kind") or "police_station"
                wanted = new_station(self._tracker, record, name=name or said, kind=kind, city=self._city_said(asked))
                place = replace(wanted.place, precision=Precision.STATION, station=wanted.code, words=said)
        except RuleBroken as refused:
            raise PlaceOpen(offered(self._tracker, said, self._within, language()), sentence(refused)) from None
        self.wanted.append(wanted)
        return place

    def _city_said(self, asked: Field) -> Place:
        words = self._said(f"{asked.name}.city")
        if not words and self._within is not None:
            return self._within
        return self._tracker.geocoder.settle(words, None, language()) if words else Place(Precision.UNKNOWN)

    def _id(self, asked: Field, said: str) -> UUID | None:
        """An id out of a list, or out of an address or a number that was pasted, which comes first."""
        told = self.filled.values.get(f"{asked.name}.pasted") or said
        found = id_in(told)
        if found is None and told and asked.shape == "source":
            raise _Problem(_("No source on file has this number. Copy it from the top of the source's page."))
        if found is None and told:
            raise _Problem(_("This is no address and no number of a file. Copy it from the top of the other file."))
        return found

    def _lawyer(self, asked: Field, said: str) -> UUID | None:
        found = id_in(said)
        known = {account.id for account in self._tracker.door.accounts.all(Role.LAWYER) if not account.is_ended}
        if said and found not in known:
            raise _Problem(_("Choose one of the answers in the list."))
        return found
