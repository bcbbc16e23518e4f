"""The attributes of people that released tables are made of.

Who is counted is everybody detained in the quarter, once. What is known of them is read from the figures about people. Every
attribute gives everybody one value, so rows do not overlap and a margin is the sum of its cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.released_tables import OTHER, SEVERAL, TOTAL, UNKNOWN
from domain.vocabulary import Vocabulary
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.custody import CIRCUMSTANCES
from domain.vocabulary.general import ANSWERS
from domain.vocabulary.people import AGE_BANDS, GENDERS
from domain.vocabulary.proceedings import PENALTIES
from projections.figures import DEFINITIONS

FIGURE = DEFINITIONS["people_detained"]
"""Who is counted."""
ENOUGH_ANNOUNCED, MOST_LISTED = 30, 25
"""How many detentions must have been announced of a city, or in a month, for a row of its own, and how many rows there are at
most. That is public, so which there are tells nothing; and few announced would alone say how many can be in a cell.
"""

Said = tuple[str, str]
"""In English and in Russian."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is told of somebody by a dimension of a figure.

    `values` is the closed list, None where it depends on the quarter. Whoever the figure tells anything of has the value `as_one`
    where there is one; whom it does not tell of has `otherwise`.
    """

    name: str
    said: Said
    figure: str
    dimension: str
    values: Sequence[str] | None
    codes: Vocabulary | None = None
    labels: Mapping[str, Said] = field(default_factory=dict)
    as_one: str = ""
    otherwise: str = UNKNOWN
    only_listed: bool = False
    """Whether what is not on the list is left aside where something on it is told too, and is otherwise one."""
    rest: Sequence[str] = ()
    """Which of OTHER, SEVERAL and UNKNOWN there can be: of no cell must be known that it can hold nobody. Of cities and months
    all three are one: how many can be in the others alone would follow from what was announced of them."""
    sensitive: frozenset[str] = frozenset()

    def list_of(self, values: Sequence[str]) -> tuple[str, ...]:
        """All values of it in a table, with what has no value of its own, the margin last."""
        return (*values, *self.rest, TOTAL)


CITY = Attribute("city", ("city", "город"), "people_detained", "city", None, rest=(OTHER,))
MONTH = Attribute("month", ("month", "месяц"), "people_detained", "month", None, rest=(OTHER,))
CIRCUMSTANCE = Attribute(
    "circumstances",
    ("circumstances of the detention", "обстоятельства задержания"),
    "people_detained",
    "category",
    tuple(code for code in CIRCUMSTANCES if code != UNKNOWN),
    CIRCUMSTANCES,
    rest=(SEVERAL, UNKNOWN),
)
MINOR = Attribute(
    "minor",
    ("minor or adult", "несовершеннолетние и взрослые"),
    "minors",
    "category",
    ("yes", "no"),
    ANSWERS,
    {"yes": ("minor", "несовершеннолетние"), "no": ("adult", "взрослые")},
    otherwise="no",
    rest=(UNKNOWN,),
    sensitive=frozenset({"yes"}),
)
COUNSEL = Attribute(
    "counsel",
    ("refusal of counsel", "недопуск защитника"),
    "counsel_refused",
    "category",
    ("refused", "not_reported"),
    labels={
        "refused": ("counsel refused", "защитника не пустили"),
        "not_reported": ("no refusal reported", "о недопуске не сообщали"),
    },
    as_one="refused",
    otherwise="not_reported",
    sensitive=frozenset({"refused"}),
)
ILL_TREATED = Attribute(
    "ill_treatment",
    ("ill-treatment in custody", "жестокое обращение в заключении"),
    "ill_treatment",
    "category",
    ("reported", "not_reported"),
    labels={
        "reported": ("ill-treatment reported", "сообщали о жестоком обращении"),
        "not_reported": ("none reported", "не сообщали"),
    },
    as_one="reported",
    otherwise="not_reported",
    sensitive=frozenset({"reported"}),
)
AGE = Attribute(
    "age",
    ("age", "возраст"),
    "people_detained",
    "age_band",
    ("from_18_to_24", "from_25_to_34", "from_35_to_44", "from_45_to_59", "from_60"),
    AGE_BANDS,
    {OTHER: ("under 18, told differently, or not known", "младше 18, назван по-разному или неизвестен")},
    rest=(OTHER,),
)
"""How many of one age are minors would stand beside how many are said to be: those under 18 have no row of their own here."""
GENDER = Attribute("gender", ("gender", "пол"), "people_detained", "gender", ("woman", "man"), GENDERS, rest=(OTHER,))
_CHARGES = (
    "koap-19.3-1", "koap-20.1-1", "koap-20.2-2", "koap-20.2-5", "koap-20.2-6.1", "koap-20.2-8", "koap-20.2.2-1", "koap-20.3.3-1",
    "koap-20.6.1", "uk-207.3", "uk-212", "uk-280.3", "uk-318",
)  # fmt: skip
ARTICLE = Attribute(
    "article",
    ("article", "статья"),
    "articles",
    "category",
    (*_CHARGES, "not_reported"),
    ARTICLES,
    {"not_reported": ("no article reported", "о статье не сообщали")},
    otherwise="not_reported",
    rest=(OTHER, SEVERAL),
    sensitive=frozenset({*_CHARGES, OTHER, SEVERAL}),
)
OUTCOME = Attribute(
    "outcome",
    ("what a court ruled in the quarter", "решение суда за квартал"),
    "outcomes",
    "category",
    ("fine", "arrest", "work", "not_reported"),
    PENALTIES,
    {"not_reported": ("no ruling reported", "о решении не сообщали")},
    otherwise="not_reported",
    only_listed=True,
    rest=(OTHER, SEVERAL),
    sensitive=frozenset({"fine", "arrest", "work", OTHER, SEVERAL}),
)
