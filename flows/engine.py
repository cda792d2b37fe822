"""Prefect made ready: which server runs the jobs, and with which settings.

Prefect reads its settings at import: it is imported here only once they are set.
"""

import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Final

from tasks.messages import Message, message

API_VARIABLE: Final = "PREFECT_API_URL"

# Defaults only: whoever sets one of these variables keeps their value.
SETTINGS: Final = {
    # 16 to 30 s on a slow machine, where Prefect would give up after 20.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # The ephemeral server ends with its process and would print a traceback about it.
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # The terminal shows our own progress and errors; Prefect's log is read in its UI.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}


def prepare() -> Message:
    """Choose the server and set the defaults; return the sentence to show while it starts."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    address = os.environ.get(API_VARIABLE)
    if not address:
        return message("Starting Prefect for this run (10 to 30 seconds)")
    if is_up(address):
        return message("Using the Prefect server at {address}", address=address)
    # An address that nobody answers would make every call of Prefect wait and fail.
    del os.environ[API_VARIABLE]
    return message("No Prefect server answers at {address}: starting one for this run", address=address)


def is_up(address: str) -> bool:
    """Tell whether a Prefect server answers at its API address, within two seconds."""
    if not address.startswith(("http://", "https://")):
        return False
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=2) as answer:  # noqa: S310 -- http(s) only, see above
            return bool(answer.status == 200)  # noqa: PLR2004 -- HTTP OK
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError):
        return False


@contextmanager
def server_coming_up() -> Iterator[None]:
    """Start Prefect's own server, where one is needed, beside what is done inside; at the end it is up.

    The first flow would start it and wait ten seconds; the imports of a job fit into that time. To be called after
    ``prepare``. Raises RuntimeError where the server does not come up.
    """
    from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_EPHEMERAL_ENABLED  # noqa: PLC0415 -- see above

    if PREFECT_API_URL.value() or not PREFECT_SERVER_EPHEMERAL_ENABLED.value():
        yield
        return
    from prefect.server.api.server import SubprocessASGIServer  # noqa: PLC0415 -- a second, only where it is needed

    with ThreadPoolExecutor(1) as beside:
        start = beside.submit(copy_context().run, SubprocessASGIServer().start)
        yield
        start.result()
