"""Exports whose file has left the inbox: what they said goes on counting until the organiser says otherwise."""

from collections.abc import Collection, Sequence
from typing import Final

import polars as pl

from tasks.ingest.inbox.parts import Overlaps, ReadExport
from tasks.ingest.inbox.reports import FileReport, few
from tasks.messages import Message, message
from tasks.store import Database

_COUNTS: Final = message(
    "no longer in the inbox; what it said goes on counting. If it should not, write in event.toml, under "
    '[exports."name of this file"]: is_ignored = true.'
)


def remember_gone(
    db: Database, exports: Sequence[ReadExport], overlaps: Overlaps, counting: Collection[str], names: Collection[str]
) -> list[FileReport]:
    """Put down which exports have left the inbox and return a report of each; new ones are to be looked at.

    ``exports`` tell what counted before, ``counting`` what counts now, ``names`` which files lie in the inbox.
    """
    before = {str(row["file_sha256"]) for row in db.rows("audit/select_gone_files")}
    known = {export.file_sha256: export for export in exports}
    reports = []
    for export in exports:
        if export.position:
            continue
        if export.file_sha256 in counting:
            reports.append(_report(export, _COUNTS, before))
        elif (export.is_current or export.file_sha256 in before) and export.file_name not in names:
            stand = [known[sha256] for sha256 in overlaps[export.file_sha256] if sha256 in counting]
            if stand and all(other.read_at < export.read_at for other in stand):
                reports.append(_report(export, _gave_way(stand), before))
    db.run("audit/delete_gone_file")
    frame = pl.DataFrame({"file_sha256": [report.file_sha256 for report in reports]}, schema={"file_sha256": pl.String})
    db.run("audit/insert_gone_file", frame=frame)
    return reports


def _report(export: ReadExport, sentence: Message, before: Collection[str]) -> FileReport:
    source, edition_id = export.role
    return FileReport(
        "gone",
        export.file_name,
        source,
        edition_id=edition_id,
        row_count=export.row_count,
        sentence=sentence,
        file_sha256=export.file_sha256,
        is_warning=export.file_sha256 not in before,
    )


def _gave_way(stand: Sequence[ReadExport]) -> Message:
    return message(
        "no longer in the inbox; in its place counts what was read before it: {names}. If that is wrong, put it back.",
        names=few(sorted(export.file_name for export in stand)),
    )
