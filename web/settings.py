"""What an operator can set, read once from the environment: KHRONIKA_HOME and its fellows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "ru")
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_ONION = re.compile(r"([a-z0-9-]+\.)*[a-z2-7]{55}d\.onion")
"""Version 3: 56 letters and digits, of which the last stands for the version."""
MEGABYTE = 1024 * 1024
FEWEST = 10
"""The threshold of a map for readers outside can be set higher than this, never lower."""
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
    hosts: tuple[str, ...] = ()
    """Names under which others reach the pages, beside those of this machine: a domain, an onion name."""
    is_behind_proxy: bool = False
    """Whether a web server on this machine stands before ours and says truly whether the browser spoke HTTPS to it."""
    largest_exhibit: int = 50 * MEGABYTE
    """Bytes of the largest file that is taken in as an exhibit."""
    fewest_on_a_map: int = FEWEST
    """People detained in a cell before a map for readers outside shows it."""
    tells_stations: bool = False
    """Whether readers outside are told how many were at each police station in each night."""
    streets: Path | None = None
    """An MBTiles file of pictures: the street map under the map of a city that moves."""
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
            hosts=_hosts(environment.get("KHRONIKA_HOSTS", "")),
            is_behind_proxy=_is_yes(environment, "KHRONIKA_PROXY"),
            largest_exhibit=_megabytes(environment.get("KHRONIKA_EXHIBIT_MB", "") or "50") * MEGABYTE,
            fewest_on_a_map=_fewest(environment.get("KHRONIKA_MAP_PEOPLE", "") or str(FEWEST)),
            tells_stations=_is_yes(environment, "KHRONIKA_STATIONS_OUTSIDE"),
            streets=Path(environment["KHRONIKA_STREETS"]) if environment.get("KHRONIKA_STREETS") else None,
            unlock=unlock,
        )


def _language(environment: Mapping[str, str]) -> str:
    chosen = environment.get("KHRONIKA_LANGUAGE")
    if chosen is not None and chosen not in LANGUAGES:
        raise SettingsRefused("KHRONIKA_LANGUAGE", chosen)
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return chosen or ("ru" if locale.lower().startswith("ru") else "en")


def _hosts(said: str) -> tuple[str, ...]:
    """Names alone, apart by commas: a port, an address with https://, a star or a slip of the pen is refused, not bent."""
    names = tuple(name.strip().lower() for name in said.split(",") if name.strip())
    for name in names:
        if not _HOST.fullmatch(name) or (name.endswith("onion") and not _ONION.fullmatch(name)):
            raise SettingsRefused("KHRONIKA_HOSTS", name)
    return names


def _fewest(said: str) -> int:
    if not said.isdecimal() or not FEWEST <= int(said) <= 10_000:
        raise SettingsRefused("KHRONIKA_MAP_PEOPLE", said)
    return int(said)


def _megabytes(said: str) -> int:
    """A form is held in whole before it is recorded, so there is a limit to it."""
    if not said.isdecimal() or not 1 <= int(said) <= 2000:
        raise SettingsRefused("KHRONIKA_EXHIBIT_MB", said)
    return int(said)


def _is_yes(environment: Mapping[str, str], name: str) -> bool:
    said = environment.get(name, "").lower()
    if said not in ("", "yes", "no"):
        raise SettingsRefused(name, said)
    return said == "yes"
