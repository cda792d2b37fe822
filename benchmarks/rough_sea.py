"""A mail server at its worst: it refuses, puts off, hangs up, breaks off anywhere, dies, and kills its client."""

from asyncio import WriteTransport, get_running_loop
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal, Protocol, TypeAlias

from aiosmtpd.smtp import SMTP, Envelope, Session

Fault: TypeAlias = Literal[
    "refused", "greylisted", "421 twice", "lost before DATA", "lost within DATA", "lost after DATA", "server killed"
]
# To how many addresses each fault happens, at the first contact or the first two; a refusal stays one.
FAULTS: Final[Mapping[Fault, int]] = {
    "refused": 20,
    "greylisted": 20,
    "421 twice": 12,
    "lost before DATA": 12,
    "lost within DATA": 12,
    "lost after DATA": 12,
    "server killed": 3,
}
# What a message makes the server see, and where an end of the client may fall: MAIL, RCPT, the message.
_EVENTS_PER_MESSAGE: Final = 3
# Ends of the client lie so far apart that each falls on a client of its own.
_EVENTS_BETWEEN_KILLS: Final = 25
# A kill comes up to so long after its event, so that it also falls on what the client does between dialogues.
_LONGEST_DELAY_SECONDS: Final = 0.012


class Client(Protocol):
    """The process that sends."""

    def kill(self) -> None:
        """End it with SIGKILL."""


class Listener(Protocol):
    """What listens for calls."""

    def close(self) -> None:
        """Listen no more."""

    def is_serving(self) -> bool:
        """Say whether it still listens."""


@dataclass
class Sea:
    """What the server does to whom, decided by a seed; and what really happened, to be held against the outbox.

    ``delivered`` counts by Message-ID what the server has in full, also where it never said so.
    """

    addresses: list[str]
    seed: int
    kill_count: int
    delivered: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    client: Client | None = None
    listener: Listener | None = None
    _event_count: int = 0
    _missed_kills: int = 0

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 -- a repeatable sea
        faults = [fault for fault, count in FAULTS.items() for _ in range(count)]
        self._faults = dict(zip(self._random.sample(self.addresses, len(faults)), faults, strict=True))
        self._contacts: Counter[str] = Counter()
        events = range(1, len(self.addresses) * _EVENTS_PER_MESSAGE * 3 // 4, _EVENTS_BETWEEN_KILLS)
        self._kill_at = {event + self._random.randrange(4) for event in self._random.sample(events, self.kill_count)}

    @property
    def is_listening(self) -> bool:
        """Whether anybody can call."""
        return self.listener is not None and self.listener.is_serving()

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender."""
        self._event()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, unless its fault comes here."""
        self._event()
        fault = self._due_fault(address)
        if fault == "refused":
            return f"550 5.1.1 <{address}>: no such user"
        if fault == "greylisted":
            return "451 4.7.1 greylisted, come back later"
        if fault == "421 twice":
            return "421 4.3.2 too many mails for now"
        if fault == "lost before DATA":
            _abort(server)
        if fault == "server killed" and self.listener is not None:
            self.listener.close()
            _abort(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's
        """Keep the message; lose the connection before saying so where that is the fault."""
        self._event()
        content = (envelope.original_content or b"").decode("ascii")
        message_id = next(line for line in content.split("\r\n") if line.startswith("Message-ID:"))
        self.delivered[message_id.partition("<")[2].partition("@")[0]] += 1
        if self.fault_of(envelope) == "lost after DATA":
            self.happened["lost after DATA"] += 1
            _abort(server)
        return "250 2.0.0 queued"

    def fault_of(self, envelope: Envelope) -> Fault | None:
        """Return the fault that its address has in DATA, once."""
        address = envelope.rcpt_tos[0]
        fault = self._faults.get(address)
        return fault if fault in {"lost within DATA", "lost after DATA"} and self._contacts[address] == 1 else None

    def _due_fault(self, address: str) -> Fault | None:
        """Return the fault that its address has before DATA: at the first contact, or the first two."""
        self._contacts[address] += 1
        fault = self._faults.get(address)
        is_due = self._contacts[address] <= (2 if fault == "421 twice" else 1) or fault == "refused"
        if fault is None or not is_due or fault in {"lost within DATA", "lost after DATA"}:
            return None
        self.happened[fault] += 1
        return fault

    def _event(self) -> None:
        """Count; where the seed says so, kill the client now or a moment later."""
        self._event_count += 1
        if self._event_count in self._kill_at or self._missed_kills:
            self._missed_kills = max(self._missed_kills - 1, 0)
            delay = self._random.uniform(0, _LONGEST_DELAY_SECONDS)
            get_running_loop().call_later(delay, self._kill, self.client)

    def _kill(self, client: Client | None) -> None:
        if client is None or client is not self.client:  # it ended before
            self._missed_kills += 1
            return
        self.happened["client killed"] += 1
        self.client = None
        client.kill()


def _abort(server: SMTP) -> None:
    """End the connection as a crash does, without a word."""
    if isinstance(server.transport, WriteTransport):
        server.transport.abort()


class RoughSMTP(SMTP):
    """SMTP with a connection that may be lost while the message is on its way."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 -- aiosmtpd's
        """Ask for the message; lose the connection after some of it where that is the fault."""
        sea: Sea = self.event_handler
        if not (self.envelope and self.envelope.rcpt_tos and sea.fault_of(self.envelope) == "lost within DATA"):
            await super().smtp_DATA(arg)
            return
        sea.happened["lost within DATA"] += 1
        await self.push("354 go on")
        await self._reader.read(1)
        _abort(self)
        await self._reader.read()  # what was on its way is no command
