"""docs/crypto.md says what the code does: its parameters are those in the code, and no use of cryptography is missing from it."""

import ast
from collections.abc import Iterator
from math import log2
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tests.architecture import imported, modules
from web.access import one_time, passphrases, sessions
from web.access.credentials import Credentials
from web.vault import files, identities, key_file, recipients, recovery_key, sealing

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "crypto.md"
LIBRARIES = {"cryptography", "argon2", "hmac", "hashlib", "itsdangerous"}
NOT_FOR_SECRECY = {
    "web/places/building.py": "tells whether the gazetteer is of these lists",
    "web/demo/chronicle.py": "gives fiction the same ids every time",
    "web/demo/reporter.py": "says which sheet of fiction was deposited",
    "domain/verification.py": "tells whether two entries of coded facts say the same",
    "projections/projection.py": "tells the names of long indexes apart",
    "web/maps/kept.py": "names a picture by what it shows, who looks and as of when",
    "web/publishing/bundle.py": "lets whoever copies a published bundle check that it is whole",
    "web/publishing/earlier.py": "tells whether a picture of an earlier bundle is the one that would be drawn",
    "web/takeaways/data_package.py": "lets whoever has a data package check that its table is whole",
    "web/stations/wanted.py": "makes the code of a new station out of its public name",
}


def rows() -> dict[str, list[str]]:
    """The cells of each use, by its name."""
    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in cells if row[0] != "use"}


def parameters(use: str) -> str:
    return rows()[use][0]


def test_sealing_is_as_told() -> None:
    assert sealing.VERSION == b"\x01"
    assert f"nonce {sealing.NONCE_BYTES} bytes, padded to {sealing.STEP} bytes" in parameters("words about a person")
    assert f"{sealing.KEY_BYTES} bytes" in rows()["words about a person"][1]
    cipher = sealing.Cipher(bytes(sealing.KEY_BYTES))
    assert (type(cipher).__name__, 8 * sealing.KEY_BYTES) == ("AESGCM", 256)
    assert len(sealing.shut(cipher, b"x", b"")) == 1 + sealing.NONCE_BYTES + 1 + 16


def test_originals_are_as_told() -> None:
    assert f"AES-256-GCM in chunks of {files.CHUNK} bytes" in parameters("original of an exhibit")
    assert f"a key of each file, {sealing.KEY_BYTES} bytes" in rows()["original of an exhibit"][1]
    person, exhibit = UUID(int=1), UUID(int=2)
    sealed = list(files.sealed_file(sealing.Cipher(bytes(32)), person, exhibit, 3, [b"abc"]))
    assert [len(piece) for piece in sealed] == [files.HEAD_BYTES, 3 + files.TAG_BYTES]
    key = sealing.open_box(
        sealing.Cipher(bytes(32)), sealed[0][len(files.MAGIC) :], sealing.context_of_original(person, exhibit, 3)
    )
    assert sealing.Cipher(key).decrypt(bytes(12), sealed[1], sealing.context_of_original(person, exhibit, 3, 0)) == b"abc"


def test_digests_of_imported_rows_are_as_told() -> None:
    assert f"HMAC-SHA-256, cut to {identities.DIGEST_BYTES} bytes" in parameters("identity of an imported row")


def test_passphrases_are_as_told() -> None:
    kept = passphrases.hashed("x").split("$")
    told = {name: value for name, _, value in (part.partition("=") for part in kept[3].split(","))}
    words, bits = len(passphrases.word_list()), int(passphrases.WORDS * log2(len(passphrases.word_list())))
    assert kept[1] == "argon2id"
    assert parameters("passphrase of an account") == (
        f"argon2id, t={told['t']}, m={told['m']} KiB, p={told['p']}; "
        f"{passphrases.WORDS} words of {words} ({bits} bits), made here"
    )


def test_codes_of_the_app_and_of_paper_are_as_told() -> None:
    secret = one_time.new_secret()
    assert parameters("code of the app").startswith(
        f"TOTP, {len(one_time.code_at(secret, 1))} digits, {one_time.STEP} s, SHA-1, "
        f"secret of {len(secret)} bytes, drift {one_time.DRIFT} step"
    )
    rfc = [one_time.code_at(b"12345678901234567890", at // one_time.STEP) for at in (59, 1111111109, 20000000000)]
    assert rfc == ["287082", "081804", "353130"], "the last six digits of RFC 6238's own values for SHA-1"
    codes = one_time.new_recovery_codes()
    letters = len(codes[0].replace("-", ""))
    alphabet = len(one_time._ALPHABET)
    assert parameters("recovery codes").startswith(
        f"{len(codes)} codes of {letters} letters out of {alphabet} ({int(letters * log2(alphabet))} bits)"
    )


def test_sessions_are_as_told() -> None:
    assert parameters("session") == f"token of {sessions._TOKEN_BYTES} bytes; SHA-256 kept"
    assert len(sessions.digest_of("x")) == 32
    assert rows()["session"][2] == (
        f"idle {sessions.IDLE // 60} min (on watch {sessions.IDLE_ON_WATCH // 60} min), at most {sessions.ABSOLUTE // 3600} h"
    )


def test_keys_that_are_derived_have_the_labels_that_are_told() -> None:
    source = "".join(Path(path).read_text(encoding="utf-8") for path in sorted((ROOT / "web" / "access").glob("*.py")))
    for label in ("khronika credentials", "khronika attempts"):
        assert f'"{label}"' in source
        assert any(f'"{label}"' in row[1] for row in rows().values()), label
    assert Credentials.__module__ == "web.access.credentials"


def test_recovery_keys_and_the_passphrase_of_a_locked_start_are_as_told() -> None:
    assert parameters("`server.key` under a passphrase").startswith(
        f"argon2id, t={key_file.ROUNDS}, m={key_file.MEMORY_KIB} KiB, p={key_file.LANES}, salt {key_file.SALT_BYTES} bytes"
    )
    private = recipients.new_private_key()
    assert len(recovery_key.in_groups(private).replace("-", "")) == recovery_key.LETTERS
    told = rows()["people's keys, wrapped for the recovery key or another recipient"]
    assert f"{recovery_key.LETTERS} letters of which {8 * recovery_key.CHECK_BYTES} bits" in told[1]
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    sealed = recipients.seal_for(recipients.public_half(private), b"secret", b"context")
    key = X25519PrivateKey.from_private_bytes(private)
    assert suite.decrypt(sealed, key, b"context") == b"secret", "another suite than the one that is told"


def users_of_cryptography() -> Iterator[str]:
    """Files of the application that import a library of cryptography."""
    for path, tree, _ in modules(ROOT, "domain", "projections", "web"):
        if any(name.partition(".")[0] in LIBRARIES for _, name in imported(tree, path)):
            yield path


def test_every_use_in_the_code_is_in_the_table_and_every_file_in_the_table_is_there() -> None:
    told = {file.strip(" `") for row in rows().values() for file in row[3].split(",")}
    assert [path for path in users_of_cryptography() if path not in told and path not in NOT_FOR_SECRECY] == []
    assert [file for file in sorted(told) if not (ROOT / file).exists()] == []


def test_the_search_for_uses_finds_one() -> None:
    tree = ast.parse("def f():\n    from cryptography.fernet import Fernet\n")
    assert [name for _, name in imported(tree, "web")] == ["cryptography.fernet.Fernet"]
    assert "web/vault/sealing.py" in set(users_of_cryptography())
