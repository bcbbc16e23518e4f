"""What a protest is, whether it was agreed with the authorities, and what the police did there.

"Not agreed" (несогласованная) says that the authorities did not agree to it, never that it was illegal.
"""

from domain.vocabulary import Vocabulary

PROTEST_FORMS = Vocabulary(
    "forms of protest",
    {
        "rally": ("rally", "митинг"),
        "march": ("march", "шествие"),
        "rally_and_march": ("rally and march", "митинг и шествие"),
        "demonstration": ("demonstration", "демонстрация"),
        "picket": ("picket", "пикет"),
        "single_picket": ("single-person picket", "одиночный пикет"),
        "gathering": ("gathering", "сход"),
        "assembly": ("public assembly", "публичное собрание"),
        "direct_action": ("direct action", "акция"),
        "leafleting": ("leafleting or agitation", "агитация"),
        "performance": ("performance", "перформанс"),
        "flash_mob": ("flash mob", "флешмоб"),
        "camp": ("protest camp", "протестный лагерь"),
        "motorcade": ("motorcade or bicycle ride", "автопробег или велопробег"),
        "hunger_strike": ("hunger strike", "голодовка"),
        "strike": ("strike", "забастовка"),
        "blockade": ("blockade", "блокада"),
        "display": ("display of a sign or symbol", "плакат, надпись или символ"),
        "memorial": ("laying flowers, memorial", "возложение цветов, памятная акция"),
        "court_support": ("support at a court or station", "поддержка у суда или отдела"),
        "information_stand": ("information stand", "информационный стенд"),
        "cultural": ("concert, festival or prayer", "концерт, праздник или молебен"),
        "other": ("another form", "другая форма"),
        "unknown": ("form not known", "форма неизвестна"),
    },
)

AGREEMENT = Vocabulary(
    "agreement with the authorities",
    {
        "agreed": ("agreed with the authorities", "согласована"),
        "not_agreed": ("not agreed with the authorities", "не согласована"),
        "not_required": ("no agreement required", "согласование не требуется"),
        "unknown": ("not known whether agreed", "неизвестно, согласована ли"),
    },
)

POLICE_MEASURES = Vocabulary(
    "police measures",
    {
        "area_closed": ("area closed", "территория перекрыта"),
        "transport_closed": ("station or transport closed", "закрыт транспорт или станция метро"),
        "kettling": ("people encircled", "оцепление людей"),
        "document_checks": ("document checks", "проверка документов"),
        "dispersal_ordered": ("dispersal ordered", "требование разойтись"),
        "searches_at_entry": ("searches at the entry", "досмотр на входе"),
        "presence": ("riot police present", "присутствие ОМОНа"),
        "communications_cut": ("mobile internet cut", "отключён мобильный интернет"),
        "notice_refused": ("agreement refused in advance", "отказ в согласовании"),
        "warning_visit": ("warning visits beforehand", "предупредительные визиты"),
        "other": ("another measure", "другая мера"),
    },
)

FORCE = Vocabulary(
    "use of force",
    {
        "beating": ("beating", "избиение"),
        "baton": ("batons", "дубинки"),
        "stun_gun": ("electric shock device", "электрошокер"),
        "tear_gas": ("tear gas or pepper spray", "слезоточивый газ"),
        "stun_grenade": ("stun grenade", "светошумовая граната"),
        "rubber_bullet": ("rubber bullets", "резиновые пули"),
        "water_cannon": ("water cannon", "водомёт"),
        "horses": ("horses", "конная полиция"),
        "dogs": ("dogs", "служебные собаки"),
        "firearms": ("firearms", "огнестрельное оружие"),
        "restraint": ("painful restraint", "болевой приём"),
        "other": ("other force", "иная сила"),
        "unknown": ("force of an unknown kind", "сила неизвестного вида"),
    },
)

PROTEST_ENDINGS = Vocabulary(
    "how a protest ended",
    {
        "by_itself": ("ended by itself", "завершилась сама"),
        "dispersed": ("dispersed by police", "разогнана полицией"),
        "all_detained": ("everyone was detained", "все участники задержаны"),
        "called_off": ("called off", "отменена"),
        "did_not_happen": ("did not take place", "не состоялась"),
        "unknown": ("how it ended is not known", "неизвестно, чем закончилась"),
    },
)
