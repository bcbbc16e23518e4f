"""Limits of the law overrun: detentions that lasted longer than the law allows, by article; inside alone.

The law is asked the very questions that the case file asks it, of the entries that stood at the position. What it says holds for
every reported time: surely over at the low end, possibly over at the high end.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any

from domain.facts import CLOCK_TOLERANCE
from domain.law.overruns import OVER, Overrun, Verdict, overrun_in
from domain.vocabulary.articles import ARTICLES
from projections import statistics
from projections.deadline_tables import OF_CUSTODY, custody_in
from projections.figures.definition import EVERYWHERE, OF_WHOM, Counted, Definition, Facts, Tie
from projections.figures.of_people import ONE, PERHAPS, held, ties
from projections.figures.tying import Ties
from projections.figures.whom import WHOM, Whom
from projections.told_of_custody import CASE, IN_A_CASE, IN_CUSTODY, LET_GO, OF_CASE, RESTRAINED, entry_in

LAW_UNKNOWN = "law_unknown"
ANSWERS_KEPT = 200_000
"""How many answers of the law are kept in memory: it is asked anew only of a detention of which something changed.
A thousand of them take half a megabyte."""
Said = tuple[Any, bool]
"""An entry as it is kept, and whether it stands."""


def count(facts: Facts) -> Iterator[Counted]:
    """Every detention once, in each of its articles: over, or beside, with what cannot be told of it."""
    entries, in_cases = _said(facts, RESTRAINED, LET_GO, IN_CUSTODY), _said(facts, IN_A_CASE)
    cases: dict[bytes, list[Said]] = defaultdict(list)
    for row in facts.known(CASE):
        if row.detention is not None:
            cases[row.detention] += [(row, True), *in_cases.get(row.record, ())]
    files_of = _files(facts)
    whom = Whom(facts)
    for row, at in held(facts):
        found = _answer(row.record, entries[row.record], cases.get(row.record, ()), files_of(row.person))

        def told(verdict: str, articles: tuple[str, ...], row: Any = row, at: Any = at) -> Counted:
            total, beside = (ONE, verdict) if verdict not in OVER else (ONE if verdict == Verdict.SURELY else PERHAPS, "")
            of = partial(whom.held, row, at.day)
            return Counted(total, at.city, at.region, at.day, articles, who=row.record, of=of, beside=beside)

        yield from _told(found, told)


def _told(found: Overrun | None, told: Callable[[str, tuple[str, ...]], Counted]) -> Iterator[Counted]:
    if found is None:
        yield told(LAW_UNKNOWN, ())
        return
    each: list[tuple[Verdict, tuple[str, ...]]] = [(verdict, (article,)) for article, verdict in found.by_article]
    each = each or [(found.verdict, ())]
    for verdict, articles in each:
        if verdict is not Verdict.IN_TIME:
            yield told(verdict, articles)
        if verdict is found.verdict is Verdict.BY_THE_SHORTER_LIMIT:
            yield told(verdict, articles)._replace(total=ONE, beside=verdict)


def _said(facts: Facts, *kinds: int) -> Mapping[bytes, list[Said]]:
    """The entries of each record, those too that were taken back: they tell until when something was heard of it."""
    found: dict[bytes, list[Said]] = defaultdict(list)
    for kind in kinds:
        stand = {(row.record, row.version) for row in facts.known(kind)}
        for row in facts.ever_known(kind):
            found[row.record].append((row, (row.record, row.version) in stand))
    for said in found.values():
        said.sort(key=lambda one: one[0].version)
    return found


def _files(facts: Facts) -> Callable[[bytes], tuple[bytes, ...]]:
    """All files of whoever has this one."""
    joined, files = Ties(), defaultdict[Tie, set[bytes]](set)
    pairs = facts.joined()
    for pair in pairs:
        joined.bind(pair)
    for file in chain.from_iterable(pairs):
        files[joined.root(file)].add(file)
    return lambda file: tuple(sorted(files.get(joined.root(file), {file})))


_answers: dict[tuple[Hashable, ...], Overrun | None] = {}


def _answer(detention: bytes, told: Sequence[Said], in_cases: Sequence[Said], files: tuple[bytes, ...]) -> Overrun | None:
    """What the law says. The positions of what was told, of a detention, are what it was told: no two entries have one."""
    key = (detention, files, *(row.known_from if stands else -row.known_from for row, stands in (*told, *in_cases)))
    if key not in _answers:
        if len(_answers) >= ANSWERS_KEPT:
            _answers.clear()  # at once: whoever takes them out one by one meets another thread that does
        _answers[key] = _asked(detention, told, in_cases, files)
    return _answers[key]


def _asked(detention: bytes, told: Sequence[Said], in_cases: Sequence[Said], files: tuple[bytes, ...]) -> Overrun | None:
    """At the moment when the last of these was told."""
    last = max((row.told for row, _ in (*told, *in_cases)), default=0)
    standing = [entry_in(row, OF_CUSTODY) for row, stands in told if stands]
    acts = [entry_in(row, OF_CASE) for row, stands in in_cases if stands]
    question = custody_in(standing, acts, detention, files)
    if question is None:
        return None
    law, facts, zone = question
    clocks = law.holding(facts, datetime.fromtimestamp(last, UTC) + CLOCK_TOLERANCE, zone)
    return overrun_in(clocks, (charge.article for charge in facts.charges))


OVERRUNS = Definition(
    "overruns",
    1,
    ("detentions longer than the law allows", "задержания дольше, чем допускает закон"),
    (
        "Detentions recorded one by one in which somebody was held longer than the law allows; who was held too long twice "
        "counts twice. Russian law: 3 hours from delivery to the station (KoAP 27.5(1)), or 48 where the article carries "
        "administrative arrest or expulsion (KoAP 27.5(3)), of an intoxicated person from sobering (KoAP 27.5(4)); whatever "
        "the article, 48 hours from the restriction of movement without a court's decision (Constitution, art. 22(2)), also of "
        "a suspect (UPK 94(2)), and 72 hours after a judge prolonged them (UPK 108(7)). The clocks are those of the case file, "
        "for the entries known at the position. At the low end is who was over the limit whichever reported time is true; at "
        "the high end also who was for some of them. Where it is not known which of two limits is the right one (no protocol, "
        "an article without its part, nobody said whether a foreigner), the low end takes the longer one, and the column "
        "beside says how many were surely over the shorter. Nobody is taken for intoxicated of whom it was not reported. "
        "Beside, and in no total: a time is missing on which it depends; no end of the holding is known; the law of the "
        "country is not on record. Category: the articles recorded under which the limit was overrun; a detention with several "
        "is in several rows.",
        "Задержания, записанные поимённо, при которых человека держали дольше, чем допускает закон; кого дважды держали "
        "слишком долго, учтён дважды. Право России: 3 часа от доставления в отдел (ч. 1 ст. 27.5 КоАП) или 48, если статья "
        "предусматривает арест или выдворение (ч. 3 ст. 27.5 КоАП), для лица в состоянии опьянения — от вытрезвления (ч. 4 ст. "
        "27.5 КоАП); при любой статье — 48 часов от ограничения свободы передвижения без решения суда (ч. 2 ст. 22 "
        "Конституции), в том числе для подозреваемого (ч. 2 ст. 94 УПК), и 72 часа после продления судьёй (п. 3 ч. 7 ст. 108 "
        "УПК). Сроки — те же, что в карточке человека, по записям, известным на этот номер события. К нижней границе — те, чей "
        "срок превышен при любом из сообщённых времён; к верхней — и те, у кого он превышен при некоторых. Если неизвестно, "
        "какой из двух сроков верен (протокола нет, часть статьи неизвестна, о гражданстве не сообщали), к нижней границе "
        "берётся больший, а в графе рядом — сколько людей точно держали дольше меньшего. Состояние опьянения учитывается, "
        "только если о нём сообщили. Рядом и вне итогов: не хватает времени, от которого зависит ответ; конец удержания "
        "неизвестен; право страны не внесено. Категория — записанные статьи, по которым срок превышен; задержание с "
        "несколькими статьями стоит в нескольких строках.",
    ),
    count,
    ties,
    (statistics.PROTEST, statistics.DETENTION, RESTRAINED, LET_GO, IN_CUSTODY, CASE, IN_A_CASE),
    (ARTICLES,),
    (*EVERYWHERE, *OF_WHOM),
    WHOM,
    is_of_people=True,
    columns={
        Verdict.BY_THE_SHORTER_LIMIT: (
            "of these, surely over if the shorter limit was the right one",
            "из них точно превышен срок, если верен меньший",
        ),
        Verdict.CANNOT_TELL: ("a time is missing on which it depends", "не хватает времени, от которого зависит ответ"),
        Verdict.NO_KNOWN_END: ("no known end", "конец удержания неизвестен"),
        LAW_UNKNOWN: ("law not on record", "право страны не внесено"),
    },
)
