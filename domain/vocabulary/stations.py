"""Where people are held: what kind of place it is."""

from domain.vocabulary import Vocabulary

PLACE_KINDS = Vocabulary(
    "places of custody",
    {
        "police_station": ("police station", "отдел полиции"),
        "special_detention": ("special detention centre", "спецприёмник"),
        "temporary_detention": ("temporary detention facility", "изолятор временного содержания"),
        "pretrial_prison": ("pre-trial prison", "СИЗО"),
        "prison": ("prison or colony", "тюрьма или колония"),
        "court": ("court", "суд"),
        "investigators": ("investigators' office", "следственный отдел"),
        "military_office": ("military enlistment office", "военкомат"),
        "migration_centre": ("centre for foreigners", "центр содержания иностранных граждан"),
        "hospital": ("hospital", "больница"),
        "other": ("another place", "другое место"),
    },
)
