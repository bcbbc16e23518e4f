"""The one page on which new credentials are shown, once: passphrase, QR code for the app, recovery codes."""

from urllib.parse import parse_qs, urlsplit

import segno
from flask import render_template

from web.access.credentials import Handed


def handed_out(handed: Handed, back: str, title: str) -> str:
    """The page. It is kept nowhere; whoever loses it needs new credentials."""
    return render_template("handed_out.html", handed=handed, back=back, title=title, picture=drawn(handed.address),
                           secret=secret_of(handed.address))  # fmt: skip


def drawn(address: str) -> str:
    """The QR code in half blocks, two rows a line, dark on light: a picture that needs neither a file nor an address."""
    rows = [list(row) for row in segno.make(address, error="m").matrix_iter(border=3)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    blocks = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(blocks[bool(up), bool(low)] for up, low in zip(*pair, strict=True)) for pair in pairs)


def secret_of(address: str) -> str:
    """The app's secret in groups of four, for typing."""
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
