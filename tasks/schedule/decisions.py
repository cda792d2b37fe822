"""A person's decision about a plan version: approved or rejected, by whom, when, and in spite of which doubts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

from tasks.errors import DataError
from tasks.event import Event
from tasks.messages import Message, message
from tasks.schedule.freezing import registrations_sha256
from tasks.schedule.versions import read_version
from tasks.settings import Decision
from tasks.store import Database

Verdict: TypeAlias = Literal["approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of ``plan/select_decision``: what stands of a version."""

    verdict: Verdict
    decided_by: str
    decided_at: datetime
    remark: str

    @property
    def sentence(self) -> Message:
        """One line for people."""
        values = {"by": self.decided_by, "day": f"{self.decided_at:%Y-%m-%d}", "time": f"{self.decided_at:%H:%M}"}
        if self.verdict == "approved":
            return message("approved by {by} on {day} at {time}", **values)
        if self.remark:
            return message("rejected by {by} on {day} at {time}: {remark}", **values, remark=self.remark)
        return message("rejected by {by} on {day} at {time}", **values)


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A row of ``plan/select_doubts``."""

    kind: str
    registrations_sha256: str | None
    newest_version_id: str
    verdict: Verdict | None
    decided_by: str | None
    remark: str | None


_DECIDED: Final = TypeAdapter(Decided)
_DOUBTFUL: Final = TypeAdapter(_Doubtful)


def decision_of(db: Database, version_id: str) -> Decided | None:
    """Return what stands of a version, None where nobody has decided."""
    rows = db.rows("plan/select_decision", version_id=version_id)
    return _DECIDED.validate_python(rows[0]) if rows else None


def doubts(db: Database, event: Event, version_id: str) -> list[Message]:
    """Return what a person should know before approving a version; nothing is wrong with it where there is none.

    Raises DataError when there is no such version, ConfigurationError where ``event.toml`` fits the base no more.
    """
    read_version(db, version_id)
    found = _DOUBTFUL.validate_python(db.rows("plan/select_doubts", version_id=version_id)[0])
    told = []
    if found.newest_version_id != version_id:
        told.append(message("{newest} is newer than {version}.", newest=found.newest_version_id, version=version_id))
    is_current = found.registrations_sha256 in (None, registrations_sha256(db, event))
    if not is_current:
        told.append(
            message("The registrations or event.toml have changed since {version} was made.", version=version_id)
        )
    if found.verdict == "rejected":
        told.append(message("{version} was rejected by {by}.", version=version_id, by=found.decided_by))
    return told


def approve(
    db: Database, event: Event, version_id: str, by: str, at: datetime, *, remark: str = "", anyway: bool = False
) -> Decided:
    """Record an approval and return it; a version that is approved already keeps its first one.

    Raises DataError when there is no such version, when it is only a preliminary one, when a newer one is approved
    (that one would stay in force), or when there are doubts and nobody said ``anyway``.
    """
    read_version(db, version_id)
    _require_approvable(db, version_id)
    standing = decision_of(db, version_id)
    if standing is not None and standing.verdict == "approved":
        return standing
    told = doubts(db, event, version_id)
    if told and not anyway:
        raise DataError(
            message("{doubts} Nothing was approved.", doubts=joined(told)),
            where=version_id,
            remedy=message("Make a new version with: rencontres schedule · or approve this one with --anyway"),
        )
    return _record(db, version_id, Decided("approved", by, at, remark), was_warned=bool(told))


def reject(db: Database, version_id: str, by: str, at: datetime, remark: str = "") -> Decided:
    """Record a rejection and return it. Raises DataError for an unknown version, and for one that is approved."""
    read_version(db, version_id)
    standing = decision_of(db, version_id)
    if standing is not None and standing.verdict == "approved":
        raise DataError(
            message(
                "{version} is {decision}; people may have been told.", version=version_id, decision=standing.sentence
            ),
            remedy=message("Make a new version with: rencontres schedule"),
        )
    return _record(db, version_id, Decided("rejected", by, at, remark), was_warned=False)


def settle(db: Database, event: Event, version_id: str, told: Decision, at: datetime) -> Decided | None:
    """Record what a form says and return what stands; None where doubts stand against an approval.

    An approval that was recorded meanwhile, at the command line, stands whatever the form says.
    """
    standing = decision_of(db, version_id)
    if standing is not None and standing.verdict == "approved":
        return standing
    if told.verdict == "reject":
        return reject(db, version_id, told.by, at, told.remark)
    if not told.anyway and doubts(db, event, version_id):
        return None
    return approve(db, event, version_id, told.by, at, remark=told.remark, anyway=told.anyway)


def joined(sentences: list[Message]) -> Message:
    """Return sentences one after the other as one."""
    first, *rest = sentences
    return message("{one} {other}", one=first, other=joined(rest)) if rest else first


def _require_approvable(db: Database, version_id: str) -> None:
    newer = db.value("plan/select_newer_approved", version_id=version_id)
    remedy = message("Make a new version with: rencontres schedule")
    if newer is not None:
        raise DataError(
            message("{newer} is newer than {version} and already approved.", newer=str(newer), version=version_id),
            remedy=remedy,
        )
    if db.rows("plan/select_doubts", version_id=version_id)[0]["kind"] == "preliminary":
        raise DataError(message("{version} is a preliminary plan, made to look at.", version=version_id), remedy=remedy)


def _record(db: Database, version_id: str, decided: Decided, *, was_warned: bool) -> Decided:
    """Write a decision down and return it, its time now in the zone of the event."""
    db.run(
        "plan/insert_decision",
        version_id=version_id,
        verdict=decided.verdict,
        decided_by=decided.decided_by,
        decided_at=decided.decided_at,
        remark=decided.remark,
        was_warned=was_warned,
    )
    return _DECIDED.validate_python(db.rows("plan/select_decision", version_id=version_id)[0])
