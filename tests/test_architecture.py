"""This house keeps its rules (tests/architecture.py), and every rule can be broken: a guard that cannot fail guards nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import (
    MOST_LINES,
    MOST_LINES_OF_AN_AGGREGATE,
    SHIPPED,
    every_floor_is_there,
    every_folder_is_a_package,
    every_room_has_a_name,
    importing_does_nothing,
    imports_point_inwards,
    libraries_stay_at_home,
    modules_only_declare,
    no_file_is_two_rooms,
    the_wheel_ships_the_floors_under_their_own_names,
)

ROOT = Path(__file__).resolve().parents[1]

Rule = Callable[[Path], list[str]]

# Each rule with files that break it; every file is tried alone, in an otherwise empty house.
RULES: dict[Rule, dict[str, str]] = {
    every_floor_is_there: {"web/__init__.py": "", "web/wiring.py": ""},
    every_folder_is_a_package: {"web/maps/heat.py": ""},
    imports_point_inwards: {
        "domain/place.py": "import geopy",
        "domain/law/russia.py": "def rule():\n    from projections import heatmap",
        "domain/topics.py": "from importlib import import_module\nimport_module('web.store')",
        "projections/people.py": "from web.vault import Vault",
        "projections/heatmap.py": "import h3",
        "web/cli.py": "import tests.stories",
    },
    libraries_stay_at_home: {
        "web/monitors/protests.py": "from sqlalchemy import select",
        "web/maps/heat.py": "import geopy.distance",
        "web/exports/files.py": "from cryptography.hazmat.primitives.ciphers.aead import AESGCM",
        "web/wiring_again.py": "import sqlalchemy",
        "web/exports/store.py": "import sqlalchemy",
        "projections/people.py": "from sqlalchemy import orm",
    },
    every_room_has_a_name: {"web/utils.py": "", "domain/core/__init__.py": "", "tests/web/helpers.py": ""},
    no_file_is_two_rooms: {
        "web/store.py": "x = 1\n" * (MOST_LINES + 1),
        "domain/protest.py": "x = 1\n" * (MOST_LINES_OF_AN_AGGREGATE + 1),
    },
    modules_only_declare: {
        "web/wiring.py": "import sqlalchemy\nengine = sqlalchemy.create_engine('sqlite://')",
        "web/__init__.py": "from flask import Flask\napp = Flask(__name__)",
        "web/settings.py": "import os\nHOME = os.environ['KHRONIKA_HOME']",
        "web/store.py": "class Store:\n    text = open('/dev/null').read()",
        "domain/moment.py": "from datetime import UTC, datetime\ndef said(at=datetime.now(UTC)):\n    return at",
        "domain/topics.py": "for name in ('a', 'b'):\n    pass",
    },
    importing_does_nothing: {
        "web/gazetteer.py": "import sqlite3\ndef load():\n    return sqlite3.connect(':memory:')\nPLACES = load()",
        "domain/vocabulary/__init__.py": "from pathlib import Path\nread = Path.read_text\nWORDS = read(Path('/dev/null'))",
        "projections/people.py": "import no_such_module",
    },
    the_wheel_ships_the_floors_under_their_own_names: {
        "pyproject.toml": '[tool.hatch.build.targets.wheel]\npackages = ["domain"]\nsources = ["src"]'
    },
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


def build(root: Path, files: dict[str, str]) -> Path:
    for floor in SHIPPED:
        files = {f"{floor}/__init__.py": "", **files}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


BROKEN = [pytest.param(rule, file, id=f"{rule.__name__}-{file}") for rule, files in RULES.items() for file in files]


@pytest.mark.parametrize(("rule", "file"), BROKEN)
def test_the_rule_can_be_broken(rule: Rule, file: str, tmp_path: Path) -> None:
    complaints = rule(build(tmp_path, {file: RULES[rule][file]}))
    if rule is every_floor_is_there:
        assert complaints == ["scripts/ holds no module", "tests/ holds no module"]
    elif rule is every_folder_is_a_package:
        assert complaints == ["web/maps/ has modules but no __init__.py"]
    else:
        assert complaints
        assert all(file in complaint or "no_such_module" in complaint for complaint in complaints)


def test_a_house_in_order_breaks_no_rule(tmp_path: Path) -> None:
    house = build(
        tmp_path,
        {
            "domain/protest.py": "from eventsourcing.domain import Aggregate\nfrom domain.moment import When\nx = 1\n" * 100,
            "domain/moment.py": '"""When."""\nfrom datetime import datetime\ndef When(): return datetime.now()',
            "projections/people.py": "import sqlalchemy\nfrom domain.moment import When\ndef query(): return open('/dev/null')",
            "web/store.py": "import sqlalchemy\nimport projections.people",
            "web/access/__init__.py": "",
            "web/access/accounts.py": "import cryptography\nimport typing\nif typing.TYPE_CHECKING:\n    import flask",
            "scripts/bench": "#!/usr/bin/env python3\nimport web.store",
            "tests/__init__.py": "",
            "tests/stories.py": "import web.store",
            "pyproject.toml": '[tool.hatch.build.targets.wheel]\npackages = ["domain", "projections", "web"]',
        },
    )
    assert {rule.__name__: rule(house) for rule in RULES} == {rule.__name__: [] for rule in RULES}
