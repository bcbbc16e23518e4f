"""The sealed format: what was sealed today opens for ever, and nothing opens anywhere but where it was sealed."""

from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher as PlainCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from hypothesis import given
from hypothesis import strategies as st

from domain.privacy import Sealed
from web.vault.sealing import (
    Broken,
    Cipher,
    _close_text,
    _shut,
    close_text,
    context_of_secret,
    context_of_wrap,
    open_box,
    open_text,
)

KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
PERSON = UUID("01890000-0000-7000-8000-000000000001")
DETENTION = UUID("01890000-0000-7000-8000-000000000002")
OTHER = UUID("01890000-0000-7000-8000-000000000003")
CIPHER = Cipher(KEY)


def sealed(text: str, field: str = "name") -> Sealed:
    return Sealed(PERSON, DETENTION, field, close_text(CIPHER, PERSON, DETENTION, field, text))


def opened(text: Sealed, cipher: Cipher = CIPHER) -> str:
    return open_text(cipher, text.person, text.aggregate, text.field, text.ciphertext)


def test_the_format_of_a_text_has_not_drifted() -> None:
    box = _close_text(CIPHER, PERSON, DETENTION, "name", "Иванов Пётр", NONCE)
    assert box.hex() == (
        "016465666768696a6b6c6d6e6f98830ed4a9598623eedc8f5afab5f52cd31384db0becf372a7d1ac48fba3a54894e940"
        "c04c129b04fdf3783ffd42cacf1b5b98e7204a4128faf1acd6ef81a58a232901d3e2c6e1737d15944aa5ef9d8e"
    )
    assert open_text(CIPHER, PERSON, DETENTION, "name", box) == "Иванов Пётр"


def test_the_format_of_a_wrapped_key_has_not_drifted() -> None:
    box = _shut(CIPHER, bytes(32), context_of_wrap(PERSON, "server", 1), NONCE)
    assert box.hex() == (
        "016465666768696a6b6c6d6e6f481bde6679e9569e3e625fe8da656afd42c2060a8b6cf372a7d1ac48fba3a548678c87"
        "6953cb65acc62df03ec50e47a3"
    )


def test_the_format_of_a_secret_has_not_drifted() -> None:
    box = _shut(CIPHER, bytes(32), context_of_secret("import identities", 1), NONCE)
    assert box.hex() == (
        "016465666768696a6b6c6d6e6f481bde6679e9569e3e625fe8da656afd42c2060a8b6cf372a7d1ac48fba3a548d562ee"
        "b565a77672c808cbee85d5bbe8"
    )


def test_the_format_can_be_read_with_nothing_but_its_description() -> None:
    box = close_text(CIPHER, PERSON, DETENTION, "name", "Иванов Пётр")
    version, nonce, ciphertext, tag = box[:1], box[1:13], box[13:-16], box[-16:]
    aes = PlainCipher(AES(KEY), GCM(nonce, tag)).decryptor()
    aes.authenticate_additional_data(b"khronika text " + version + PERSON.bytes + DETENTION.bytes + b"name")
    plain = aes.update(ciphertext) + aes.finalize()
    text, padding = plain.split(b"\x80\x00", 1)
    assert version == b"\x01"
    assert text.decode() == "Иванов Пётр"
    assert padding.strip(b"\0") == b""


@given(st.text(max_size=300))
def test_what_was_sealed_opens_to_the_same_words(text: str) -> None:
    assert opened(sealed(text)) == text


@pytest.mark.parametrize("text", ["", "\0", "р", "рр\0\0", "€\0", "x" * 63, "x" * 64, "р" * 32])
def test_texts_that_look_like_padding_open_to_the_same_words(text: str) -> None:
    assert opened(sealed(text)) == text


@pytest.mark.parametrize(("letters", "steps"), [(0, 1), (1, 1), (63, 1), (64, 2), (127, 2), (128, 3), (1000, 16)])
def test_the_length_tells_only_the_number_of_64_byte_steps(letters: int, steps: int) -> None:
    assert len(sealed("x" * letters).ciphertext) == 1 + 12 + 64 * steps + 16


def test_the_same_text_twice_gives_two_different_boxes() -> None:
    assert sealed("Иванов").ciphertext != sealed("Иванов").ciphertext


@pytest.mark.parametrize(
    "moved",
    [{"person": OTHER}, {"aggregate": OTHER}, {"field": "phone"}, {"field": "nam"}, {"person": DETENTION, "aggregate": PERSON}],
)
def test_a_text_moved_elsewhere_does_not_open(moved: dict[str, object]) -> None:
    text = sealed("Иванов")
    with pytest.raises(Broken):
        opened(replace(text, **moved))  # type: ignore[arg-type]
    assert opened(text) == "Иванов"


def test_a_text_does_not_open_under_another_key() -> None:
    with pytest.raises(Broken):
        opened(sealed("Иванов"), Cipher(bytes(32)))


def test_a_text_with_any_one_bit_flipped_does_not_open() -> None:
    text = sealed("Иванов")
    for bit in range(8 * len(text.ciphertext)):
        flipped = bytearray(text.ciphertext)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Broken):
            opened(replace(text, ciphertext=bytes(flipped)))


def test_a_text_cut_short_or_made_longer_does_not_open() -> None:
    text = sealed("Иванов")
    for length in range(len(text.ciphertext)):
        with pytest.raises(Broken):
            opened(replace(text, ciphertext=text.ciphertext[:length]))
    with pytest.raises(Broken):
        opened(replace(text, ciphertext=text.ciphertext + b"\0"))


def test_a_wrapped_key_does_not_open_as_a_text_or_for_somebody_else() -> None:
    wrap = _shut(CIPHER, KEY, context_of_wrap(PERSON, "server", 1), NONCE)
    assert open_box(CIPHER, wrap, context_of_wrap(PERSON, "server", 1)) == KEY
    for context in (
        context_of_wrap(OTHER, "server", 1),
        context_of_wrap(PERSON, "recovery", 1),
        context_of_wrap(PERSON, "server", 2),
        context_of_secret("server", 1),
    ):
        with pytest.raises(Broken):
            open_box(CIPHER, wrap, context)
    with pytest.raises(Broken):
        open_text(CIPHER, PERSON, DETENTION, "name", wrap)
