"""The tier of a fact: what makes it, and the laws that hold whatever was said and by whom."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.detention import Detention
from domain.person import Person
from domain.provenance import Source
from domain.record import Record, new_id
from domain.topics import all_events
from domain.verification import ACTS, Claim, OnFile, Tier, chain_of, content_of, is_fact, root_of, tier_of
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from domain.vocabulary.sources import TIERS
from tests.domain.recording import EVENING, LATER, sealed

COURIER, HERALD, BLOG = (UUID(int=number) for number in (1, 2, 3))
ON_FILE = {COURIER: OnFile("media"), HERALD: OnFile("media"), BLOG: OnFile("social_media", repeats=COURIER)}
ORDER = [Tier.RETRACTED, Tier.UNVERIFIED, Tier.CORROBORATED, Tier.CONFIRMED]


def tier(*claims: Claim, sources: Mapping[UUID, OnFile] = ON_FILE) -> Tier:
    return tier_of(claims, sources)


def rank(found: Tier) -> int:
    """The better, the higher."""
    return ORDER.index(found)


def test_the_codes_of_the_tiers_are_in_the_list() -> None:
    assert set(TIERS) == set(Tier)


def test_one_source_is_no_corroboration_however_often_it_says_so() -> None:
    assert tier(Claim("media", origin=COURIER), Claim("witness", origin=COURIER)) is Tier.UNVERIFIED
    assert tier(Claim("media"), Claim("media")) is Tier.UNVERIFIED


def test_two_newspapers_on_file_are_two_and_two_accounts_of_one_newspaper_are_one() -> None:
    assert tier(Claim("media", origin=COURIER), Claim("media", origin=HERALD)) is Tier.CORROBORATED
    assert tier(Claim("media", origin=COURIER), Claim("social_media", origin=BLOG)) is Tier.UNVERIFIED


def test_two_accounts_that_pass_on_a_third_are_one_voice() -> None:
    second = UUID(int=4)
    sources = {**ON_FILE, second: OnFile("partner", repeats=COURIER)}
    assert tier(Claim("x", origin=BLOG), Claim("x", origin=second), sources=sources) is Tier.UNVERIFIED


def test_without_a_source_on_file_the_kind_stands_for_it() -> None:
    assert tier(Claim("witness"), Claim("relative")) is Tier.CORROBORATED
    assert tier(Claim("witness"), Claim("unknown")) is Tier.UNVERIFIED


def test_a_newspaper_that_is_not_on_file_may_be_the_one_that_is() -> None:
    assert tier(Claim("media"), Claim("media", origin=COURIER)) is Tier.UNVERIFIED
    assert tier(Claim("witness"), Claim("media", origin=COURIER)) is Tier.CORROBORATED


def test_the_authorities_are_one_source_among_others() -> None:
    assert tier(Claim("authorities")) is Tier.UNVERIFIED
    assert tier(Claim("authorities"), Claim("detainee")) is Tier.CORROBORATED


def test_an_unreliable_source_never_corroborates_nor_confirms() -> None:
    assert tier(Claim("witness"), Claim("relative", "unreliable")) is Tier.UNVERIFIED
    assert tier(Claim("document", "unreliable")) is Tier.UNVERIFIED
    rated = {**ON_FILE, COURIER: OnFile("media", "unreliable")}
    assert tier(Claim("witness"), Claim("media", "reliable", COURIER), sources=rated) is Tier.UNVERIFIED
    assert tier(Claim("witness"), Claim("social_media", origin=BLOG), sources=rated) is Tier.UNVERIFIED


def test_a_document_confirms() -> None:
    assert tier(Claim("document")) is Tier.CONFIRMED


def test_what_was_taken_back_counts_for_nothing_and_so_does_what_passes_it_on() -> None:
    gone = {**ON_FILE, COURIER: OnFile("media", retracted=((None, None),))}
    assert tier(Claim("media", origin=COURIER), sources=gone) is Tier.RETRACTED
    assert tier(Claim("social_media", origin=BLOG), sources=gone) is Tier.RETRACTED
    assert tier(Claim("media", origin=COURIER), Claim("witness"), sources=gone) is Tier.UNVERIFIED


@pytest.mark.parametrize(("said", "expected"), [(9, "unverified"), (10, "retracted"), (20, "retracted"), (21, "unverified")])
def test_a_retraction_of_a_time_leaves_what_was_recorded_outside_of_it(said: float, expected: str) -> None:
    gone = {COURIER: OnFile("media", retracted=((10, 20),))}
    assert tier(Claim("media", origin=COURIER, said=said), sources=gone) == expected


def test_sources_that_pass_on_each_other_are_one_voice() -> None:
    circle = {one: OnFile("media", repeats=other) for one, other in ((COURIER, HERALD), (HERALD, BLOG), (BLOG, HERALD))}
    assert {root_of(one, circle) for one in circle} == {HERALD}
    assert chain_of(COURIER, circle) == [COURIER, HERALD, BLOG]
    assert tier(*(Claim("media", origin=one) for one in circle), sources=circle) is Tier.UNVERIFIED


KEYS = [UUID(int=number) for number in range(1, 6)]
ON_FILES = st.fixed_dictionaries(
    {
        key: st.builds(
            OnFile,
            st.sampled_from(sorted(SOURCE_KINDS)),
            st.sampled_from(sorted(RELIABILITY)),
            st.none() | st.sampled_from(KEYS),
            st.lists(st.tuples(st.none() | st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=1).map(tuple),
            st.booleans() | st.just(True),
        )
        for key in KEYS
    }
)
CLAIMS = st.lists(
    st.builds(
        Claim,
        st.sampled_from(sorted(SOURCE_KINDS)),
        st.sampled_from(sorted(RELIABILITY)),
        st.none() | st.sampled_from(KEYS),
        st.integers(0, 5).map(float),
    ),
    min_size=1,
    max_size=6,
)


@given(CLAIMS, ON_FILES, st.randoms())
def test_the_order_does_not_matter(claims: list[Claim], sources: dict[UUID, OnFile], chance: object) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tier_of(shuffled, sources) is tier_of(claims, sources)


@given(CLAIMS, ON_FILES, st.integers(2, 4))
def test_a_source_repeated_counts_once(claims: list[Claim], sources: dict[UUID, OnFile], times: int) -> None:
    assert tier_of(claims * times, sources) is tier_of(claims, sources)


@given(CLAIMS, ON_FILES, CLAIMS)
def test_one_more_claim_never_lowers_a_tier(claims: list[Claim], sources: dict[UUID, OnFile], more: list[Claim]) -> None:
    assert rank(tier_of([*claims, *more], sources)) >= rank(tier_of(claims, sources))


@given(CLAIMS, ON_FILES, st.sampled_from(KEYS), st.none() | st.integers(0, 5), st.none() | st.integers(0, 5))
def test_a_retraction_never_raises_a_tier(
    claims: list[Claim], sources: dict[UUID, OnFile], key: UUID, first: int | None, last: int | None
) -> None:
    retracted = {**sources, key: replace(sources[key], retracted=(*sources[key].retracted, (first, last)))}
    assert rank(tier_of(claims, retracted)) <= rank(tier_of(claims, sources))
    withdrawn = {**sources, key: replace(sources[key], stands=False)}
    assert rank(tier_of(claims, withdrawn)) <= rank(tier_of(claims, sources))


@given(ON_FILES, st.sampled_from(KEYS))
def test_every_chain_ends_and_all_of_a_circle_have_one_root(sources: dict[UUID, OnFile], key: UUID) -> None:
    assert {root_of(one, sources) for one in chain_of(key, sources)} == {root_of(key, sources)}


def test_what_only_does_something_is_no_fact() -> None:
    topics = dict(all_events())
    assert set(topics) >= ACTS
    facts = {topic for topic, event in topics.items() if issubclass(event, Record.Event) and is_fact(event)}
    assert {"protest.recorded", "detention.released", "person.named", "incident.recorded", "report.received"} <= facts
    assert not facts & {"person.opened", "detention.attested", "detention.corrected", "source.opened", "source.retracted"}


def _told(happened: Any, version: int, **facts: object) -> Record.Event:
    common = {"originator_id": COURIER, "originator_version": version, "timestamp": EVENING.earliest, "recorded_by": COURIER}
    event: Record.Event = happened(**common, source=Source("witness"), command=new_id(), **facts)
    return event


def _released(version: int, **facts: object) -> Record.Event:
    return _told(Detention.Released, version, **{"when": None, "kind": "without_protocol", **facts})


def test_entries_say_the_same_when_their_codes_and_days_are_the_same() -> None:
    assert content_of(_released(2, when=EVENING)) == content_of(_released(3, when=replace(EVENING, words=None)))
    assert content_of(_released(2, when=EVENING)) != content_of(_released(3, when=LATER))
    assert content_of(_released(2)) != content_of(_released(3, kind="after_protocol"))
    assert content_of(_released(2)) != content_of(_released(3, when=EVENING))


def test_a_name_is_the_same_as_itself_alone() -> None:
    first, second = (_told(Person.Named, version, name=sealed(COURIER, "name"), kind="full") for version in (2, 3))
    assert content_of(first) == content_of(first) != content_of(second)
