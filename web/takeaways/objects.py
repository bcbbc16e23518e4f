"""A table as JSON: what it is, then its rows as objects, a piece at a time."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from web.takeaways.table import Cell, Table

AT_ONCE = 500


def json_of(table: Table) -> Iterator[bytes]:
    """One object; `rows` is its last member, each row on a line of its own."""
    about = about_table(table) | {"columns": [{"name": column.name, "title": column.label} for column in table.columns]}
    head = json.dumps(about, ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}").encode() + b',\n "rows": ['
    names = [column.name for column in table.columns]
    piece: list[str] = []
    is_first = True
    for row in table.rows():
        told = json.dumps({name: _plain(cell) for name, cell in zip(names, row, strict=True)}, ensure_ascii=False)
        piece.append(("\n  " if is_first else ",\n  ") + told)
        is_first = False
        if len(piece) == AT_ONCE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join([*piece, "\n ]\n}\n"]).encode()


def about_table(table: Table) -> dict[str, Any]:
    """What is said of a table wherever it goes."""
    return {
        "title": table.title,
        "unit": table.unit,
        "citation": table.citation,
        "position": table.position,
        "as_of": table.as_of.isoformat() if table.as_of is not None else None,
        "method": table.method,
        "licence": table.licence.name if table.licence is not None else None,
    }


def _plain(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell
