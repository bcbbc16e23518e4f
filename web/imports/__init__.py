"""Importing tables of others: a mapping in TOML says what the columns mean (docs/importing.md), and the rows become events.

`import_file` is what the command line calls; it gives a `Report`. `ImportRefused` says why nothing can be imported at all.
"""

from web.imports.engine import OnProgress, import_file
from web.imports.errors import ImportRefused
from web.imports.mapping import shipped
from web.imports.report import Note, Report

__all__ = ["ImportRefused", "Note", "OnProgress", "Report", "import_file", "shipped"]
