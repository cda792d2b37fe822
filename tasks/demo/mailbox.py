"""The page of the mails that the demo's own server received. Its people are made up; a real event has no such page."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Final

from tasks.pages import render

_SHOWN: Final = 200
# The kinds of part a mail of ours has, in the order in which the page names them.
_KINDS: Final = {"text/plain": "text", "text/html": "html", "text/calendar": "ics", "application/pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail and its size once decoded."""

    kind: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it arrived; ``href`` leads from the page to its file."""

    number: int
    recipient: str
    address: str
    subject: str
    text: str
    parts: tuple[Part, ...]
    size_bytes: int
    href: str


def write_mailbox_page(folder: Path, out: Path) -> Path:
    """Write the page ``out`` of the ``.eml`` files in ``folder``; the first two hundred are listed, all are counted."""
    paths = sorted(folder.glob("*.eml"))
    letters = [_letter(number, path, out.parent) for number, path in enumerate(paths, start=1)]
    page = render(
        "demo/mailbox.html.j2",
        "fr",
        letters=letters[:_SHOWN],
        count=len(letters),
        size_bytes=sum(letter.size_bytes for letter in letters),
        kind_counts={kind: _count(letters, kind) for kind in _KINDS.values()},
        example=next((letter for letter in letters if letter.text), None),
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page, encoding="utf-8")
    return out


def _count(letters: Sequence[Letter], kind: str) -> int:
    return sum(any(part.kind == kind for part in letter.parts) for letter in letters)


def _letter(number: int, path: Path, page_folder: Path) -> Letter:
    content = path.read_bytes()
    mail = BytesParser(EmailMessage, policy=default).parsebytes(content)
    recipients = mail["To"].addresses if mail["To"] else ()
    body = mail.get_body(("plain",))
    return Letter(
        number=number,
        recipient=recipients[0].display_name if recipients else "",
        address=recipients[0].addr_spec if recipients else "",
        subject=str(mail["Subject"] or ""),
        text=str(body.get_content()).strip() if body else "",
        parts=_parts(mail),
        size_bytes=len(content),
        href=os.path.relpath(path, page_folder),
    )


def _parts(mail: EmailMessage) -> tuple[Part, ...]:
    found = [
        Part(_KINDS[part.get_content_type()], len(part.get_payload(decode=True) or b""))
        for part in mail.walk()
        if part.get_content_type() in _KINDS
    ]
    order = list(_KINDS.values())
    return tuple(sorted(found, key=lambda part: order.index(part.kind)))
