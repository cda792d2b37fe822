"""What the gates judge: one frame per named query, and the hash that tells two states of the base apart."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

import polars as pl

from tasks.event import Event
from tasks.store import Database
from tasks.validate.gate import FrameName, Gate, Limits

# So many rows are text at a time: that of 200,000 would be held four times over.
_HASHED: Final = 10_000
_QUERIES: Final[Mapping[FrameName, tuple[str, ...]]] = {
    "leaders": ("edition_id", "slot_starts", "slot_minutes"),
    "companies": ("edition_id",),
    "registrations": ("edition_id", "price_cents"),
    "requests": ("edition_id",),
    "offers": ("edition_id",),
    "exclusions": ("edition_id",),
    "unavailabilities": ("edition_id",),
    "exhibitors": ("edition_id",),
    "identity_links": ("edition_id",),
    "merges": ("edition_id",),
    "suggestions": ("edition_id",),
    "editions": (),
    "files": (),
    "base": (
        *("edition_id", "slot_starts", "slot_minutes", "table_count", "most_meetings"),
        *("earlier_share", "unknown_share"),
    ),
}


def judged_frames(database: Database, event: Event, limits: Limits) -> dict[FrameName, pl.DataFrame]:
    """Read everything that the gates judge; rows come in the order of their keys."""
    values = {
        "edition_id": event.id,
        "slot_starts": list(event.slot_starts()),
        "slot_minutes": event.meetings.minutes,
        "table_count": event.tables.count,
        "most_meetings": event.meetings.maximum,
        "earlier_share": limits.earlier_share,
        "unknown_share": limits.unknown_share,
        "price_cents": int(event.price.including_vat * 100),
    }
    return {
        name: database.frame(f"audit/judge_{name}", **{key: values[key] for key in needed})
        for name, needed in _QUERIES.items()
    }


def input_sha256(frames: Mapping[FrameName, pl.DataFrame], gates: Iterable[Gate]) -> str:
    """Return the hash of a judged state: the same rows under the same rules give the same 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        header = frame.head(0).write_csv()
        rows = (part.write_csv(include_header=False) for part in frame.iter_slices(_HASHED))
        for text in chain((f"{name}\n", header), rows, "\n"):
            digest.update(text.encode())
    for gate in gates:
        rule = [gate.code, gate.severity, gate.expectation.kind, dict(gate.expectation.arguments)]
        digest.update(json.dumps(rule, sort_keys=True).encode())
    return digest.hexdigest()
