"""One SMTP connection and one dialogue on it: what became of a message, told without guessing."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.errors import ConfigurationError, MailServerDown
from tasks.messages import message
from tasks.settings import MailSettings

Outcome: TypeAlias = Literal["sent", "deferred", "failed", "unknown"]

_GOING_DOWN: Final = 421
_GOOD: Final = range(200, 300)
_REFUSED: Final = range(400, 600)
_REFUSED_FOR_GOOD: Final = range(500, 600)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a message; ``is_connected`` says whether the connection can take the next one.

    ``smtp_code`` is None where the last reply was none, or none of SMTP's.
    """

    outcome: Outcome
    smtp_code: int | None = None
    is_connected: bool = True


@contextmanager
def connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Open a connection, secured and logged in as the settings say, and close it politely.

    Raises MailServerDown when the server cannot be reached or will not talk, ConfigurationError when it refuses
    the user or offers no STARTTLS.
    """
    connection = _opened(settings)
    try:
        yield connection
    finally:
        with suppress(
            smtplib.SMTPException, OSError
        ):  # the messages are through or recorded; a rude goodbye is no fault
            connection.quit()
        connection.close()


def _opened(settings: MailSettings) -> smtplib.SMTP:
    try:
        return _introduced(settings)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise ConfigurationError(
            message("the mail server accepts neither the user nor the kind of connection that is set."),
            where=_place(settings),
            remedy=message("Correct RENCONTRES_SMTP_USER, RENCONTRES_SMTP_PASSWORD or RENCONTRES_SMTP_SECURITY."),
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise ConfigurationError(
            message("the mail server's certificate is not trusted here."),
            where=_place(settings),
            remedy=message(
                "Use the name that the certificate bears in RENCONTRES_SMTP_HOST, or have its issuer trusted."
            ),
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerDown(
            message("the mail server cannot be reached; the messages wait in the outbox."),
            where=_place(settings),
            remedy=message(
                "Check RENCONTRES_SMTP_HOST and RENCONTRES_SMTP_PORT, then send again: nobody gets a mail twice."
            ),
        ) from error


def _introduced(settings: MailSettings) -> smtplib.SMTP:
    with ExitStack() as on_failure:
        connection = _dialled(settings)
        on_failure.callback(connection.close)
        connection.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if settings.user:
            connection.login(settings.user, settings.password.get_secret_value())
        on_failure.pop_all()
        return connection


def _dialled(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout_seconds, context=context)
    return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)


def _place(settings: MailSettings) -> str:
    return f"{settings.host}:{settings.port}"


def sender_refused(settings: MailSettings, code: int) -> ConfigurationError:
    """Return the error for a server that will not take mail from the organiser at all."""
    return ConfigurationError(
        message("the mail server refuses the organiser's address as sender (code {code}).", code=code),
        where=_place(settings),
        remedy=message("Correct [organiser] email in event.toml, or ask whoever runs the mail server."),
    )


class SenderRefused(Exception):
    """The server takes no mail from this sender, whoever it is for."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def hand_over(connection: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> Fate:
    """Hold the dialogue for one message and say what became of it.

    Until the server has been sent DATA nothing can have been delivered, so a lost connection only defers. From then
    on a lost connection leaves the fate unknown, whatever the server did with what it has; and so does a reply to the
    message that neither takes nor refuses it, such as "OK queued" without a code.
    Raises SenderRefused for a permanent refusal at MAIL FROM, which would meet every message alike.
    """
    try:
        code, _ = connection.mail(sender)
        if code in _REFUSED_FOR_GOOD:
            raise SenderRefused(code)
        if code in _GOOD:
            code, _ = connection.rcpt(recipient)
    except (smtplib.SMTPServerDisconnected, OSError):
        return Fate("deferred", is_connected=False)
    if code not in _GOOD:
        return _not_taken(connection, code)
    try:
        code, _ = connection.data(content)
    except smtplib.SMTPDataError as error:  # the server did not ask for the message, so it was not sent any of it
        return _not_taken(connection, error.smtp_code)
    except (smtplib.SMTPServerDisconnected, OSError):
        return Fate("unknown", is_connected=False)
    if code in _GOOD:
        return Fate("sent", code)
    return _not_taken(connection, code) if code in _REFUSED else Fate("unknown", is_connected=False)


def _not_taken(connection: smtplib.SMTP, code: int) -> Fate:
    """Return the fate of a message that the server does not have, and clear the way for the next one.

    A server that answers with anything but a refusal has lost the thread, and nothing more is said to it.
    """
    if code not in _REFUSED:
        return Fate("deferred", is_connected=False)
    outcome: Outcome = "failed" if code in _REFUSED_FOR_GOOD else "deferred"
    if code == _GOING_DOWN:
        return Fate(outcome, code, is_connected=False)
    try:
        connection.rset()
    except (smtplib.SMTPServerDisconnected, OSError):
        return Fate(outcome, code, is_connected=False)
    return Fate(outcome, code)
