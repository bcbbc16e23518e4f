"""A table as a data package: a zip with the CSV and a datapackage.json that says what it is, what its columns mean, what it was
counted from, under what it may be used, and the SHA-256 of the CSV (Data Package, Table Schema: specs.frictionlessdata.io).
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from web.takeaways.comma_separated import csv_of
from web.takeaways.objects import about_table
from web.takeaways.pieces import pieces_of
from web.takeaways.table import Column, Table

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the oldest it can hold, so that the same table gives the same bytes."""


def package_of(table: Table) -> Iterator[bytes]:
    """The zip, written beside first: the size and hash of the CSV are known when its last row is."""
    with tempfile.TemporaryFile(prefix="khronika-") as file:
        digest, size = hashlib.sha256(), 0
        with zipfile.ZipFile(file, "w") as packed:
            with packed.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as out:
                for piece in csv_of(table):
                    digest.update(piece)
                    size += len(piece)
                    out.write(piece)
            about = json.dumps(_descriptor(table, digest.hexdigest(), size), ensure_ascii=False, indent=1) + "\n"
            with packed.open(_entry("datapackage.json"), "w") as out:
                out.write(about.encode())
        yield from pieces_of(file)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _descriptor(table: Table, digest: str, size: int) -> dict[str, Any]:
    about = about_table(table)
    licence, created = about.pop("licence"), about.pop("as_of")
    licences = [{"name": licence, "title": table.licence.title, "path": table.licence.path}] if table.licence is not None else []
    return {
        "profile": "tabular-data-package",
        "name": table.name.lower(),
        "title": table.title,
        "description": table.method,
        **({"created": created} if created is not None else {}),
        **({"licenses": licences} if licences else {}),
        "sources": [{"title": title, "path": path} if path else {"title": title} for title, path in table.sources],
        "khronika": {name: about[name] for name in ("citation", "position", "unit")} | {"for_work_inside": not table.is_public},
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name.lower(),
                "title": table.title,
                "path": f"{table.name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": size,
                "hash": f"sha256:{digest}",
                "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
                "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]},
            }
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    about = {"description": column.about} if column.about else {}
    return {"name": column.name, "type": column.kind.value, "title": column.label, **about}
