"""What the digest is made from, read from the database, and where the digests of the nights stand."""

import json
from datetime import date
from typing import Final

from tasks.event import Event
from tasks.publish.digest.making import Facts
from tasks.store import Database

_CHANGES_SHOWN: Final = 12  # of each kind
_ASKED_SHOWN: Final = 8
_FEW_SHOWN: Final = 12


def read_facts(db: Database, event: Event, night: date) -> Facts:
    """Read everything that the digest of a night tells."""
    of_night = {"edition_id": event.id, "night": night}
    return Facts(
        change_counts=db.rows("audit/select_change_counts", **of_night),
        changes=db.rows("outbox/select_digest_changes", **of_night, most=_CHANGES_SHOWN),
        curve=db.rows("outbox/select_digest_curve", **of_night),
        requests=db.rows("outbox/select_digest_requests", edition_id=event.id),
        asked=db.rows("outbox/select_digest_asked", edition_id=event.id, most=_ASKED_SHOWN),
        few=db.rows(
            "outbox/select_digest_few",
            edition_id=event.id,
            slot_starts=list(event.slot_starts()),
            slot_minutes=event.meetings.minutes,
            minimum=event.meetings.minimum,
            most=_FEW_SHOWN,
        ),
        open_items=db.rows("outbox/select_digest_open", edition_id=event.id),
        known_items=_known_items(db, event.id, night),
    )


def _known_items(db: Database, edition_id: str, night: date) -> frozenset[str]:
    found = db.value("outbox/select_digest_before", edition_id=edition_id, night=night)
    return frozenset(json.loads(str(found))) if found is not None else frozenset()
