"""Texts and keys brought together: what seals for the people of one form, what opens the texts of one page."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.privacy import Sealed
from web.vault.errors import NoKey
from web.vault.person_keys import Unopened
from web.vault.sealing import Broken, Cipher, close_text, open_text

_WITHOUT_KEY = {Unopened.FORGOTTEN: "person_forgotten", Unopened.SEALED: "key_not_here"}


class Sealer:
    """Seals for the people it was minted for, without asking the vault again. For one form or one page of an import: it does not
    notice a forgetting, and what it seals after one nobody can open."""

    def __init__(self, ciphers: Mapping[UUID, Cipher | Unopened]) -> None:
        self._ciphers = ciphers

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        """Raises NoKey for a person it was not minted for, who was forgotten, or whose key the server does not have."""
        cipher = self._ciphers.get(person)
        if not isinstance(cipher, Cipher):
            raise NoKey(_WITHOUT_KEY.get(cipher or Unopened.DAMAGED, "no_key"), person=person)
        return Sealed(person, aggregate, field, close_text(cipher, person, aggregate, field, text))


def opened(ciphers: Mapping[UUID, Cipher | Unopened], texts: Iterable[Sealed]) -> list[str | Unopened]:
    """In order; a text whose person has no key here is damaged."""
    return [_opened(ciphers.get(text.person, Unopened.DAMAGED), text) for text in texts]


def _opened(cipher: Cipher | Unopened, sealed: Sealed) -> str | Unopened:
    if isinstance(cipher, Unopened):
        return cipher
    try:
        return open_text(cipher, sealed.person, sealed.aggregate, sealed.field, sealed.ciphertext)
    except Broken:
        return Unopened.DAMAGED
