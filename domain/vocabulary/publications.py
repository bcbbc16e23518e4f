"""Why a number that would be announced is held back."""

from domain.vocabulary import Vocabulary

HOLDING_REASONS = Vocabulary(
    "reasons to hold a number back",
    {
        "danger": ("telling it now would endanger somebody", "назвать его сейчас опасно для кого-то"),
        "asked": ("those concerned asked for it", "об этом попросили те, кого это касается"),
        "doubtful": ("it is being checked", "число проверяется"),
        "disputed": ("reports about it contradict each other badly", "сообщения о нём слишком расходятся"),
        "unspecified": ("another reason", "другая причина"),
    },
)
