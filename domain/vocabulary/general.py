"""Answers, sources and reasons: lists that every record uses. Source kinds and the reliability scale follow HURIDOCS."""

from domain.vocabulary import Vocabulary

ANSWERS = Vocabulary(
    "answers",
    {
        "yes": ("yes", "да"),
        "no": ("no", "нет"),
        "unknown": ("not known", "неизвестно"),
    },
)

SOURCE_KINDS = Vocabulary(
    "source kinds",
    {
        "detainee": ("the detained person", "сам задержанный"),
        "witness": ("a witness", "очевидец"),
        "relative": ("a relative or friend", "родственник или друг"),
        "lawyer": ("a lawyer", "адвокат или защитник"),
        "monitor": ("a monitor", "наблюдатель"),
        "partner": ("a partner organisation", "партнёрская организация"),
        "media": ("the press", "СМИ"),
        "photograph": ("a photograph or video", "фотография или видео"),
        "social_media": ("social media", "социальные сети"),
        "document": ("a document", "документ"),
        "authorities": ("the authorities", "официальные органы"),
        "dataset": ("a published data set", "опубликованный набор данных"),
        "unknown": ("an unknown source", "неизвестный источник"),
    },
)

RELIABILITY = Vocabulary(
    "reliability",
    {
        "highly_reliable": ("highly reliable", "весьма надёжный"),
        "reliable": ("reliable", "надёжный"),
        "doubtful": ("doubtful", "сомнительный"),
        "unreliable": ("unreliable", "ненадёжный"),
        "unknown": ("reliability not known", "надёжность неизвестна"),
    },
)

PRECISION = Vocabulary(
    "precision",
    {
        "address": ("address", "адрес"),
        "station": ("police station", "отдел полиции"),
        "street": ("street or square", "улица или площадь"),
        "district": ("district", "район"),
        "city": ("city", "город"),
        "region": ("region", "регион"),
        "country": ("country", "страна"),
        "unknown": ("not placed", "место не установлено"),
    },
)

REASONS = Vocabulary(
    "reasons for a correction or withdrawal",
    {
        "mistake": ("mistake in recording", "ошибка при записи"),
        "new_information": ("newer or better information", "новые или более точные сведения"),
        "source_changed": ("the source changed its record", "источник изменил свою запись"),
        "source_retracted": ("the source retracted", "источник отозвал сообщение"),
        "duplicate": ("recorded twice", "записано дважды"),
        "several_people": ("several people in one entry", "в одной записи несколько человек"),
        "withdrawn_by_mistake": ("withdrawn by mistake", "отозвано по ошибке"),
        "test": ("recorded as a test", "тестовая запись"),
        "other": ("another reason", "другая причина"),
    },
)
