"""How a code reads inside a sentence, where its label would not: "by the National Guard", «сотрудниками Росгвардии».

A label is made for a list or a form; a sentence needs an article, a case or a verb. What is missing here is told by its label,
and `unknown` by nothing at all: the sentence is then shorter. Russian forms avoid saying whether somebody is a man or a woman.
"""

from collections.abc import Mapping

from domain.vocabulary import Vocabulary
from domain.vocabulary.custody import (
    AGENCIES,
    CIRCUMSTANCES,
    COUNSEL_REFUSALS,
    DEVICES,
    IDENTIFIED_BY,
    RELEASE_KINDS,
    SEARCH_OUTCOMES,
    STATEMENTS,
    THREATS,
)
from domain.vocabulary.general import SOURCE_KINDS
from domain.vocabulary.people import CONSENT_FORMS, CONSENT_GIVERS, RECOGNITIONS
from domain.vocabulary.protests import AGREEMENT, POLICE_MEASURES, PROTEST_ENDINGS, PROTEST_FORMS

_PHRASES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    AGENCIES.name: {  # "detained by ...", «задержание ...»
        "police": ("police", "сотрудниками полиции"),
        "riot_police": ("riot police (OMON)", "сотрудниками ОМОНа"),
        "national_guard": ("the National Guard (Rosgvardiya)", "сотрудниками Росгвардии"),
        "counter_extremism": ("the counter-extremism centre (Centre E)", "сотрудниками Центра «Э»"),
        "counter_terrorism": ("anti-terrorism officers", "сотрудниками антитеррора"),
        "security_service": ("the Federal Security Service (FSB)", "сотрудниками ФСБ"),
        "protective_service": ("the Federal Protective Service (FSO)", "сотрудниками ФСО"),
        "investigative_committee": ("the Investigative Committee", "сотрудниками Следственного комитета"),
        "transport_police": ("transport police", "сотрудниками транспортной полиции"),
        "military_police": ("military police", "сотрудниками военной полиции"),
        "border_service": ("the border service", "сотрудниками пограничной службы"),
        "bailiffs": ("court bailiffs", "судебными приставами"),
        "private_guards": ("private guards", "сотрудниками частной охраны"),
        "unidentified": ("people in plain clothes", "людьми в штатском"),
        "other": ("another agency", "сотрудниками другого органа"),
    },
    CIRCUMSTANCES.name: {
        "face_recognition": ("after face recognition", "после распознавания лиц"),
        "preventive": ("in advance of a protest", "до акции (превентивное)"),
        "at_the_gate": ("again on leaving custody (“carousel”)", "на выходе, повторное («карусель»)"),
    },
    RELEASE_KINDS.name: {
        "arrest_served": ("released after serving the arrest", "освобождение после отбытия ареста"),
        "case_ended": ("released (prosecution ended)", "освобождение (преследование прекращено)"),
        "unknown": ("released", "освобождение"),
    },
    COUNSEL_REFUSALS.name: {"no_reason": ("none", "не названо"), "other": ("another", "другое")},
    DEVICES.name: {  # "the phone taken away", «изъятие телефона»
        "phone": ("the phone", "телефона"),
        "computer": ("the computer", "компьютера"),
        "camera": ("the camera", "камеры"),
        "storage": ("a storage medium", "носителя данных"),
        "other": ("another device", "другого устройства"),
    },
    SEARCH_OUTCOMES.name: {
        "attempted": ("outcome not known", "итог неизвестен"),
        "read": ("its contents were read", "содержимое просмотрено"),
        "copied": ("its contents were copied", "содержимое скопировано"),
    },
    THREATS.name: {
        "criminal_case": ("threatened with criminal prosecution", "угроза уголовным преследованием"),
        "violence": ("threatened with violence", "угроза насилием"),
        "sexual_violence": ("threatened with sexual violence", "угроза сексуализированным насилием"),
        "longer_custody": ("threatened with longer custody", "угроза более долгим задержанием"),
        "family": ("threatened with harm to family", "угроза причинить вред семье"),
        "children_taken": ("threatened with taking the children", "угроза изъятием детей"),
        "work_or_study": ("threatened with loss of work or study", "угроза увольнением или отчислением"),
        "conscription": ("threatened with conscription or the front", "угроза призывом в армию или отправкой на фронт"),
        "deportation": ("threatened with deportation", "угроза высылкой"),
        "other": ("threatened in another way", "иная угроза"),
        "unknown": ("threatened", "угроза"),
    },
    STATEMENTS.name: {
        "explanation": ("written explanation obtained under pressure", "под давлением даны письменные объяснения"),
        "confession": ("confession obtained under pressure", "под давлением дано признание"),
        "apology_on_video": ("apology on video obtained under pressure", "под давлением записаны извинения на видео"),
        "blank_sheet": ("signature on blank paper obtained under pressure", "под давлением поставлена подпись на пустом листе"),
        "cooperation": ("consent to cooperate obtained under pressure", "под давлением дано согласие на сотрудничество"),
        "waiver_of_counsel": ("waiver of counsel obtained under pressure", "под давлением подписан отказ от защитника"),
        "other": ("another statement obtained under pressure", "под давлением даны другие показания"),
    },
    IDENTIFIED_BY.name: {
        "themselves": ("by their own account", "по собственным словам"),
        "relative": ("by a relative or friend", "со слов родственника или друга"),
        "lawyer": ("by a lawyer", "со слов адвоката"),
        "same_details": ("by the same name and details", "по совпадению имени и данных"),
        "other": ("in another way", "иным способом"),
    },
    CONSENT_GIVERS.name: {
        "person": ("the person", "самим человеком"),
        "relative": ("a relative", "родственником"),
        "guardian": ("a parent or guardian", "родителем или опекуном"),
        "counsel": ("counsel", "защитником"),
    },
    CONSENT_FORMS.name: {"spoken": ("by word of mouth", "устно"), "written": ("in writing", "письменно")},
    RECOGNITIONS.name: {
        "political_prisoner": ("as a political prisoner", "статус политзаключённого признан"),
        "prisoner_of_conscience": ("as a prisoner of conscience", "статус узника совести признан"),
        "politically_persecuted": ("as politically persecuted", "преследование признано политически мотивированным"),
    },
    PROTEST_FORMS.name: {
        "other": ("protest in another form", "акция в другой форме"),
        "unknown": ("protest", "акция"),
    },
    AGREEMENT.name: {
        "agreed": ("agreed with the authorities", "акция согласована с властями"),
        "not_agreed": ("not agreed with the authorities", "акция не согласована с властями"),
        "not_required": ("no agreement with the authorities required", "согласование с властями не требовалось"),
    },
    POLICE_MEASURES.name: {"other": ("another police measure", "другая мера полиции")},
    PROTEST_ENDINGS.name: {
        "by_itself": ("the protest ended by itself", "акция завершилась сама"),
        "dispersed": ("the protest was dispersed by police", "акция разогнана полицией"),
        "all_detained": ("the protest ended with everyone detained", "все участники задержаны, акция завершилась"),
        "called_off": ("the protest was called off", "акция отменена"),
        "did_not_happen": ("the protest did not take place", "акция не состоялась"),
        "unknown": ("the protest ended", "акция завершилась"),
    },
    SOURCE_KINDS.name: {
        "detainee": ("according to the detained person", "со слов самого задержанного человека"),
        "witness": ("according to a witness", "со слов очевидца"),
        "relative": ("according to a relative or friend", "со слов родственника или друга"),
        "lawyer": ("according to a lawyer", "со слов адвоката или защитника"),
        "monitor": ("according to a monitor", "по сообщению наблюдателя"),
        "partner": ("according to a partner organisation", "по данным партнёрской организации"),
        "media": ("according to the press", "по сообщениям СМИ"),
        "photograph": ("from a photograph or video", "по фотографии или видео"),
        "social_media": ("according to social media", "по сообщениям в социальных сетях"),
        "document": ("from a document", "по документу"),
        "authorities": ("according to the authorities", "по данным официальных органов"),
        "dataset": ("from a published data set", "по опубликованному набору данных"),
        "unknown": ("source not known", "источник неизвестен"),
    },
}


def phrase(vocabulary: Vocabulary, code: str, language: str) -> str:
    """The code as a sentence needs it; "" for an answer nobody has."""
    forms = _PHRASES.get(vocabulary.name, {}).get(code)
    if forms is not None:
        return forms[language == "ru"]
    return "" if code == "unknown" else vocabulary.label(code, language)
