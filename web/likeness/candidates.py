"""Who on record is likely the person of a name that is being recorded.

Only people whose files the reader may open are looked at, and counted: that there are others, and how many bear the name, must
not show in what is suggested. What a reader may not see is on the coordinators' list (pairs.py), which looks at everybody.
"""

from collections.abc import Sequence
from uuid import UUID

from domain.moment import When
from projections.days import sort_time
from web.desk import Desk
from web.likeness.circumstances import Stay, circumstances, stays_of
from web.likeness.comparing import may_be_surnames
from web.likeness.namesakes import Candidate, best_of, namesakes
from web.search.finding import LONGEST
from web.search.keeping_up import bring_up_to_date
from web.search.name_parts import name_parts

SHOWN = 5


def likely(
    desk: Desk,
    names: Sequence[str],
    *,
    city: int | None = None,
    station: str | None = None,
    protest: UUID | None = None,
    when: When | None = None,
    limit: int = SHOWN,
) -> list[Candidate]:
    """Those on record, of whom the reader may see, who are likely the person called so, the likeliest first.

    `names` are all names given for one person (also a former one), each in any order, alphabet and form; the rest is what is
    told of the detention. Nobody for a first name alone. Suggestions for somebody who decides: nothing is joined because of them.
    """
    asked = [name_parts(name) for name in names if name and len(name) <= LONGEST]
    if not any(may_be_surnames(name.keys) for name in asked):
        return []
    index = desk.tracker.names
    with desk.tracker.views() as db:
        own = desk.listed(db)
    with index.lock:
        bring_up_to_date(index, desk.tracker)
        found = namesakes(index, asked, among=own)
        files = index.files(set(found))
    stay = Stay(city, station, protest.bytes if protest is not None else None, sort_time(when))
    found = {person: weighed for person, weighed in found.items() if not weighed.vetoes}
    with desk.tracker.views() as db:
        stays = stays_of(db, [person.bytes for person in found])
    judged = [(person, weighed, circumstances([stay], stays.get(person.bytes, ()))) for person, weighed in found.items()]
    return best_of(judged, files, limit)
