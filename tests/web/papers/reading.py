"""Papers as somebody reads them who was handed one: the words of every page, and whose words of the record are among them."""

import io
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from pypdf import PdfReader
from werkzeug.test import TestResponse

from domain.privacy import Sealed
from tests.web.site import Page, Site
from web.telling.opening import sealed_in

EVERYTHING = ["custodies", "clocks", "cases", "consent", "exhibits", "record", "withdrawn", "earlier", "sources", "working"]


def made(site: Site, person: UUID, *parts: str, **fields: Any) -> TestResponse:
    """The answer to the form, by default as it stands."""
    fields = {"language": site.language, **fields}
    return site.fill(f"/people/{person}/paper", **({"part": list(parts)} if parts else {}), **fields)


def whole_file(site: Site, person: UUID) -> list[Page]:
    """The pages on which the record of somebody's file is told."""
    first = site.page(f"/people/{person}")
    numbers = {int(number) for number in re.findall(r"[?&;]page=(\d+)", first.html)}
    return [first, *(site.page(f"/people/{person}?page={number}") for number in range(2, max(numbers, default=1) + 1))]


def reader(answer: TestResponse) -> PdfReader:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def words(answer: TestResponse) -> str:
    """Everything that can be read on a paper, on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader(answer).pages).split())


OF_A_CASE = {"case_number", "place", "when", "due", "acted"}
"""Said of a case that several people share, and of nobody in it."""


def strangers_words(site: Site, text: str, files: set[UUID], cases: Collection[UUID] = ()) -> set[str]:
    """What stands in this text and was sealed for anybody but these people, or is not sealed for them as well. Of what is sealed
    for all in these cases of theirs, their numbers, times and courts are nobody's."""
    tracker = site.tracker
    told = tracker.log.page(0, 100_000)
    texts = list({sealed for one in told for sealed in sealed_in(one.event)})
    opened: dict[Sealed, Any] = dict(zip(texts, tracker.vault.open_many(texts), strict=True))

    def is_own(text: Sealed) -> bool:
        return text.person in files or (text.person in cases and text.field in OF_A_CASE)

    own = {" ".join(words.split()) for sealed, words in opened.items() if is_own(sealed)}
    foreign = {" ".join(words.split()) for sealed, words in opened.items() if not is_own(sealed)}
    return {words for words in foreign - own if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)}
