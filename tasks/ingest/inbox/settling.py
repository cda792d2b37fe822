"""When every file of the inbox has been read: which of them count, which belong to another event, what is put down."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import polars as pl

from tasks.event import Event
from tasks.ingest.inbox.gone import remember_gone
from tasks.ingest.inbox.intake import declared_for
from tasks.ingest.inbox.labels import Labelled, foreign_files
from tasks.ingest.inbox.neighbours import with_neighbours
from tasks.ingest.inbox.parts import counting, read_exports, read_overlaps
from tasks.ingest.inbox.reports import FileReport
from tasks.ingest.inbox.storing import forget
from tasks.ingest.inbox.strangers import read_rated_files, strangers, with_doubts
from tasks.messages import Message
from tasks.store import Database

_SET_ASIDE: Final = {
    "file_name": pl.String,
    "file_sha256": pl.String,
    "sentence_fr": pl.String,
    "sentence_en": pl.String,
}


def settle(db: Database, event: Event, reports: Sequence[FileReport], at: datetime) -> list[FileReport]:
    """Let the right files count and return the reports with what only a look at all files together can tell.

    Of two events in one inbox at most one is taken. Of the exports of one source and edition those count that are parts
    of one whole, and of those that overlap the one read last among those in the inbox; a file that could not be read
    tonight is stood in for by what was last read under its name. What may be of another event, though nothing names it,
    counts and is said. An export whose file has left the inbox has its report too. Call it inside a transaction.
    """
    _forget_ignored(db, event, reports)
    settled = _without_other_events(db, event, reports)
    unread = {report.file_name for report in settled if report.state == "set_aside"}
    names = _read(settled)
    before = read_exports(db, ())
    stand_ins = [export.file_sha256 for export in before if export.is_current and _is_under(export.file_name, unread)]
    exports = read_exports(db, tuple(dict.fromkeys((*stand_ins, *names))))
    overlaps = read_overlaps(db, exports, names)
    found = counting(exports, overlaps)
    db.run("raw/settle_current", counting=sorted(found))
    settled = with_neighbours(settled, exports, overlaps, found)
    doubtful = strangers(read_rated_files(db))
    db.run("raw/mark_doubtful", doubtful=sorted(doubtful))
    settled = with_doubts(settled, doubtful, event)
    _remember_set_aside(db, settled, at)
    return settled + remember_gone(db, exports, overlaps, found, set(names.values()))


def _read(reports: Sequence[FileReport]) -> dict[str, str]:
    """Return the names of the files that were read, tonight or before, by their hash, in the order of the inbox."""
    return {
        report.file_sha256: report.file_name
        for report in reports
        if report.file_sha256 and report.state in {"new", "known"}
    }


def _is_under(file_name: str, names: set[str]) -> bool:
    """Say whether a file bears one of these names, or is a member of an archive that does."""
    return file_name in names or any(file_name.startswith(f"{name}/") for name in names)


def _forget_ignored(db: Database, event: Event, reports: Sequence[FileReport]) -> None:
    """Take out what the organiser says to ignore, its file there or not, unless it lies there under another name."""
    ignored = {report.file_sha256 for report in reports if report.state == "ignored" and report.file_sha256}
    ignored |= {
        export.file_sha256 for export in read_exports(db, ()) if declared_for(event, export.file_name).is_ignored
    }
    for sha256 in sorted(ignored - _read(reports).keys()):
        forget(db, sha256)


def _without_other_events(db: Database, event: Event, reports: Sequence[FileReport]) -> list[FileReport]:
    """Set aside the files of another event, and take them out of ``raw``."""
    foreign = _foreign(db, event, reports)
    for sha256 in foreign:
        forget(db, sha256)
    return [
        replace(report, state="set_aside", sentence=foreign[report.file_sha256], is_warning=False)
        if report.file_sha256 in foreign and report.state in {"new", "known"}
        else report
        for report in reports
    ]


def _foreign(db: Database, event: Event, reports: Sequence[FileReport]) -> dict[str, Message]:
    """Return the files of the inbox that belong to another event, each with the sentence that says so."""
    names = _read(reports)
    groups: dict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for row in db.rows("raw/select_labelled_files", present=list(names)):
        sha256 = str(row["file_sha256"])
        known_as = {str(row["file_name"]), names.get(sha256, "")}
        groups[str(row["source"]), str(row["edition_id"])].append(
            Labelled(
                sha256,
                str(row["event_label"]),
                is_settled=any(declared_for(event, name).edition for name in known_as),
                is_counting=bool(row["is_current"]),
                is_present=bool(row["is_present"]),
            )
        )
    found: dict[str, Message] = {}
    for files in groups.values():
        if len({file.label for file in files}) > 1:
            akin = db.rows("raw/select_akin_files", files=[file.file_sha256 for file in files])
            pairs = {frozenset((str(row["one_sha256"]), str(row["other_sha256"]))) for row in akin}
            found |= foreign_files(files, pairs, event)
    return found


def _remember_set_aside(db: Database, reports: Sequence[FileReport], at: datetime) -> None:
    """Put down tonight's files that were set aside, in both languages, in the place of last night's."""
    rows = {
        report.file_name: (
            report.file_name,
            report.file_sha256,
            report.sentence.translated("fr"),
            report.sentence.translated("en"),
        )
        for report in reports
        if report.state == "set_aside" and report.sentence
    }
    db.run("audit/delete_set_aside_file")
    frame = pl.DataFrame(list(rows.values()), schema=_SET_ASIDE, orient="row")
    db.run("audit/insert_set_aside_file", frame=frame, set_aside_at=at)
