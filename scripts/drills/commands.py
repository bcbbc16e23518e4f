"""The commands of an operator: an import with refused rows, histories told, figures, the state of the stores, a backup."""

import csv
import json
from pathlib import Path

from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.server import Installation
from scripts.drills.visitor import Forms

ROWS, REFUSED = 12, 3
MAPPING = """
name = "marked"
[row]
identity = ["id"]
[source]
reference = { column = "link" }
[time]
zone = "Europe/Moscow"
[when]
column = "date"
[place]
country = "RU"
city = { column = "city" }
address = { column = "where" }
[[record]]
event = "detention.recorded"
words = { column = "note" }
[[record]]
event = "person.named"
name = { column = "who" }
[[record]]
event = "detention.ill_treatment_reported"
kind = "beating"
words = { column = "done" }
"""
COLUMNS = ("id", "date", "city", "where", "who", "note", "done", "link")


def run_all(installation: Installation, flows: Flows, findings: Findings) -> None:
    """While the server runs. What a command prints for the operator's eyes is no file, and is looked at, not kept."""
    imported(installation, flows, findings)
    for address in list(flows.marks)[:2]:
        said = installation.command("told", address.rpartition("/")[2])
        findings.must(said.returncode == 0, "khronika told failed")
        findings.must(flows.marks[address][0] in said.stdout, "khronika told opened nothing")
    asked = (("status", "--json"), ("figures", "detentions", "--by", "city"), ("account", "list"), ("rebuild",))
    for arguments in (*asked, ("told", flows.markers.make()), ("figures", flows.markers.make())):
        is_known, said = arguments in asked, installation.command(*arguments)
        findings.must((said.returncode == 0) == is_known, f"khronika {arguments[0]} ended with {said.returncode}")
        findings.must(not flows.markers.found_in(said.stdout.encode(), arguments[0]), f"khronika {arguments[0]} printed a mark")
        findings.count("commands")
    backed_up(installation, flows, findings)


def imported(installation: Installation, flows: Flows, findings: Findings) -> None:
    """File, mapping and refused rows are the operator's: they lie outside. Everybody imported is found on the pages."""
    file, mapping = installation.outside / "rows.csv", installation.outside / "marked.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    rows = [_row(number, flows) for number in range(ROWS)]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([COLUMNS, *rows])
    said = installation.command("import", str(file), "--mapping", str(mapping))
    findings.must(said.returncode == 0, "khronika import failed")
    findings.must(not flows.markers.found_in(said.stdout.encode(), "import"), "the report of an import holds a mark")
    refused = installation.outside / "rows.refused.csv"
    findings.must(refused.exists(), "no refused rows were written beside the file")
    for row in rows[REFUSED:]:
        page = flows.visitor.get("/people/search")
        found = Forms(flows.visitor.send(page, "/people/search", {"name": row[4]}, "/people/search").text).links
        files = [link for link in found if link.startswith("/people/") and len(link) == len("/people/") + 36]
        findings.must(bool(files), "an imported person was not found by name")
        for address in files[:1]:
            flows.marks[address] += [row[3], *row[4:]]
    findings.count("rows imported", ROWS - REFUSED)
    findings.count("rows refused, in a file outside", REFUSED)


def _row(number: int, flows: Flows) -> list[str]:
    """The first ones cannot be meant: a day that there is not."""
    make = flows.markers.make
    day = "30.02.2022" if number < REFUSED else "24.02.2022"
    return [str(number), day, "Москва", *(make() for _ in COLUMNS[3:])]


def backed_up(installation: Installation, flows: Flows, findings: Findings) -> None:
    """A backup is made, to be searched with the rest, and read through: it must hold something, and no mark."""
    said = installation.command("backup", str(installation.backups), "--json")
    findings.must(said.returncode == 0, "khronika backup failed")
    made = Path(json.loads(said.stdout)["file"])
    findings.must(made.stat().st_size > 10_000, "khronika backup made nothing")
    flows.backups.append(str(made))
    findings.count("backups")
