"""How a SQLite file is opened by several processes at once: the event store and the views both are."""

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LOCK_TIMEOUT = 30
"""Seconds a writer waits for another one."""


def connected(connect: Callable[[], T]) -> T:
    """The connection that `connect` makes.

    Switching a fresh file to WAL does not wait for its lock as everything else does, so of two processes that open it first at
    the same time one is refused at once: it tries again, for as long as a writer would wait.
    """
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            return connect()
        except sqlite3.OperationalError as refused:
            if getattr(refused, "sqlite_errorname", "") != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
