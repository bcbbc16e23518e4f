"""Which sealed words may stand on a paper: those of the person it is about, and of their cases what names nobody else.

What a case says of all is sealed under the case's own key. Of that a paper opens the number, the times and the courts, as
the page does; the free words only where nobody but this person was ever said to be in the case, for the others may be named in
them.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from domain.privacy import Sealed
from projections import case_files
from web.access.proceedings import OF_THE_CASE
from web.wiring import Views


def may_stand(db: Views, files: Collection[UUID]) -> Callable[[Sealed], bool]:
    """For a paper about the person of these files."""
    keys = {file.bytes for file in files}
    cases = {UUID(bytes=case): set(case_files.defendants_in(db, case)) for case in case_files.cases_against(db, keys)}
    alone = {case for case, named in cases.items() if named <= keys}

    def stands(text: Sealed) -> bool:
        return text.person in files or text.person in alone or (text.person in cases and text.field in OF_THE_CASE)

    return stands
