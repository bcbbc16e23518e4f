"""A process that ends in the middle of its work, after any number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from projections.batch import Batch


class _Crash(BaseException):
    """Nothing in the program catches it."""


@contextmanager
def crashing(writer: Engine, statements: int) -> Iterator[None]:
    """The process ends when it sends one statement more than this, or commits then. Whatever was under way is lost."""
    left = statements

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _Crash

    send = Batch._run  # a batch sends its statements by the driver's own cursor, of which the engine hears nothing

    def counted(batch: Batch, sql: str, values: Any) -> Any:
        if values:
            count()
        return send(batch, sql, values)

    event.listen(writer, "before_cursor_execute", count)
    event.listen(writer, "commit", count)
    Batch._run = counted  # type: ignore[method-assign,assignment]
    try:
        yield
    except _Crash:
        pass
    finally:
        Batch._run = send  # type: ignore[method-assign]
        event.remove(writer, "before_cursor_execute", count)
        event.remove(writer, "commit", count)
