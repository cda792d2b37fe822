"""A letter as a mail: text, page and attachments in one message, the same bytes for the same words.

It names no recipient. Whoever delivers it puts ``To`` in front, with the address as it is known at that moment.
"""

import hashlib
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

import mrml
from jinja2 import TemplateError

from tasks.design import HOUSE, Design
from tasks.errors import ConfigurationError, UnwrittenMail
from tasks.event_sections import Organiser
from tasks.messages import message
from tasks.pages import render
from tasks.publish.outbox.letters.letter import Attachments, Letter, one_line
from tasks.publish.outbox.mail_logo import mail_logo

UNSUBSCRIBE: Final = "unsubscribe"
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://rencontres.example/message")

# The dot-atom of RFC 5321 and a host name: no quotes, no comments, nothing that could begin another command.
_ADDRESS: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+",
    re.IGNORECASE | re.ASCII,
)

_DATE_LINE: Final = re.compile(rb"^Date: [^\r\n]*\r\n", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n{3,}")  # a part of a template that stayed empty leaves its line ends behind

# Whatever an expression in a template of ours can raise is a fault of that letter alone.
# OSError is mrml's, for a page that is no MJML.
_FAULTS: Final = (TemplateError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail as bytes for SMTP, and the hash of what it says: all but its date."""

    content: bytes
    content_sha256: str


def message_id(version_id: str, leader_id: str, kind: str = "agenda") -> UUID:
    """Return the key of a message: the same plan version (or edition), leader and kind are the same message."""
    return uuid5(_NAMESPACE, f"{version_id}/{leader_id}/{kind}")


def sendable_address(address: str) -> str | None:
    """Return an address as every SMTP server takes it, its domain in ASCII; None for any other.

    Local parts beyond ASCII would need SMTPUTF8, which few servers of our guests have; quoted ones are never meant.
    """
    local, _, domain = address.strip().rpartition("@")
    try:
        sendable = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
    return sendable if _ADDRESS.fullmatch(sendable) else None


def recipient_header(address: str) -> bytes:
    """Return the ``To`` line for an address that ``sendable_address`` returned."""
    return f"To: {address}\r\n".encode("ascii")


def compose(letter: Letter, organiser: Organiser, at: datetime, design: Design = HOUSE) -> Composed:
    """Return the mail with CRLF line ends and without a recipient; ``at`` is its date.

    Raises ConfigurationError when the organiser's address is none, OverrideBroken when a template of the organiser's
    cannot be used, UnwrittenMail when one of ours fails.
    """
    sender = sender_address(organiser)
    answers = answer_address(organiser)
    unsubscribe = unsubscribe_link(answers.addr_spec, letter.token)
    logo = mail_logo(design.logo)
    logo_id = f"logo-{letter.key}@{sender.domain}"
    shown = {"design": design, "logo": logo and {"src": f"cid:{logo_id}", "width": logo.width}}
    plain, page = _bodies(letter, letter.context(unsubscribe) | shown)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    if organiser.reply_to:
        mail["Reply-To"] = answers
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{letter.key}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # keeps holiday answers away
    if unsubscribe:  # by mail only: one-click needs an https address, and the chamber has no server for it
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
    mail.set_content(plain, cte="quoted-printable")
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    if logo is not None and logo_id in page:  # an organiser's own layout may do without
        *_, body = mail.iter_parts()  # beside the page itself: no mail program lists it as a file then
        body.add_related(logo.png, "image", "png", cid=f"<{logo_id}>", disposition="inline")
    if letter.attached is not None:
        _attach(mail, letter.attached)
    fix_boundaries(mail, letter.key)
    mail["Content-Language"] = letter.reader.language  # last: set_content clears every Content- header
    content = mail.as_bytes()
    return Composed(content, content_sha256(content))


def _bodies(letter: Letter, context: Mapping[str, object]) -> tuple[str, str]:
    """Return the letter as plain text and as a page. Raises UnwrittenMail."""
    language = letter.reader.language
    try:
        plain = _BLANK_LINES.sub("\n\n", render(f"email/{letter.template}.txt.j2", language, **context))
        mjml = render(f"email/{letter.template}.mjml.j2", language, **context)
        return plain, str(mrml.to_html(mjml).content)
    except _FAULTS as error:
        # The fault's own words may quote a name; its kind and its place are enough to find it.
        raise UnwrittenMail(
            message("this mail could not be written ({fault}).", fault=type(error).__name__),
            where=_place(error) or f"templates/email/{letter.template}",
            remedy=message("Correct the template and call again: it is written then."),
        ) from error


def _place(error: BaseException) -> str:
    """Return file and line of the template in which an error was raised, empty where it was raised in none."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"templates/email/{frames[-1].filename.rpartition('/')[2]}, line {frames[-1].lineno}" if frames else ""


def _attach(mail: EmailMessage, attached: Attachments) -> None:
    mail.add_attachment(attached.pdf, maintype="application", subtype="pdf", filename="agenda.pdf")
    if attached.calendar is not None:
        mail.add_attachment(
            attached.calendar,
            maintype="text",
            subtype="calendar",
            filename="invite.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )


def content_sha256(mail: bytes) -> str:
    """Return the hash of a mail but for its date: written anew on another day it says the same."""
    return hashlib.sha256(_DATE_LINE.sub(b"", mail, count=1)).hexdigest()


def unsubscribe_link(address: str, token: str) -> str:
    """Return the ``mailto`` by which a reader asks for no more such mails, empty without a token."""
    return f"mailto:{address}?subject={quote(f'{UNSUBSCRIBE} {token}')}" if token else ""


def sender_address(organiser: Organiser) -> Address:
    """Return who sends, for the header and for the server alike. Raises ConfigurationError where no mail can be."""
    return _organiser_address(organiser, organiser.email)


def answer_address(organiser: Organiser) -> Address:
    """Return where answers go. Raises ConfigurationError where no mail can be."""
    return _organiser_address(organiser, organiser.reply_to or organiser.email)


def _organiser_address(organiser: Organiser, address: str) -> Address:
    sendable = sendable_address(address)
    if sendable is None:
        raise ConfigurationError(
            message("the organiser's address cannot be used in a mail."),
            where="event.toml, [organiser]",
            remedy=message("Correct email and reply_to; an address looks like name@chamber.example."),
        )
    return Address(display_name=one_line(organiser.name), addr_spec=sendable)


def fix_boundaries(mail: EmailMessage, key: UUID) -> None:
    """Replace the random boundaries, so that the same message has the same bytes."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={key.hex}-{number}=")
