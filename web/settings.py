"""What an operator can set, read once from the environment: KHRONIKA_HOME and its fellows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "ru")
PASSPHRASE = "passphrase"  # noqa: S105 - the word, not one


class SettingsRefused(Exception):
    """A setting that cannot be used. Carries the setting's name and what is wrong with it."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name)
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the stores are, in which language the command line speaks, and who finds places."""

    home: Path
    language: str = "en"
    geocoder: str | None = None
    """The domain of a Nominatim of one's own, as `places.example.org:8080`; None for the offline gazetteer."""
    places: Path | None = None
    """Where the gazetteer's file is, or is to be built; None for the data folder."""
    is_demo: bool = False
    unlock: str | None = None
    """PASSPHRASE where the server's key must be under one, so that personal text is locked until somebody enters it."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises SettingsRefused."""
        database = environment.get("KHRONIKA_DATABASE", "")
        if database:
            raise SettingsRefused("KHRONIKA_DATABASE", "…")  # it may hold a password
        unlock = environment.get("KHRONIKA_UNLOCK") or None
        if unlock not in (None, PASSPHRASE):
            raise SettingsRefused("KHRONIKA_UNLOCK", unlock)
        home = environment.get("KHRONIKA_HOME") or str(Path.home() / ".local" / "share" / "khronika")
        return cls(
            home=Path(home).expanduser(),
            language=_language(environment),
            geocoder=environment.get("KHRONIKA_GEOCODER") or None,
            places=Path(environment["KHRONIKA_PLACES"]) if environment.get("KHRONIKA_PLACES") else None,
            unlock=unlock,
        )


def _language(environment: Mapping[str, str]) -> str:
    chosen = environment.get("KHRONIKA_LANGUAGE")
    if chosen is not None and chosen not in LANGUAGES:
        raise SettingsRefused("KHRONIKA_LANGUAGE", chosen)
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return chosen or ("ru" if locale.lower().startswith("ru") else "en")
