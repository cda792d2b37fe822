"""An export file to raw rows: read, recognise, keep the allowed columns, remember what was there before."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import polars as pl

from tasks.errors import ConfigurationError, DataError
from tasks.event import Event, Export
from tasks.ingest.decode import SetAside
from tasks.ingest.editions import all_editions
from tasks.ingest.exports import TakenIn, read_export
from tasks.ingest.reader import Reader
from tasks.ingest.records import read_record
from tasks.ingest.rejection import Place
from tasks.ingest.sources import all_sources
from tasks.messages import Message, message, plural
from tasks.store import Database

_ROW_SCHEMA: Final = {"file_sha256": pl.String, "sheet": pl.String, "row_number": pl.Int32, "row_key": pl.String, "content": pl.String}


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file of the inbox.

    ``row_count`` counts the rows kept, ``skipped_count`` blank, total and repeated header lines, ``rejected_count``
    the rows and values that a rule refused. ``sentence`` says it in words; it names no person. ``file_sha256`` is
    None where the file could not be opened.
    """

    state: Literal["new", "known", "set_aside"]
    file_name: str
    source: str | None = None
    kind: str | None = None
    edition_id: str | None = None
    row_count: int = 0
    skipped_count: int = 0
    rejected_count: int = 0
    sentence: Message | None = None
    file_sha256: str | None = None


def find_files(inbox: Path) -> list[Path]:
    """Return the files of the inbox, the oldest first, so that the newest of two exports is the one that counts.

    Raises DataError where the inbox is missing or empty.
    """
    remedy = message("Drop the exports of the registration tool into this folder and call again.")
    if not inbox.is_dir():
        raise DataError(message("this folder is missing."), where=str(inbox), remedy=remedy)
    # "~$" marks the lock that Excel leaves beside an open workbook, "." what a file manager leaves.
    files = [path for path in inbox.iterdir() if path.is_file() and not path.name.startswith((".", "~$"))]
    if not files:
        raise DataError(message("the inbox is empty."), where=str(inbox), remedy=remedy)
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))


def take_in_file(db: Database, event: Event, path: Path, read_at: datetime) -> FileReport:
    """Take one export into ``raw``; the same content again changes nothing.

    A file that cannot be read or recognised is set aside with a sentence and does not raise. Raises
    ConfigurationError where ``event.toml`` gives the file a source or an edition that does not exist.
    """
    declared = event.exports.get(path.name, Export())
    _check(declared, event, path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = message("this file cannot be read: {detail}.", detail=error.strerror)
        return FileReport("set_aside", path.name, sentence=reason)
    sha256 = _sha256(content)
    known = next(iter(db.rows("raw/select_file", file_sha256=sha256)), None)
    if known and _agrees(known, declared):
        return _known(path.name, sha256, known)
    try:
        taken = read_export(content, declared, event)
    except SetAside as error:
        return FileReport("set_aside", path.name, sentence=_sentence(error), file_sha256=sha256)
    _store(db, taken, sha256, path.name, read_at)
    return _report(taken, sha256, path.name, event)


def settle_current(db: Database, inbox: Path) -> None:
    """Let that file of each source and edition count which was read last among those that lie in the inbox.

    What was retired counts again once its successor has been taken out; the inbox as it was settles nothing new.
    """
    try:
        present = [_sha256(path.read_bytes()) for path in find_files(inbox)]
    except OSError:
        return  # a file that cannot be read just now may be the one that counts: better all as it was
    db.run("raw/settle_current", present=present)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check(declared: Export, event: Event, name: str) -> None:
    """Refuse a source or an edition that does not exist."""
    known: dict[str, tuple[str | None, list[str]]] = {
        "source": (declared.source, [source.id for source in all_sources()]),
        "edition": (declared.edition, [edition.id for edition in all_editions(event)]),
    }
    for key, (value, choices) in known.items():
        if value is not None and value not in choices:
            raise ConfigurationError(
                message("{key} = {value} is unknown.", key=key, value=value),
                where=f'event.toml, [exports."{name}"]',
                remedy=message("Choose one of: {choices}.", choices=", ".join(choices)),
            )


def _agrees(known: dict[str, object], declared: Export) -> bool:
    return declared.source in {None, known["source"]} and declared.edition in {None, known["edition_id"]}


def _store(db: Database, taken: TakenIn, sha256: str, file_name: str, read_at: datetime) -> None:
    rows = [
        (sha256, table.sheet, row.number, f"{table.sheet}:{row.number}", json.dumps(row.content, ensure_ascii=False, sort_keys=True))
        for table in taken.tables
        for row in table.rows
    ]
    with db.transaction():
        db.run("raw/delete_rows", file_sha256=sha256)
        db.run("raw/delete_file", file_sha256=sha256)
        db.run("raw/retire_files", source=taken.source.id, edition_id=taken.edition_id)
        db.run(
            "raw/insert_file",
            file_sha256=sha256,
            file_name=file_name,
            source=taken.source.id,
            kind=taken.source.kind,
            edition_id=taken.edition_id,
            encoding=taken.encoding,
            size_bytes=taken.size_bytes,
            row_count=taken.row_count,
            read_at=read_at,
            event_label=None,
            recognition_score=1.0,
            rival_source=None,
            rival_score=None,
        )
        db.run("raw/insert_rows", frame=pl.DataFrame(rows, schema=_ROW_SCHEMA, orient="row"))


def _known(file_name: str, sha256: str, known: dict[str, object]) -> FileReport:
    return FileReport(
        "known",
        file_name,
        str(known["source"]),
        str(known["kind"]),
        str(known["edition_id"]),
        int(str(known["row_count"])),
        sentence=message("already taken in; of several exports of one source, the one read last counts."),
        file_sha256=sha256,
    )


def _report(taken: TakenIn, sha256: str, file_name: str, event: Event) -> FileReport:
    readers = [
        Reader(Place(sha256, table.sheet, row.number), taken.source, row.content, event.zone)
        for table in taken.tables
        for row in table.rows
    ]
    for reader in readers:
        read_record(reader)
    rejected_count = sum(len(set(reader.rejections)) for reader in readers)
    skipped_count = sum(table.skipped_count for table in taken.tables)
    return FileReport(
        "new",
        file_name,
        taken.source.id,
        taken.source.kind,
        taken.edition_id,
        taken.row_count,
        skipped_count,
        rejected_count,
        message(
            "{title}: {rows}, {skipped}, {rejected}.",
            title=taken.source.name,
            rows=plural("{count} row", "{count} rows", count=taken.row_count),
            skipped=plural("{count} blank or total line", "{count} blank or total lines", count=skipped_count),
            rejected=plural("{count} value refused", "{count} values refused", count=rejected_count),
        ),
        sha256,
    )


def _sentence(error: DataError) -> Message:
    return message("{what} {remedy}", what=error.what, remedy=error.remedy)
