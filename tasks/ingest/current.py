"""The current raw rows, read as records of their kind, edition by edition."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tasks.event import Event
from tasks.ingest.reader import Reader
from tasks.ingest.records import Record, read_record
from tasks.ingest.rejection import Place, Rejection
from tasks.ingest.sources import source_named
from tasks.store import Database

Kept = TypeVar("Kept", bound=Record)


@dataclass(slots=True)
class Records:
    """What the exports of one edition say."""

    all: list[Record] = field(default_factory=list)

    def of(self, record_type: type[Kept]) -> Sequence[Kept]:
        """Return the records of one type, in the order of files and rows."""
        return [record for record in self.all if isinstance(record, record_type)]


def read_current(db: Database, event: Event) -> tuple[dict[str, Records], tuple[Rejection, ...]]:
    """Return the records of each edition, and every value or row that was refused while reading."""
    records: dict[str, Records] = defaultdict(Records)
    rejections: list[Rejection] = []
    for row in db.rows("raw/select_current_rows"):
        place = Place(str(row["file_sha256"]), str(row["sheet"]), int(str(row["row_number"])))
        reader = Reader(place, source_named(str(row["source"])), json.loads(str(row["content"])), event.zone)
        record = read_record(reader)
        if record is not None:
            records[str(row["edition_id"])].all.append(record)
        rejections += reader.rejections
    return records, tuple(rejections)
