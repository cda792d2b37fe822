"""A mail server of our own for the demo: it listens on this machine only and keeps what arrives as files."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tasks.mail_settings import MailSettings

_HOST: Final = "127.0.0.1"


class Address(NamedTuple):
    """Where the server listens."""

    host: str
    port: int


class _Keeper:
    """Writes every message that is accepted as ``001.eml``, ``002.eml`` and so on, after those already there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = max((int(path.stem) for path in folder.glob("*.eml") if path.stem.isdecimal()), default=0)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        """Keep a message and accept it."""
        self._count += 1
        content = envelope.original_content or b""
        (self._folder / f"{self._count:03d}.eml").write_bytes(content)
        return "250 kept"


@contextmanager
def mail_catcher(folder: Path) -> Iterator[Address]:
    """Run a mail server that keeps what arrives below ``folder``; yields where it listens."""
    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(_Keeper(folder), hostname=_HOST, port=free_port())
    controller.start()
    try:
        yield Address(_HOST, controller.port)
    finally:
        controller.stop()


@contextmanager
def mail_goes_to(address: Address) -> Iterator[None]:
    """Let ``MailSettings`` name this server for a while, and no other that the environment may hold."""
    prefix = MailSettings.model_config["env_prefix"]
    ours = {"HOST": address.host, "PORT": str(address.port), "USER": "", "PASSWORD": "", "SECURITY": "none"}
    ours |= {"BLOCK": "", "PER_MINUTE": "0"}
    before = {f"{prefix}{name}": os.environ.get(f"{prefix}{name}") for name in ours}
    os.environ.update({f"{prefix}{name}": value for name, value in ours.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def free_port() -> int:
    """Return a port that nobody listens on; aiosmtpd calls itself while starting, so it has to be told one."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
