"""The documents say what the program does: every event and field is explained, every word stands in both languages."""

import re
import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from domain.facts import facts_of
from domain.law.country import laws
from domain.law.rules import Limit
from domain.law.russia import Russia
from domain.topics import all_events

ROOT = Path(__file__).resolve().parents[1]
EVENTS = ROOT / "docs" / "events.md"
WORDS = ROOT / "docs" / "words.md"
LAW = ROOT / "docs" / "law.md"


def _explained() -> dict[str, list[str]]:
    """Every event that docs/events.md has a heading for, with the fields in the table below it."""
    found: dict[str, list[str]] = {}
    fields: list[str] = []
    for line in EVENTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            fields = []
            if topic := re.fullmatch(r"### `(.+)`", line):
                assert topic[1] not in found, f"{topic[1]} is explained twice"
                found[topic[1]] = fields
        elif field := re.match(r"\| `(\w+)` \|", line):
            fields.append(field[1])
    return found


def test_every_event_and_every_field_is_in_the_document_and_nothing_else() -> None:
    assert _explained() == {topic: list(facts_of(happened)) for topic, happened in all_events()}


def test_the_document_of_events_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "events_document"))
    _, mark, generated = EVENTS.read_text(encoding="utf-8").partition(script["MARK"])
    assert mark, "docs/events.md has lost the line after which it is generated"
    assert generated.strip() == script["document"]().strip(), "run scripts/events_document"


def test_a_field_without_a_meaning_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "events_document"))
    monkeypatch.delitem(script["MEANINGS"], "basis")
    with pytest.raises(LookupError, match=r"What does basis of detention\.identified mean"):
        script["document"]()


def test_every_word_of_the_glossary_stands_in_both_languages_with_a_meaning_in_both() -> None:
    rows = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "---" not in line]
    words = [[cell.strip() for cell in line.strip("|").split("|")] for line in rows if not line.startswith("| Russian")]
    assert len({word[0] for word in words}) == len(words), "a word is explained twice"
    for russian, english, meaning, significance in words:
        assert re.search("[а-я]", russian), russian
        assert re.search("[a-z]", english), english
        assert meaning, f"{english} has no English meaning"
        assert re.search("[а-я]", significance), f"{russian} has no Russian meaning"


def _dead_links(document: Path, text: str) -> list[str]:
    """Links to files that are not there. A link without a scheme counts from the document's own folder."""
    targets = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    return [target for target in targets if target and not (document.parent / target).exists()]


def test_every_link_between_the_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(documents) > 20
    dead = {path.name: _dead_links(path, path.read_text(encoding="utf-8")) for path in documents}
    assert {name: links for name, links in dead.items() if links} == {}
    assert _dead_links(EVENTS, "[here](words.md#people) and [there](nowhere.md)") == ["nowhere.md"]


def test_the_words_for_custody_are_all_in_the_glossary_and_none_of_them_is_simply_arrest() -> None:
    table = WORDS.read_text(encoding="utf-8").partition("## Words that must not be mixed")[2].partition("\n## ")[0]
    terms = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", table, re.MULTILINE))
    for russian in (
        "задержание",
        "доставление",
        "административное задержание",
        "административный арест",
        "задержание подозреваемого",
        "заключение под стражу",
    ):
        assert terms[russian] not in ("arrest", "custody")
    assert len(set(terms.values())) == len(terms)


def test_the_tables_of_the_law_are_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "law_document"))
    _, mark, generated = LAW.read_text(encoding="utf-8").partition(script["MARK"])
    assert mark, "docs/law.md has lost the line after which it is generated"
    assert generated.strip() == script["document"]().strip(), "run scripts/law_document"


def test_a_rule_that_was_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "law_document"))
    before = script["document"]()
    monkeypatch.setattr(Russia, "rules", (replace(Russia().rules[0], limit=Limit(47)), *Russia().rules[1:]))
    assert script["document"]() != before


def test_every_rule_and_article_is_in_the_document_with_what_was_not_verified() -> None:
    written = LAW.read_text(encoding="utf-8")
    for law in laws().values():
        rows = {row.partition("`")[2].partition("`")[0]: row for row in written.splitlines() if row.startswith("| `")}
        assert {rule.code for rule in law.rules} | {article.code for article in law.articles} <= set(rows)
        unverified = {one.code for one in law.rules if not one.checked} | {one.code for one in law.articles if not one.checked}
        assert {code for code in unverified if "**unverified**" not in rows[code]} == set()
    assert "not legal advice" in written
