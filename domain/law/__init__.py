"""How long the law allows: custody clocks, deadlines, windows in which one more ruling makes a crime, and the courts left open.

Pure functions from facts to answers, read by case files, the lawyers' desk and `khronika clocks`. What was reported goes in
(`facts.py`) and what follows comes out (`answers.py`), both as intervals: a time known to the quarter of an hour gives an overrun
known to the quarter of an hour, and nothing that was not reported is guessed. The rules of one country are dated data beside the
functions that apply them (`russia/`); another country is another package with the same methods (`country.py`).

An aid for lawyers, not legal advice: docs/law.md says what was checked, and what was not.
"""
