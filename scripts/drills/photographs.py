"""Photographs with a mark in all that a camera writes into one."""

import io
import os

from PIL import Image

from scripts.drills.findings import Findings
from scripts.drills.flows import Flows
from scripts.drills.visitor import Answer, form_in


def photograph(mark: str, padding: int = 0) -> bytes:
    """`padding` bytes behind the picture make it larger than a form, with the mark once in each thousand."""
    picture = Image.effect_noise((120, 80), 50).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = exif[0x9286] = mark
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif, comment=mark.encode())
    spread = b"".join(os.urandom(1000) + mark.encode() for _ in range(padding // 1000))
    return made.getvalue() + spread


def deposited(flows: Flows, address: str, content: bytes) -> tuple[str, list[str]]:
    """An exhibit about the person of this file, over the pages: its address, and the marks that its page must show."""
    path, visitor = f"{address}/exhibits/new", flows.visitor
    page = visitor.get(path)
    refused = visitor.upload(page, path, {"kind": ""}, content)
    flows.findings.must(refused.status == 422, f"an exhibit of no kind was answered {refused.status}")
    values, marks = flows.filled(form_in(page))
    told = {name: value for name, value in values.items() if name not in ("file", "supports")}
    answer: Answer = visitor.upload(page, path, {**told, "kind": "photograph"}, content)
    flows.findings.must(answer.status == 303, f"an exhibit was answered {answer.status}")
    flows.findings.count("exhibits deposited")
    return answer.location.partition("?")[0], marks


def looked_at(flows: Flows, exhibit: str, content: bytes, marks: list[str], findings: Findings) -> None:
    """The page says what was told, the copy nothing else, and the original comes back byte for byte."""
    shown = flows.visitor.get(exhibit).text
    findings.must(all(mark in shown for mark in marks), "what was told of an exhibit is not on its page")
    copy, original = flows.visitor.get(f"{exhibit}/copy"), flows.visitor.get(f"{exhibit}/original")
    is_clean = copy.status == 200 and not flows.markers.found_in(copy.body, "")
    findings.must(is_clean, "a working copy holds what the camera wrote, or is none")
    findings.must(original.body == content, f"an original did not come back byte for byte ({original.status})")
