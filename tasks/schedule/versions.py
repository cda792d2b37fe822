"""Plan versions: stored once and never changed, listed and compared."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

import polars as pl
from pydantic import TypeAdapter

from tasks.errors import DataError
from tasks.event import Event
from tasks.messages import message
from tasks.schedule.freezing import Frozen
from tasks.schedule.history import Difference, Kind, Version
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Problem
from tasks.schedule.referee import require_valid
from tasks.store import Database

_INSTANT: Final = pl.Datetime("us", "UTC")
_MEETING: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "version_id": pl.String,
    "leader_a": pl.String,
    "leader_b": pl.String,
    "slot_id": pl.String,
    "starts_at": _INSTANT,
    "ends_at": _INSTANT,
    "table_id": pl.String,
    "rank_a": pl.Int32,
    "rank_b": pl.Int32,
}
_UNMET: Final[dict[str, type[pl.DataType]]] = dict.fromkeys(
    ("version_id", "from_leader_id", "to_leader_id", "reason", "detail"), pl.String
)
_VERSIONS: Final = TypeAdapter(list[Version])
_DIFFERENCES: Final = TypeAdapter(list[Difference])


def store(
    db: Database,
    event: Event,
    frozen: Frozen,
    plan: Plan,
    *,
    at: datetime,
    kind: Kind = "final",
    parent_version_id: str | None = None,
) -> str:
    """Store a plan as a new version and return its id; nothing is written where the newest version is this very plan.

    Only the newest keeps its id: an older one would stay behind the one in force, whatever a person decides. Needs an
    open transaction. Raises DataError when the referee refuses the plan.
    """
    problem = frozen.problem_of(plan)
    require_valid(problem, plan)
    last = db.rows("plan/select_newest_plan", edition_id=event.id, kind=kind, problem_sha256=problem.sha256)
    for row in last:
        if Plan.from_json(str(row["plan"])).identity() == plan.identity():
            return str(row["version_id"])
    number = TypeAdapter(int).validate_python(db.value("plan/select_next_number", edition_id=event.id))
    version_id = f"{event.number}-v{number}"
    db.run(
        "plan/insert_version",
        version_id=version_id,
        edition_id=event.id,
        number=number,
        kind=kind,
        parent_version_id=parent_version_id,
        problem_sha256=problem.sha256,
        registrations_sha256=frozen.registrations_sha256,
        problem=problem.to_json(),
        plan=plan.to_json(),
        status=plan.status,
        seed=plan.seed,
        solver=plan.solver,
        created_at=at,
        **asdict(plan.objective),
        **{f"{name}_bound": bound for name, bound in asdict(plan.bounds).items()},
    )
    meetings = pl.DataFrame(list(_meeting_rows(version_id, problem, plan)), schema=_MEETING, orient="row")
    suggested = {(request.asking, request.asked) for request in problem.requests if request.is_suggested}
    unmet = [
        (version_id, item.asking, item.asked, item.reason, item.detail)
        for item in plan.unmet
        if (item.asking, item.asked) not in suggested
    ]
    db.run("plan/insert_meeting", frame=meetings)
    db.run("plan/insert_unmet", frame=pl.DataFrame(unmet, schema=_UNMET, orient="row"), edition_id=event.id)
    return version_id


def list_versions(db: Database, edition_id: str) -> list[Version]:
    """Return the versions of an edition, the newest first."""
    return _VERSIONS.validate_python(db.rows("plan/select_versions", edition_id=edition_id))


def newest(db: Database, edition_id: str) -> Version | None:
    """Return the newest version of an edition, None when there is none."""
    return next(iter(list_versions(db, edition_id)), None)


def version_to_change(db: Database, edition_id: str) -> str:
    """Return the id of the version that a same-day change starts from.

    That is the newest draft built on the approved version that is in force, so that changes which wait for approval
    add up; without one the version in force; where nothing is approved, the newest. Raises DataError when there is no
    version at all.
    """
    found = db.value("plan/select_version_to_change", edition_id=edition_id)
    if found is None:
        raise DataError(message("there is no plan yet."), remedy=message("Make one with: rencontres schedule"))
    return str(found)


def version_to_keep(db: Database, edition_id: str, named: str = "") -> str | None:
    """Return the id of the version that a new final plan changes: the one named, else the one in force, if any."""
    if named:
        return named
    found = db.value("plan/select_approved_version", edition_id=edition_id)
    return None if found is None else str(found)


def read_version(db: Database, version_id: str) -> tuple[Problem, Plan]:
    """Return problem and plan of a version. Raises DataError when there is no such version."""
    rows = db.rows("plan/select_version_files", version_id=version_id)
    if not rows:
        raise DataError(
            message("there is no plan version {version}.", version=version_id),
            remedy=message("List the versions with: rencontres plans"),
        )
    return Problem.from_json(str(rows[0]["problem"])), Plan.from_json(str(rows[0]["plan"]))


def differences(db: Database, before: str, after: str) -> list[Difference]:
    """Return what changes from one version to another, in the order of the afternoon.

    Raises DataError when one of them does not exist.
    """
    for version_id in (before, after):
        read_version(db, version_id)
    return _DIFFERENCES.validate_python(db.rows("plan/select_differences", before=before, after=after))


def _meeting_rows(version_id: str, problem: Problem, plan: Plan) -> Iterator[tuple[object, ...]]:
    # A suggestion is nobody's wish: it has no rank, and nobody misses it.
    ranks = {(request.asking, request.asked): request.rank for request in problem.requests if not request.is_suggested}
    for meeting in plan.meetings:
        (one, other), slot = meeting.pair, problem.slot_by_id[meeting.slot]
        end = slot.start + timedelta(minutes=slot.minutes)
        asked = ranks.get((one, other)), ranks.get((other, one))
        yield version_id, one, other, slot.id, slot.start, end, meeting.table, *asked
