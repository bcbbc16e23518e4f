"""What consent holds: the words that were said about it, weighed. Read by case files, exports and whatever publishes.

In one file the latest word about a scope decides, in the order in which the words were recorded. A withdrawal, and "keep on
record, show to nobody but counsel", end what came before, whoever said it. To open something, the voice must be one that counts:
the person's own outranks a guardian's (of a minor), and that a relative's or counsel's; where a louder voice has spoken on the
same question, or the consent had been withdrawn, the weaker one is not enough. Several files of one person: no file may say
otherwise. Unknown is not consent.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

RECORD_ONLY = "record_only"
PUBLISHING = ("publish_full_name", "publish_first_name", "publish_story")

_QUESTIONS: Mapping[str, frozenset[str]] = {scope: frozenset({RECORD_ONLY, *PUBLISHING}) for scope in (RECORD_ONLY, *PUBLISHING)}
"""The scopes that answer the same question as this one. Every other scope is a question of its own."""
_CONTAINED = {"publish_first_name": "publish_full_name"}
"""Whoever may print the full name prints the first name; where the first name must not be printed, nor may the full one."""

_OWN, _GUARDIAN, _OTHER = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Word:
    """One entry about consent that stands. `given_by` is None for a withdrawal.

    `file` is the person's file it stands in; `said` the position at which it was recorded, `told` the one at which it reads as
    it does now.
    """

    file: bytes
    said: int
    told: int
    scopes: tuple[str, ...]
    given_by: str | None = None
    form: str | None = None
    until: date | None = None

    def gives(self, scope: str) -> bool:
        """Whether it is consent to this scope, named or contained in another."""
        return self.given_by is not None and (scope in self.scopes or _CONTAINED.get(scope) in self.scopes)


def is_own_and_written(given_by: str | None, form: str | None) -> bool:
    """Whether consent given so is the person's own, in writing."""
    return given_by == "person" and form in ("written", "message")


class Why(StrEnum):
    """Why a scope does not hold."""

    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CLOSED = "closed"
    """Consent to keep on record only was given later."""
    REPLACED = "replaced"
    """Consent to keep on record only gave way to a later consent to publish."""
    OUTRANKED = "outranked"
    """The person, or a guardian, has spoken; or it had been withdrawn."""
    NOT_NAMED = "not_named"
    """The question was answered, with other scopes."""
    DISPUTED = "disputed"
    """Another file of the same person says otherwise."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one scope holds, and the word that decides it. `why` is None where it holds."""

    word: Word
    why: Why | None = None

    @property
    def holds(self) -> bool:
        """Whether consent holds."""
        return self.why is None


@dataclass(frozen=True, slots=True)
class Consent:
    """What holds for one person on one day: for every scope about which anything was said, the answer."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def holds(self, scope: str) -> bool:
        """Whether consent to this scope holds. Nothing said is no consent."""
        return scope in self.answers and self.answers[scope].holds

    def is_own_and_written(self, scope: str) -> bool:
        """Whether the person consented to this scope, or to one that contains it, in writing: what is put on another host cannot
        be taken back, and a spoken word of a night, or somebody else's, may turn out not to have been meant.
        """
        found = [self.answers.get(one) for one in (scope, _CONTAINED.get(scope)) if one is not None]
        return self.holds(scope) and any(
            answer is not None and answer.holds and is_own_and_written(answer.word.given_by, answer.word.form) for answer in found
        )

    @property
    def may_publish_full_name(self) -> bool:
        """The full name."""
        return self.holds("publish_full_name")

    @property
    def may_publish_first_name(self) -> bool:
        """The first name or a pseudonym, alone or as part of the full name."""
        return self.holds("publish_first_name") or self.may_publish_full_name

    @property
    def may_publish_story(self) -> bool:
        """What happened, without a name."""
        return self.holds("publish_story")

    @property
    def may_submit_to_courts(self) -> bool:
        """To courts and UN bodies."""
        return self.holds("submit_to_courts")

    @property
    def may_share_with_counsel(self) -> bool:
        """With counsel who is not assigned yet."""
        return self.holds("share_with_counsel")

    @property
    def is_for_counsel_only(self) -> bool:
        """On record, and shown to nobody but counsel."""
        return self.holds(RECORD_ONLY)


def contradicts_itself(scopes: Collection[str]) -> bool:
    """Whether these cannot be meant together: to show to nobody but counsel, and to publish."""
    return RECORD_ONLY in scopes and any(scope in PUBLISHING for scope in scopes)


def consent_of(words: Iterable[Word], on: date, *, minor: bool = False) -> Consent:
    """What holds on a day, from the words in all files of one person. Without any, nothing does."""
    files: dict[bytes, list[Word]] = {}
    for word in sorted(words, key=lambda word: word.said):
        files.setdefault(word.file, []).append(word)
    named = {scope for said in files.values() for word in said for scope in word.scopes}
    named |= {inner for inner, containing in _CONTAINED.items() if containing in named}
    answers: dict[str, Answer] = {}
    for scope in sorted(named):
        found = [answer for said in files.values() if (answer := _in_file(scope, said, on, minor)) is not None]
        together = _together(scope, found, minor)
        if together is not None:
            answers[scope] = together
    return Consent(answers)


def _together(scope: str, found: Collection[Answer], minor: bool) -> Answer | None:
    """One answer from those of all files: the stricter one. To keep on record only is the strict answer to its question."""
    holding = sorted((answer for answer in found if answer.holds), key=lambda one: (_rank(one.word, minor), one.word.said))
    against = [answer for answer in found if not answer.holds]
    if holding and (scope == RECORD_ONLY or not against):
        return holding[-1]
    if holding:
        return Answer(max((one.word for one in against), key=lambda word: word.said), Why.DISPUTED)
    said = sorted((one for one in against if one.why is not Why.NOT_NAMED), key=lambda one: one.word.said)
    return said[-1] if said else None


def _in_file(scope: str, words: Collection[Word], on: date, minor: bool) -> Answer | None:
    """What the words of one file say about a scope; None where they do not touch its question."""
    question = _QUESTIONS.get(scope, frozenset({scope}))
    heard = [word for word in words if not question.isdisjoint(word.scopes)]
    if not heard:
        return None
    loudest = max(_rank(word, minor) for word in heard)
    withdrawn: set[str] = set()

    def opens(word: Word, opened: str) -> bool:
        enough = max(loudest, _GUARDIAN) if opened in withdrawn else loudest
        return word.given_by is not None and opened in word.scopes and (opened == RECORD_ONLY or _rank(word, minor) >= enough)

    answer = Answer(heard[-1], Why.NOT_NAMED)
    for word in heard:
        if word.given_by is None:
            ended = {*word.scopes, *(_CONTAINED[inner] for inner in word.scopes if inner in _CONTAINED)}
            withdrawn |= ended
            answer = Answer(word, Why.WITHDRAWN) if scope in ended else answer
        elif scope in PUBLISHING and RECORD_ONLY in word.scopes:
            answer = Answer(word, Why.CLOSED)
        elif scope == RECORD_ONLY and any(opens(word, opened) for opened in PUBLISHING):
            answer = Answer(word, Why.REPLACED)
        elif opens(word, scope):
            answer = Answer(word)
        elif scope in word.scopes and answer.why is Why.NOT_NAMED:
            answer = Answer(word, Why.OUTRANKED)
    if answer.holds and answer.word.until is not None and answer.word.until < on:
        answer = Answer(answer.word, Why.LAPSED)
    if not answer.holds and scope in _CONTAINED:  # what ends the inner ends the containing too, so that one was given after it
        containing = _in_file(_CONTAINED[scope], words, on, minor)
        return containing if containing is not None and containing.holds else answer
    return answer


def _rank(word: Word, minor: bool) -> int:
    """How loud a voice is. A withdrawal is heard from anybody, and outranks nobody by itself."""
    if word.given_by == "person":
        return _OWN
    if word.given_by == "guardian" and minor:
        return _GUARDIAN
    return _OTHER if word.given_by is not None else 0
