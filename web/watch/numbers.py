"""How a number came about: every claim with who said it and where it is cited, what was taken of it, and the sum in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.protest import Protest
from domain.report import Report
from projections import heatmap, night_counts, night_tables, nights, positions, protests
from projections.reconciling import Claim, Needed, Total, needed
from web.desk import Desk
from web.languages import translated as _
from web.lines import History, history_of
from web.sightings import interval, told_protests
from web.watch.board import city_called, station_called

MOST_NIGHTS = 400


@dataclass(frozen=True, slots=True)
class Said:
    """One claim. `taken` says in words what the number takes of it, or why it takes nothing."""

    position: int
    count: str
    about: str
    when: str
    source: str
    taken: str
    record: UUID


@dataclass(frozen=True, slots=True)
class Part:
    """A number that went into the sum: its title, the address of its own page ("" where it has none), and the interval."""

    title: str
    link: tuple[str, dict[str, Any]] | None
    number: str


@dataclass(frozen=True)
class HowCounted:
    """The page: the number, its claims, its parts, and how they come together."""

    title: str
    total: str
    position: int
    claims: Sequence[Said] = ()
    parts: Sequence[Part] = ()
    words: Sequence[str] = field(default_factory=list)


def of_protest(desk: Desk, protest: UUID, language: str) -> HowCounted | None:
    """The number of one protest."""
    with desk.tracker.views() as db:
        row = protests.one(db, protest.bytes)
        counted = night_counts.one_protest(db, protest.bytes)
        if row is None or counted is None:
            return None
        listed = told_protests(desk, db, [row], language)[0]
        position = positions.reached(db, nights.projection)
    claims = night_counts.claims_of(counted) if counted.stands else []
    total = night_counts.total_of(counted)
    by_station: dict[str | None, list[Claim]] = {}
    for _key, claim in claims:
        by_station.setdefault(claim.station, []).append(claim)
    whole, stations = by_station.pop(None, []), by_station
    words = [_("Known one by one: %(number)d. The number is never below that.", number=counted.named)]
    if whole:
        words.append(_("Counts of the whole protest compete; together they say %(span)s.", span=_span(whole, language)))
    if stations:
        parts = "; ".join(
            f"{station_called(desk, code or '', language)}: {_span(found, language)}" for code, found in stations.items()
        )
        words.append(
            _(
                "Counts at one station compete; those of different stations are of different people and are added: %(parts)s.",
                parts=parts,
            )
        )
    if whole and stations:
        words.append(_("The two are set beside each other: at least the larger low end, at most the larger high end."))
    words.append(
        _(
            "Together: %(total)s. The people known one by one are among those counted, never added to them.",
            total=interval(total, language) or "0",
        )
    )
    said = _said(desk, claims, protest, language, lambda claim: _of_span(claim, by_station.get(claim.station, whole)))
    return HowCounted(
        f"{listed.when}, {listed.where}" if listed.where else listed.when,
        interval(total, language) or "0",
        position,
        said,
        (),
        words,
    )


def of_station(desk: Desk, city: int, night: int, station: str, language: str) -> HowCounted:
    """What counts at one station in one night ask for beyond the people known there; "" for those that name no station."""
    with desk.tracker.views() as db:
        found = night_counts.one_night(db, city, night)
        position = positions.reached(db, nights.projection)
    row = next((row for row in found.stations if row.station == station), None)
    told = night_counts.claims_at(row) if row is not None else []
    claims = [(key, claim) for key, claim, _at in told]
    counting = [claim for _key, claim in claims if claim.high != 0]
    surely, perhaps = (row.named, row.perhaps) if row is not None else (0, 0)
    if not station:
        perhaps = found.at_protests + found.alone
    asked = needed(counting, surely, perhaps=perhaps)
    title = station_called(desk, station, language) if station else _("No station named")
    words = []
    if counting:
        words.append(_("The counts compete; together they say %(span)s.", span=_span(counting, language)))
        words.append(
            _(
                "Known one by one and certainly among those counted: %(number)d. The high end takes in so many fewer others.",
                number=surely,
            )
        )
        words.append(
            _(
                "Known one by one and perhaps among those counted: %(number)d. The low end asks for so many fewer others.",
                number=perhaps,
            )
        )
    words.append(
        _("Beyond the people known one by one the counts ask for: %(number)s.", number=interval(Total(*asked), language) or "0")
    )
    said = _said(desk, claims, None, language, lambda claim: _of_span(claim, counting))
    return HowCounted(
        f"{title}, {city_called(desk, city, language)}", interval(Total(*asked), language) or "0", position, said, (), words
    )


def of_night(desk: Desk, city: int, night: int, language: str) -> HowCounted:
    """The number of one city and night: its protests, the people at none, and what counts ask for beyond both."""
    with desk.tracker.views() as db:
        found = night_counts.one_night(db, city, night)
        rows = {row.protest: row for held in found.protests if (row := protests.one(db, held.protest)) is not None}
        listed = {one.id: one for one in told_protests(desk, db, rows.values(), language)}
        position = positions.reached(db, nights.projection)
    parts = []
    for held in found.protests:
        total, number = night_counts.total_of(held), UUID(bytes=held.protest)
        if total != (0, 0):
            told = listed.get(number)
            title = f"{told.when}, {told.where or told.what}" if told is not None else number.hex[-8:]
            parts.append(Part(title, ("watch.number_of_protest", {"protest": number}), interval(total, language)))
    if found.alone:
        parts.append(Part(_("Known one by one, at no protest"), None, str(found.alone)))
    for row in sorted(found.stations, key=lambda at: at.station):
        asked = _asked_at(found, row)
        if night_counts.claims_at(row):
            name = station_called(desk, row.station, language) if row.station else _("No station named")
            where = {"city": city, "night": _told(night), "code": row.station or "-"}
            title = _("Counts at: %(station)s, beyond the people known there", station=name)
            parts.append(Part(title, ("watch.number_of_station", where), interval(Total(*asked), language) or "0"))
    words = [
        _("Protests and people known one by one at none are added: they are different people."),
        _(
            "At the low end the others counted at stations are taken for the unnamed people of the "
            "protests, as far as these go round, and those counted at no station for anybody. At the high "
            "end nobody is anybody else."
        ),
        _("What counts add beyond protests and people: %(number)s.", number=interval(found.extra, language) or "0"),
    ]
    if not night_tables.is_certain((night, city)):
        words.append(
            _("City or night is not certain: such counts may be of people counted elsewhere, so they raise the high end alone.")
        )
    words.append(_("Together: %(total)s.", total=interval(found.total, language) or "0"))
    title = city_called(desk, city, language) or _("Not placed")
    return HowCounted(title, interval(found.total, language) or "0", position, (), parts, words)


def of_city(desk: Desk, city: int, language: str) -> HowCounted:
    """The number of a city: its days, each by its night's page."""
    with desk.tracker.views() as db:
        rows = heatmap.by_day(db, city, 0, 9999_12_31)
        total = next((row for row in heatmap.by_city(db) if row.city == city), None)
        position = positions.reached(db, heatmap.projection)

    def told(row: Any) -> str:
        return interval(Total(row.detained_low, None if row.open_ended else row.detained_high), language) or "0"

    parts = [
        Part(
            _day(row.day),
            ("watch.number_of_night", {"city": city, "night": _told(row.day)}) if row.day % 100 else None,
            told(row),
        )
        for row in rows[-MOST_NIGHTS:]
        if row.detained_low or row.detained_high
    ]
    words = [
        _(
            "The days are added. A protest and its people count on the day of the protest, everybody else "
            "on the day they were detained, and what counts ask for beyond them on the day on which the "
            "night began."
        ),
        _("The page of a night goes from noon to noon, so it may differ from the day's number by what happened after midnight."),
    ]
    return HowCounted(
        city_called(desk, city, language) or _("Not placed"),
        told(total) if total is not None else "0",
        position,
        (),
        parts,
        words,
    )


def _asked_at(found: night_counts.OneNight, row: Any) -> Needed:
    perhaps = row.perhaps if row.station else found.at_protests + found.alone
    return needed([claim for _key, claim, _at in night_counts.claims_at(row) if claim.high != 0], row.named, perhaps=perhaps)


def _span(claims: Sequence[Claim], language: str) -> str:
    return interval(Total(*needed(claims, 0)), language) or "0"


def _of_span(claim: Claim, competing: Sequence[Claim]) -> str:
    if claim.high == 0:
        return _("nothing: that nobody is held any more says nothing about how many had been")
    taken = []
    if claim.low == min(other.low for other in competing):
        taken.append(_("the low end"))
    highs = [other.high for other in competing]
    if claim.high is None or (None not in highs and claim.high == max(high for high in highs if high is not None)):
        taken.append(_("the high end"))
    return ", ".join(taken) or _("nothing: it lies between the others")


def _said(desk: Desk, claims: Sequence[tuple[str, Claim]], protest: UUID | None, language: str, taken: Any) -> list[Said]:
    by_key = dict(claims)
    records = [UUID(hex=key) for key in by_key if len(key) == 32] + ([protest] if protest is not None else [])
    history = history_of(desk, [record.bytes for record in records])
    said = []
    for position, event in history.standing(Report.Received, Protest.DetentionsCounted):
        key = event.originator_id.hex if isinstance(event, Report.Received) else str(event.originator_version)
        claim = by_key.get(key)
        if claim is not None:
            said.append(_one(desk, history, position, event, claim, taken(claim), language))
    return said


def _one(desk: Desk, history: History, position: int, event: Any, claim: Claim, taken: str, language: str) -> Said:
    teller = history.teller
    return Said(
        position,
        teller.count(event.count, language),
        station_called(desk, claim.station, language) if claim.station else "",
        teller.when(event.when, language) if event.when is not None else "",
        teller.tell_source(event, language),
        taken,
        event.originator_id,
    )


def _told(night: int) -> str:
    return f"{night // 10_000:04}-{night // 100 % 100:02}-{night % 100:02}"


def _day(day: int) -> str:
    """A day, month or year as it is numbered; what could not be dated says so."""
    return _told(day).removesuffix("-00").removesuffix("-00") if day else _("Not dated")
