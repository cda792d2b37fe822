"""Prefect made ready: which server runs the jobs, and with which settings.

Prefect reads its settings at import: it is imported here only once they are set.
"""

import http.client
import os
import urllib.error
import urllib.request
from typing import Final

from tasks.messages import Message, message

API_VARIABLE: Final = "PREFECT_API_URL"

# Defaults only: whoever sets one of these variables keeps their value.
SETTINGS: Final = {
    # Up to 30 s on a slow machine, where Prefect would give up after 20.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # A server that ends with its process would print a traceback about it.
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
        return message("Starting Prefect for this run (5 to 20 seconds)")
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
