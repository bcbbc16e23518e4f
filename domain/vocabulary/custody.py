"""Detention and what happens in it: agencies, papers, counsel, devices, force, help and the ways out.

Words that must not be mixed (docs/words.md): задержание is detention by police, доставление delivery to the station,
административное задержание administrative detention (KoAP 27.3), административный арест a punishment,
задержание подозреваемого custody of a criminal suspect, заключение под стражу remand. None of them is simply "arrest".
"""

from domain.vocabulary import Vocabulary

CIRCUMSTANCES = Vocabulary(
    "circumstances of detention",
    {
        "at_protest": ("at a protest", "на акции"),
        "on_the_way": ("on the way to or from a protest", "по дороге на акцию или с акции"),
        "single_picket": ("at a single-person picket", "на одиночном пикете"),
        "face_recognition": ("later, after face recognition", "позже, по распознаванию лиц"),
        "at_home": ("at home or at work", "дома или на работе"),
        "preventive": ("in advance of a protest", "превентивно, до акции"),
        "at_the_gate": ("again on leaving custody (“carousel”)", "повторно на выходе («карусель»)"),
        "summoned": ("after coming on a summons", "после явки по вызову"),
        "at_the_border": ("at the border", "на границе"),
        "while_reporting": ("while working as a journalist", "при исполнении журналистских обязанностей"),
        "other": ("in other circumstances", "при других обстоятельствах"),
        "unknown": ("in unknown circumstances", "при неизвестных обстоятельствах"),
    },
)

AGENCIES = Vocabulary(
    "agencies",
    {
        "police": ("police", "полиция"),
        "riot_police": ("riot police (OMON)", "ОМОН"),
        "national_guard": ("National Guard (Rosgvardiya)", "Росгвардия"),
        "counter_extremism": ("counter-extremism centre (Centre E)", "Центр «Э»"),
        "counter_terrorism": ("anti-terrorism officers", "сотрудники антитеррора"),
        "security_service": ("Federal Security Service (FSB)", "ФСБ"),
        "protective_service": ("Federal Protective Service (FSO)", "ФСО"),
        "investigative_committee": ("Investigative Committee", "Следственный комитет"),
        "transport_police": ("transport police", "транспортная полиция"),
        "military_police": ("military police", "военная полиция"),
        "border_service": ("border service", "пограничная служба"),
        "bailiffs": ("court bailiffs", "судебные приставы"),
        "private_guards": ("private guards", "частная охрана"),
        "unidentified": ("people in plain clothes", "люди в штатском"),
        "other": ("another agency", "другой орган"),
        "unknown": ("not known by whom", "неизвестно кем"),
    },
)

PROTOCOL_KINDS = Vocabulary(
    "protocols",
    {
        "delivery": ("protocol of delivery (KoAP 27.2)", "протокол о доставлении (ст. 27.2 КоАП)"),
        "administrative_detention": (
            "protocol of administrative detention (KoAP 27.4)",
            "протокол об административном задержании (ст. 27.4 КоАП)",
        ),
        "offence": (
            "protocol of an administrative offence (KoAP 28.2)",
            "протокол об административном правонарушении (ст. 28.2 КоАП)",
        ),
        "criminal_detention": ("protocol of a suspect's detention (UPK 92)", "протокол задержания подозреваемого (ст. 92 УПК)"),
        "unknown": ("a protocol of unknown kind", "протокол неизвестного вида"),
    },
)

CALLS = Vocabulary(
    "calls",
    {
        "made": ("telephone call made", "телефонный разговор состоялся"),
        "refused": ("telephone call refused", "в телефонном разговоре отказано"),
    },
)

TOLD_OF_CUSTODY = Vocabulary(
    "who is told that somebody is held",
    {
        "relatives": ("relatives", "близкие"),
        "parents": ("parents or guardians of a minor", "родители или законные представители несовершеннолетнего"),
        "counsel": ("counsel", "защитник"),
        "work_or_study": ("the place of work or study", "место работы или учёбы"),
        "prosecutor": ("the prosecutor", "прокурор"),
        "consulate": ("the consulate of a foreigner", "консульство иностранца"),
    },
)

NOTICES = Vocabulary(
    "notices",
    {
        "given": ("told that the person is held", "о задержании уведомлены"),
        "refused": ("not told that the person is held", "о задержании не уведомлены"),
    },
)

STATUSES = Vocabulary(
    "what the limits of a custody depend on",
    {
        "foreigner": ("a foreigner", "иностранное гражданство"),
        "citizen": ("a citizen of the country", "российское гражданство"),
        "intoxicated": ("intoxicated", "состояние опьянения"),
        "not_intoxicated": ("not intoxicated", "опьянения не было"),
    },
)

RELEASE_KINDS = Vocabulary(
    "ways of release",
    {
        "without_protocol": ("released without a protocol", "освобождение без протокола"),
        "after_protocol": ("released after a protocol", "освобождение после составления протокола"),
        "undertaking_to_appear": ("released against an undertaking to appear", "освобождение под обязательство о явке"),
        "after_talk": ("released after a “preventive talk”", "освобождение после «профилактической беседы»"),
        "from_court": ("released from court", "освобождение из суда"),
        "to_parents": ("handed to parents or guardians", "передача родителям или законным представителям"),
        "to_hospital": ("taken to hospital and not brought back", "госпитализация без возвращения в отдел"),
        "to_remand": ("remanded in custody", "заключение под стражу"),
        "to_administrative_arrest": ("sent to serve administrative arrest", "отправка отбывать административный арест"),
        "arrest_served": ("after serving the arrest", "освобождение после отбытия ареста"),
        "case_ended": ("the prosecution was ended", "освобождение: преследование прекращено"),
        "escaped": ("got away", "уход из-под задержания"),
        "unknown": ("released, how is not known", "освобождение, как именно — неизвестно"),
    },
)

COUNSEL_REFUSALS = Vocabulary(
    "grounds given for refusing counsel",
    {
        "plan_krepost": ("“plan Krepost” (station sealed)", "план «Крепость»"),
        "no_warrant": ("no warrant or power of attorney", "нет ордера или доверенности"),
        "not_detained": ("“no such person here”", "«такого здесь нет»"),
        "wait": ("told to wait", "велели ждать"),
        "not_entitled": ("“not entitled to counsel”", "«защитник не положен»"),
        "no_reason": ("no reason given", "без объяснения причин"),
        "other": ("another ground", "другое основание"),
        "unknown": ("ground not known", "основание неизвестно"),
    },
)

BIOMETRICS = Vocabulary(
    "what was taken down",
    {
        "fingerprints": ("fingerprints", "отпечатки пальцев"),
        "photograph": ("photograph", "фотография"),
        "dna": ("saliva or DNA", "слюна, ДНК"),
        "voice": ("voice sample", "образец голоса"),
        "unknown": ("not known what", "неизвестно что"),
    },
)

HELP = Vocabulary(
    "help",
    {
        "legal": ("legal help", "юридическая помощь"),
        "medical": ("medical help", "медицинская помощь"),
        "food": ("food and things handed over", "передача"),
        "transport": ("a ride home", "помощь с дорогой домой"),
        "psychological": ("psychological help", "психологическая помощь"),
        "financial": ("a fine or bail paid", "оплата штрафа или залога"),
        "evacuation": ("help to leave the country", "помощь с отъездом"),
        "other": ("other help", "другая помощь"),
    },
)

DEVICES = Vocabulary(
    "devices",
    {
        "phone": ("phone", "телефон"),
        "computer": ("computer", "компьютер"),
        "camera": ("camera", "камера"),
        "storage": ("storage medium", "носитель данных"),
        "other": ("another device", "другое устройство"),
    },
)

SEARCH_OUTCOMES = Vocabulary(
    "outcomes of a device search",
    {
        "refused": ("access refused, not opened", "доступ не дан, не открыто"),
        "attempted": ("attempted, outcome not known", "пытались, итог неизвестен"),
        "unlocked_by_owner": ("unlocked by its owner under pressure", "разблокировано владельцем под давлением"),
        "unlocked_by_force": ("unlocked by force or by equipment", "вскрыто силой или аппаратурой"),
        "read": ("read", "просмотрено"),
        "copied": ("copied", "скопировано"),
        "unknown": ("not known", "неизвестно"),
    },
)

THREATS = Vocabulary(
    "threats",
    {
        "criminal_case": ("criminal prosecution", "уголовное дело"),
        "violence": ("violence", "насилие"),
        "sexual_violence": ("sexual violence", "сексуализированное насилие"),
        "longer_custody": ("longer custody", "более долгое задержание"),
        "family": ("harm to family", "угрозы семье"),
        "children_taken": ("taking the children", "изъятие детей"),
        "work_or_study": ("loss of work or study", "увольнение, отчисление"),
        "conscription": ("conscription or the front", "армия, отправка на фронт"),
        "deportation": ("deportation", "высылка"),
        "other": ("another threat", "другая угроза"),
        "unknown": ("a threat of unknown kind", "угроза неизвестного вида"),
    },
)

STATEMENTS = Vocabulary(
    "statements",
    {
        "explanation": ("written explanation", "объяснение"),
        "confession": ("confession", "признание"),
        "apology_on_video": ("apology on video", "извинения на видео"),
        "blank_sheet": ("signature on blank paper", "подпись на пустом листе"),
        "cooperation": ("consent to cooperate", "согласие на сотрудничество"),
        "waiver_of_counsel": ("waiver of counsel", "отказ от защитника"),
        "other": ("another statement", "другие показания"),
    },
)

ILL_TREATMENT = Vocabulary(
    "ill-treatment",
    {
        "beating": ("beating", "избиение"),
        "torture": ("torture, in the person's own words", "пытки, по словам человека"),
        "electric_shock": ("electric shock", "электрошок"),
        "suffocation": ("suffocation", "удушение"),
        "stress_position": ("stress position", "вынужденная поза"),
        "sexual_violence": ("sexual violence", "сексуализированное насилие"),
        "humiliation": ("humiliation", "унижение"),
        "no_food_or_water": ("no food or water", "без еды и воды"),
        "no_sleep": ("no place or chance to sleep", "без сна и спального места"),
        "no_medical_help": ("medical help refused", "отказ в медицинской помощи"),
        "cold_or_heat": ("cold or heat", "холод или жара"),
        "crowding": ("overcrowding", "переполненность"),
        "strip_search": ("strip search", "раздевание при досмотре"),
        "other": ("other ill-treatment", "иное жестокое обращение"),
        "unknown": ("ill-treatment of unknown kind", "жестокое обращение неизвестного вида"),
    },
)

IDENTIFIED_BY = Vocabulary(
    "how somebody was identified",
    {
        "themselves": ("said so themselves", "по собственным словам"),
        "relative": ("by a relative or friend", "со слов родственника или друга"),
        "photograph": ("from a photograph or video", "по фотографии или видео"),
        "document": ("from a document", "по документу"),
        "lawyer": ("by a lawyer", "со слов адвоката"),
        "same_details": ("same name and details", "совпадают имя и данные"),
        "other": ("otherwise", "иначе"),
        "unknown": ("how is not known", "как именно — неизвестно"),
    },
)

STILL_HELD = frozenset({"to_remand", "to_administrative_arrest"})
"""Ways of leaving the police that do not set a person free: these people stay in the count of those in custody."""

CONCERNS = Vocabulary(
    "what somebody held needs, or what is feared for them",
    {
        "counsel": ("needs counsel", "нужен защитник"),
        "medical": ("needs medical help", "нужна медицинская помощь"),
        "food_water": ("without food or water", "нет еды или воды"),
        "interpreter": ("needs an interpreter", "нужен переводчик"),
        "without_protocol": ("held without a protocol", "держат без протокола"),
        "ill_treatment": ("ill-treatment feared or reported", "сообщают о побоях или жестоком обращении"),
        "phone_taken": ("phone taken", "отобран телефон"),
        "no_contact": ("no contact", "нет связи"),
        "pressure": ("under pressure", "оказывают давление"),
        "unknown": ("nothing said about needs", "о нуждах ничего не сказано"),
    },
)
