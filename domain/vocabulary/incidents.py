"""Things done to people that are neither a protest nor, by themselves, a detention."""

from domain.vocabulary import Vocabulary

INCIDENT_CATEGORIES = Vocabulary(
    "categories of incidents",
    {
        "detention_or_charge": ("detention or criminal charge", "задержание или уголовное обвинение"),
        "physical_attack": ("physical attack", "нападение"),
        "property_damage": ("damage to equipment or property", "порча техники или имущества"),
        "search_or_seizure": ("search or seizure", "обыск или изъятие"),
        "summons": ("summons or warning", "вызов или предостережение"),
        "legal_order": ("subpoena or legal order", "судебное требование"),
        "prior_restraint": ("prior restraint on publication", "запрет публикации"),
        "border_stop": ("stop at the border", "остановка на границе"),
        "denial_of_access": ("denial of access", "недопуск"),
        "chilling_statement": ("threatening statement by officials", "угрозы со стороны властей"),
        "leak_case": ("prosecution of a leak", "дело об утечке"),
        "dismissal": ("dismissal or expulsion", "увольнение или отчисление"),
        "surveillance": ("surveillance", "слежка"),
        "threat": ("threat", "угроза"),
        "other": ("another incident", "другое событие"),
    },
)
