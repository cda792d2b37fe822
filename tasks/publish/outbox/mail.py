"""The mail to one leader: text, page, sheet and calendar in one message, the same bytes for the same agenda.

It names no recipient. Whoever delivers it puts ``To`` in front, with the address as it is known at that moment.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

import mrml

from tasks.errors import ConfigurationError
from tasks.event_sections import Organiser
from tasks.messages import Message, message
from tasks.pages import day, render
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.wording import headline, origin, subject

KIND: Final = "agenda"
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://rencontres.example/message")

# The dot-atom of RFC 5321 and a host name: no quotes, no comments, nothing that could begin another command.
_ADDRESS: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Attachments:
    """The files that go with an agenda; no calendar where there is nothing to put into one."""

    pdf: bytes
    calendar: bytes | None


def message_id(version_id: str, leader_id: str, kind: str = KIND) -> UUID:
    """Return the key of a message: the same plan version, leader and kind are the same message."""
    return uuid5(_NAMESPACE, f"{version_id}/{leader_id}/{kind}")


def one_line(text: str) -> str:
    """Return a text fit for a header: whatever breaks a line or is no character becomes a space."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


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


def compose_mail(
    agenda: Agenda, attached: Attachments, organiser: Organiser, *, key: UUID, at: datetime, is_update: bool
) -> bytes:
    """Return the message of a leader as bytes for SMTP, with CRLF line ends and without a recipient.

    ``at`` is the date of the message, ``key`` what its Message-ID and boundaries are made from.
    Raises ConfigurationError when the organiser's address is none.
    """
    sender = sender_address(organiser)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    if organiser.reply_to:
        mail["Reply-To"] = _organiser_address(organiser, organiser.reply_to)
    mail["Subject"] = one_line(subject(agenda, is_update=is_update))
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{key}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # keeps holiday answers away
    context = _context(agenda, has_calendar=attached.calendar is not None, is_update=is_update)
    mail.set_content(render("email/agenda.txt.j2", agenda.language, **context), cte="quoted-printable")
    mail.add_alternative(_page(agenda, context), subtype="html", cte="quoted-printable")
    mail.add_attachment(attached.pdf, maintype="application", subtype="pdf", filename="agenda.pdf")
    if attached.calendar is not None:
        mail.add_attachment(
            attached.calendar,
            maintype="text",
            subtype="calendar",
            filename="invite.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    fix_boundaries(mail, key)
    mail["Content-Language"] = agenda.language  # last: set_content clears every Content- header
    return mail.as_bytes()


def sender_address(organiser: Organiser) -> Address:
    """Return who sends, for the header and for the server alike. Raises ConfigurationError where no mail can be."""
    return _organiser_address(organiser, organiser.email)


def _organiser_address(organiser: Organiser, address: str) -> Address:
    sendable = sendable_address(address)
    if sendable is None:
        raise ConfigurationError(
            message("the organiser's address cannot be used in a mail."),
            where="event.toml, [organiser]",
            remedy=message("Correct email and reply_to; an address looks like name@chamber.example."),
        )
    return Address(display_name=one_line(organiser.name), addr_spec=sendable)


def _context(agenda: Agenda, *, has_calendar: bool, is_update: bool) -> dict[str, object]:
    return {
        "agenda": agenda,
        "origin": origin,
        "subject": subject(agenda, is_update=is_update),
        "preheader": _preheader(agenda),
        "opening": _opening(agenda, is_update=is_update),
        "has_calendar": has_calendar,
    }


def _opening(agenda: Agenda, *, is_update: bool) -> Message:
    values = {"headline": headline(agenda), "day": day(agenda.occasion.held_on, agenda.language)}
    if is_update:
        return message(
            "Your agenda has changed. What now holds: {headline}. Please throw earlier sheets away.", **values
        )
    return message("Here is your agenda for {day}: {headline}.", **values)


def _preheader(agenda: Agenda) -> str:
    """Return what mail programs show behind the subject: whom the leader meets, else what is open."""
    names: Iterable[str] = (meeting.partner.company for meeting in agenda.meetings)
    if not agenda.meetings:
        names = (space.name for space in agenda.spaces)
    return ", ".join(names)


def _page(agenda: Agenda, context: dict[str, object]) -> str:
    return str(mrml.to_html(render("email/agenda.mjml.j2", agenda.language, **context)).content)


def fix_boundaries(mail: EmailMessage, key: UUID) -> None:
    """Replace the random boundaries, so that the same message has the same bytes."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={key.hex}-{number}=")
