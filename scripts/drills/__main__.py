"""`./scripts/drill NAME [options]`: runs a drill in a temporary folder.

Exit code 1 on any violation, or when a control does not fail.

canaries   people with marked names through every flow; then every file is searched for the marks
http       requests that nobody should send, to every address, as every role and as nobody
night      twenty monitors log a night of protests; then every report is looked for and all of it counted again
heat       a city of many detentions: maps inside add up, and an attacker works out what those outside give back
disclosure released tables of a made-up year: an attacker adds them up, a bot subtracts and asks for more
browser    a lawyer's session in a real Chromium; then its profile is searched for the marks
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts.drills import browser, canaries, disclosure, heat, requests
from scripts.drills.findings import Findings
from scripts.drills.night.drill import TYPING
from scripts.drills.night.drill import drill as night
from web.places.building import build_gazetteer

Drill = Callable[[Path, Path, argparse.Namespace], Findings]
DRILLS: dict[str, Drill] = {
    "canaries": lambda folder, places, chosen: canaries.drill(folder, places, people=chosen.people),
    "http": lambda folder, places, chosen: requests.drill(folder, places, requests=chosen.requests, seed=chosen.seed),
    "night": lambda folder, places, chosen: night(folder, places, reports=chosen.reports, seed=chosen.seed, typing=chosen.typing),
    "heat": lambda folder, places, chosen: heat.drill(
        folder, places, detentions=chosen.detentions, months=chosen.months, seed=chosen.seed
    ),
    "disclosure": lambda folder, places, chosen: disclosure.drill(folder, places, people=chosen.people, seed=chosen.seed),
    "browser": lambda folder, places, chosen: browser.drill(folder, places),
}


def main() -> None:
    """See the module."""
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="khronika-drill-") as folder:
        places = Path(folder) / "places"
        build_gazetteer(places)
        findings = DRILLS[chosen.name](Path(folder), places, chosen)
    for line in findings.lines():
        sys.stdout.write(line + "\n")
    sys.exit(not findings.is_clean)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="drill", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = arguments.add_subparsers(dest="name", required=True)
    names.add_parser("canaries").add_argument("--people", type=int, default=50, help="how many people are recorded")
    http = names.add_parser("http")
    http.add_argument("--requests", type=int, default=20_000, help="how many requests; a tenth of them over the socket")
    http.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of an earlier run")
    watch = names.add_parser("night")
    watch.add_argument("--reports", type=int, default=5_000, help="how many reports are sent")
    watch.add_argument("--typing", type=float, default=TYPING, help="how many seconds a monitor takes before each")
    watch.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of an earlier run")
    maps = names.add_parser("heat")
    maps.add_argument("--detentions", type=int, default=1_000_000, help="how many people are detained in the city")
    maps.add_argument("--months", type=int, default=36, help="over how many months")
    maps.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of an earlier run")
    tables = names.add_parser("disclosure")
    tables.add_argument("--people", type=int, default=30_000, help="how many detentions there are in the year")
    tables.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of an earlier run")
    names.add_parser("browser")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
