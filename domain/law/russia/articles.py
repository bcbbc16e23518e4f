"""Russia: the articles people are held under, what they carry, and so how long somebody may be held for them.

`hours`: 48 where an article carries administrative arrest or expulsion (KoAP 27.5(3)), otherwise 3. What is remembered and was
not read in a source is `checked=False`. Where a day is given, the article did not exist, or carried less, before it.
"""

from datetime import date
from functools import partial

from domain.law.rules import Article

ARMY = date(2022, 3, 4)
"""31-FZ and 32-FZ: "discrediting the army" and "fakes"."""
STRICTER = date(2014, 8, 4)
"""258-FZ: arrest for breaches at assemblies."""

_administrative = partial(Article, kind="administrative")
_criminal = partial(Article, kind="criminal", hours=None)

_ARREST_15 = ("fine or arrest up to 15 days", "штраф или арест до 15 суток")
_CARRIES_ARREST = ("carries administrative arrest", "предусматривает административный арест")

ARTICLES_IN_LAW = (
    _administrative("koap-5.35.1", hours=48, sanction=_CARRIES_ARREST),
    _administrative("koap-6.1.1", hours=48, sanction=_CARRIES_ARREST),
    _administrative("koap-18.8", hours=48, sanction=("fine, expulsion (KoAP 27.5(2))", "штраф, выдворение (ч. 2 ст. 27.5 КоАП)")),
    _administrative("koap-19.3-1", hours=48, sanction=_ARREST_15, checked=True),
    _administrative("koap-20.1-1", hours=48, sanction=_CARRIES_ARREST),
    _administrative(
        "koap-20.2",
        hours=None,
        sanction=("depends on the part, which is not known", "зависит от части, а она неизвестна"),
        checked=True,
    ),
    _administrative(
        "koap-20.2-2",
        hours=3,
        sanction=("no arrest yet", "арест ещё не предусмотрен"),
        valid_to=date(2014, 8, 3),
        dates_checked=False,
    ),
    _administrative(
        "koap-20.2-2",
        hours=48,
        sanction=("arrest up to 10 days", "арест до 10 суток"),
        valid_from=STRICTER,
        dates_checked=False,
    ),
    _administrative(
        "koap-20.2-5",
        hours=3,
        sanction=("fine of 10-20 thousand or up to 40 hours of work", "штраф 10–20 тысяч или до 40 часов работ"),
        checked=True,
    ),
    _administrative(
        "koap-20.2-6.1",
        hours=48,
        sanction=(
            "fine of 10-20 thousand, up to 100 hours of work or arrest up to 15 days",
            "штраф 10–20 тысяч, до 100 часов работ или арест до 15 суток",
        ),
        valid_from=STRICTER,
        checked=True,
        dates_checked=False,
    ),
    _administrative(
        "koap-20.2-8",
        hours=48,
        sanction=(
            "fine of 150-300 thousand, 40-200 hours of work or arrest up to 30 days",
            "штраф 150–300 тысяч, 40–200 часов работ или арест до 30 суток",
        ),
        valid_from=STRICTER,
        checked=True,
        dates_checked=False,
    ),
    _administrative("koap-20.2.2-1", hours=48, sanction=_CARRIES_ARREST),
    _administrative("koap-20.3-1", hours=48, sanction=_ARREST_15),
    _administrative(
        "koap-20.3.3-1",
        hours=3,
        sanction=("fine of 30-50 thousand", "штраф 30–50 тысяч"),
        valid_from=ARMY,
        checked=True,
    ),
    _administrative(
        "koap-20.3.3-2",
        hours=3,
        sanction=("fine up to 100 thousand", "штраф до 100 тысяч"),
        valid_from=ARMY,
        checked=True,
    ),
    _administrative("koap-20.3.4", hours=3, sanction=("fine up to 50 thousand", "штраф до 50 тысяч"), checked=True),
    _administrative("koap-20.6.1", hours=3, sanction=("warning or fine", "предупреждение или штраф")),
    _administrative(
        "koap-20.25",
        hours=48,
        sanction=(
            "double fine, arrest up to 15 days or up to 50 hours of work",
            "двойной штраф, арест до 15 суток или до 50 часов работ",
        ),
        checked=True,
    ),
    _criminal("uk-205.2", sanction=("imprisonment", "лишение свободы")),
    _criminal(
        "uk-207.3",
        sanction=("up to 15 years (widened in 2023)", "до 15 лет (расширена в 2023 году)"),
        valid_from=ARMY,
        checked=True,
    ),
    _criminal("uk-212", sanction=("imprisonment", "лишение свободы")),
    _criminal("uk-212.1", sanction=("up to 5 years", "до 5 лет"), valid_from=date(2014, 7, 22), dates_checked=False),
    _criminal("uk-213", sanction=("up to imprisonment", "вплоть до лишения свободы")),
    _criminal("uk-214", sanction=("up to imprisonment", "вплоть до лишения свободы")),
    _criminal(
        "uk-280.3",
        sanction=("a second act under KoAP 20.3.3 within one year", "повторное деяние по ст. 20.3.3 КоАП в течение года"),
        checked=True,
    ),
    _criminal("uk-318", sanction=("imprisonment", "лишение свободы")),
    _criminal("uk-319", sanction=("fine or work", "штраф или работы")),
    Article("other", "unknown", None, ("not recorded here", "здесь не записано"), checked=True),
    Article("unknown", "unknown", None, ("the article is not known", "статья неизвестна"), checked=True),
)
CRIMINAL = frozenset(article.code for article in ARTICLES_IN_LAW if article.kind == "criminal")
