"""The wheel carries the whole application, under the names its stored history knows."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("domain", "projections", "web")


def files_to_ship() -> set[str]:
    """What lies in the three packages of this checkout, code and templates and lists alike."""
    paths = (path for package in SHIPPED for path in (ROOT / package).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in paths if "__pycache__" not in path.parts}


def test_the_wheel_ships_every_file_of_the_three_packages_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        shipped = {name for name in opened.namelist() if ".dist-info/" not in name}
        commands = next(opened.read(name).decode() for name in opened.namelist() if name.endswith("entry_points.txt"))
    assert shipped == files_to_ship()
    assert "khronika = web.cli:main" in commands
