"""The digest as files: a page in each language, the mail to the organiser, a table without names for Prefect."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Final, cast
from uuid import NAMESPACE_URL, UUID, uuid5

import mrml

from tasks.design import HOUSE, Design
from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, Message, either, message, plural
from tasks.pages import number, render
from tasks.publish.digest.digest import Digest
from tasks.publish.digest.facts import read_facts
from tasks.publish.digest.making import digest_of
from tasks.publish.outbox.letters.letter import one_line
from tasks.publish.outbox.mail import fix_boundaries, sender_address
from tasks.store import Database
from tasks.workspace import Workspace

PAGES: Final[Mapping[Language, str]] = {"fr": ".html", "en": ".en.html"}
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://rencontres.example/digest")
_TRIED: Final = frozenset({"sending", "sent", "failed", "unknown"})


@dataclass(frozen=True, slots=True)
class WrittenDigest:
    """A digest and its page in French; ``path`` is where the mail lies."""

    digest: Digest
    page: Path
    path: Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where the organiser reads on, as paths; ``book`` is empty where there is nothing to answer."""

    quality: str
    book: str


def night_of(event: Event, at: datetime) -> date:
    """Return the night to which an instant belongs: the local date."""
    return at.astimezone(event.zone).date()


def write_digest(workspace: Workspace, db: Database, at: datetime) -> WrittenDigest:
    """Write the digest of the night of ``at`` under ``out/digest`` and note it as ready to be sent.

    Written again in one night, the pages tell what holds now; a mail that was already tried stays as it went.
    Raises ConfigurationError when the organiser's address is none.
    """
    return workspace.designed(lambda design: _written(workspace, db, at, design))


def _written(workspace: Workspace, db: Database, at: datetime, design: Design) -> WrittenDigest:
    event = workspace.event
    night = night_of(event, at)
    facts = read_facts(db, event, night)
    digest = digest_of(facts, night, event.date, event.meetings.minimum, event.meetings.maximum)
    made = WrittenDigest(digest, workspace.out / "digest" / f"{night}.html", workspace.out / "digest" / f"{night}.eml")
    places = _places(workspace.out / "quality", night)
    pages = {language: page(digest, event, places, language, design).encode("utf-8") for language in PAGES}
    content_sha256 = hashlib.sha256(b"".join(pages.values())).hexdigest()
    for language, ending in PAGES.items():
        write(made.page.with_name(f"{night}{ending}"), pages[language])
    former = next(iter(db.rows("outbox/select_digest_state", edition_id=event.id, night=night)), None)
    if former and former["content_sha256"] == content_sha256:
        at = cast("datetime", former["written_at"])  # the same words are the same digest
    if former is None or former["state"] not in _TRIED:
        write(made.path.with_suffix(".txt"), plain(digest, event, places, event.languages[0], design).encode("utf-8"))
        write(made.path, compose(digest, event, places, at, design))
    db.run(
        "outbox/upsert_digest",
        edition_id=event.id,
        night=night,
        content_sha256=content_sha256,
        open_items=json.dumps([row["item"] for row in facts.open_items]),
        is_quiet=digest.is_quiet,
        path=str(Path("out", "digest", made.path.name)),
        written_at=at,
    )
    return made


def _places(quality: Path, night: date) -> Places:
    books = sorted(quality.glob(f"*{night}*.xlsx"))
    return Places(str(quality / "index.html"), str(books[-1]) if books else "")


def page(digest: Digest, event: Event, places: Places, language: Language, design: Design = HOUSE) -> str:
    """Return the digest as a page that mail programs understand; nothing in it is fetched."""
    context = _context(digest, event, places, language) | {"design": design}
    html = str(mrml.to_html(render("email/digest.mjml.j2", language, **context)).content)
    return html.replace('role="article"', 'role="main"', 1)  # it is a page, too, and a page needs its main part


def plain(digest: Digest, event: Event, places: Places, language: Language, design: Design = HOUSE) -> str:
    """Return the digest as plain text."""
    context = _context(digest, event, places, language) | {"design": design}
    return render("email/digest.txt.j2", language, **context)


def compose(digest: Digest, event: Event, places: Places, at: datetime, design: Design = HOUSE) -> bytes:
    """Return the mail as bytes for SMTP, without a recipient, in the first language of the event.

    Raises ConfigurationError when the organiser's address is none.
    """
    language = event.languages[0]
    key = message_key(event.id, digest.night)
    sender = sender_address(event.organiser)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["Subject"] = one_line(subject(digest, event, language))
    mail["Date"] = format_datetime(at.astimezone(event.zone))
    mail["Message-ID"] = f"<{key}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(plain(digest, event, places, language, design), cte="quoted-printable")
    mail.add_alternative(page(digest, event, places, language, design), subtype="html", cte="quoted-printable")
    fix_boundaries(mail, key)
    mail["Content-Language"] = language  # last: set_content clears every Content- header
    return mail.as_bytes()


def message_key(edition_id: str, night: date) -> UUID:
    """Return the key of a night's mail: a mail that arrives twice is known as one."""
    return uuid5(_NAMESPACE, f"{edition_id}/{night}")


def headline(digest: Digest, language: Language) -> str:
    """Return what matters in one line: ``3 nouveaux, 1 désistement, 2 décisions à prendre``."""
    line = ", ".join(part.translated(language) for part in digest.headline)
    return line[:1].upper() + line[1:]


def subject(digest: Digest, event: Event, language: Language) -> str:
    """Return the subject: what matters first, then the event."""
    return f"{headline(digest, language)} – {either(event.title, event.title_en, language)}"  # noqa: RUF001 -- a dash between two things


def preheader(digest: Digest) -> Message:
    """Return what mail programs show behind the subject."""
    registered = plural("{count} registered", "{count} registered", count=digest.leader_count)
    if digest.days_before < 0:
        return registered
    days = plural("event in {count} day", "event in {count} days", count=digest.days_before)
    return message("{registered}, {days}", registered=registered, days=days)


def _context(digest: Digest, event: Event, places: Places, language: Language) -> dict[str, object]:
    tallest = max((count for curve in digest.curve for count in curve.weeks if count), default=1)
    return {
        "digest": digest,
        "title": either(event.title, event.title_en, language),
        "subject": subject(digest, event, language),
        "headline": headline(digest, language),
        "preheader": preheader(digest),
        "minimum": event.meetings.minimum,
        "tallest": max(tallest, 1),
        "longest": max((bar.count for bar in digest.bars), default=0) or 1,
        "most_asked": max((asked.request_count for asked in digest.asked), default=0) or 1,
        "places": places,
    }


def markdown(digest: Digest, language: Language) -> str:
    """Return the digest in figures and ids as Markdown, for the Prefect page of the run: no name, no value."""
    if digest.is_quiet:
        return headline(digest, language)
    lines = [headline(digest, language), "", "| | |", "| --- | --- |"]
    for group in digest.groups:
        ids = ", ".join(changed.guest.leader_id for changed in group.leaders)
        lines.append(f"| {group.title.translated(language)} | {ids}{' …' if group.hidden_count else ''} |")
    lines += [
        f"| {waiting.title.translated(language)} | {_new(waiting.new_count, language)} |" for waiting in digest.waiting
    ]
    few = message("leaders with too few possible partners").translated(language)
    lines.append(f"| {few} | {number(digest.few_count, language)} |")
    return "\n".join(lines)


def _new(count: int, language: Language) -> str:
    return message("{count} new", count=number(count, language)).translated(language)
