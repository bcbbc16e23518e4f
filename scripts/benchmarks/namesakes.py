"""Who on record is likely called so: candidates for one name among many, beside a plain scan of the same names with rapidfuzz.

The names are made up: surnames out of syllables, some as common as the commonest are, first names of our list, a third without a
patronymic, a tenth with initials alone. The scan is rapidfuzz's own: every name compared with the one that is asked, the order
of words left out of account, the fifty best kept.
"""

import random
import resource
from collections.abc import Iterator
from itertools import accumulate
from statistics import median
from uuid import uuid4

from rapidfuzz import fuzz, process

from scripts.benchmarks.figure import Figure, seconds
from web.likeness.namesakes import namesakes
from web.search.first_names import listed
from web.search.index import NameIndex
from web.search.name_parts import Known, name_parts

ASKED, SCANNED = 200, 9
GOAL, TAIL = 0.09, 0.45
"""Of the time of the scan: about 5 ms among 100,000, and 50 ms among 1,000,000, on the machine this was written on."""
_SYLLABLES = "ба ве го ду жи за ке ло му ни по ру си та фе хо ца че шу ща ко ри ва не ре зо бу ди".split()
_FEWER, _INITIALS = 0.6, 0.9


def figures(people: int) -> Iterator[Figure]:
    """Median and 95th percentile of candidates, and the memory of the index beside that of the names in it as plain text."""
    names = list(_names(people))
    before = _resident()
    index = NameIndex()
    known: Known = {}
    for number, name in enumerate(names):
        index.put(uuid4(), number, [(name, "full")], known)
    held = _resident() - before
    asked = [name_parts(name) for name in random.Random(2).sample(names, ASKED)]
    taken = sorted(seconds(lambda one=one: namesakes(index, [one])) * 1e3 for one in asked)  # type: ignore[misc]
    folded = [" ".join(name_parts(name, known).keys) for name in names]
    scans = [
        seconds(lambda one=one: process.extract(" ".join(one.keys), folded, scorer=fuzz.token_sort_ratio, limit=50))  # type: ignore[misc]
        for one in asked[:SCANNED]
    ]
    scan = median(scans) * 1e3
    yield Figure(f"candidates for a name among {people:,}, median", median(taken), scan, "ms", GOAL, at_most=True)
    yield Figure("... 95th percentile", taken[int(ASKED * 0.95)], scan, "ms", TAIL, at_most=True)
    plain = sum(len(name.encode()) for name in names) / 1e6
    yield Figure("... memory of the index beside the plain text", held, plain, "MB", 20, at_most=True)


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _names(people: int) -> Iterator[str]:
    chance = random.Random(1)
    stems = sorted({_stem(chance) for _ in range(40_000)})
    chance.shuffle(stems)
    common = list(accumulate(1 / (place + 10) ** 0.9 for place in range(len(stems))))
    given = {gender: [name for name, of in listed() if of == gender] for gender in "mf"}
    usual = {gender: list(accumulate(1 / (place + 3) for place in range(len(names)))) for gender, names in given.items()}
    for _ in range(people):
        gender = "f" if chance.random() < 0.35 else "m"
        surname = chance.choices(stems, cum_weights=common)[0] + chance.choice(("ов", "ин", "ев")) + "а" * (gender == "f")
        first = chance.choices(given[gender], cum_weights=usual[gender])[0]
        father = chance.choices(given["m"], cum_weights=usual["m"])[0].rstrip("йь")
        form = chance.random()
        if form < _FEWER:
            yield f"{surname} {first} {father}{'овна' if gender == 'f' else 'ович'}"
        else:
            yield f"{surname} {first}" if form < _INITIALS else f"{surname} {first[0]}. {father[0]}."


def _stem(chance: random.Random) -> str:
    syllables = "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3, 3, 3))))
    return syllables.capitalize() + chance.choice("внрлктд")
