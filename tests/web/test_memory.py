"""A process that holds keys leaves no core file and lets no debugger of the same account in."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import ctypes, resource, sys
import web.memory
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
promised = web.memory.keep_to_itself()
print(before, promised, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own promise")


def said_by(code: str, *arguments: str) -> str:
    ran = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return ran.stdout


def test_what_could_be_dumped_before_cannot_be_afterwards() -> None:
    assert said_by(ASK).split() == ["1", "True", "0", "0", "0"]


def test_every_command_begins_with_it() -> None:
    code = (
        "import ctypes, contextlib\n"
        "from web.cli import main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert said_by(code).splitlines()[-1] == "0"
