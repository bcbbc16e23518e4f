"""Articles people are held or charged under. The codes stand in the log; what each allows is in `domain/law/`.

Names follow KoAP (administrative offences) and UK (criminal code). An article that is missing here is recorded as `other`
with its words in the protocol, until it is added.
"""

from domain.vocabulary import Vocabulary

ARTICLES = Vocabulary(
    "articles",
    {
        "koap-5.35.1": ("KoAP 5.35.1", "ст. 5.35.1 КоАП"),
        "koap-6.1.1": ("KoAP 6.1.1 (battery)", "ст. 6.1.1 КоАП (побои)"),
        "koap-18.8": ("KoAP 18.8 (rules of stay)", "ст. 18.8 КоАП (режим пребывания)"),
        "koap-19.3-1": ("KoAP 19.3(1) (disobeying police)", "ч. 1 ст. 19.3 КоАП (неповиновение)"),
        "koap-20.1-1": ("KoAP 20.1(1) (disorderly conduct)", "ч. 1 ст. 20.1 КоАП (мелкое хулиганство)"),
        "koap-20.2": ("KoAP 20.2, part not known", "ст. 20.2 КоАП, часть неизвестна"),
        "koap-20.2-2": ("KoAP 20.2(2) (organiser without notice)", "ч. 2 ст. 20.2 КоАП (организация без уведомления)"),
        "koap-20.2-5": ("KoAP 20.2(5) (participant's breach)", "ч. 5 ст. 20.2 КоАП (нарушение участником)"),
        "koap-20.2-6.1": ("KoAP 20.2(6.1) (obstruction)", "ч. 6.1 ст. 20.2 КоАП (помехи)"),
        "koap-20.2-8": ("KoAP 20.2(8) (repeated)", "ч. 8 ст. 20.2 КоАП (повторное нарушение)"),
        "koap-20.2.2-1": ("KoAP 20.2.2(1) (mass presence)", "ч. 1 ст. 20.2.2 КоАП (массовое пребывание)"),
        "koap-20.3-1": ("KoAP 20.3(1) (banned symbols)", "ч. 1 ст. 20.3 КоАП (запрещённая символика)"),
        "koap-20.3.3-1": ("KoAP 20.3.3(1) (“discrediting” the army)", "ч. 1 ст. 20.3.3 КоАП («дискредитация» армии)"),
        "koap-20.3.3-2": ("KoAP 20.3.3(2) (“discrediting” the army, aggravated)", "ч. 2 ст. 20.3.3 КоАП («дискредитация» армии)"),
        "koap-20.3.4": ("KoAP 20.3.4 (calls for sanctions)", "ст. 20.3.4 КоАП (призывы к санкциям)"),
        "koap-20.6.1": ("KoAP 20.6.1 (emergency rules)", "ст. 20.6.1 КоАП (режим повышенной готовности)"),
        "koap-20.25": ("KoAP 20.25 (unpaid fine)", "ст. 20.25 КоАП (неуплата штрафа)"),
        "uk-205.2": ("UK 205.2 (“justifying terrorism”)", "ст. 205.2 УК («оправдание терроризма»)"),
        "uk-207.3": ("UK 207.3 (“fakes” about the army)", "ст. 207.3 УК («фейки» об армии)"),
        "uk-212": ("UK 212 (mass disorder)", "ст. 212 УК (массовые беспорядки)"),
        "uk-212.1": ("UK 212.1 (repeated breaches at assemblies)", "ст. 212.1 УК (неоднократные нарушения на акциях)"),
        "uk-213": ("UK 213 (hooliganism)", "ст. 213 УК (хулиганство)"),
        "uk-214": ("UK 214 (vandalism)", "ст. 214 УК (вандализм)"),
        "uk-280.3": ("UK 280.3 (repeated “discrediting” of the army)", "ст. 280.3 УК (повторная «дискредитация» армии)"),
        "uk-318": ("UK 318 (force against an official)", "ст. 318 УК (насилие к представителю власти)"),
        "uk-319": ("UK 319 (insulting an official)", "ст. 319 УК (оскорбление представителя власти)"),
        "other": ("another article", "другая статья"),
        "unknown": ("article not known", "статья неизвестна"),
    },
)
