"""Sources on file: who they are, what rests on them, and what becomes of it when they take back what they said.

Read by coordinators, and by the monitors who name them; `docs/verification.md` says what follows from them.
"""
