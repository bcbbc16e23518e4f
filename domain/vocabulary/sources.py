"""Sources on file: why they are relied on more or less, why what they said no longer counts, and how well a fact is borne out."""

from domain.vocabulary import Vocabulary

RATING_REASONS = Vocabulary(
    "reasons for a rating of a source",
    {
        "held_up": ("what it said was checked and held", "её сведения проверены и подтвердились"),
        "found_wrong": ("what it said was found wrong", "её сведения оказались неверны"),
        "known_longer": ("it is known for longer now", "с ней знакомы дольше"),
        "not_free": ("it cannot speak freely", "она не может говорить свободно"),
        "other": ("another reason", "другая причина"),
    },
)

RETRACTION_REASONS = Vocabulary(
    "reasons for a retraction of a source",
    {
        "took_back": ("the source took back what it said", "источник отказался от своих слов"),
        "found_false": ("what it said was found false", "сказанное оказалось ложным"),
        "not_itself": ("somebody else spoke in its name", "от имени источника говорил другой"),
        "other": ("another reason", "другая причина"),
    },
)

TIERS = Vocabulary(
    "how well a fact is borne out",
    {
        "confirmed": ("confirmed by document", "подтверждено документом"),
        "corroborated": ("corroborated", "подтверждено независимыми источниками"),
        "unverified": ("unverified", "не проверено"),
        "retracted": ("rests on a retracted source", "опирается только на отозванный источник"),
    },
)
"""Computed, never stored: from the best to the one that has nothing left to rest on."""
