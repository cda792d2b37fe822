"""What ingestion did, for people to read."""

from collections.abc import Mapping, Sequence
from typing import Final

from tasks.errors import DataError
from tasks.ingest.core import CoreReport
from tasks.ingest.inbox.reports import FileReport, State
from tasks.messages import Language, Message, message, plural
from tasks.store import Database

_STATES: Final[Mapping[State, Message]] = {
    "new": message("taken in"),
    "known": message("known"),
    "set_aside": message("set aside"),
    "ignored": message("ignored"),
    "gone": message("no longer in the inbox"),
}


def refused_counts(db: Database) -> dict[str, int]:
    """Return how many rows and values of each file that counts were refused, by the hash of the file."""
    return {str(row["file_sha256"]): int(str(row["refused_count"])) for row in db.rows("audit/select_refused_counts")}


def table_of(reports: Sequence[FileReport], refused: Mapping[str, int], language: Language) -> list[dict[str, str]]:
    """Return one line per file, with its headers in the language of the reader.

    Prefect keeps the table, and people put names of people into names of files: a file goes by source and hash here.
    """

    def told(text: Message) -> str:
        return text.translated(language)

    return [
        {
            told(message("File")): _mark(report),
            told(message("State")): told(_STATES[report.state]),
            told(message("Source")): report.source or "",
            told(message("Edition")): report.edition_id or "",
            told(message("Rows")): str(report.row_count),
            told(message("Refused")): str(refused.get(report.file_sha256 or "", 0)),
            told(message("What happened")): told(report.sentence) if report.sentence else "",
        }
        for report in reports
    ]


def _mark(report: FileReport) -> str:
    """Return the source and the first eight digits of the hash of a file, as far as they are known."""
    return " ".join(part for part in (report.source, (report.file_sha256 or "")[:8]) if part)


def sentence_of_files(reports: Sequence[FileReport]) -> Message:
    """Return in one sentence what became of a file, or of the files of an archive."""
    if len(reports) == 1 and reports[0].sentence:
        return reports[0].sentence
    aside = sum(report.state == "set_aside" for report in reports)
    files = plural("{count} file", "{count} files", count=len(reports))
    return message("{files}, {aside} set aside", files=files, aside=aside) if aside else files


def sentence_of(core: CoreReport, refused: Mapping[str, int]) -> Message:
    """Return in one sentence what the current edition comes to, and how much was refused in the files that count."""
    return message(
        "{leaders}, {requests}, {reviews}, {rejected}",
        leaders=plural("{count} leader", "{count} leaders", count=core.leader_count),
        requests=plural("{count} request", "{count} requests", count=core.request_count),
        reviews=plural("{count} question to settle", "{count} questions to settle", count=core.review_count),
        rejected=plural("{count} value refused", "{count} values refused", count=sum(refused.values())),
    )


def require_all_read(reports: Sequence[FileReport]) -> None:
    """Raise DataError if a file was set aside, saying which and why; what could be read has been kept."""
    aside = [report for report in reports if report.state == "set_aside"]
    if not aside:
        return
    # Named although Prefect keeps the sentence: the organiser chose the name, and must know which file to correct.
    raise DataError(
        plural(
            "{count} file was set aside: {reason}",
            "{count} files were set aside; the first: {reason}",
            count=len(aside),
            reason=aside[0].sentence,
        ),
        where=", ".join(f"inbox/{report.file_name}" for report in aside),
        remedy=message("The other files were taken in. Correct or remove these and call: rencontres ingest"),
    )
