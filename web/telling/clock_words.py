"""The words for clocks, in English and Russian: what each code of `domain/law/answers.py` is called."""

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

CLOCKS: Words = {
    "custody_3h": ("3 hours of administrative detention", "3 часа административного задержания"),
    "custody_48h": ("48 hours of administrative detention", "48 часов административного задержания"),
    "without_court_48h": ("48 hours without a court's decision", "48 часов без решения суда"),
    "to_court_48h": ("48 hours of a suspect's detention", "48 часов задержания подозреваемого"),
    "prolonged_72h": ("72 hours by which a court prolonged a suspect's detention", "72 часа, на которые суд продлил задержание"),
    "call": ("one call within 3 hours", "один телефонный разговор в течение 3 часов"),
    "hearing": ("hearing within 48 hours", "рассмотрение дела в течение 48 часов"),
    "suspect_protocol": ("protocol of a suspect's detention within 3 hours", "протокол задержания подозреваемого за 3 часа"),
    "prosecutor_told": ("prosecutor told within 12 hours", "сообщение прокурору в течение 12 часов"),
    "questioned": ("questioning within 24 hours", "допрос в течение 24 часов"),
    "suspect_call": ("a suspect's call within 3 hours", "телефонный разговор подозреваемого в течение 3 часов"),
    "suspect_relatives": ("relatives told within 12 hours", "уведомление близких в течение 12 часов"),
    "limitation": ("limitation: a ruling within a year of the act", "давность: постановление в течение года"),
    "appeal": ("appeal against the ruling", "жалоба на постановление"),
    "appeal_heard": ("appeal heard within two months", "рассмотрение жалобы в течение двух месяцев"),
    "arrest_appeal_heard": ("appeal against arrest heard within 24 hours", "рассмотрение жалобы на арест в течение суток"),
    "fine": ("payment of the fine", "уплата штрафа"),
    "remand_appeal": ("appeal against remand", "жалоба на заключение под стражу"),
    "sentence_appeal": ("appeal against the sentence", "апелляция на приговор"),
    "cassation": ("cassation appeal", "кассационная жалоба"),
}

FACTS: Words = {  # as a clock runs from it, or is stopped by it
    "restrained": ("restriction of movement", "ограничение свободы передвижения"),
    "delivered": ("delivery to the station", "доставление в отдел"),
    "sobered": ("sobering", "вытрезвление"),
    "released": ("release", "освобождение"),
    "ruled": ("the court's ruling", "решение суда"),
    "ended": ("release or the court's ruling", "освобождение или решение суда"),
    "charge_changed": ("the change of the accusation", "переквалификация"),
    "to_investigator": ("delivery to the investigator", "доставление к следователю"),
    "prolonged": ("the ruling that prolonged the detention", "решение о продлении задержания"),
    "call": ("the call", "телефонный разговор"),
    "hearing": ("the hearing", "рассмотрение дела"),
    "criminal_detention": ("the protocol of a suspect's detention", "протокол задержания подозреваемого"),
    "prosecutor_told": ("the notice to the prosecutor", "сообщение прокурору"),
    "questioned": ("the questioning", "допрос"),
    "relatives_told": ("the notice to relatives", "уведомление близких"),
    "parents_told": ("the notice to parents", "уведомление родителей"),
    "acted": ("the act", "событие"),
    "copy_received": ("receipt of the copy", "получение копии"),
    "appealed": ("the appeal", "жалоба"),
    "appeal_decided": ("the decision on the appeal", "решение по жалобе"),
    "in_force": ("the ruling's taking effect", "вступление в силу"),
    "paid": ("the payment", "уплата"),
    "executed": ("the end of the punishment", "исполнение наказания"),
    "remanded": ("the order of remand", "решение о заключении под стражу"),
    "remand_appealed": ("the appeal against remand", "жалоба на заключение под стражу"),
    "cassation_filed": ("the cassation appeal", "кассационная жалоба"),
    "final": ("the final domestic decision", "окончательное решение внутри страны"),
    "charge": ("the article recorded", "вменённая статья"),
    "changed": ("the change of the accusation", "переквалификация"),
    "delivery": ("the protocol of delivery", "протокол о доставлении"),
    "administrative_detention": ("the protocol of administrative detention", "протокол об административном задержании"),
    "offence": ("the protocol of the offence", "протокол об административном правонарушении"),
}

MISSING: Words = {
    "restrained": ("when movement was restricted is not known", "неизвестно время ограничения свободы передвижения"),
    "delivered": ("when delivered is not known", "неизвестно время доставления"),
    "sobered": ("when sober is not known", "неизвестно время вытрезвления"),
    "released": ("when released is not known", "неизвестно время освобождения"),
    "ruled": ("when a court decided is not known", "неизвестно время решения суда"),
    "charge_time": ("when the accusation was changed is not known", "неизвестно время переквалификации"),
    "to_investigator": ("when brought to the investigator is not known", "неизвестно время доставления к следователю"),
    "prolonged": ("when a court prolonged the detention is not known", "неизвестно время продления задержания"),
    "call": ("whether a call was made is not known", "неизвестно, был ли телефонный разговор"),
    "hearing": ("whether the case was heard is not known", "неизвестно, рассмотрено ли дело"),
    "criminal_detention": ("whether a protocol was drawn is not known", "неизвестно, составлен ли протокол"),
    "prosecutor_told": ("whether the prosecutor was told is not known", "неизвестно, сообщили ли прокурору"),
    "questioned": ("whether there was a questioning is not known", "неизвестно, был ли допрос"),
    "relatives_told": ("whether relatives were told is not known", "неизвестно, уведомлены ли близкие"),
    "parents_told": ("whether parents were told is not known", "неизвестно, уведомлены ли родители"),
    "delivery_protocol": ("no protocol of delivery is reported", "о протоколе доставления не сообщалось"),
    "administrative_detention_protocol": (
        "no protocol of administrative detention is reported",
        "о протоколе административного задержания не сообщалось",
    ),
    "offence_protocol": ("no protocol of the offence is reported", "о протоколе правонарушения не сообщалось"),
    "minor": ("whether a minor is not known", "неизвестно, есть ли 18 лет"),
    "foreigner": ("whether a foreigner is not known", "неизвестно, есть ли российское гражданство"),
    "intoxicated": ("whether intoxicated is not known", "неизвестно, было ли опьянение"),
    "acted": ("when the act happened is not known", "неизвестно время события"),
    "copy_received": ("when the copy was received is not known", "неизвестно время получения копии"),
    "copy_in_force": (
        "when the copy that took effect was received is not known",
        "неизвестно время получения вступившей в силу копии",
    ),
    "appealed": ("whether an appeal was filed is not known", "неизвестно, подана ли жалоба"),
    "appeal_decided": ("whether the appeal was decided is not known", "неизвестно, есть ли решение по жалобе"),
    "in_force": ("when the ruling took effect is not known", "неизвестно время вступления в силу"),
    "executed": ("when the punishment was carried out is not known", "неизвестно время исполнения наказания"),
    "remanded": ("when remand was ordered is not known", "неизвестно время заключения под стражу"),
    "final": ("the final domestic decision is not known", "неизвестно окончательное решение внутри страны"),
    "held": ("whether in custody is not known", "неизвестно, под стражей ли человек"),
    "working_days": ("the working days of that year are not on record", "рабочие дни того года не записаны"),
}

CONDITIONS: Words = {
    "before_protocol": ("no protocol seen yet: either limit may hold", "протокола ещё нет: возможны оба срока"),
    "article_unclear": ("the article does not say which limit holds", "по статье неясно, какой из сроков действует"),
    "unless_foreign": ("unless a foreigner", "если не иностранец"),
    "if_foreign": ("if a foreigner whom the article lets expel", "если иностранец и статья допускает выдворение"),
    "unless_expulsion": ("unless the article lets expel a foreigner", "если статья не допускает выдворения"),
    "if_expulsion": ("if the article lets expel a foreigner", "если статья допускает выдворение"),
}

NOTES: Words = {
    "article_unverified": ("what the article carries is not verified", "санкция статьи не проверена"),
    "no_release_reported": ("no release is reported", "об освобождении не сообщалось"),
    "end_disputed": ("some say released, some say not", "одни сообщают об освобождении, другие — что его нет"),
    "unless_intoxicated": (
        "unless intoxicated: then it runs from sobering",
        "если не было опьянения: иначе срок идёт с вытрезвления",
    ),
    "minor_disputed": (
        "a minor: 48 hours are disputed (KoAP 3.9(2), unverified rule)",
        "человек младше 18 лет: 48 часов спорны (ч. 2 ст. 3.9 КоАП, непроверенная норма)",
    ),
    "not_delivered_yet": ("not delivered yet: it has not begun", "доставления ещё не было: срок не начался"),
    "may_be_restored": ("a missed time may be restored on motion", "пропущенный срок можно восстановить по ходатайству"),
    "computed_effect": ("taking effect was computed, not reported", "вступление в силу вычислено, а не сообщено"),
    "not_reported:appealed": ("no appeal is reported", "о жалобе не сообщалось"),
    "not_reported:paid": ("no payment is reported", "об уплате не сообщалось"),
    "not_reported:remand_appealed": ("no appeal is reported", "о жалобе не сообщалось"),
    "not_reported:cassation_filed": ("no cassation appeal is reported", "о кассационной жалобе не сообщалось"),
}

ELAPSED: Words = {
    "on_the_way": ("from the restriction of movement to the station", "от ограничения свободы передвижения до отдела"),
    "since_restriction": ("since the restriction of movement", "с ограничения свободы передвижения"),
}

FLAGS: Words = {
    "article_not_in_force": ("the article was not in force when it happened", "в то время статья ещё не действовала"),
    "no_delivery_protocol": ("there is no protocol of delivery", "нет протокола о доставлении"),
    "no_administrative_detention_protocol": (
        "there is no protocol of administrative detention, a violation in itself",
        "нет протокола об административном задержании; это само по себе нарушение",
    ),
    "no_offence_protocol": ("there is no protocol of the offence", "нет протокола об административном правонарушении"),
    "not_relatives_told": ("relatives were not told", "близкие не уведомлены"),
    "not_parents_told": ("the parents of a minor were not told", "родители несовершеннолетнего не уведомлены"),
    "contradiction": ("the reports contradict each other", "сообщения противоречат друг другу"),
}

WINDOWS: Words = {
    "from_effect": (
        "UK 280.3: 365 days from a ruling under KoAP 20.3.3 taking effect",
        "ст. 280.3 УК: 365 дней со вступления в силу постановления по ст. 20.3.3 КоАП",
    ),
    "after_execution": (
        "UK 280.3, the other reading: until one year after the punishment was carried out",
        "ст. 280.3 УК, другое прочтение: до истечения года после исполнения",
    ),
    "more_than_two": (
        "UK 212.1: more than two rulings under KoAP 20.2 within 180 days",
        "ст. 212.1 УК: более двух постановлений по ст. 20.2 КоАП за 180 дней",
    ),
}

FORUMS: Words = {
    "ecthr": ("European Court of Human Rights", "Европейский суд по правам человека"),
    "un_wgad": ("UN Working Group on Arbitrary Detention", "Рабочая группа ООН по произвольным задержаниям"),
    "un_hrc": ("UN Human Rights Committee", "Комитет ООН по правам человека"),
}

OPENNESS: Words = {
    "open": ("open", "открыто"),
    "perhaps": ("perhaps open", "возможно, открыто"),
    "closed": ("closed", "закрыто"),
    "not_yet": ("not yet", "ещё нет"),
    "cannot_tell": ("cannot tell", "сказать нельзя"),
}

HEADINGS: Words = {
    "custody": ("Custody", "Задержание"),
    "missing": ("Missing", "Чего не хватает"),
    "statement": ("Statement of the overrun", "О превышении срока"),
    "case": ("Case", "Дело"),
    "windows": ("Windows in which one more act would be a crime", "Сроки, в которые новое деяние станет преступлением"),
}

UNVERIFIED = ("unverified rule", "непроверенная норма")
DAYS_UNVERIFIED = ("days in force not verified", "даты действия не проверены")
NOT_ADVICE = (
    "An aid for lawyers, not legal advice. Rules marked as unverified were not read in a source.",
    "Это подспорье для адвоката, а не юридическая консультация. Нормы с пометкой не проверены по источнику.",
)


def said(words: Words, code: str, language: str) -> str:
    """The words for a code; one newer than this table is shown as it stands."""
    english, russian = words.get(code, (code, code))
    return russian if language == "ru" else english
