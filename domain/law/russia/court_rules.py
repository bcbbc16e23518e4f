"""Russia: deadlines of appeals, fines and hearings, exposure windows, and the courts and bodies outside the country."""

from datetime import date

from domain.law.rules import Limit, Rule

LAST_DAY_OF_STRASBOURG = date(2022, 9, 16)
"""Facts after this day are outside the European Court's competence."""

COURT_RULES = (
    Rule(
        "koap-30.3",
        ("KoAP 30.3(1), 4.8", "ч. 1 ст. 30.3, ст. 4.8 КоАП"),
        (
            "An appeal is filed within ten sutki of handing over or receipt of the copy; the end stays on a non-working day.",
            "Жалоба подаётся в течение десяти суток со дня вручения или получения копии; с нерабочего дня срок не переносится.",
        ),
        Limit(10, "sutki"),
        valid_to=date(2024, 10, 28),
        checked=True,
    ),
    Rule(
        "koap-30.3",
        ("KoAP 30.3(1), 4.8 (364-FZ)", "ч. 1 ст. 30.3, ст. 4.8 КоАП (364-ФЗ)"),
        (
            "An appeal is filed within ten days of handing over or receipt of the copy; an end on a non-working day moves to the "
            "next working day.",
            "Жалоба подаётся в течение десяти дней со дня вручения или получения копии; если последний день нерабочий, срок "
            "переносится на следующий рабочий.",
        ),
        Limit(10, "days", "yes"),
        valid_from=date(2024, 10, 29),
        checked=True,
    ),
    Rule(
        "koap-31.1",
        ("KoAP 31.1", "ст. 31.1 КоАП"),
        (
            "A ruling takes effect when the time for an appeal is over, or when the appeal is decided.",
            "Постановление вступает в силу по истечении срока обжалования либо с решением по жалобе.",
        ),
    ),
    Rule(
        "koap-30.5-1.1",
        ("KoAP 30.5", "ст. 30.5 КоАП"),
        ("A court hears an appeal within two months.", "Жалоба рассматривается судом в двухмесячный срок."),
        Limit(2, "months"),
        checked=True,
    ),
    Rule(
        "koap-30.5-3",
        ("KoAP 30.5(3)", "ч. 3 ст. 30.5 КоАП"),
        (
            "A complaint against administrative arrest is heard within 24 hours, if the arrest is being served.",
            "Жалоба на административный арест рассматривается в течение суток, если лицо отбывает арест.",
        ),
        Limit(24),
    ),
    Rule(
        "koap-32.2",
        ("KoAP 32.2(1)", "ч. 1 ст. 32.2 КоАП"),
        (
            "A fine is paid within 60 days of the ruling's taking effect.",
            "Штраф уплачивается не позднее 60 дней со дня вступления постановления в силу.",
        ),
        Limit(60, "days", "unsure"),
        checked=True,
    ),
    Rule(
        "koap-20.25",
        ("KoAP 20.25(1)", "ч. 1 ст. 20.25 КоАП"),
        (
            "A fine not paid in time: double the fine, up to 15 days' arrest or 50 hours of work.",
            "Неуплата штрафа в срок: двойной штраф, арест до 15 суток или до 50 часов работ.",
        ),
        checked=True,
    ),
    Rule(
        "koap-4.5",
        ("KoAP 4.5", "ст. 4.5 КоАП"),
        (
            "For breaches of the law on assemblies a ruling is made within a year of the act; other articles are not here.",
            "По нарушениям законодательства о собраниях постановление выносится в течение года; для других статей срок здесь "
            "не записан.",
        ),
        Limit(12, "months"),
    ),
    Rule(
        "upk-108-11",
        ("UPK 108(11)", "ч. 11 ст. 108 УПК"),
        (
            "An appeal against remand is filed within three days.",
            "Жалоба на заключение под стражу подаётся в течение трёх суток.",
        ),
        Limit(3, "days", "unsure"),
    ),
    # Two versions that overlap: the day on which ten became fifteen was not read in a source, so for 2022 both are shown.
    Rule(
        "upk-389.4",
        ("UPK 389.4 (before it was changed)", "ст. 389.4 УПК (до изменения)"),
        (
            "A sentence is appealed within ten days; by somebody in custody, of receipt of the copy.",
            "Приговор обжалуется в течение 10 суток; содержащимся под стражей — со дня вручения копии.",
        ),
        Limit(10, "days", "unsure"),
        valid_to=date(2022, 12, 31),
        dates_checked=False,
    ),
    Rule(
        "upk-389.4",
        ("UPK 389.4", "ст. 389.4 УПК"),
        (
            "A sentence is appealed within fifteen days; by somebody in custody, of receipt of the copy.",
            "Приговор обжалуется в течение 15 суток; содержащимся под стражей — со дня вручения копии.",
        ),
        Limit(15, "days", "unsure"),
        valid_from=date(2022, 1, 1),
        dates_checked=False,
    ),
    Rule(
        "upk-401.3",
        ("UPK 401.3(4)", "ч. 4 ст. 401.3 УПК"),
        (
            "A cassation appeal is filed within six months of the sentence's taking effect; by somebody in custody, of receipt "
            "of the copy that took effect.",
            "Кассационная жалоба подаётся в течение шести месяцев со дня вступления приговора в силу; содержащимся под стражей — "
            "со дня вручения вступившей в силу копии.",
        ),
        Limit(6, "months", "unsure"),
        valid_from=date(2021, 3, 7),
        dates_checked=False,
    ),
    Rule(
        "uk-280.3",
        ("UK 280.3(1)", "ч. 1 ст. 280.3 УК"),
        (
            "A second act of the kind of KoAP 20.3.3 within one year is a crime: 365 days from the ruling's taking effect.",
            "Повторное деяние, подобное ст. 20.3.3 КоАП, в течение одного года — преступление: 365 дней со вступления "
            "постановления в силу.",
        ),
        Limit(365, "days"),
        checked=True,
    ),
    Rule(
        "koap-4.6",
        ("KoAP 4.6", "ст. 4.6 КоАП"),
        (
            "The other reading: until one year after the punishment was carried out.",
            "Другое прочтение: до истечения года со дня окончания исполнения постановления.",
        ),
        Limit(12, "months"),
    ),
    Rule(
        "uk-212.1",
        ("UK 212.1 (Constitutional Court, 2-P/2017)", "ст. 212.1 УК (КС, № 2-П/2017)"),
        (
            "A further breach is a crime when more than two rulings under KoAP 20.2 took effect within 180 days.",
            "Новое нарушение — преступление, если в течение 180 дней вступило в силу более двух постановлений по ст. 20.2 КоАП.",
        ),
        Limit(180, "days"),
    ),
    Rule(
        "ecthr-58",
        ("ECHR, art. 58(2); European Court of Human Rights", "п. 2 ст. 58 ЕКПЧ; Европейский суд"),
        (
            "The Court is competent for facts up to 16 September 2022 only.",
            "Суд рассматривает только события до 16 сентября 2022 года включительно.",
        ),
        checked=True,
    ),
    Rule(
        "ecthr-35",
        ("ECHR, art. 35(1)", "п. 1 ст. 35 ЕКПЧ"),
        (
            "An application is lodged within six months of the final domestic decision.",
            "Жалоба подаётся в течение шести месяцев с окончательного решения внутри страны.",
        ),
        Limit(6, "months"),
        valid_to=date(2022, 1, 31),
    ),
    Rule(
        "ecthr-35",
        ("ECHR, art. 35(1), Protocol 15", "п. 1 ст. 35 ЕКПЧ, Протокол № 15"),
        (
            "An application is lodged within four months of the final domestic decision.",
            "Жалоба подаётся в течение четырёх месяцев с окончательного решения внутри страны.",
        ),
        Limit(4, "months"),
        valid_from=date(2022, 2, 1),
    ),
    Rule(
        "un-wgad",
        ("UN Working Group on Arbitrary Detention", "Рабочая группа ООН по произвольным задержаниям"),
        (
            "No exhaustion of domestic remedies is needed.",
            "Исчерпание внутренних средств защиты не требуется.",
        ),
    ),
    Rule(
        "un-hrc",
        ("UN Human Rights Committee", "Комитет ООН по правам человека"),
        ("Domestic remedies must be exhausted first.", "Сначала должны быть исчерпаны внутренние средства защиты."),
    ),
)
