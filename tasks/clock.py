"""The one place that knows what time it is.

Everything else receives its instants as values, so that a test or a rehearsal of the afternoon can choose them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from tasks.errors import ConfigurationError
from tasks.messages import message

NOW_VARIABLE: Final = "RENCONTRES_NOW"


def now() -> datetime:
    """Return the current instant, aware and in UTC, or the one that ``RENCONTRES_NOW`` (ISO 8601) names.

    Raises ConfigurationError when the variable holds no ISO instant with an offset.
    """
    fixed = os.environ.get(NOW_VARIABLE)
    if not fixed:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise _no_instant(fixed) from error
    if instant.tzinfo is None:
        raise _no_instant(fixed)
    return instant.astimezone(UTC)


def _no_instant(text: str) -> ConfigurationError:
    return ConfigurationError(
        message("{text} is no instant with its offset.", text=text),
        where=NOW_VARIABLE,
        remedy=message("Write for example {example}, or unset it.", example="2026-11-23T02:30:00+01:00"),
    )


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let ``now()`` answer ``instant`` for a while: the demo plays months in a minute."""
    before = os.environ.get(NOW_VARIABLE)
    os.environ[NOW_VARIABLE] = instant.isoformat()
    try:
        yield
    finally:
        if before is None:
            del os.environ[NOW_VARIABLE]
        else:
            os.environ[NOW_VARIABLE] = before
