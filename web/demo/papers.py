"""The files of the demonstration: a sheet that says what it is, as a picture and as a PDF. Made here, the same every time."""

import io

from PIL import Image, ImageDraw

LINES = ("FICTION", "Protocol of delivery No. 000", "This sheet was drawn by the demonstration.", "Nobody was ever given it.")


def paper(kind: str) -> bytes:
    """ "png" or "pdf"."""
    return _pdf() if kind == "pdf" else _png()


def _png() -> bytes:
    sheet = Image.new("RGB", (420, 300), "#f4f1e8")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((12, 12, 407, 287), outline="#777777")
    for number, line in enumerate(LINES):
        pen.text((36, 40 + 34 * number), line, fill="#333333")
    for row in range(4):
        pen.line((36, 190 + 22 * row, 380, 190 + 22 * row), fill="#bbbbbb")
    made = io.BytesIO()
    sheet.save(made, "PNG")
    return made.getvalue()


def _pdf() -> bytes:
    shown = b" ".join(b"(%s) Tj 0 -24 Td" % line.encode().replace(b"(", b"") for line in LINES)
    text = b"BT /F 14 Tf 72 740 Td " + shown + b" ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    begins = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, begins)
    return bytes(made)
