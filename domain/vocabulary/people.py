"""What is recorded of a person: kinds of names, scopes of consent, recognitions."""

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

RECOGNITIONS = Vocabulary(
    "recognitions",
    {
        "political_prisoner": ("political prisoner", "политзаключённый"),
        "prisoner_of_conscience": ("prisoner of conscience", "узник совести"),
        "politically_persecuted": ("politically persecuted", "преследуется по политическим мотивам"),
    },
)
