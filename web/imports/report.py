"""What an import did, or would do: numbers that add up, and every problem with its line."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from domain.errors import RuleBroken
from web.refusals import sentence

LISTED = 20
"""How many records that are no longer in the file are named; the rest is a number."""


@dataclass(frozen=True, slots=True)
class Note:
    """A problem or a remark about one row."""

    line: int
    sheet: str | None
    about: RuleBroken

    def told(self, language: str) -> str:
        """The note as a line of text."""
        row = "строка" if language == "ru" else "line"
        sheet = f"{'лист' if language == 'ru' else 'sheet'} {self.sheet}, " if self.sheet else ""
        return f"{sheet}{row} {self.line}: {sentence(self.about, language, in_a_file=True)}"


@dataclass(slots=True)
class Report:
    """`read` is `recorded` + `corrected` + `known` + `left_out` + `refused`. Rows without any content are `blank`, not read.

    A row is recorded when all its events are in the log for the first time; corrected when the source changed it since; known
    when nothing was to be done; left out when the mapping skips it; refused when nothing of it was recorded.
    """

    mapping: str
    file: Path
    dry_run: bool
    read: int = 0
    recorded: int = 0
    corrected: int = 0
    known: int = 0
    left_out: int = 0
    refused: int = 0
    blank: int = 0
    events: Counter[str] = field(default_factory=Counter)
    problems: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)
    gone: int = 0
    gone_records: list[UUID] = field(default_factory=list)
    refused_to: Path | None = None

    def lines(self, language: str) -> list[str]:
        """The report as lines of text."""
        words = _WORDS["ru" if language == "ru" else "en"]
        numbers = {"file": self.file.name, "mapping": self.mapping}
        told = [words["dry" if self.dry_run else "done"].format(**numbers)]
        counted = ("read", "recorded", "corrected", "known", *(("left_out",) if self.left_out else ()), "refused")
        told += [f"  {words[name]}: {getattr(self, name)}" for name in counted]
        if self.blank:
            told.append(f"  {words['blank']}: {self.blank}")
        if self.events:
            told.append(words["would" if self.dry_run else "events"])
            told += [f"  {topic}: {number}" for topic, number in sorted(self.events.items())]
        if self.gone:
            named = ", ".join(record.hex[-8:] for record in self.gone_records)
            more = ", …" if self.gone > len(self.gone_records) else ""
            told.append(words["gone"].format(number=self.gone, records=named + more))
        for name, notes in (("problems", self.problems), ("remarks", self.remarks)):
            if notes:
                told.append(words[name])
                told += [f"  {note.told(language)}" for note in notes]
        if self.refused_to is not None:
            told.append(words["refused_to"].format(file=self.refused_to))
        return told


_WORDS = {
    "en": {
        "done": "{file} was imported with the mapping {mapping}.",
        "dry": "Dry run of {file} with the mapping {mapping}: nothing was recorded.",
        "read": "rows read",
        "recorded": "recorded",
        "corrected": "corrected",
        "known": "already known",
        "left_out": "left out by the mapping",
        "refused": "refused",
        "blank": "rows without any content, not counted",
        "events": "Events recorded:",
        "would": "Events that would be recorded:",
        "gone": "Recorded earlier by this mapping, not in this file: {number} rows (records {records}). Nothing was withdrawn.",
        "problems": "Refused rows:",
        "remarks": "Recorded, with a remark:",
        "refused_to": "The refused rows, each with its reason, are in {file}.",
    },
    "ru": {
        "done": "{file} импортирован по схеме {mapping}.",
        "dry": "Пробный прогон {file} по схеме {mapping}: ничего не записано.",
        "read": "прочитано строк",
        "recorded": "записано",
        "corrected": "исправлено",
        "known": "уже известно",
        "left_out": "пропущено по правилу схемы",
        "refused": "отклонено",
        "blank": "строк без содержания (не в счёт)",
        "events": "Записаны события:",
        "would": "Были бы записаны события:",
        "gone": "Записано по этой схеме раньше, в этом файле нет: строк {number} (записи {records}). Ничего не отозвано.",
        "problems": "Отклонённые строки:",
        "remarks": "Записано с замечанием:",
        "refused_to": "Отклонённые строки с причинами сохранены в {file}.",
    },
}
