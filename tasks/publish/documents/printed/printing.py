"""The printed pieces as files under ``print/`` of a plan version, brought up to date: nothing is made that lies there.

A piece that another version made with the same content is copied: badges outlive most changes of a plan.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
from pydantic import TypeAdapter

from tasks.design import HOUSE, Design
from tasks.files import write
from tasks.publish.agendas.afternoon import Afternoon
from tasks.publish.documents.printed.piece import Piece
from tasks.publish.documents.printed.pieces import pieces
from tasks.publish.documents.printed.roll import Roll, Stand, roll_of
from tasks.workspace import Workspace

_STANDS: Final = TypeAdapter(list[Stand])


@dataclass(frozen=True, slots=True)
class Printing:
    """The pieces that a plan version lacked: ``fresh`` are to be made, the others of ``missing`` have been copied."""

    missing: tuple[Piece, ...]
    fresh: tuple[Piece, ...]


def plan_printed(
    workspace: Workspace, afternoon: Afternoon, contents: Mapping[str, str], design: Design = HOUSE
) -> Printing:
    """Find out which printed pieces of a plan version are to be made; copy what another version made.

    ``contents`` maps leaders to the hash of their agenda. This takes a second, in which others may lay out agendas.
    """
    version_id = afternoon.version.version_id
    home = workspace.version_folder(version_id)
    roll, known = _read(workspace, afternoon)
    wanted = list(pieces(roll, contents, home / "agendas", workspace.event.print.bleed_mm, design))
    folder = home / "print"
    _remove_others(folder, wanted)
    missing = tuple(piece for piece in wanted if not _is_kept(piece, folder, known.get((version_id, piece.file_name))))
    return Printing(missing, tuple(piece for piece in missing if not _is_copied(piece, workspace, version_id, known)))


def write_printed(workspace: Workspace, version_id: str, printing: Printing, pool: Executor) -> None:
    """Make in the processes of ``pool`` what is to be printed; all sheets of agendas lie in the version's folder."""
    folder = workspace.version_folder(version_id) / "print"
    for made in [pool.submit(piece.make, folder) for piece in printing.fresh]:
        made.result()
    _record(workspace, version_id, printing.missing)


def _read(workspace: Workspace, afternoon: Afternoon) -> tuple[Roll, dict[tuple[str, str], str]]:
    """Return what the pieces show, and the hashes of those that any version made, by version and file."""
    event = workspace.event
    with workspace.opened() as db:
        stands = _STANDS.validate_python(db.rows("outbox/select_exhibitors", edition_id=event.id))
        rows = db.rows("outbox/select_printed", edition_id=event.id)
    known = {(str(row["version_id"]), str(row["file_name"])): str(row["content_sha256"]) for row in rows}
    return roll_of(event, afternoon, stands), known


def _remove_others(folder: Path, wanted: Iterable[Piece]) -> None:
    stay = {piece.file_name for piece in wanted}
    for path in folder.glob("*.pdf"):
        if path.name not in stay:
            path.unlink()


def _is_kept(piece: Piece, folder: Path, known: str | None) -> bool:
    return known == piece.sha256 and (folder / piece.file_name).exists()


def _is_copied(piece: Piece, workspace: Workspace, version_id: str, known: Mapping[tuple[str, str], str]) -> bool:
    """Copy a piece from another version that made the same; say whether that was possible."""
    sha256 = piece.sha256
    for (other, file_name), content in known.items():
        source = workspace.version_folder(other) / "print" / file_name
        if other != version_id and file_name == piece.file_name and content == sha256 and source.exists():
            write(workspace.version_folder(version_id) / "print" / file_name, source.read_bytes())
            return True
    return False


def _record(workspace: Workspace, version_id: str, made: Iterable[Piece]) -> None:
    rows = [
        {
            "version_id": version_id,
            "edition_id": workspace.event.id,
            "file_name": piece.file_name,
            "content_sha256": piece.sha256,
        }
        for piece in made
    ]
    if rows:
        with workspace.writing() as db:
            db.run("outbox/upsert_printed", frame=pl.DataFrame(rows))
