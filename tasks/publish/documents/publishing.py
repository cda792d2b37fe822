"""All documents of a plan version as files, brought up to date: nothing is rendered that already lies there.

What another version of the plan rendered with the same content and the same design is copied. Calendars are
written anew for every version, because they carry its number.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import polars as pl

from tasks.design import Design
from tasks.files import write
from tasks.messages import LOCALE_FOLDER, Language
from tasks.pages import TEMPLATE_FOLDER
from tasks.publish.agendas.afternoon import Afternoon, read_afternoon
from tasks.publish.agendas.agenda import Agenda, agenda_sha256, content_sha256, token
from tasks.publish.agendas.compose import agendas
from tasks.publish.documents.ics import calendar
from tasks.publish.documents.plan_page import plan_page
from tasks.publish.documents.printed.printing import plan_printed, write_printed
from tasks.publish.documents.rendering import processes, render_all
from tasks.publish.documents.workbook import write_books
from tasks.workspace import Workspace

Moved: TypeAlias = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Take no notice of progress."""


_RENDERED: Final = (".html", ".pdf")
_PLAN_PAGES: Final[tuple[tuple[str, Language], ...]] = (("plan.html", "fr"), ("plan.en.html", "en"))


@dataclass(frozen=True, slots=True)
class Published:
    """A plan version with its documents. ``rendered_count`` is what this run had to make."""

    afternoon: Afternoon
    agendas: tuple[Agenda, ...]
    folder: Path
    rendered_count: int
    copied_count: int


def agenda_folder(workspace: Workspace, version_id: str) -> Path:
    """Return where the agendas of a plan version lie."""
    return workspace.version_folder(version_id) / "agendas"


def publish(workspace: Workspace, version_id: str, moved: Moved = unheard) -> Published:
    """Bring the documents of a plan version up to date and return what they were made from.

    ``moved`` is told how many agendas of how many are in place. Where a template of the organiser's turns out to be
    broken, all documents are made with ours in its place.
    Raises DataError for an unknown version, OverrideBroken where a broken template is to stop, RencontresError when an
    agenda does not fit its sheet.
    """
    return workspace.designed(lambda design: _published(workspace, version_id, design, moved))


def _published(workspace: Workspace, version_id: str, design: Design, moved: Moved) -> Published:
    event = workspace.event
    with workspace.opened() as db:
        afternoon = read_afternoon(db, event.id, version_id, event.zone)
        known = db.rows("outbox/select_documents", edition_id=event.id)
    made = agendas(event, afternoon)
    folder = agenda_folder(workspace, version_id)
    _remove_others(folder, made)
    content = {agenda.leader_id: _content(agenda, design) for agenda in made}
    missing = [agenda for agenda in made if not _is_kept(agenda, content, folder, _shas_of(version_id, known))]
    others = {str(row["content_sha256"]): str(row["version_id"]) for row in known if row["version_id"] != version_id}
    places = {sha: agenda_folder(workspace, other) for sha, other in others.items()}
    fresh = [agenda for agenda in missing if not _is_copied(agenda, places.get(content[agenda.leader_id]), folder)]
    moved(len(made) - len(fresh), len(made))
    with processes() as pool:
        rendered = render_all(fresh, folder, design, pool)
        _write_rest(workspace, afternoon, made, folder, design)
        printing = plan_printed(workspace, afternoon, content, design)
        for done in rendered:
            moved(len(made) - len(fresh) + done, len(made))
        write_printed(workspace, version_id, printing, pool)
    _record(workspace, version_id, made, content)
    return Published(afternoon, made, folder.parent, len(fresh), len(missing) - len(fresh))


def _content(agenda: Agenda, design: Design) -> str:
    parts = (content_sha256(agenda), _templates_sha256(), design.sha256)
    return hashlib.sha256("".join(parts).encode("ascii")).hexdigest()


@cache
def _templates_sha256() -> str:
    """Return the hash of everything of ours that shapes an agenda: a new template or translation makes new ones."""
    files = (
        *(TEMPLATE_FOLDER / "agenda").glob("*.j2"),
        *(TEMPLATE_FOLDER / "shared").glob("*.*"),
        *LOCALE_FOLDER.rglob("*.po"),
        *Path(__file__).parent.glob("*.py"),
        *Path(__file__).parents[1].joinpath("agendas").glob("*.py"),
        *(Path(__file__).parents[2] / name for name in ("fonts.py", "pages.py", "pdf.py")),
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()


def _shas_of(version_id: str, known: Iterable[Mapping[str, object]]) -> dict[object, object]:
    return {row["leader_id"]: row["content_sha256"] for row in known if row["version_id"] == version_id}


def _is_kept(agenda: Agenda, content: Mapping[str, str], folder: Path, here: Mapping[object, object]) -> bool:
    leader_id = agenda.leader_id
    return here.get(leader_id) == content[leader_id] and all(
        (folder / f"{leader_id}{end}").exists() for end in _RENDERED
    )


def _is_copied(agenda: Agenda, source: Path | None, folder: Path) -> bool:
    """Copy both documents from where the same content was rendered; say whether that was possible."""
    if source is None:
        return False
    originals = [source / f"{agenda.leader_id}{end}" for end in _RENDERED]
    if not all(original.exists() for original in originals):
        return False
    for original in originals:
        write(folder / original.name, original.read_bytes())
    return True


def _remove_others(folder: Path, made: Iterable[Agenda]) -> None:
    """Remove the documents of whoever is no longer registered."""
    stay = {agenda.leader_id for agenda in made}
    for path in folder.glob("*.*"):
        if path.stem not in stay:
            path.unlink()


def _write_rest(
    workspace: Workspace, afternoon: Afternoon, made: Iterable[Agenda], folder: Path, design: Design
) -> None:
    """Write what is quick: the calendars, and the organiser's page and workbook in both languages."""
    for agenda in made:
        former = afternoon.former_meetings_of(agenda.leader_id)
        write(folder / f"{agenda.leader_id}.ics", calendar(agenda, afternoon.version, former))
    for name, language in _PLAN_PAGES:
        write(folder.parent / name, plan_page(workspace.event, afternoon, language, design).encode("utf-8"))
    write_books(workspace, afternoon, folder.parent)


def _record(workspace: Workspace, version_id: str, made: Iterable[Agenda], content: Mapping[str, str]) -> None:
    rows = [
        {
            "version_id": version_id,
            "edition_id": workspace.event.id,
            "leader_id": agenda.leader_id,
            "agenda_sha256": agenda_sha256(agenda),
            "content_sha256": content[agenda.leader_id],
            "token": token(agenda),
        }
        for agenda in made
    ]
    if rows:
        with workspace.writing() as db:
            db.run("outbox/upsert_documents", frame=pl.DataFrame(rows))
            db.run("outbox/close_tokens", version_id=version_id)
            db.run("outbox/upsert_tokens", frame=pl.DataFrame(rows))
