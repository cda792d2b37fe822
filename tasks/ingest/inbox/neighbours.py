"""What a new export says of the others of its source: whose place it takes, beside which it counts."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from tasks.ingest.inbox.parts import Overlaps, ReadExport
from tasks.ingest.inbox.reports import FileReport, few, joined
from tasks.messages import Message, message

# A full export with fewer than half of the rows of the one before it is more likely a filtered one.
_SUSPICIOUS_SHARE: Final = 0.5


def with_neighbours(
    reports: Sequence[FileReport], exports: Sequence[ReadExport], overlaps: Overlaps, counting: Collection[str]
) -> list[FileReport]:
    """Return the reports; those of new exports say what became of the others of the same source and edition.

    ``exports`` tell what counted before, ``counting`` what counts now.
    """
    known = {export.file_sha256: export for export in exports}
    return [
        _said(report, known[report.file_sha256], exports, overlaps[report.file_sha256], counting)
        if report.state == "new" and report.file_sha256 in known
        else report
        for report in reports
    ]


def _said(
    report: FileReport,
    export: ReadExport,
    exports: Sequence[ReadExport],
    near: Collection[str],
    counting: Collection[str],
) -> FileReport:
    others = [other for other in exports if other.role == export.role and other is not export]
    if export.file_sha256 not in counting:
        return replace(report, sentence=joined(report.sentence, _outdone(export, others, near, counting)))
    replaced = [other for other in others if other.is_current and other.file_sha256 in near]
    beside = [other for other in others if other.file_sha256 in counting]
    if not replaced and not beside:
        return report
    is_small = export.row_count < _SUSPICIOUS_SHARE * sum(other.row_count for other in replaced)
    sentence = joined(
        report.sentence,
        message("It takes the place of {names}.", names=_names(replaced)) if replaced else None,
        message("It counts beside {names}: they have hardly a row in common.", names=_names(beside))
        if beside
        else None,
        _filtered(replaced) if is_small else None,
    )
    return replace(report, sentence=sentence, is_warning=report.is_warning or is_small)


def _outdone(
    export: ReadExport, others: Sequence[ReadExport], near: Collection[str], counting: Collection[str]
) -> Message:
    """Return the sentence about an export that does not count, naming those that count in its place."""
    later = [other for other in others if other.file_sha256 in near and other.read_at >= export.read_at]
    stand = [other for other in later if other.file_sha256 in counting] or later
    return message("It does not count: its rows are also in {names}, read after it.", names=_names(stand))


def _filtered(replaced: Sequence[ReadExport]) -> Message:
    return message(
        "It has fewer than half of the {count} rows of the export it replaces: is it a filtered one?",
        count=sum(other.row_count for other in replaced),
    )


def _names(exports: Sequence[ReadExport]) -> str:
    return few([export.file_name for export in sorted(exports, key=lambda export: (export.read_at, export.file_name))])
