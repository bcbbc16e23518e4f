"""Reports as they come in: what becomes of one."""

from domain.vocabulary import Vocabulary

REPORT_OUTCOMES = Vocabulary(
    "what became of a report",
    {
        "worked_off": ("everything in it is recorded", "всё из него записано"),
        "duplicate": ("says what another report had said", "повторяет другое сообщение"),
        "nothing_to_record": ("holds nothing to record", "записывать нечего"),
        "not_understood": ("could not be understood", "понять не удалось"),
    },
)
