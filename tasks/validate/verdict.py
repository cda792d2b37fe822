"""The verdict on a registration base, and where it is remembered."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from tasks.errors import GateStopped
from tasks.event import Event
from tasks.messages import message, plural
from tasks.store import Database
from tasks.validate.frames import input_sha256, judged_frames
from tasks.validate.gate import Gate, GateResult
from tasks.validate.gates import all_gates, limits_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all gates said of one state of the base; ``checked_at`` is when that state was first judged."""

    edition_id: str
    input_sha256: str
    checked_at: datetime
    results: tuple[GateResult, ...]

    @property
    def stopped(self) -> tuple[GateResult, ...]:
        """The gates that forbid a plan."""
        return tuple(result for result in self.results if result.severity == "stop" and not result.is_passed)

    @property
    def warned(self) -> tuple[GateResult, ...]:
        """The gates that a person should look at before planning."""
        return tuple(result for result in self.results if result.severity == "warn" and not result.is_passed)

    @property
    def is_passed(self) -> bool:
        """Whether the base may be planned."""
        return not self.stopped


def judge_base(database: Database, event: Event, at: datetime) -> Verdict:
    """Judge the base of an event as it stands, or recall what was said of exactly this state.

    Raises RencontresError when a gate could not be evaluated.
    """
    limits = limits_of(event)
    gates = all_gates(limits)
    frames = judged_frames(database, event, limits)
    sha256 = input_sha256(frames, gates)
    known = _recall(database, event.id, sha256, gates)
    if known is not None:
        _point_to(database, known, night_of(event, at))
        return known
    from tasks.validate.engine import run_gates  # noqa: PLC0415 -- seven seconds, only where something is judged

    verdict = Verdict(event.id, sha256, at, run_gates(frames, gates))
    _remember(database, verdict)
    _point_to(database, verdict, night_of(event, at))
    return verdict


def night_of(event: Event, at: datetime) -> date:
    """Return the night to which an instant belongs: the local date."""
    return at.astimezone(event.zone).date()


def require_passed(verdict: Verdict, page: str) -> None:
    """Raise GateStopped when a gate forbids a plan; ``page`` is where the organiser reads which rows and why."""
    if verdict.stopped:
        raise GateStopped(
            plural(
                "a check of the registrations forbids a plan: {codes}.",
                "{count} checks of the registrations forbid a plan: {codes}.",
                count=len(verdict.stopped),
                codes=", ".join(result.code for result in verdict.stopped),
            ),
            where=page,
            remedy=message("Open this page: it names every line and says what to do. Then call: rencontres ingest"),
        )


def _recall(database: Database, edition_id: str, sha256: str, gates: Sequence[Gate]) -> Verdict | None:
    rows = database.frame("audit/select_gate_results", edition_id=edition_id, input_sha256=sha256)
    if rows.is_empty():
        return None
    checked_at: datetime = rows["checked_at"][0]
    found = {
        row["code"]: GateResult(**{**row, "failed_keys": tuple(json.loads(row["failed_keys"]))})
        for row in rows.drop("checked_at").to_dicts()
    }
    return Verdict(edition_id, sha256, checked_at, tuple(found[gate.code] for gate in gates))


def _remember(database: Database, verdict: Verdict) -> None:
    key: dict[str, Any] = {"edition_id": verdict.edition_id, "input_sha256": verdict.input_sha256}
    rows = [{**key, **asdict(result), "failed_keys": json.dumps(result.failed_keys)} for result in verdict.results]
    database.run("audit/insert_gate_run", **key, checked_at=verdict.checked_at, is_passed=verdict.is_passed)
    database.run("audit/insert_gate_results", frame=pl.DataFrame(rows))


def _point_to(database: Database, verdict: Verdict, night: date) -> None:
    """Note which remembered verdict holds now, and in this night: a state that comes back leaves no newer run."""
    key: dict[str, Any] = {"edition_id": verdict.edition_id, "input_sha256": verdict.input_sha256}
    database.run("audit/upsert_current_gate", **key)
    database.run("audit/upsert_gate_night", **key, night=night)
