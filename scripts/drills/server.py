"""The real `khronika serve` and the other commands, each in a process of its own, with a home, temporary files and logs apart."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-c", 'from web.cli import main; main(prog_name="khronika")')
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_GROUPS = re.compile(r"(?:[0-9A-Z]{4}\s+){13}[0-9A-Z]{4}")
STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Handed:
    """What `khronika account add` prints once."""

    name: str
    passphrase: str
    secret: str
    codes: tuple[str, ...]


@dataclass
class Installation:
    """One installation in a folder: `home` with the stores, `tmp` for temporary files, `logs` with what the server says."""

    folder: Path
    places: Path
    server: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    port: int = field(default=0, init=False)
    recovery_key: str = field(default="", init=False)

    def __post_init__(self) -> None:
        for part in (self.tmp, self.logs, self.outside, self.backups):
            part.mkdir(parents=True)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def tmp(self) -> Path:
        return self.folder / "tmp"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def outside(self) -> Path:
        """Files of the operator's own, which lie where the operator wants them: not searched."""
        return self.folder / "outside"

    @property
    def backups(self) -> Path:
        """Where backups are made; searched."""
        return self.folder / "backups"

    def command(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """One command as the operator runs it. What it prints is for their eyes, and is kept nowhere here."""
        told, command = self._environment(), [*_COMMAND, *arguments]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=False, input=typed)

    def initialise(self) -> None:
        """`khronika init`, and the recovery key noted."""
        self.note_recovery_key(self.command("init").stdout)
        if not self.recovery_key:
            raise RuntimeError("khronika init showed no recovery key")

    def note_recovery_key(self, printed: str) -> None:
        """On paper, where a command has printed one."""
        found = _GROUPS.search(printed)
        self.recovery_key = found[0] if found is not None else self.recovery_key

    def account(self, name: str, role: str) -> Handed:
        """A new account with its credentials."""
        said = self.command("account", "add", name, "--role", role).stdout
        passphrase, secret = (re.search(rf"^{label}: (.+)$", said, re.MULTILINE) for label in ("Passphrase", "For the app"))
        if passphrase is None or secret is None:
            raise RuntimeError(f"no account was made for {name}")
        codes = re.findall(r"^  ([0-9a-z]{4}(?:-[0-9a-z]{4}){2})$", said, re.MULTILINE)
        return Handed(name, passphrase[1], secret[1].replace(" ", ""), tuple(codes))

    def account_id(self, name: str) -> str:
        """The id of an account."""
        with closing(sqlite3.connect(self.home / "vault.sqlite", timeout=30)) as db:
            return str(UUID(bytes=db.execute("SELECT id FROM accounts WHERE name = ?", [name]).fetchone()[0]))

    def age_sessions(self, column: str, seconds: int) -> None:
        """Let time pass for every session."""
        with closing(sqlite3.connect(self.home / "vault.sqlite", timeout=30)) as db, db:
            db.execute(f"UPDATE sessions SET {column} = {column} - ?", [seconds])  # noqa: S608 - the name of a column of ours

    @contextmanager
    def served(self) -> Iterator[None]:
        """The pages while this lasts."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def start(self) -> None:
        """Returns when it answers."""
        number = len(list(self.logs.iterdir()))
        said = self.logs / f"serve-{number}"
        with said.open("wb") as out:
            self.server = subprocess.Popen([*_COMMAND, "serve", "--port", "0"], env=self._environment(), stdout=out, stderr=out)
        deadline = time.monotonic() + STARTS_WITHIN
        while (found := _ADDRESS.search(said.read_text(encoding="utf-8", errors="replace"))) is None:
            if time.monotonic() > deadline or self.server.poll() is not None:
                raise RuntimeError(f"the server did not start: {said.read_text(encoding='utf-8', errors='replace')[-400:]}")
            time.sleep(0.05)
        self.port = int(found[1])

    def kill(self) -> None:
        """As a power cut would: SIGKILL, nothing is put in order."""
        if self.server is not None:
            self.server.kill()
            self.server.wait()

    def stop(self) -> None:
        """As an operator does."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(30)
        self.server = None

    def open_files(self) -> Iterator[tuple[str, bytes]]:
        """Files that the server holds open and no folder of the installation lists: a disk keeps deleted ones for long."""
        if self.server is None:
            return
        for link in Path(f"/proc/{self.server.pid}/fd").iterdir():
            try:
                name = str(link.readlink())
                is_listed = name.startswith((str(self.folder), str(self.places))) and not name.endswith(" (deleted)")
                if link.is_file() and not is_listed:
                    yield name, link.read_bytes()
            except OSError:  # closed meanwhile
                continue

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8",
            "KHRONIKA_HOME": str(self.home), "KHRONIKA_PLACES": str(self.places), "KHRONIKA_LANGUAGE": "en",
            "TMPDIR": str(self.tmp), "HOME": str(self.tmp),
        }  # fmt: skip
