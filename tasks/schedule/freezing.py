"""What a plan is made from: the registrations as they are now, and what the organiser adds for this plan."""

from dataclasses import dataclass, replace

from tasks.event import Event
from tasks.event_sections import Meetings
from tasks.schedule.build import problem_of_event
from tasks.schedule.forced import holding
from tasks.schedule.locks import require_room
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Pair, Problem
from tasks.schedule.rulings import rulings_of
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Frozen:
    """A problem, and the hash of the registrations before anything was added: it tells later whether they changed.

    None for a plan of the day itself, which starts from a plan and not from the registrations. ``earlier`` is the plan
    that is changed, ``earlier_version_id`` its version; None for one that is planned afresh.
    ``locked`` pairs must meet.
    """

    problem: Problem
    registrations_sha256: str | None = None
    earlier: Plan | None = None
    earlier_version_id: str | None = None
    locked: tuple[Pair, ...] = ()

    def problem_of(self, plan: Plan) -> Problem:
        """Return the problem that a plan answers: the locked pairs are fixed meetings where it holds them."""
        return holding(self.problem, self.locked, plan)


def registrations_sha256(db: Database, event: Event) -> str:
    """Return the hash of the registrations and ``event.toml`` as they are. Raises what ``problem_of_event`` does."""
    return problem_of_event(db, event).sha256


def freeze(
    db: Database,
    event: Event,
    *,
    free_tables: int = 0,
    maximum: int | None = None,
    seed: int = 1,
    time_limit_seconds: float = 300,
    earlier: Plan | None = None,
) -> Frozen:
    """Return the problem to solve: the registrations, the tables left free, the maximum and the organiser's rulings.

    A ruling about somebody who is no longer registered rests. Raises what ``problem_of_event`` and ``require_room`` do.
    """
    plain = event.model_copy(update={"meetings": _with_maximum(event, maximum)})
    problem = problem_of_event(db, plain, free_tables)
    rulings = [one for one in rulings_of(db, event.id) if problem.leader_by_id.keys() >= set(one.pair)]
    forbidden = (one.pair for one in rulings if one.ruling == "forbid")
    locked = tuple(one.pair for one in rulings if one.ruling == "lock")
    ruled = replace(problem, excluded=(*problem.excluded, *forbidden))
    require_room(ruled, locked, seed=seed, time_limit_seconds=time_limit_seconds)
    return Frozen(ruled, registrations_sha256(db, event), earlier, locked=locked)


def _with_maximum(event: Event, maximum: int | None) -> Meetings:
    if maximum is None:
        return event.meetings
    return event.meetings.model_copy(update={"maximum": maximum, "minimum": min(event.meetings.minimum, maximum)})
