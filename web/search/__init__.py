"""The search by name: spellings folded into comparable keys, and an index of them in memory, never anywhere else.

folding.py, first_names.py, name_parts.py and matching.py compare names and know nothing of people; index.py holds the names of
an installation, keeping_up.py follows the log with them, finding.py asks them, pages.py shows what was found.
"""
