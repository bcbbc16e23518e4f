"""Proceedings: what courts hear, decide and punish with.

Words that must not be mixed (docs/words.md): административный арест is a punishment, заключение под стражу is remand before a
judgment, лишение свободы is imprisonment by a sentence.
"""

from domain.vocabulary import Vocabulary

PROCEEDING_KINDS = Vocabulary(
    "kinds of proceedings",
    {
        "administrative": ("administrative", "дело об административном правонарушении"),
        "criminal": ("criminal", "уголовное дело"),
        "unknown": ("kind not known", "вид дела неизвестен"),
    },
)

HEARING_KINDS = Vocabulary(
    "kinds of hearings",
    {
        "merits": ("on the merits", "по существу"),
        "remand": ("on custody before a judgment", "о мере пресечения"),
        "appeal": ("of an appeal", "по жалобе"),
        "other": ("on another question", "по другому вопросу"),
        "unknown": ("on what is not known", "по какому вопросу — неизвестно"),
    },
)

HEARING_OUTCOMES = Vocabulary(
    "outcomes of a hearing",
    {
        "adjourned": ("adjourned", "отложено"),
        "ruled": ("ended with a ruling", "завершено решением"),
        "sent_back": ("papers sent back", "материалы возвращены"),
        "not_held": ("did not take place", "не состоялось"),
        "unknown": ("outcome not known", "чем кончилось — неизвестно"),
    },
)

MOVING_GROUNDS = Vocabulary(
    "grounds for moving a hearing",
    {
        "counsel": ("counsel asked for it", "по ходатайству защитника"),
        "witnesses": ("witnesses did not come", "неявка свидетелей"),
        "not_brought": ("the person was not brought", "человека не доставили"),
        "court": ("the court's own reasons", "по решению суда"),
        "other": ("another ground", "другое основание"),
        "unknown": ("ground not known", "основание неизвестно"),
    },
)

RULINGS = Vocabulary(
    "rulings",
    {
        "guilty": ("found guilty", "признание виновным"),
        "acquitted": ("acquitted", "оправдание"),
        "terminated": ("proceedings ended", "прекращение дела"),
        "sent_back": ("papers sent back", "возвращение материалов"),
        "remanded": ("remanded in custody before a judgment", "заключение под стражу"),
        "prolonged": ("custody before a judgment prolonged", "продление срока задержания или стражи"),
        "other_measure": ("another measure before a judgment", "иная мера пресечения"),
        "unknown": ("ruling not known", "какое решение — неизвестно"),
    },
)
"""A finding and what decides of custody before one: the latter ends no case."""
INTERIM = frozenset({"remanded", "prolonged", "other_measure"})

PENALTIES = Vocabulary(
    "penalties",
    {
        "fine": ("fine", "штраф"),
        "work": ("compulsory work", "обязательные работы"),
        "arrest": ("administrative arrest", "административный арест"),
        "warning": ("warning", "предупреждение"),
        "expulsion": ("expulsion", "выдворение"),
        "imprisonment": ("imprisonment", "лишение свободы"),
        "suspended": ("suspended imprisonment", "условное лишение свободы"),
        "restriction": ("restriction of freedom", "ограничение свободы"),
        "other": ("another penalty", "другое наказание"),
        "unknown": ("penalty not known", "наказание неизвестно"),
    },
)

TERM_UNITS = Vocabulary(
    "units of a term",
    {
        "hours": ("hours", "часы"),
        "days": ("days", "сутки"),
        "months": ("months", "месяцы"),
        "years": ("years", "годы"),
        "unknown": ("unit not known", "единица неизвестна"),
    },
)

APPEALS = Vocabulary(
    "what is appealed",
    {
        "ruling": ("the ruling or sentence", "постановление или приговор"),
        "remand": ("custody before a judgment", "мера пресечения"),
        "cassation": ("what has taken effect (cassation)", "вступившее в силу решение (кассация)"),
        "other": ("another decision", "другое решение"),
        "unknown": ("what is not known", "что именно — неизвестно"),
    },
)

APPEAL_OUTCOMES = Vocabulary(
    "outcomes of an appeal",
    {
        "upheld": ("decision left as it was", "решение оставлено без изменения"),
        "eased": ("penalty eased", "наказание смягчено"),
        "worsened": ("penalty made worse", "наказание ужесточено"),
        "quashed": ("decision set aside", "решение отменено"),
        "sent_back": ("set aside and sent back", "отменено, возвращено на новое рассмотрение"),
        "not_heard": ("returned without being heard", "жалоба возвращена без рассмотрения"),
        "unknown": ("outcome not known", "чем кончилось — неизвестно"),
    },
)

SEARCHED_PLACES = Vocabulary(
    "what was searched",
    {
        "home": ("home", "жильё"),
        "relatives": ("home of relatives or friends", "жильё родных или знакомых"),
        "work": ("place of work or study", "место работы или учёбы"),
        "vehicle": ("vehicle", "автомобиль"),
        "person": ("the person", "личный досмотр"),
        "other": ("another place", "другое место"),
        "unknown": ("what is not known", "что именно — неизвестно"),
    },
)

CLOSINGS = Vocabulary(
    "ways in which proceedings end",
    {
        "executed": ("the penalty was carried out", "наказание исполнено"),
        "no_offence": ("no offence found", "отсутствие состава или события"),
        "limitation": ("time limit for punishing has passed", "истёк срок давности"),
        "reclassified": ("went on under another case", "передано в другое дело"),
        "severed": ("taken into a case of its own", "выделено в отдельное производство"),
        "amnesty": ("amnesty or pardon", "амнистия или помилование"),
        "other": ("ended otherwise", "завершено иначе"),
        "unknown": ("ended, how is not known", "завершено, как — неизвестно"),
    },
)
