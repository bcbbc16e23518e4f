"""The text file for reports written without a connection, in any editor: one a line. It explains itself, and has its own number.

Lines that begin with "#" are not reports; "# City:" and "# Day:" hold for the lines below them.
"""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import RuleBroken
from domain.record import new_id
from web.hotline.written import MOST_LINES, Written

NAME = "reports.txt"
_NUMBER = re.compile(r"#.*?([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)
_CITY = re.compile(r"#\s*(?:city|город)(?:\s*/\s*(?:city|город))?\s*:(.*)", re.IGNORECASE)
_DAY = re.compile(r"#\s*(?:day|день)(?:\s*/\s*(?:day|день))?\s*:\s*(\S*)", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class LinesFile:
    """What a file says: its number and its lines."""

    number: UUID
    lines: tuple[Written, ...]


def template(day: date) -> str:
    """A file of its own for somebody to write in."""
    return f"""\
# Reports written without a connection / Сообщения, записанные без связи
# File / Файл: {new_id()}
# (The number above makes this file one of a kind: leave it. / Номер выше отличает этот файл от других: не меняйте его.)
#
# Write one report a line below, in any order, Russian or English; send the file as often as you like, also grown by new lines.
# Пишите ниже по одному сообщению в строке, в любом порядке, по-русски или по-английски; файл можно отправлять
# сколько угодно раз, дописывая новые строки.
# A line that was sent is not recorded again when it is changed: correct it on the pages.
# Отправленная строка после правки второй раз не запишется: исправляйте её на страницах.
# For another city or day write such a line again between the reports. / Для другого города или дня повторите такую строку.
#
# Tverskoye 15 people, 2 minors, van from Pushkinskaya, ~19:20
# Тверское 15 чел, автозак с Пушкинской, 2 несовершеннолетних, ~19:20
#
# City / Город:
# Day / День: {day.isoformat()}

"""


def read_lines(content: bytes) -> LinesFile:
    """What a file says. Raises RuleBroken `file_without_number`, `too_many_lines`."""
    number: UUID | None = None
    city, day = "", None
    lines: list[Written] = []
    for told in (line.strip() for line in _decoded(content).splitlines()):
        if told.startswith("#"):
            found = _NUMBER.match(told)
            number = number or (UUID(found[1]) if found is not None else None)
            if (named := _CITY.match(told)) is not None:
                city = named[1].strip()
            elif (dated := _DAY.match(told)) is not None:
                day = _day(dated[1])
        elif told:
            lines.append(Written(len(lines) + 1, told, city, day))
    if number is None:
        raise RuleBroken("file_without_number")
    if len(lines) > MOST_LINES:
        raise RuleBroken("too_many_lines", most=MOST_LINES)
    return LinesFile(number, tuple(lines))


def _decoded(content: bytes) -> str:
    """As editors write text: UTF-8, UTF-16, or the old Cyrillic page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", "replace")


def _day(said: str) -> date | None:
    dotted = _DOTTED.fullmatch(said)
    try:
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1])) if dotted is not None else date.fromisoformat(said)
    except ValueError:
        return None
