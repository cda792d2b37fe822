"""Sending with the outbox's commits, beside a bare smtplib loop to the same server in the same run."""

import asyncio
import shutil
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.letters import address, waiting_outbox
from tasks.mail_settings import MailSettings
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.mail import recipient_header
from tasks.workspace import Workspace

_COUNT: Final = 500
_SIZE_BYTES: Final = 50_000
_TURNS: Final = 3
_HOST: Final = "127.0.0.1"


class _Sink:
    """Accepts everything and keeps nothing."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Accept a message."""
        return "250 OK"


@contextmanager
def _server() -> Iterator[MailSettings]:
    """Run a mail server in a process of its own: with ours it would share one interpreter lock."""
    command = [sys.executable, "-m", "benchmarks.outbox"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdout is None:
            raise RuntimeError
        yield MailSettings(host=_HOST, port=int(process.stdout.readline()))
        process.communicate(b"\n")


def measure(folder: Path) -> None:
    """Print mails a second of both, the medians of three turns each."""
    original = waiting_outbox(folder / "outbox", _COUNT, _SIZE_BYTES)
    bare, ours = [], []
    with _server() as settings:
        for _ in range(_TURNS):
            bare.append(_bare(settings, original))
            ours.append(_ours(settings, original))
    bare_rate, our_rate = statistics.median(bare), statistics.median(ours)
    print(f"smtplib loop          {bare_rate:7.0f} mails of 50 KB a second")
    print(f"outbox                {our_rate:7.0f} mails of 50 KB a second, {our_rate / bare_rate:.0%} of that loop")


def _bare(settings: MailSettings, workspace: Workspace) -> float:
    began = time.perf_counter()
    with smtplib.SMTP(settings.host, settings.port) as connection:
        for number, path in enumerate(sorted((workspace.out / "mails").iterdir())):
            content = recipient_header(address(number)) + path.read_bytes()
            connection.sendmail("contact@chambre.example", address(number), content)
    return _COUNT / (time.perf_counter() - began)


def _ours(settings: MailSettings, original: Workspace) -> float:
    with TemporaryDirectory(dir=original.folder.parent) as folder:
        workspace = Workspace(Path(shutil.copytree(original.folder, folder, dirs_exist_ok=True)))
        began = time.perf_counter()
        summary = deliver(workspace, settings, lambda: datetime.now(UTC), really=True)
        seconds = time.perf_counter() - began
    if summary.attempted != {"sent": _COUNT}:
        raise RuntimeError(summary.attempted)
    return _COUNT / seconds


async def _serve() -> None:
    """Be the server: say on which port, and end with the input."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(_Sink()), _HOST, 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
