"""One SMTP dialogue: what became of a message, told without guessing."""

import re
import smtplib
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.errors import ConfigurationError
from tasks.mail_settings import MailSettings
from tasks.messages import message
from tasks.publish.outbox.letters.letter import one_line

Outcome: TypeAlias = Literal["sent", "deferred", "failed", "unknown"]

_GOING_DOWN: Final = 421
# Quoted, bracketed or bare; what surrounds an address goes with it rather than that half of one stays.
_ADDRESS: Final = re.compile(r"\S*@\S*")
_LONGEST_WORDS: Final = 200
_SHORTEST_NAME: Final = 3
_GOOD: Final = range(200, 300)
_REFUSED: Final = range(400, 600)
_REFUSED_FOR_GOOD: Final = range(500, 600)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a message; ``is_connected`` says whether the connection can take the next one.

    ``smtp_code`` is None where the last reply was none, or none of SMTP's; ``said`` is what it said with that code, on
    one line and without any address.
    """

    outcome: Outcome
    smtp_code: int | None = None
    is_connected: bool = True
    said: str | None = None

    @property
    def is_about_the_message(self) -> bool:
        """Whether the server answered about this message at all, rather than hang up or fall silent."""
        return self.smtp_code not in {None, _GOING_DOWN}

    @property
    def asks_for_patience(self) -> bool:
        """Whether the server wants this very message later."""
        return self.outcome == "deferred" and self.is_about_the_message


def sender_refused(settings: MailSettings, code: int) -> ConfigurationError:
    """Return the error for a server that will not take mail from the organiser at all."""
    return ConfigurationError(
        message("the mail server refuses the organiser's address as sender (code {code}).", code=code),
        where=settings.place,
        remedy=message("Correct [organiser] email in event.toml, or ask whoever runs the mail server."),
    )


class SenderRefused(Exception):
    """The server takes no mail from this sender, whoever it is for."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(code)
        self.code = code
        self.said = said


def without_address(answer: bytes, recipient: str) -> str:
    """Return a server's answer as one line that names nobody: no address, nor the part of it before the ``@``."""
    text = _ADDRESS.sub("…", one_line(answer.decode("utf-8", errors="replace")))
    name = recipient.partition("@")[0]
    if len(name) >= _SHORTEST_NAME:
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return text[:_LONGEST_WORDS]


def hand_over(connection: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> Fate:
    """Hold the dialogue for one message and say what became of it.

    Until the server has been sent DATA nothing can have been delivered, so a lost connection only defers. From then
    on a lost connection leaves the fate unknown, whatever the server did with what it has; and so does a reply to the
    message that neither takes nor refuses it, such as "OK queued" without a code.
    Raises SenderRefused for a permanent refusal at MAIL FROM, which would meet every message alike.
    """
    try:
        code, answer = connection.mail(sender)
        if code in _REFUSED_FOR_GOOD:
            raise SenderRefused(code, without_address(answer, recipient))
        if code in _GOOD:
            code, answer = connection.rcpt(recipient)
    except (smtplib.SMTPServerDisconnected, OSError):
        return Fate("deferred", is_connected=False)
    if code not in _GOOD:
        return _not_taken(connection, code, without_address(answer, recipient))
    try:
        code, answer = connection.data(content)
    except smtplib.SMTPDataError as error:  # the server did not ask for the message, so it was not sent any of it
        reply = error.smtp_error
        reply = reply if isinstance(reply, bytes) else reply.encode()
        return _not_taken(connection, error.smtp_code, without_address(reply, recipient))
    except (smtplib.SMTPServerDisconnected, OSError):
        return Fate("unknown", is_connected=False)
    said = without_address(answer, recipient)
    if code in _GOOD:
        return Fate("sent", code, said=said)
    return _not_taken(connection, code, said) if code in _REFUSED else Fate("unknown", is_connected=False)


def _not_taken(connection: smtplib.SMTP, code: int, said: str) -> Fate:
    """Return the fate of a message that the server does not have, and clear the way for the next one.

    A server that answers with anything but a refusal has lost the thread, and nothing more is said to it.
    """
    if code not in _REFUSED:
        return Fate("deferred", is_connected=False)
    outcome: Outcome = "failed" if code in _REFUSED_FOR_GOOD else "deferred"
    if code == _GOING_DOWN:
        return Fate(outcome, code, is_connected=False, said=said)
    try:
        connection.rset()
    except (smtplib.SMTPServerDisconnected, OSError):
        return Fate(outcome, code, is_connected=False, said=said)
    return Fate(outcome, code, said=said)
