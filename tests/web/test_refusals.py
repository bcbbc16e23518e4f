"""Every refusal has a sentence in both languages, made from the values it is raised with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import RuleBroken
from web.refusals import IN_A_FILE, asked_for, sentence, sentences
from web.settings import LANGUAGES
from web.vault import VaultError

ROOT = Path(__file__).resolve().parents[2]
RAISED = {
    "RuleBroken", "ImportRefused", "VaultError", "KeyFileUnsafe", "KeyFileUnusable", "NoKey", "SealBroken",
    "VaultLocked", "BackupRefused",
}  # fmt: skip
THROUGH = {"_refuse": {"mapping", "place"}}
"""Functions that raise for others, and the values they add."""


def raises() -> Iterator[tuple[str, str, set[str]]]:
    """Every code in the source, where it is raised, and with which values."""
    for floor in ("domain", "projections", "web"):
        for path in sorted((ROOT / floor).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            tables = dict(_tables(tree))
            for call in ast.walk(tree):
                if not isinstance(call, ast.Call) or not call.args:
                    continue
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                if name not in RAISED and name not in THROUGH:
                    continue
                values = {keyword.arg for keyword in call.keywords if keyword.arg} | THROUGH.get(name, set())
                spread = any(keyword.arg is None for keyword in call.keywords)
                for code in _codes(call.args[0], tables):
                    yield code, f"{path.relative_to(ROOT)}:{call.lineno}", {"*"} if spread else values


def _codes(told: ast.expr, tables: dict[str, ast.Dict]) -> Iterator[str]:
    """The codes written at the place itself, or in a table at the top of the module that is looked up there."""
    for part in ast.walk(told):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.Name) and part.id in tables:
            told_by = (value.value for value in tables[part.id].values if isinstance(value, ast.Constant))
            yield from (value for value in told_by if isinstance(value, str))


def _tables(tree: ast.Module) -> Iterator[tuple[str, ast.Dict]]:
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as table):
                yield name, table


def test_every_code_that_is_raised_has_a_sentence_in_both_languages() -> None:
    assert {f"{code} ({where})" for code, where, _ in raises() if set(sentences().get(code, ())) != set(LANGUAGES)} == set()


def test_every_sentence_belongs_to_a_code_that_is_raised() -> None:
    assert {code.removesuffix(IN_A_FILE) for code in sentences()} - {code for code, _, _ in raises()} == set()


def test_a_sentence_asks_only_for_values_it_gets() -> None:
    lacking = []
    for code, where, values in raises():
        given = values | ({"at"} if {"mapping", "place"} <= values else set())
        asked = asked_for(code) | (asked_for(code + IN_A_FILE) if code + IN_A_FILE in sentences() else set())
        if "*" not in values and asked - given:
            lacking.append(f"{code} ({where}): {', '.join(sorted(asked - given))}")
    assert lacking == []


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_is_one_line_and_ends_with_a_full_stop(code: str) -> None:
    for text in sentences()[code].values():
        assert "\n" not in text
        assert text.endswith(".")
    assert any(letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" for letter in sentences()[code]["ru"])
    assert not any(letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" for letter in sentences()[code]["en"])


def test_values_are_told_in_the_sentence() -> None:
    candidates = ["Кировск (Мурманская область)", "Кировск (Ленинградская область)"]
    refused = RuleBroken("ambiguous_place", words="Кировск", candidates=candidates)
    assert sentence(refused, "ru").startswith("«Кировск» может быть одним из этих мест: Кировск (Мурманская область), Кировск")
    assert "“Кировск” can be any" in sentence(refused, "en")
    assert "chmod 600" in sentence(VaultError("key_file_unsafe", path="/srv/server.key"), "en")


@pytest.mark.parametrize(("code", "key"), [("ambiguous_date", "order"), ("ambiguous_number", "thousands")])
def test_what_a_mapping_can_settle_is_told_of_a_file_and_not_on_a_page(code: str, key: str) -> None:
    refused = RuleBroken(code, words="1.000", first="1", second="2")
    for language in LANGUAGES:
        assert key in sentence(refused, language, in_a_file=True)
        assert key not in sentence(refused, language)
        assert "1.000" in sentence(refused, language)
    assert sentence(RuleBroken("no_identity"), "en", in_a_file=True) == sentence(RuleBroken("no_identity"), "en")


def test_an_unknown_code_or_a_missing_value_is_no_second_error() -> None:
    assert sentence(RuleBroken("brand_new"), "en") == "brand_new"
    assert sentence(RuleBroken("unreadable_time"), "fr").startswith("“?” was not understood")
    assert len(sentence(RuleBroken("unreadable_time", words="x" * 10_000), "en")) < 500
