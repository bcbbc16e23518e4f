"""How people and machines reach the record: pages, imports and exports, and everything that needs a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask

    from web.wiring import Tracker

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def create_app(
    tracker: Tracker, *, is_demo: bool = False, hosts: Collection[str] = LOOPBACK, secret: bytes | None = None
) -> Flask:
    """The pages over an open installation.

    Nobody sees anything but the way in without an account. With `is_demo`, or where the settings say so, every page says that its
    data is fictional, and its accounts are open to whoever sits at this machine. `hosts` are the host names answered to, without
    port. `secret` signs the forms; without one, forms left open do not outlive the process.
    """
    # Here and not above: the stores and the command line are in this package too, and start without Flask.
    from web.frame import build

    return build(tracker, is_demo=is_demo or tracker.settings.is_demo, hosts=hosts, secret=secret)
