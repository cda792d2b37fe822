"""One returned mail understood: a report that a mail did not arrive, a wish for no more mails, or neither."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import getaddresses, parseaddr
from logging import CRITICAL, getLogger
from typing import Final, Literal, TypeAlias
from uuid import UUID

from flufl.bounce import all_failures

from tasks.publish.outbox.letters.letter import one_line
from tasks.publish.outbox.mail import UNSUBSCRIBE
from tasks.publish.outbox.suppression import folded

# What the detectors of flufl.bounce let through when a mail is mangled: each expects the layout of one program.
_BROKEN: Final = (AttributeError, LookupError, MessageError, TypeError, ValueError)
_ASCII: Final = bytes(byte if byte < 128 else ord("?") for byte in range(256))  # noqa: PLR2004 -- where ASCII ends
# It logs whatever a mangled mail makes it raise, with a trace; that is told in a count here.
getLogger("flufl.bounce").setLevel(CRITICAL)

ReportKind: TypeAlias = Literal["permanent", "temporary", "unsubscribe"]

_SAID_LENGTH: Final = 300
_OURS: Final = re.compile(rb"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
_CODE: Final = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-\r\n])")
_STATUS: Final = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_ADDRESS: Final = re.compile(r"<?[^\s<>,;:()]+@[^\s<>,;:()]+>?")
_TOKEN: Final = re.compile(rf"{UNSUBSCRIBE}[\s:]+([0-9a-f]{{24}})\b", re.IGNORECASE)
_STOP: Final = frozenset({"stop", "unsubscribe", "désinscription", "désabonnement", "me désinscrire"})
# What an answering machine says of itself: RFC 3834, and older ways.
_AUTOMATIC: Final = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
# A mailbox that is full, a mail that is too large or held to be unwanted: the address itself is right (RFC 3463).
_NOT_THE_ADDRESS: Final = re.compile(r"[45]\.(2\.[234]|3\.\d+|5\.\d+|6\.\d+|7\.\d+)")


@dataclass(frozen=True, slots=True)
class Report:
    """What a returned mail says; ``sha256`` knows the mail again.

    ``message_ids`` are those that it quotes, ``addresses`` those that it names as failed, as they are compared.
    ``sender`` is who wrote, ``token`` what an unsubscription bears. ``said`` are the server's words without addresses.
    """

    sha256: str
    kind: ReportKind
    message_ids: tuple[UUID, ...] = ()
    addresses: tuple[str, ...] = ()
    smtp_code: int | None = None
    status: str = ""
    said: str = ""
    sender: str = ""
    token: str = ""

    @property
    def is_about_the_address(self) -> bool:
        """Whether nobody can be reached at the address, rather than that this one mail was not wanted."""
        return self.kind == "permanent" and not _NOT_THE_ADDRESS.fullmatch(self.status)


class UnreadableReport(Exception):
    """A mail that no detector gets through; the others of the mailbox are read."""


def read_report(content: bytes) -> Report | None:
    """Return what a mail reports, None for one that reports nothing: an answer, a holiday notice, advertising.

    Raises UnreadableReport for one that is mangled.
    """
    mail = message_from_bytes(content)
    sha256 = _sha256(mail, content)
    asked = _unsubscription(mail, sha256)
    if asked is not None:
        return asked
    if _is_automatic_answer(mail):
        return None
    temporary, permanent = _failures(content)
    failed = permanent or temporary
    if not failed:
        return None
    texts = list(_texts(mail))
    said = _diagnosis(mail) or _line_with_code(texts)
    status = _first(_STATUS, [_status_field(mail), said, *texts])
    code = _first(_CODE, [said])
    return Report(
        sha256=sha256,
        kind="permanent" if permanent else "temporary",
        message_ids=_message_ids(mail, content),
        addresses=tuple(sorted(folded(address.decode("ascii", "replace")) for address in failed)),
        smtp_code=int(code) if code else None,
        status=status,
        said=_ADDRESS.sub("…", one_line(said))[:_SAID_LENGTH] or status,
    )


def _failures(content: bytes) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the addresses that failed for a while and for good. Raises UnreadableReport.

    The detectors expect headers of plain characters and a sender; neither matters for the addresses.
    """
    mail = message_from_bytes(content.translate(_ASCII))
    if not any(address for _, address in getaddresses([str(mail.get("From", ""))])):
        del mail["From"]
        mail["From"] = "unknown@unknown.invalid"
    try:
        temporary, permanent = all_failures(mail)
    except _BROKEN as error:
        raise UnreadableReport(type(error).__name__) from error
    return frozenset(temporary), frozenset(permanent)


def _sha256(mail: Mail, content: bytes) -> str:
    """Return the hash of the mail's own id, which survives a move to another folder; else of all of it."""
    own = str(mail.get("Message-ID", "")).strip()
    return hashlib.sha256(own.encode("utf-8", "surrogateescape") if own else content).hexdigest()


def _unsubscription(mail: Mail, sha256: str) -> Report | None:
    subject = one_line(_decoded(mail.get("Subject")))
    token = _TOKEN.search(subject)
    if token is None and subject.casefold().strip(" .!") not in _STOP:
        return None
    sender = folded(parseaddr(_decoded(mail.get("From")))[1])
    return Report(sha256, "unsubscribe", sender=sender, token=token[1].lower() if token else "")


def _decoded(header: object) -> str:
    """Return a header in characters; one that says it is in an unknown encoding as it stands."""
    text = str(header or "")
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, MessageError, UnicodeError, ValueError):
        return text


def _is_automatic_answer(mail: Mail) -> bool:
    """Say whether a machine answers for a person; a report is one too, but says so by its type."""
    if mail.get_content_type() == "multipart/report":
        return False
    submitted = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return submitted not in {"", "no"} or any(name in mail for name in _AUTOMATIC)


def _message_ids(mail: Mail, content: bytes) -> tuple[UUID, ...]:
    """Return our ids that a report quotes: in the returned headers, or among what it refers to."""
    found = _OURS.findall(content)
    for part in mail.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            found += _OURS.findall(payload)
    return tuple(dict.fromkeys(UUID(key.decode("ascii")) for key in found))


def _blocks(mail: Mail) -> Iterator[Mail]:
    """Return the groups of fields of the machine-readable part, one per recipient."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
            yield from (block for block in part.get_payload() if isinstance(block, Mail))


def _diagnosis(mail: Mail) -> str:
    for block in _blocks(mail):
        words = str(block.get("Diagnostic-Code", ""))
        if words:
            return words.partition(";")[2] or words
    return ""


def _status_field(mail: Mail) -> str:
    return next((str(block["Status"]) for block in _blocks(mail) if "Status" in block), "")


def _texts(mail: Mail) -> Iterator[str]:
    for part in mail.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/plain" and isinstance(payload, bytes):
            yield payload.decode("utf-8", "replace")


def _line_with_code(texts: list[str]) -> str:
    lines = [line for text in texts for line in text.splitlines()]
    return next((line for line in lines if _CODE.search(line) or _STATUS.search(line)), "")


def _first(pattern: re.Pattern[str], texts: list[str]) -> str:
    return next((found[1] for text in texts if (found := pattern.search(text))), "")
