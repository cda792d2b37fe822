"""One SMTP connection: opened, secured and logged in as the settings say, and one sentence for whatever prevents it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from tasks.errors import ConfigurationError, MailServerDown, MailServerSilent, RencontresError
from tasks.mail_settings import MailSettings
from tasks.messages import Message, message

# OpenSSL's numbers for what is wrong with a certificate (x509_vfy.h); ``ssl`` has no names for them.
_WRONG_CERTIFICATES: Final[dict[int, Message]] = {
    9: message("the mail server's certificate is not valid yet."),
    10: message("the mail server's certificate has expired."),
    62: message("the mail server's certificate is for another name."),
    64: message("the mail server's certificate is for another name."),
}
# What OpenSSL calls an answer that is no TLS at all, older and newer.
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"})
_PASSING_REFUSAL: Final = range(400, 500)


@contextmanager
def connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Open a connection and close it politely.

    Raises MailServerDown when the server cannot be reached or will not talk (MailServerSilent when it says nothing),
    ConfigurationError when it refuses the user, has a wrong certificate or offers not what the settings ask for.
    """
    connection = _opened(settings)
    try:
        yield connection
    finally:
        # The messages are through or recorded; a rude goodbye is no fault.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _opened(settings: MailSettings) -> smtplib.SMTP:
    try:
        return _introduced(settings)
    except (smtplib.SMTPException, OSError) as error:
        raise _explained(settings, error) from error


def _introduced(settings: MailSettings) -> smtplib.SMTP:
    with ExitStack() as on_failure:
        connection = _dialled(settings)
        on_failure.callback(connection.close)
        connection.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()  # a login would say it again; without one nobody does
        if settings.user:
            connection.login(settings.user, settings.password.get_secret_value())
        on_failure.pop_all()
        return connection


def _dialled(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout_seconds, context=context)
    return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)


def _explained(settings: MailSettings, error: Exception) -> RencontresError:
    where = settings.place
    if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code not in _PASSING_REFUSAL:
        return ConfigurationError(
            message("the mail server refuses the user or the password; the messages wait in the outbox."),
            where=where,
            remedy=message("Correct RENCONTRES_SMTP_USER and RENCONTRES_SMTP_PASSWORD, or the block that holds them."),
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return ConfigurationError(
            _WRONG_CERTIFICATES.get(error.verify_code, message("the mail server's certificate is not trusted here.")),
            where=where,
            remedy=message(
                "Use the name that the certificate bears in RENCONTRES_SMTP_HOST, or have it renewed or its issuer"
                " trusted; the messages wait in the outbox."
            ),
        )
    if isinstance(error, smtplib.SMTPNotSupportedError) and "AUTH" in str(error):  # as smtplib names the extension
        return ConfigurationError(
            message("the mail server knows no users at this port; the messages wait in the outbox."),
            where=where,
            remedy=message("Empty RENCONTRES_SMTP_USER, or use the port and security at which the server asks for it."),
        )
    if isinstance(error, smtplib.SMTPNotSupportedError) or getattr(error, "reason", None) in _NO_TLS:
        return ConfigurationError(
            message("the mail server does not offer the kind of connection that is set."),
            where=where,
            remedy=message("Correct RENCONTRES_SMTP_SECURITY and RENCONTRES_SMTP_PORT; the messages wait."),
        )
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return silent(settings)
    return MailServerDown(
        message("the mail server cannot be reached; the messages wait in the outbox."),
        where=where,
        remedy=message(
            "Check RENCONTRES_SMTP_HOST and RENCONTRES_SMTP_PORT, then send again: nobody gets a mail twice."
        ),
    )


def silent(settings: MailSettings) -> MailServerSilent:
    """Return the error for a server that takes calls and then says nothing, or hangs up again and again."""
    return MailServerSilent(
        message("the mail server breaks off or does not answer; the other messages wait in the outbox."),
        where=settings.place,
        remedy=message("Ask whoever runs the mail server, then send again: nobody gets a mail twice."),
    )
