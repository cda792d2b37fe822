"""The start page of a workspace: where the event stands, and the doors to everything that was made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, Message, either, message
from tasks.pages import render
from tasks.publish.digest.mail import PAGES
from tasks.publish.outbox.calls import read_calls
from tasks.publish.standing import Standing, standing
from tasks.store import Database
from tasks.workspace import Workspace

FILES: Final[dict[Language, str]] = {"fr": "index.html", "en": "index.en.html"}


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the start page, and others beside it; every ``href`` is relative to the page."""

    title: Message
    description: Message
    href: str
    others: tuple[tuple[Message, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the gallery; ``href`` is relative to the page."""

    title: Message
    href: str


_PICTURES: Final = (
    Picture(message("An agenda on paper"), "pictures/agenda.webp"),
    Picture(message("A poster for the entrance"), "pictures/poster.webp"),
    Picture(message("The plan, searched"), "pictures/plan.webp"),
    Picture(message("The report"), "pictures/report.webp"),
)


_PRINTED: Final[Mapping[str, Message]] = {
    "poster-a1": message("poster A1"),
    "poster-a3": message("poster A3"),
    "table-cards": message("table cards"),
    "badges": message("badges"),
    "welcome-desk": message("welcome desk"),
    "exhibitors": message("exhibitors"),
}


def write_start_page(workspace: Workspace, db: Database, design: Design = HOUSE) -> Path:
    """Write ``out/index.html`` and its English twin; return the first. Only doors that lead somewhere are shown."""
    event = workspace.event
    found = standing(db, event)
    # A preliminary plan has no agendas.
    agendas = (
        db.rows("plan/select_leader_agendas", edition_id=event.id, version_id=found.version_id)
        if found.version_id and (workspace.version_folder(found.version_id) / "agendas").is_dir()
        else []
    )
    for language, name in FILES.items():
        page = render(
            "page/start.html.j2",
            language,
            design=design,
            event=event,
            standing=found,
            doors=doors(workspace.out, found, language),
            pictures=[picture for picture in _PICTURES if (workspace.out / picture.href).is_file()],
            agendas=agendas,
            programme=_programme(event, language),
            calls=read_calls(db, event.id),
        )
        write(workspace.out / name, page.encode("utf-8"))
    return workspace.out / FILES["fr"]


def doors(out: Path, found: Standing, language: Language) -> list[Door]:
    """Return the doors whose page exists, in the order of the way."""
    suffix = "" if language == "fr" else ".en"
    digests = sorted((out / "digest").glob(f"????-??-??{PAGES[language]}"))
    all_doors = [
        Door(
            message("The digest of the night"),
            message("What the last night changed, and what waits for your decision."),
            f"digest/{digests[-1].name}" if digests else "",
        ),
        Door(
            message("Quality of the registrations"),
            message("What was taken in, what was refused and why, what a person must decide."),
            f"quality/index{suffix}.html",
        ),
        Door(
            message("The summary for your decision"),
            message("How good the plan is, what it leaves out, what changes and who would get which mail."),
            f"{found.version_id}/summary{suffix}.html",
        ),
        Door(
            message("The plan"),
            message("Every meeting by leader, by slot and by table, with its proof."),
            f"{found.version_id}/plan{suffix}.html",
            ((message("workbook"), f"{found.version_id}/plan{suffix}.xlsx"),),
        ),
        Door(
            message("To be printed"),
            message("All agendas in one file, and what stands and hangs in the hall."),
            f"{found.version_id}/print/agendas.pdf",
            tuple((label, f"{found.version_id}/print/{name}.pdf") for name, label in _PRINTED.items()),
        ),
        Door(
            message("The outbox"),
            message("Where every mail stands, and who may not have got theirs."),
            f"outbox/index{suffix}.html",
        ),
        Door(
            message("The mails"),
            message("What each leader receives: a message, the agenda as PDF, the calendar."),
            "mails/index.html",
        ),
        Door(
            message("The report"),
            message("What the afternoon brought, three editions side by side."),
            f"report/report.{language}.html",
            ((message("PDF"), f"report/report.{language}.pdf"),),
        ),
    ]
    return [_open(door, out) for door in all_doors if (out / door.href).is_file()]


def _open(door: Door, out: Path) -> Door:
    """Return a door with those of its further links that lead somewhere."""
    return replace(door, others=tuple((label, href) for label, href in door.others if (out / href).is_file()))


def _programme(event: Event, language: Language) -> list[dict[str, object]]:
    return [
        {
            "start": event.at(item.start),
            "title": either(item.title, item.title_en, language),
            "place": either(item.place, item.place_en, language),
        }
        for item in event.programme
    ]
