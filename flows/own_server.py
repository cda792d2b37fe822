"""A Prefect server of this run's own: started at once, waited for only when the first flow needs it.

Prefect would start one itself, but only after importing the whole server into this process too: three seconds and
80 MB that nothing here needs.
"""

import atexit
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Final

from flows.engine import is_up
from tasks.errors import RencontresError
from tasks.messages import message

_HOST: Final = "127.0.0.1"
_POLL_SECONDS: Final = 0.05
# What looks after deployments: a server that lives as long as one run has none to look after.
_SERVICES_TO_LEAVE: Final = (
    "SCHEDULER",
    "LATE_RUNS",
    "FOREMAN",
    "TRIGGERS",
    "PAUSE_EXPIRATIONS",
    "CANCELLATION_CLEANUP",
    "REPOSSESSOR",
    "CLEANUP_RECONCILER",
)


@contextmanager
def own_server() -> Iterator[Callable[[], None]]:
    """Start a server where Prefect knows of none; what is yielded waits until it is up and makes Prefect use it.

    To be called after ``prepare``. Waiting raises RencontresError when the server does not come up. The server ends
    with the process, because Prefect sends the last lines of its log only there.
    """
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415 -- Prefect reads its settings then

    if PREFECT_API_URL.value():
        yield lambda: None
        return
    address = f"http://{_HOST}:{_free_port()}/api"
    with TemporaryFile() as log, temporary_settings({PREFECT_API_URL: address}):
        process = _started(address, log)
        yield lambda: _wait(process, address, log)


def _started(address: str, log: IO[bytes]) -> "subprocess.Popen[bytes]":
    port = address.removeprefix(f"http://{_HOST}:").removesuffix("/api")
    call = [sys.executable, "-m", "prefect", "server", "start", "--host", _HOST, "--port", port, "--no-ui"]
    off = {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _SERVICES_TO_LEAVE}
    process = subprocess.Popen(call, env=os.environ | off, stdout=subprocess.DEVNULL, stderr=log)  # noqa: S603 -- our own call
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str, log: IO[bytes]) -> None:
    from prefect.settings import PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS as LIMIT  # noqa: PLC0415 -- as above

    deadline = time.monotonic() + LIMIT.value()
    while not is_up(address):
        if process.poll() is not None or time.monotonic() > deadline:
            log.seek(0)
            said = log.read().decode(errors="replace").strip().splitlines() or [""]
            raise RencontresError(
                message("Prefect's own server did not come up: {detail}", detail=said[-1]),
                remedy=message("Call again; where the machine is slow, start a server first: prefect server start"),
            )
        time.sleep(_POLL_SECONDS)


def _free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
