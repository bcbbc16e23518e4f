"""Seals what is told about a person before it is recorded: the words of times and places, notes, names, references."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.errors import RuleBroken
from domain.facts import facts_of
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Source
from domain.record import Record
from web.entries.fields import parts_of
from web.vault import NoKey, Vault, VaultLocked

Seal = Callable[[str, str], Sealed]
"""Seals a text, given the name of the field it stands in."""


def sealer(vault: Vault, person: UUID, record: UUID) -> Seal:
    """What seals for this person's record; their key is committed when this returns.

    Raises RuleBroken `vault_locked`, and sealing then `person_forgotten`, so that a form says that nothing was recorded.
    """
    return sealers(vault, [person])(person, record)


def sealers(vault: Vault, persons: Collection[UUID]) -> Callable[[UUID, UUID], Seal]:
    """What makes such a seal for each record of these people; all of their keys are committed at once when this returns."""
    try:
        minted = vault.mint(persons)
    except VaultLocked as refused:
        raise RuleBroken(refused.code) from None

    def seal_for(person: UUID, record: UUID) -> Seal:
        def seal(field: str, text: str) -> Sealed:
            try:
                return minted.seal(person, record, field, text)
            except NoKey as refused:
                raise RuleBroken(refused.code) from None

        return seal

    return seal_for


def sealed_facts(happened: type[Record.Event], facts: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
    """The same facts with every free word sealed; what is sealed already stays as it is."""
    known = facts_of(happened)
    return {name: _sealed(name, value, Sealed in parts_of(known[name].type), seal) for name, value in facts.items()}


def sealed_source(source: Source, seal: Seal) -> Source:
    """The source with its reference sealed."""
    reference = source.reference
    return replace(source, reference=seal("source", reference)) if isinstance(reference, str) else source


def _sealed(name: str, value: Any, is_text: bool, seal: Seal) -> Any:
    match value:
        case When(words=str(words)):
            return value.told(seal(name, words))
        case Place(words=str(words)):
            return replace(value, words=seal(name, words))
        case str() if is_text:
            return seal(name, value)
    return value
