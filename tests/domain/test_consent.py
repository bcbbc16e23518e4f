"""What consent holds: the latest word, weighed by who said it; the stricter answer where files differ; unknown is not consent."""

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.consent import PUBLISHING, RECORD_ONLY, Answer, Consent, Why, Word, consent_of, contradicts_itself
from domain.vocabulary.people import CONSENT_GIVERS, CONSENT_SCOPES

TODAY = date(2022, 3, 10)
FULL, FIRST, STORY = PUBLISHING
HERS, COPY = b"file one", b"file two"


class Said:
    """What was said about consent, in order."""

    def __init__(self) -> None:
        self.words: list[Word] = []

    def gave(self, *scopes: str, by: str = "person", until: date | None = None, file: bytes = HERS) -> "Said":
        return self._say(file, scopes, given_by=by, form="spoken", until=until)

    def withdrew(self, *scopes: str, file: bytes = HERS) -> "Said":
        return self._say(file, scopes)

    def _say(self, file: bytes, scopes: tuple[str, ...], **facts: Any) -> "Said":
        position = len(self.words) + 1
        self.words.append(Word(file, position, position, scopes, **facts))
        return self

    def holds(self, *, on: date = TODAY, minor: bool = False) -> Consent:
        return consent_of(self.words, on, minor=minor)

    def why(self, scope: str, *, minor: bool = False) -> Why | None:
        return self.holds(minor=minor).answers[scope].why


def test_nothing_said_is_no_consent_to_anything() -> None:
    nothing = Said().holds()
    assert not any(nothing.holds(scope) for scope in CONSENT_SCOPES)
    assert not any((nothing.may_publish_first_name, nothing.may_publish_full_name, nothing.may_publish_story))
    assert not any((nothing.may_share_with_counsel, nothing.may_submit_to_courts, nothing.is_for_counsel_only))


def test_what_the_person_agreed_to_holds_and_nothing_more() -> None:
    agreed = Said().gave(FIRST, STORY).holds()
    assert agreed.may_publish_first_name
    assert agreed.may_publish_story
    assert not agreed.may_publish_full_name
    assert not agreed.may_submit_to_courts


def test_the_latest_word_about_a_scope_decides() -> None:
    said = Said().gave(FULL).withdrew(FULL)
    assert said.why(FULL) is Why.WITHDRAWN
    said.gave(FULL)
    assert said.holds().may_publish_full_name


def test_consent_holds_through_its_last_day() -> None:
    said = Said().gave(FULL, until=TODAY)
    assert said.holds(on=TODAY).may_publish_full_name
    assert not said.holds(on=date(2022, 3, 11)).may_publish_full_name
    assert said.holds(on=date(2022, 3, 11)).answers[FULL].why is Why.LAPSED
    assert said.gave(FULL).holds(on=date(2030, 1, 1)).may_publish_full_name, "given anew, without an end"
    assert not said.gave(FULL, until=date(2022, 3, 9)).holds().may_publish_full_name, "the later, shorter word"


def test_the_full_name_contains_the_first_name_and_falls_with_it() -> None:
    said = Said().gave(FULL)
    assert said.holds().may_publish_first_name
    said.withdrew(FIRST)
    assert not said.holds().may_publish_first_name
    assert not said.holds().may_publish_full_name
    assert not Said().gave(FULL).withdrew(FULL).holds().may_publish_first_name, "it was never asked for by itself"
    assert Said().gave(FIRST).gave(FULL).withdrew(FULL).holds().may_publish_first_name


def test_the_full_name_given_anew_brings_the_first_name_with_it_on_its_own_line() -> None:
    caution = Said().gave(FULL).gave(RECORD_ONLY, by="relative")
    assert caution.why(FIRST) is Why.CLOSED
    again = caution.gave(FULL)
    assert (again.why(FULL), again.why(FIRST)) == (None, None)
    assert Said().gave(FIRST, until=date(2022, 3, 1)).gave(FULL).why(FIRST) is None
    assert Said().gave(FIRST).withdrew(FIRST).gave(FULL).why(FIRST) is None
    assert Said().gave(FULL).withdrew(FIRST).why(FULL) is Why.WITHDRAWN


def test_to_keep_on_record_only_ends_what_was_to_be_published_and_leaves_the_courts() -> None:
    said = Said().gave(*PUBLISHING, "submit_to_courts").gave(RECORD_ONLY, by="relative")
    assert all(said.why(scope) is Why.CLOSED for scope in PUBLISHING)
    assert said.holds().is_for_counsel_only
    assert said.holds().may_submit_to_courts


def test_to_publish_after_all_ends_keeping_on_record_only() -> None:
    said = Said().gave(RECORD_ONLY).gave(STORY)
    assert said.holds().may_publish_story
    assert said.why(RECORD_ONLY) is Why.REPLACED


@pytest.mark.parametrize("other", ["relative", "counsel", "guardian"])
@pytest.mark.parametrize("first", [True, False])
def test_where_the_person_has_spoken_nobody_else_opens_more(other: str, first: bool) -> None:
    said = Said()
    if first:
        said.gave(FIRST)
    said.gave(FULL, by=other)
    if not first:
        assert said.holds().may_publish_full_name, "until then nobody with more right had spoken"
        said.gave(FIRST)
    assert said.why(FULL) is Why.OUTRANKED
    assert said.holds().may_publish_first_name


def test_a_relative_does_not_outweigh_keeping_on_record_only() -> None:
    said = Said().gave(RECORD_ONLY).gave(*PUBLISHING, by="relative")
    assert not any(said.holds().holds(scope) for scope in PUBLISHING)
    assert said.holds().is_for_counsel_only


def test_after_a_withdrawal_a_relative_cannot_open_again_and_the_person_can() -> None:
    said = Said().gave(FULL, by="relative").withdrew(FULL).gave(FULL, by="relative")
    assert said.why(FULL) is Why.WITHDRAWN
    assert said.gave(FULL).holds().may_publish_full_name
    courts = Said().gave("submit_to_courts").withdrew("submit_to_courts").gave("submit_to_courts", by="counsel")
    assert not courts.holds().may_submit_to_courts


def test_of_a_minor_a_guardian_outweighs_a_relative_and_the_minors_own_word_outweighs_both() -> None:
    said = Said().gave(STORY, by="guardian").gave(FULL, by="relative")
    assert not said.holds(minor=True).may_publish_full_name
    assert said.holds(minor=False).may_publish_full_name, "of a grown person a guardian is a relative like others"
    said.withdrew(STORY).gave(STORY, by="guardian")
    assert said.holds(minor=True).may_publish_story
    assert not said.gave(FIRST).holds(minor=True).may_publish_story


def test_of_two_files_the_stricter_answer_wins_for_publishing() -> None:
    said = Said().gave(FULL, file=HERS).gave(FIRST, file=COPY)
    assert said.why(FULL) is Why.DISPUTED
    assert said.holds().may_publish_first_name, "both files allow that much"
    said = Said().withdrew(STORY, file=COPY).gave(STORY, file=HERS)
    assert said.why(STORY) is Why.DISPUTED, "although it was said later"
    said = Said().gave(*PUBLISHING, file=HERS).gave(RECORD_ONLY, file=COPY)
    assert not any(said.holds().holds(scope) for scope in PUBLISHING)
    assert said.holds().is_for_counsel_only


def test_a_file_in_which_nothing_was_said_does_not_contradict() -> None:
    said = Said().gave(FULL, file=HERS).gave("submit_to_courts", file=COPY)
    assert said.holds().may_publish_full_name
    assert said.holds().may_submit_to_courts


def test_what_contradicts_itself_is_recognised() -> None:
    assert contradicts_itself((RECORD_ONLY, STORY))
    assert not contradicts_itself((RECORD_ONLY, "submit_to_courts", "share_with_counsel"))
    assert not contradicts_itself(PUBLISHING)


scopes = st.lists(st.sampled_from(list(CONSENT_SCOPES)), min_size=1, max_size=3, unique=True).map(tuple)
words = st.builds(
    Word,
    file=st.sampled_from([HERS, COPY]),
    said=st.integers(1, 1_000_000),
    told=st.just(1),
    scopes=scopes.filter(lambda chosen: not contradicts_itself(chosen)),
    given_by=st.one_of(st.none(), st.sampled_from(list(CONSENT_GIVERS))),
    form=st.just("spoken"),
    until=st.one_of(st.none(), st.sampled_from([date(2022, 3, 9), TODAY])),
)
several = st.lists(words, max_size=8, unique_by=lambda word: word.said)


@given(several, st.booleans())
def test_nothing_is_published_without_a_word_for_it_after_the_last_word_against_it(said: list[Word], minor: bool) -> None:
    consent = consent_of(said, TODAY, minor=minor)
    for scope in PUBLISHING:
        if not consent.holds(scope):
            continue
        given = [word.said for word in said if word.gives(scope) and (word.until is None or word.until >= TODAY)]
        ended = [
            word.said
            for word in said
            if (word.given_by is None and scope in word.scopes) or (word.given_by is not None and RECORD_ONLY in word.scopes)
        ]
        assert given
        assert max(given) > max(ended, default=0)


@given(several, words, st.booleans())
def test_one_more_word_against_publishing_never_opens_anything(said: list[Word], word: Word, minor: bool) -> None:
    closing = Word(word.file, 2_000_000, 1, word.scopes)
    before, after = consent_of(said, TODAY, minor=minor), consent_of([*said, closing], TODAY, minor=minor)
    for scope in PUBLISHING:
        assert before.holds(scope) or not after.holds(scope)
    assert not any(after.holds(scope) for scope in closing.scopes if scope != RECORD_ONLY)


@given(several, st.booleans())
def test_the_order_in_which_words_are_read_does_not_matter(said: list[Word], minor: bool) -> None:
    expected = consent_of(said, TODAY, minor=minor)
    for order in itertools.islice(itertools.permutations(said), 6):
        assert consent_of(order, TODAY, minor=minor) == expected


def test_an_answer_says_by_whom_and_where() -> None:
    answer = Said().gave(FULL, by="counsel").holds().answers[FULL]
    assert answer == Answer(Word(HERS, 1, 1, (FULL,), "counsel", "spoken"))
