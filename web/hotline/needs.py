"""What a line says that people need, or that is feared for them: "без протокола", "needs lawyer", "телефоны забрали".

A phrase counts only where it is not denied: "не бьют" says nothing of a beating.
"""

import re

from web.hotline.pieces import Line, Said

_TAKE = r"(?:отобра|забра|изъя|отня|отбира|забира|изыма|отнима|выхват)\w*"
_PHONE = r"(?:телефон\w*|мобильн\w*|мобил\w*|сотов\w*|смартфон\w*|трубк\w+)"
_NEED = r"(?:нуж(?:ен|на|но|ны|да\w*)|треб\w+|прос(?:ит|ят|им|ила?)|ищ(?:ут|ет|ем)|надо|срочно(?: нуж\w+)?|хо(?:чет|тят))"
_NEED_EN = r"(?:needs?|needed|wants?|requests?|requires?|asks? for|asking for|looking for|urgent)"
_LAWYER = r"(?:адвокат\w*|защитник\w*|юрист\w*|юр\.? ?помощ\w*|юридическ\w+ помощ\w*)"
_LAWYER_EN = r"(?:lawyers?|attorneys?|counsel|solicitors?|legal (?:help|aid))"
_DOCTOR = (
    r"(?:врач\w*|доктор\w*|скор(?:ая|ую|ой)(?: помощ\w*)?|мед\.? ?помощ\w*|медицинск\w+ помощ\w*|медик\w*|лекарств\w*|инсулин\w*)"
)
_DOCTOR_EN = r"(?:doctors?|medics?|ambulances?|medical (?:help|aid|attention|care)|medicines?|insulin|paramedics?)"
_FED = r"(?:ед[ыу]|вод[ыу]|пить|есть|питья|воды и еды|еды и воды)"

_PHRASES = {
    "counsel": (
        rf"{_NEED} (?:\w+ )?{_LAWYER}",
        rf"{_LAWYER} (?:срочно )?(?:{_NEED}|нет|не было|не пуст\w*|не пуска\w*|не допуст\w*|не допуска\w*)",
        rf"(?:без|нет|не пуска\w+|не пустил\w*|не допуска\w+|не допустил\w*) (?:\w+ )?{_LAWYER}",
        rf"{_NEED_EN} (?:an? |some )?{_LAWYER_EN}",
        rf"(?:no|without|w/o) (?:an? )?{_LAWYER_EN}",
        rf"{_LAWYER_EN} (?:is |are |was |were )?"
        r"(?:needed|wanted|requested|urgent|not (?:let in|admitted|allowed)|refused|denied)",
    ),
    "medical": (
        rf"{_NEED} (?:\w+ )?{_DOCTOR}",
        rf"(?:вызвал\w*|вызвать|вызыва\w+|ждут|едет|не пуска\w+|без|нет) {_DOCTOR}",
        rf"{_DOCTOR} (?:срочно )?(?:{_NEED}|вызва\w+|не пуска\w+|нет)",
        r"ранен\w*|травм\w+|сломан\w*|перелом\w*|без сознания|кровотечени\w*|в крови|сотрясени\w*|сердечн\w+ приступ\w*",
        r"плохо (?:с сердцем|себя чувству\w+|стало|ему|ей|им)|(?:ему|ей|им|стало|человеку|девушке) плохо",
        rf"{_NEED_EN} (?:an? |some |his |her |their )?{_DOCTOR_EN}",
        rf"(?:no|without|w/o) (?:an? )?{_DOCTOR_EN}",
        rf"{_DOCTOR_EN} (?:is |was )?(?:needed|called|refused|denied|not let in)",
        r"injur(?:ed|y|ies)|wounded|bleeding|unconscious|fainted|broken (?:arm|leg|rib|ribs|nose|hand)|concussion",
    ),
    "food_water": (
        rf"(?:без|нет|не дают|не дали|не давали) (?:ни )?{_FED}(?: (?:и|или|ни|и ни) {_FED})?",
        r"не корм(?:ят|или)|не поят|голодн\w+|хотят (?:пить|есть)",
        r"(?:no|without|w/o|not given|given no|denied) (?:any )?(?:food|water)(?: (?:and|or|nor) (?:food|water))?",
        r"not fed|hungry|thirsty",
    ),
    "interpreter": (
        rf"{_NEED} (?:\w+ )?переводчик\w*|переводчик\w* (?:{_NEED}|нет)|без переводчик\w*|нет переводчик\w*",
        r"не (?:говор\w+|понима\w+) (?:по-русски|русск\w+)",
        rf"{_NEED_EN} (?:an? )?(?:interpreter|translator)|(?:no|without|w/o) (?:an? )?(?:interpreter|translator)",
        r"(?:speaks?|understands?) no russian|(?:doesn't|does not|don't|do not) (?:speak|understand) russian",
    ),
    "without_protocol": (
        r"(?:без|нет) (?:\w+ )?протокол\w*|протокол\w* (?:\w+ )?(?:нет|не (?:состав|да|показ|оформ|вед|выда)\w*)",
        r"не (?:составл\w+|составил\w*|оформл\w+|оформил\w*) (?:\w+ )?протокол\w*|без оформлени\w+|не оформля\w+|не оформил\w*",
        r"(?:without|no|w/o) (?:an? |any )?(?:protocols?|paperwork|papers)|(?:not|un) ?registered|no record made",
    ),
    "ill_treatment": (
        r"бьют|бил[иа]?|избит\w*|избива\w+|избил\w*|избиен\w+|побил\w*|побо[ия]\w*|пыта(?:ют|ли|ет)|пытк\w+|пытают\w*",
        r"(?:электро)?шокер\w*|электрошок\w*|дубинк\w+|душ(?:ат|или)|издева\w+|жестк\w+ (?:задержа\w+|обраща\w+)|применя\w+ силу",
        r"beaten(?: up)?|beat(?:ing|ings)?(?: up)?|beats?|tortur\w*|tas(?:er|ers|ered|ed)|stun guns?|batons?|ill[- ]treat\w*",
        r"kicked|punched|strangled|choked|humiliated|mistreat\w*",
    ),
    "phone_taken": (
        rf"{_TAKE} (?:\w+ ){{0,2}}{_PHONE}|{_PHONE} (?:\w+ )?{_TAKE}|без {_PHONE}|нет {_PHONE}",
        r"(?:cell ?|mobile ?)?phones? (?:has been |have been |was |were |is |are |got |being |all )?"
        r"(?:taken|seized|confiscated|gone)(?: away)?",
        r"(?:took|taken|takes?|taking|seized|seizing|confiscated) (?:away )?(?:their |his |her |the |all |all the )?"
        r"(?:cell ?|mobile ?)?phones?",
        r"(?:no|without|w/o) (?:his |her |their |a )?phones?",
    ),
    "no_contact": (
        r"(?:нет|без|потерян\w*|потерял\w*|пропал\w*|прервал\w*) связ[иь]",
        r"связ[иь] (?:\w+ ){0,2}(?:нет|потерян\w*|пропал\w*|прервал\w*)",
        r"не (?:выход\w+|вышл[аи]|вышел) на связь|на связь не выход\w+|пропал\w* со связи",
        r"не отвеча(?:ет|ют)(?: на звонки)?|недоступ\w+",
        r"(?:телефон\w*|мобильн\w*) (?:выключен\w*|отключен\w*|не отвеча\w+)|неизвестно где|где он[аи]? неизвестно",
        r"(?:no|lost|without|w/o) contact|contact (?:was |is )?lost",
        r"(?:not|isn't|aren't) answering|no answer|unreachable|incommunicado",
        r"(?:can't|cannot|can not) (?:be )?reach(?:ed)?",
        r"phones? (?:is |are |was |were )?(?:off|switched off|dead)|out of (?:touch|reach)",
    ),
    "pressure": (
        r"давят|давлени\w+|угрож\w+|угроз\w+|запугива\w+|заставля\w+|принужда\w+|вынужда\w+|шантаж\w*|требуют подписать",
        r"(?:under |put under )?pressure[d]?|pressuring|threat\w*|coerc\w+|forced to (?:sign|confess|talk|testify)|intimidat\w+",
    ),
}
_DENIED = re.compile(r"(?:(?<!\w)(?:не|ни|нет|not|never|no|n't|don't|doesn't|isn't|aren't|without|без)\s+(?:\w+\s+)?)$")
_DENIES_ITSELF = re.compile(r"(?:не|нет|no|not|without|w/o|без)(?!\w)")
_NEEDS = tuple((code, re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])")) for code, phrases in _PHRASES.items())
_ALONE = {
    "counsel": re.compile(rf"(?:{_LAWYER}|{_LAWYER_EN})"),
    "medical": re.compile(rf"(?:{_DOCTOR}|{_DOCTOR_EN})"),
    "interpreter": re.compile(r"переводчик\w*|interpreter|translator"),
}
"""A need that is all that is said between two commas: "Тверское, 3 чел, адвокат!"."""


def find_needs(line: Line) -> None:
    """Take every phrase that says what is needed or feared."""
    for code, phrase in _NEEDS:
        for found in phrase.finditer(line.low):
            denied = _DENIED.search(line.low, 0, found.start())
            if denied is None or _DENIES_ITSELF.match(found[0]):
                line.take(found.start(), found.end(), Said.CONCERN, codes=(code,))
    for run in line.runs():
        for code, word in _ALONE.items():
            if len(run) == 1 and word.fullmatch(run[0].low.rstrip(".")):
                line.take(run[0].start, run[0].end, Said.CONCERN, codes=(code,))
