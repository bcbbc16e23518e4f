"""What is recorded of a person: kinds of names, scopes of consent, recognitions, why a lawyer has the file, and forgetting."""

from domain.vocabulary import Vocabulary

NAME_KINDS = Vocabulary(
    "kinds of names",
    {
        "full": ("full name", "полное имя"),
        "first": ("first name only", "только имя"),
        "pseudonym": ("pseudonym", "псевдоним"),
        "former": ("former or maiden name", "прежняя фамилия"),
        "heard": ("as it was heard", "как услышали"),
    },
)

CONSENT_SCOPES = Vocabulary(
    "scopes of consent",
    {
        "record_only": ("keep on record, show to nobody but counsel", "хранить, не показывать никому, кроме защитника"),
        "share_with_counsel": ("share with counsel", "передать защитнику"),
        "publish_full_name": ("publish the full name", "публиковать полное имя"),
        "publish_first_name": ("publish the first name or a pseudonym", "публиковать имя или псевдоним"),
        "publish_story": ("publish the story without a name", "публиковать историю без имени"),
        "submit_to_courts": ("submit to courts and UN bodies", "передавать в суды и органы ООН"),
    },
)

CONSENT_GIVERS = Vocabulary(
    "who gives consent",
    {
        "person": ("the person", "сам человек"),
        "relative": ("a relative", "родственник"),
        "guardian": ("a parent or guardian", "родитель или опекун"),
        "counsel": ("counsel", "защитник"),
    },
)

CONSENT_FORMS = Vocabulary(
    "how consent is given",
    {
        "spoken": ("spoken", "устно"),
        "written": ("written", "письменно"),
        "message": ("by message", "в сообщении"),
    },
)

GENDERS = Vocabulary(
    "genders",
    {
        "woman": ("woman", "женщина"),
        "man": ("man", "мужчина"),
        "other": ("another gender", "другой пол или гендер"),
        "unknown": ("gender not known", "пол неизвестен"),
    },
)

AGE_BANDS = Vocabulary(
    "age bands",
    {
        "under_14": ("under 14", "младше 14 лет"),
        "from_14_to_15": ("14–15", "14–15 лет"),
        "from_16_to_17": ("16–17", "16–17 лет"),
        "from_18_to_24": ("18–24", "18–24 года"),
        "from_25_to_34": ("25–34", "25–34 года"),
        "from_35_to_44": ("35–44", "35–44 года"),
        "from_45_to_59": ("45–59", "45–59 лет"),
        "from_60": ("60 and over", "60 лет и старше"),
        "unknown": ("age not known", "возраст неизвестен"),
    },
)
"""A band and never a date of birth: figures need no more, and a date would point at one person."""
UNDER_AGE = ("under_14", "from_14_to_15", "from_16_to_17")
"""The bands of minors."""

RECOGNITIONS = Vocabulary(
    "recognitions",
    {
        "political_prisoner": ("political prisoner", "политзаключённый"),
        "prisoner_of_conscience": ("prisoner of conscience", "узник совести"),
        "politically_persecuted": ("politically persecuted", "преследуется по политическим мотивам"),
    },
)

ASSIGNMENT_GROUNDS = Vocabulary(
    "reasons for giving or taking a file",
    {
        "asked_for": ("the person or the family asked for this lawyer", "этого защитника просит сам человек или семья"),
        "on_duty": ("on duty", "дежурство"),
        "nearer": ("nearer to where the person is held", "ближе к месту содержания"),
        "field": ("the other lawyer's field of law", "другая специализация"),
        "unavailable": ("ill, away or out of reach", "болезнь, отъезд или нет связи"),
        "overload": ("too many people at once", "слишком много дел"),
        "conflict": ("conflict of interest", "конфликт интересов"),
        "pressure": ("the lawyer is under pressure", "на защитника давят"),
        "refused": ("the person or the family refused this lawyer", "сам человек или семья отказались от этого защитника"),
        "left": ("no longer works here", "больше здесь не работает"),
        "concluded": ("the case is over", "дело окончено"),
        "other": ("another reason", "другая причина"),
    },
)

FORGETTING_VOICES = Vocabulary(
    "who asks for forgetting",
    {
        "person": ("the person", "сам человек"),
        "guardian": ("a parent or guardian", "родитель или опекун"),
        "heir": ("an heir of a person who died", "наследник умершего"),
    },
)

VERIFIED_BY = Vocabulary(
    "how a wish to be forgotten is verified",
    {
        "in_person": ("in person, face to face", "при личной встрече"),
        "known_contact": ("through a contact known before", "через известный ранее контакт"),
        "through_counsel": ("through counsel", "через защитника"),
        "document": ("by a document", "по документу"),
    },
)

FORGETTING_REASONS = Vocabulary(
    "reasons to be forgotten",
    {
        "wish": ("their wish, no reason given", "желание человека, причина не названа"),
        "danger": ("the record endangers them", "запись опасна для человека"),
        "danger_to_others": ("the record endangers others", "запись опасна для других"),
        "never_agreed": ("recorded without their consent", "записано без согласия"),
        "no_longer_needed": ("what it was kept for is over", "то, ради чего запись хранили, закончилось"),
    },
)

FORGETTING_ENDINGS = Vocabulary(
    "reasons not to forget after all",
    {
        "wish_changed": ("the wish changed", "желание изменилось"),
        "not_verified": ("the wish turned out not to be theirs", "оказалось, что просьба исходила не от них"),
        "wrong_file": ("it was another person's file", "это была карточка другого человека"),
        "postponed": ("put off with their agreement", "отложено с их согласия"),
    },
)

FORGETTING_BASES = Vocabulary(
    "grounds of a forgetting",
    {
        "request": ("an approved request in this file", "одобренная просьба в этой карточке"),
        "same_person": ("an approved request in another file of the person", "одобренная просьба в другой карточке человека"),
        "key_gone": ("the key was found destroyed", "ключ оказался уничтоженным"),
        "unknown": ("not recorded", "не указано"),
    },
)
