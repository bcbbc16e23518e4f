"""An imported row is recorded once, whatever happens in between; and of the row the vault keeps nothing that can be read."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.record import new_id
from tests.web.vault.homes import Home
from web.vault import ImportIdentities, Made, Row, Trace, Vault


@pytest.fixture
def identities(vault: Vault) -> ImportIdentities:
    return vault.identities


def trace(content: bytes = b"as read first", amending: UUID | None = None) -> Trace:
    return Trace(
        content, {"recorded": Made(new_id(), new_id(), content, amending), "released": Made(new_id(), new_id(), content)}
    )


def test_a_row_is_known_once_it_was_remembered(home: Home, identities: ImportIdentities) -> None:
    row = ("17", "Москва")
    assert identities.lookup("ovdinfo", [row]) == {}
    made = trace()
    assert identities.remember("ovdinfo", {row: made}) == {row: made}
    with home.opened() as later:
        assert later.identities.lookup("ovdinfo", [row, ("18", "Москва")]) == {row: made}


def test_rows_of_different_mappings_never_meet(identities: ImportIdentities) -> None:
    identities.remember("one", {("17",): trace()})
    assert identities.lookup("two", [("17",)]) == {}


def test_a_row_is_its_cells_not_their_letters_one_after_the_other(identities: ImportIdentities) -> None:
    identities.remember("one", {("ab", "c"): trace()})
    assert identities.lookup("one", [("a", "bc"), ("abc",), ("ab", "c", "")]) == {}


def test_a_page_of_rows_is_remembered_together(identities: ImportIdentities) -> None:
    page: dict[Row, Trace] = {(str(number),): trace() for number in range(1234)}
    assert identities.remember("one", page) == page
    assert identities.lookup("one", page) == page


def test_of_two_imports_at_once_the_slower_goes_on_with_what_the_faster_made(identities: ImportIdentities) -> None:
    row, faster, slower = ("17",), trace(), trace()
    assert identities.remember("one", {row: faster}) == {row: faster}
    assert identities.remember("one", {row: slower, ("18",): slower}) == {row: faster, ("18",): slower}


def test_of_two_imports_that_find_the_same_change_only_one_amends(identities: ImportIdentities) -> None:
    row, first = ("17",), trace()
    known = identities.remember("one", {row: first})
    changed, changed_too = trace(b"as changed", new_id()), trace(b"as changed", new_id())
    assert identities.remember("one", {row: changed}, known) == {row: changed}
    assert identities.remember("one", {row: changed_too}, known) == {row: changed}
    assert identities.lookup("one", [row]) == {row: changed}


def test_a_digest_says_whether_a_cell_changed_and_not_whether_two_rows_are_equal(
    vault: Vault, tmp_path_factory: pytest.TempPathFactory
) -> None:
    digest = vault.identities.digest
    same = digest("one", ("17",), ["Иванов", None], "named")
    assert same == digest("one", ("17",), ["Иванов", None], "named")
    others = {
        digest("one", ("17",), ["Иванов", ""], "named"),
        digest("one", ("17",), ["Иванов", None], "recorded"),
        digest("one", ("18",), ["Иванов", None], "named"),
        digest("two", ("17",), ["Иванов", None], "named"),
    }
    with Home(tmp_path_factory.mktemp("other")).created() as other:  # and without the vault's secret nobody can compute it
        others.add(other.identities.digest("one", ("17",), ["Иванов", None], "named"))
    assert len(others - {same}) == 5


def test_nothing_of_a_row_is_kept_that_can_be_read(home: Home, identities: ImportIdentities) -> None:
    row = ("Марфа Канарейкина", "+7 912 000-19-90")  # longer than what keys and digests may hold by chance
    identities.remember(
        "ovdinfo", {row: Trace(identities.digest("ovdinfo", row, row), {"recorded": Made(new_id(), new_id(), b"")})}
    )
    kept = home.everything()
    assert b"ovdinfo" in kept  # what is there in plain text can be found
    assert "Канарейкина".encode() not in kept
    assert b"912 000-19-90" not in kept


class Killed(Exception):
    pass


class Log:
    """What an event log does that matters here: a command stands once, and may be asked for."""

    def __init__(self) -> None:
        self.events: dict[UUID, tuple[UUID, str, str]] = {}

    def append(self, command: UUID, record: UUID, kind: str, value: str) -> None:
        self.events.setdefault(command, (record, kind, value))


def run_import(identities: ImportIdentities, log: Log, mapping: str, source: dict[str, str], lives: int) -> None:
    """The four steps of identities.py for rows of one entry each, two rows a page; killed before its `lives`-th write."""

    def write_or_die() -> None:
        nonlocal lives
        lives -= 1
        if lives < 0:
            raise Killed

    numbers = sorted(source)
    for start in range(0, len(numbers), 2):
        page: list[Row] = [(number,) for number in numbers[start : start + 2]]
        known = identities.lookup(mapping, page)
        becoming = {}
        for row in page:
            said = identities.digest(mapping, row, [source[row[0]]])
            before = known[row].made["recorded"] if row in known else Made(new_id(), new_id(), said)
            amending = before.amending
            if before.command in log.events and before.content != said:
                amending = new_id()
            becoming[row] = Trace(said, {"recorded": Made(before.record, before.command, said, amending)})
        write_or_die()
        standing = identities.remember(mapping, becoming, known)
        for row in page:
            entry, value = standing[row].made["recorded"], source[row[0]]
            if entry.command not in log.events:
                write_or_die()
                log.append(entry.command, entry.record, "recorded", value)
            elif entry.amending is not None and entry.amending not in log.events:
                write_or_die()
                log.append(entry.amending, entry.record, "corrected", value)


SOURCES = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["x", "y", "z"]), min_size=1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.tuples(SOURCES, st.integers(0, 8)), max_size=5), last=SOURCES)
def test_however_often_an_import_is_killed_each_row_is_recorded_once_and_says_what_the_file_says(
    vault: Vault, runs: list[tuple[dict[str, str], int]], last: dict[str, str]
) -> None:
    log, mapping = Log(), new_id().hex
    for source, lives in runs:
        try:
            run_import(vault.identities, log, mapping, source, lives)
        except Killed:
            continue
    run_import(vault.identities, log, mapping, last, 1_000)
    before = dict(log.events)
    run_import(vault.identities, log, mapping, last, 1_000)
    assert log.events == before
    by_record: dict[UUID, list[tuple[str, str]]] = {}
    for record, kind, value in log.events.values():
        by_record.setdefault(record, []).append((kind, value))
    assert all([kind for kind, _ in history].count("recorded") == 1 for history in by_record.values())
    assert len(by_record) <= len({number for source, _ in [*runs, (last, 0)] for number in source})
    known = vault.identities.lookup(mapping, [(number,) for number in last])
    assert {number: by_record[known[(number,)].made["recorded"].record][-1][1] for number in last} == last
