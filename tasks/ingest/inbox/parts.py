"""Which exports of one source and edition count: parts of one whole all do, of those that overlap the last one read."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from tasks.store import Database

# By the hash of an export, those that hold so many of its rows that one takes the place of the other.
Overlaps: TypeAlias = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class ReadExport:
    """An export that was read, this night or before.

    ``role`` is its source and edition, ``position`` its place in the inbox counted from 1, 0 where it is not there;
    ``is_current`` says that it has counted so far.
    """

    file_sha256: str
    file_name: str
    role: tuple[str, str]
    row_count: int
    read_at: datetime
    is_current: bool
    position: int

    @property
    def is_candidate(self) -> bool:
        """Whether it lies in the inbox or has counted so far."""
        return self.position > 0 or self.is_current

    @property
    def rank(self) -> tuple[bool, datetime, bool, int, str]:
        """Of two that overlap the one of the higher rank counts: what lies in the inbox, then what was read later."""
        return self.position > 0, self.read_at, self.is_current, self.position, self.file_sha256


def read_exports(db: Database, present: Sequence[str]) -> list[ReadExport]:
    """Return every export known; ``present`` are the hashes of those in the inbox, in the order of reading."""
    positions = {sha256: position for position, sha256 in enumerate(present, start=1)}
    frame = db.frame("raw/select_exports")
    return [
        ReadExport(sha256, name, (source, edition_id), row_count, read_at, is_current, positions.get(sha256, 0))
        for sha256, name, source, edition_id, row_count, is_current, read_at in frame.iter_rows()
    ]


def read_overlaps(db: Database, exports: Sequence[ReadExport], names: Mapping[str, str]) -> Overlaps:
    """Return what overlaps: by the rows, or because a file of the inbox was written over the other one.

    ``names`` are those of the inbox by hash: they may differ from the names under which contents were first read.
    """
    overlaps: dict[str, set[str]] = {export.file_sha256: set() for export in exports}
    for sha256, other in db.frame("raw/select_overlaps").iter_rows():
        overlaps[sha256].add(other)
    bearers = {(export.role, names[export.file_sha256]): export for export in exports if export.file_sha256 in names}
    for export in exports:
        bearer = bearers.get((export.role, export.file_name))
        if bearer and not export.position:
            overlaps[bearer.file_sha256].add(export.file_sha256)
            overlaps[export.file_sha256].add(bearer.file_sha256)
    return overlaps


def counting(exports: Sequence[ReadExport], overlaps: Overlaps) -> set[str]:
    """Return the hashes of the exports that count. Asking again, once they do, gives the same.

    What lies in the inbox or has counted so far counts, unless one of a higher rank overlaps it. So an older export
    counts again once the newer one has been taken out, and what nothing overlaps goes on counting without its file.
    """
    known = {export.file_sha256: export for export in exports}
    near = {sha256: [known[other] for other in others] for sha256, others in overlaps.items()}
    return {
        export.file_sha256
        for export in exports
        if export.is_candidate
        and not any(other.is_candidate and other.rank > export.rank for other in near[export.file_sha256])
        and not _was_followed(export, near)
    }


def _was_followed(export: ReadExport, near: Mapping[str, Sequence[ReadExport]]) -> bool:
    """Say whether an export gave way, some night, to one that has itself given way to another since.

    That other one need not share any of these rows: they have left the exports, one after the other.
    """
    if export.is_current:
        return False
    others = [(other, _gave_way(other, export, near[other.file_sha256])) for other in near[export.file_sha256]]
    was_taken_out = any(other.is_current and not gave_way for other, gave_way in others)
    return not was_taken_out and any(gave_way and other.read_at > export.read_at for other, gave_way in others)


def _gave_way(export: ReadExport, to_other_than: ReadExport, near: Sequence[ReadExport]) -> bool:
    """Say whether an export that has left the inbox gave way to another, read later, or does so now."""
    later = (other for other in near if other.is_candidate and other is not to_other_than)
    return not export.position and (not export.is_current or any(other.read_at > export.read_at for other in later))
