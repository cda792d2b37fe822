"""What it would cost if two had to meet: the choice made again with their meeting forced."""

from dataclasses import dataclass, replace

from tasks.errors import RencontresError
from tasks.messages import message
from tasks.schedule.budget import EFFORTS, Search, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.completion import complete
from tasks.schedule.forced import ForcedArena, free_slots, holding, loosened
from tasks.schedule.locks import UNITS as LOCK_UNITS
from tasks.schedule.locks import have_room
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Pair, Problem
from tasks.schedule.referee import violations
from tasks.schedule.solver import Stages


@dataclass(frozen=True, slots=True)
class Price:
    """How many meetings more leaders would lack and how many points fewer the plan would have.

    ``is_exact`` says that a plan at this price was found and none is cheaper; else it costs at least this much.
    """

    shortfall: int
    value: int
    is_exact: bool


def price_of(problem: Problem, plan: Plan, pair: Pair, watch: Stopwatch, locked: tuple[Pair, ...] = ()) -> Price | None:
    """Return what a pair that may meet would cost against a plan, None where fixed meetings leave no place for it.

    ``locked`` pairs must meet too; those that the problem has fixed because the plan holds them there may move.
    Raises RencontresError where the plan that would be told as the price breaks a rule.
    """
    problem, forced = loosened(problem, locked), (pair, *locked)
    if not free_slots(problem, pair):
        return None
    if locked and have_room(problem, forced, Search(plan.seed, LOCK_UNITS, watch)) is False:
        return None
    arena = ForcedArena(problem, forced)
    stages = Stages(arena, plan.seed, EFFORTS["normal"], watch, lambda _stage, _reached, _bound: None)
    timetable = stages.who_and_when()
    timetable = replace(timetable, slots=complete(arena, timetable.slots))  # the clock may have cut what does so
    found = stages.plan(timetable, _any_tables(arena, timetable.slots), least_gaps=0, least_changes=0)
    held = holding(problem, forced, found)
    broken = violations(held, replace(found, problem_sha256=held.sha256))
    if broken:
        raise RencontresError(
            message("the plan with this meeting breaks a rule: {first}", first=broken[0].sentence),
            where=broken[0].where,
        )
    return Price(
        found.bounds.shortfall - plan.objective.shortfall,
        plan.objective.value - found.bounds.value,
        is_exact=found.status == plan.status == "optimal",
    )


def _any_tables(arena: Arena, slots: dict[int, int]) -> dict[int, int]:
    """Return a table for every meeting: the one that it must have, else one that is left; the last where none is."""
    tables = {position: arena.candidates[position].table for position in slots}
    for at in range(arena.slot_count):
        here = [position for position, slot in slots.items() if slot == at]
        taken = {tables[position] for position in here}
        left = (table for table in range(len(arena.problem.tables)) if table not in taken)
        tables |= {position: next(left, -1) for position in here if tables[position] < 0}
    return tables
