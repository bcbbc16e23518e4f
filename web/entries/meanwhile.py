"""Two people at once: what the second to save had typed, set beside what the first made of the same entry meanwhile.

What only the other changed is taken over, what only this reader changed is kept. What both changed is shown both ways, and
somebody has to choose. Nothing of it is lost, and nothing is recorded before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from domain.record import Record
from domain.states import States
from web.desk import Desk
from web.entries.fields import Field
from web.entries.prefill import kept_of, values_of
from web.entries.reading import Kept
from web.languages import language
from web.languages import translated as _
from web.lines import History, Step

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed: what it read when the form was opened, what it reads now. `read` is how many entries the
    record had then, `settled` what was chosen: mine, theirs, or "" so far.
    """

    name: str
    was: str
    now: str
    read: int
    settled: str


@dataclass(frozen=True)
class Meanwhile:
    """What became of an entry while a form about it was open, as the form that comes back tells it."""

    steps: Sequence[Step] = ()
    was: str = ""
    now: str = ""
    taken: Sequence[str] = ()
    """What the fields are called that only the other changed."""
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    advice: str = ""
    closed: bool = False
    """Whether there is nothing left to be sent, only to be read."""

    @property
    def unsettled(self) -> dict[str, str]:
        """The fields for which somebody has to choose, each with a sentence."""
        asked = (name for name, clash in self.clashes.items() if not clash.settled)
        return {name: _("Somebody else changed this as well. Choose which of the two is right.") for name in asked}


@dataclass(frozen=True)
class Compared:
    """One entry at two moments, as the fields of a form show it."""

    fields: Sequence[Field]
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    was_kept: Mapping[str, Kept]
    now_kept: Mapping[str, Kept]

    @classmethod
    def of(cls, desk: Desk, was: Record.Event, now: Record.Event, fields: Sequence[Field], source: Iterable[Field]) -> "Compared":
        """The entry as it was read and as it stands; `source` are the fields of who says so."""
        was_kept, now_kept = kept_of(desk, was, fields), kept_of(desk, now, fields)
        return cls([*fields, *source], values_of(was, was_kept), values_of(now, now_kept), was_kept, now_kept)

    def changed(self, name: str) -> bool:
        """Whether somebody else changed this field; its words may be withheld from this reader."""
        if self.was.get(name) != self.now.get(name):
            return True
        was, now = self.was_kept.get(name), self.now_kept.get(name)
        return was is not None and now is not None and was.fact != now.fact


def merged(compared: Compared, posted: MultiDict[str, str], read: int) -> tuple[MultiDict[str, str], list[str], dict[str, Clash]]:
    """What was sent with what others changed put in, the fields that were taken over, and those that both changed."""
    sent, taken, clashes = posted.copy(), list[str](), dict[str, Clash]()
    for asked in compared.fields:
        name = asked.name
        was, now, mine = (_plain(value) for value in (compared.was.get(name), compared.now.get(name), _typed(asked, posted)))
        is_left = mine == was or posted.get(f"{name}.withheld") == mine
        if not compared.changed(name) or mine == now != was:
            continue
        if is_left:
            taken.append(asked.label)
            put(compared, asked, sent)
        else:
            clashes[name] = Clash(name, _shown(asked, was), _shown(asked, now), read, "")
    return sent, taken, clashes


def settled(
    compared_at: Callable[[int], Compared], current: Compared, posted: MultiDict[str, str]
) -> tuple[MultiDict[str, str], dict[str, Clash]]:
    """What was sent with the choices applied, and the fields for which a choice was asked; `compared_at` compares the entry as it
    was read first with how it stands.
    """
    sent, clashes = posted.copy(), dict[str, Clash]()
    fields = {asked.name: asked for asked in current.fields}
    for told in dict.fromkeys(posted.getlist("clash")):
        name, _at, read = told.partition("@")
        if name not in fields or not read.isdecimal() or len(read) > 9:
            continue
        chosen = posted.get(f"{name}.settled", "")
        was, now = (_shown(fields[name], _plain(values.get(name))) for values in (compared_at(int(read)).was, current.now))
        clashes[name] = Clash(name, was, now, int(read), chosen if chosen in (MINE, THEIRS) else "")
        if chosen == THEIRS:
            put(current, fields[name], sent)
    return sent, clashes


def put(compared: Compared, asked: Field, sent: MultiDict[str, str]) -> None:
    """Let a field say what the entry says now."""
    value = compared.now.get(asked.name, "")
    sent.setlist(asked.name, list(value) if isinstance(value, list) else [str(value)])
    for more in ("pasted", "name", "asked", "chosen", "withheld"):
        sent.poplist(f"{asked.name}.{more}")
    kept = compared.now_kept.get(asked.name)
    if kept is not None and kept.is_withheld:
        sent[f"{asked.name}.withheld"] = kept.text


def told(history: History, states: States, read: int) -> Meanwhile:
    """Who changed the entry, when and why, with what it said then and says now."""
    teller = history.teller
    was, now = states.read_at(read).last[1], states.last[1]
    steps = [history.step(step, states) for step in states.steps[1:] if step[1].originator_version > read]
    return Meanwhile(steps, teller.tell(was, language()), teller.tell(now, language()))


def _typed(asked: Field, posted: MultiDict[str, str]) -> Any:
    if asked.shape == "choices":
        return posted.getlist(asked.name)
    return posted.get(f"{asked.name}.pasted", "").strip() or posted.get(asked.name, "").replace("\r\n", "\n").strip()


def _plain(value: Any) -> Any:
    """As it can be compared: lists without an order, and not known as nothing."""
    if isinstance(value, list):
        return sorted(one for one in value if one != "unknown")
    return value or ""


def _shown(asked: Field, value: Any) -> str:
    """As it is read beside the field."""
    labels: dict[str, str] = dict(asked.options)
    if isinstance(value, list):
        return "; ".join(str(labels.get(one, one)) for one in value) or "—"
    return str(labels.get(value, value) or "—")
