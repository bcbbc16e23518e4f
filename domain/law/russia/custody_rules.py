"""Russia: how long somebody may be held, and what must be done meanwhile. One rule a sentence; see docs/law.md.

`checked` where the sentence was read in a source, not where it is remembered. Days are those on which the text took effect.
"""

from datetime import date

from domain.law.rules import Limit, Rule

CUSTODY_RULES = (
    Rule(
        "constitution-22-2",
        ("Constitution, art. 22(2)", "ч. 2 ст. 22 Конституции"),
        (
            "Without a court's decision nobody may be detained for more than 48 hours.",
            "До судебного решения лицо не может быть подвергнуто задержанию на срок более 48 часов.",
        ),
        Limit(48),
        checked=True,
    ),
    Rule(
        "koap-27.5-1",
        ("KoAP 27.5(1)", "ч. 1 ст. 27.5 КоАП"),
        (
            "Administrative detention lasts three hours at most.",
            "Срок административного задержания не должен превышать три часа.",
        ),
        Limit(3),
        checked=True,
    ),
    Rule(
        "koap-27.5-3",
        ("KoAP 27.5(3)", "ч. 3 ст. 27.5 КоАП"),
        (
            "It lasts 48 hours at most where the article carries administrative arrest or expulsion.",
            "Если статья предусматривает административный арест или выдворение, срок — не более 48 часов.",
        ),
        Limit(48),
        checked=True,
    ),
    Rule(
        "koap-27.5-3.1",
        ("KoAP 27.5(3.1)", "ч. 3.1 ст. 27.5 КоАП"),
        (
            "Exists as an exception from the three hours; its content was not read, and no clock applies it.",
            "Существует как исключение из трёх часов; содержание не прочитано, ни один срок по ней не считается.",
        ),
    ),
    Rule(
        "koap-27.5-4",
        ("KoAP 27.5(4)", "ч. 4 ст. 27.5 КоАП"),
        (
            "The time runs from delivery to the station; of an intoxicated person, from sobering.",
            "Срок исчисляется с момента доставления, для лица в состоянии опьянения — с момента вытрезвления.",
        ),
        checked=True,
    ),
    Rule(
        "koap-27.5-4-together",
        ("KoAP 27.5(4), last sentence", "ч. 4 ст. 27.5 КоАП, последнее предложение"),
        (
            "Sobering and detention together last no more than 48 hours from delivery (Constitutional Court, 25-P/2016).",
            "Вытрезвление и задержание вместе — не более 48 часов с момента доставления (КС, № 25-П/2016).",
        ),
        Limit(48),
        valid_from=date(2017, 1, 1),
        checked=True,
        dates_checked=False,  # the text was changed by a law of December 2017, the court had said so in November 2016
    ),
    Rule(
        "koap-27.2-2",
        ("KoAP 27.2(2)", "ч. 2 ст. 27.2 КоАП"),
        (
            "Delivery is carried out in the shortest possible time; no number is given.",
            "Доставление осуществляется в возможно короткий срок; числа закон не называет.",
        ),
        checked=True,
    ),
    Rule(
        "koap-27.3-3",
        ("KoAP 27.3(3)", "ч. 3 ст. 27.3 КоАП"),
        (
            "On request, relatives or counsel are told where the person is.",
            "По просьбе задержанного о месте его нахождения уведомляются родственники или защитник.",
        ),
        checked=True,
    ),
    Rule(
        "koap-27.3-4",
        ("KoAP 27.3(4)", "ч. 4 ст. 27.3 КоАП"),
        (
            "Of the detention of a minor the parents or guardians must be told.",
            "О задержании несовершеннолетнего обязательно уведомляются родители или законные представители.",
        ),
    ),
    Rule(
        "koap-27.2-3",
        ("KoAP 27.2", "ст. 27.2 КоАП"),
        ("A protocol of delivery is drawn up.", "О доставлении составляется протокол."),
    ),
    Rule(
        "koap-27.4",
        ("KoAP 27.4", "ст. 27.4 КоАП"),
        (
            "A protocol of administrative detention is drawn up; that there is none is a violation in itself.",
            "Об административном задержании составляется протокол; его отсутствие само по себе нарушение.",
        ),
    ),
    Rule(
        "koap-28.2",
        ("KoAP 28.2", "ст. 28.2 КоАП"),
        ("A protocol of the offence is drawn up.", "Об административном правонарушении составляется протокол."),
    ),
    Rule(
        "koap-29.6-4",
        ("KoAP 29.6(4)", "ч. 4 ст. 29.6 КоАП"),
        (
            "The case of a person in administrative detention is heard within 48 hours.",
            "Дело лица, подвергнутого административному задержанию, рассматривается не позднее 48 часов.",
        ),
        Limit(48),
    ),
    Rule(
        "koap-3.9-2",
        ("KoAP 3.9(2)", "ч. 2 ст. 3.9 КоАП"),
        (
            "Administrative arrest is not imposed on minors: whether they may be held for 48 hours is disputed.",
            "Административный арест не применяется к несовершеннолетним: 48 часов для них спорны.",
        ),
    ),
    Rule(
        "police-14",
        ("Police Act, art. 14", "ст. 14 Закона о полиции"),
        (
            "Detention by police runs from the actual restriction of movement; administrative detention runs under KoAP.",
            "Срок задержания полицией исчисляется с момента фактического ограничения свободы передвижения; "
            "административное задержание — по КоАП.",
        ),
        Limit(48),
        checked=True,
    ),
    Rule(
        "police-14-7",
        ("Police Act, art. 14(7)", "ч. 7 ст. 14 Закона о полиции"),
        (
            "Within three hours of detention the person may make one call.",
            "В кратчайший срок, но не позднее трёх часов с момента задержания, — право на один телефонный разговор.",
        ),
        Limit(3),
        checked=True,
    ),
    Rule(
        "upk-92-protocol",
        ("UPK 92(1)", "ч. 1 ст. 92 УПК"),
        (
            "Within three hours of delivery a protocol of the suspect's detention is drawn up.",
            "Не позднее трёх часов после доставления подозреваемого составляется протокол задержания.",
        ),
        Limit(3),
        checked=True,
    ),
    Rule(
        "upk-92-prosecutor",
        ("UPK 92(3)", "ч. 3 ст. 92 УПК"),
        (
            "Within twelve hours of detention the prosecutor is told in writing.",
            "В течение 12 часов с момента задержания о нём письменно сообщается прокурору.",
        ),
        Limit(12),
        checked=True,
    ),
    Rule(
        "upk-92-questioned",
        ("UPK 92(4), 46(2)", "ч. 4 ст. 92, ч. 2 ст. 46 УПК"),
        (
            "Within 24 hours of the actual detention the suspect is questioned, after a private meeting with counsel.",
            "Не позднее 24 часов с момента фактического задержания подозреваемый допрашивается, до допроса — "
            "свидание с защитником наедине.",
        ),
        Limit(24),
    ),
    Rule(
        "upk-96-call",
        ("UPK 96(1)", "ч. 1 ст. 96 УПК"),
        (
            "Within three hours of delivery a suspect may make one telephone call.",
            "Не позднее трёх часов с момента доставления подозреваемый имеет право на один телефонный разговор.",
        ),
        Limit(3),
        checked=True,
    ),
    Rule(
        "upk-96-relatives",
        ("UPK 96", "ст. 96 УПК"),
        (
            "Within twelve hours the suspect's relatives are told.",
            "Не позднее 12 часов о задержании подозреваемого уведомляются его близкие.",
        ),
        Limit(12),
    ),
    Rule(
        "upk-94",
        ("UPK 94(2)", "ч. 2 ст. 94 УПК"),
        (
            "48 hours after the actual detention a suspect is let go unless a court has decided otherwise.",
            "По истечении 48 часов с момента фактического задержания подозреваемый освобождается, если суд не решил иное.",
        ),
        Limit(48),
        checked=True,
    ),
    Rule(
        "upk-108-7",
        ("UPK 108(7)", "п. 3 ч. 7 ст. 108 УПК"),
        (
            "A judge may prolong a suspect's detention by 72 hours from the ruling.",
            "Судья вправе продлить срок задержания не более чем на 72 часа с момента вынесения решения.",
        ),
        Limit(72),
    ),
)
