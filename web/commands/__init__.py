"""The commands behind `khronika`, each a thin translation of its arguments into a use case or a query."""
