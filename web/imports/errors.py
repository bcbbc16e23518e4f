"""Why an import as a whole does not begin, or does not go on. What is wrong with one row is a RuleBroken of that row."""

from domain.errors import RuleBroken


class ImportRefused(RuleBroken):
    """The file or the mapping cannot be used. What was recorded before stays recorded; nothing else was changed."""
