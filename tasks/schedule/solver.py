"""From a problem to a plan: who, when, where, and why not. Each stage is decided before the next is looked at."""

from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Final

from tasks.memory import give_back
from tasks.schedule.anchor import NOTHING, Anchor, anchor_of, closer
from tasks.schedule.budget import EFFORTS, Stopwatch, Work
from tasks.schedule.candidates import Arena
from tasks.schedule.completion import complete
from tasks.schedule.conflicts import smallest_conflict
from tasks.schedule.event_breaks import with_fewer_breaks
from tasks.schedule.figures import objective_of
from tasks.schedule.forced import ForcedArena, holding, is_answered
from tasks.schedule.gap_bound import gap_bound
from tasks.schedule.gaps import GapSearch, gaps_on
from tasks.schedule.plan import Bounds, Meeting, Objective, Plan
from tasks.schedule.problem import Pair, Problem
from tasks.schedule.slots import placement_of
from tasks.schedule.tables import seat_all
from tasks.schedule.timetable import Report, Timetable, TimetableSearch
from tasks.schedule.unmet import Reasons
from tasks.settings import Effort

SOLVER: Final = f"ortools {version('ortools')}"

STAGES: Final = ("select", "slots", "gaps", "tables")


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    effort: Effort = "normal",
    time_limit_seconds: float = 300,
    report: Report | None = None,
    earlier: Plan | None = None,
    locked: tuple[Pair, ...] = (),
) -> Plan:
    """Plan an event.

    The same problem, seed and effort give the same plan but for ``seconds``, unless the time limit cut the search
    short, which ``stopped_by`` then says. With an ``earlier`` plan, perhaps of another problem, what of it can stay
    does, and the same three with the same earlier plan give the same plan. ``report`` hears after each stage its name,
    what was reached and its bound.
    A problem that no plan can satisfy gives a plan of status ``infeasible`` with the conflict, and no meeting.

    ``locked`` pairs, which have room (``locks.require_room``), meet at whatever slot suits the whole plan, and what is
    proven is proven for every slot; the plan answers the problem that ``forced.holding`` gives.
    """
    conflict = smallest_conflict(problem)
    if conflict is not None:
        return Plan(problem.sha256, "infeasible", (), Objective(), Bounds(), (), seed, SOLVER, conflict=conflict)
    arena = ForcedArena(problem, locked) if locked else Arena(problem)
    watch = Stopwatch(time_limit_seconds)
    if earlier is not None and earlier.stopped_by is None and is_answered(problem, locked, earlier):
        return earlier  # nothing has changed: all of it can stay
    stages = Stages(arena, seed, EFFORTS[effort], watch, report or _unheard, anchor_of(arena, earlier))
    timetable = stages.who_and_when()
    timetable, least_gaps = stages.with_fewer_gaps(timetable)
    tables, least_changes = stages.where(timetable)
    plan = stages.plan(timetable, tables, least_gaps, least_changes)
    return replace(plan, problem_sha256=holding(problem, locked, plan).sha256)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one solve, with what they share."""

    arena: Arena
    seed: int
    work: Work
    watch: Stopwatch
    report: Report
    anchor: Anchor = NOTHING

    def who_and_when(self) -> Timetable:
        """Choose the meetings and give each a slot."""
        timetable = TimetableSearch(self.arena, self.seed, self.work, self.watch, self.report, self.anchor).run()
        give_back()
        return timetable

    def with_fewer_gaps(self, timetable: Timetable) -> tuple[Timetable, int]:
        """Move meetings between slots for fewer gaps; return also the proven least number of gaps."""
        chosen = tuple(sorted(timetable.slots))
        least = gap_bound(self.arena, chosen, nodes=self.work.nodes, watch=self.watch)
        self.watch.lap("gap_bound")
        filled = complete(self.arena, self._settled(timetable, least))
        if filled.keys() != timetable.slots.keys():
            # The bound belongs to the meetings that are held: others of the same value, or some more, have their own.
            least = gap_bound(self.arena, tuple(sorted(filled)), nodes=self.work.nodes, watch=self.watch)
        self.watch.lap("gaps")
        self.report("gaps", gaps_on(self.arena, placement_of(self.arena, tuple(sorted(filled)), filled)), least)
        return replace(timetable, slots=filled), least

    def _settled(self, timetable: Timetable, least: int) -> dict[int, int]:
        """Return slots with few gaps: near those of the plan that is changed, else wherever they are fewest."""
        placed = placement_of(self.arena, tuple(sorted(timetable.slots)), timetable.slots)
        if timetable.is_near:
            return closer(self.arena, placed, self.anchor).assigned()
        rounds = self.work.rounds_for(len(self.arena.available), self.arena.slot_count)
        search = GapSearch(self.arena, rounds, least, self.watch, lambda fewest: self.report("gaps", fewest, least))
        slots = search.run(placed, self.seed).assigned()
        if self.arena.problem.idle == "breaks":
            slots = with_fewer_breaks(self.arena, slots, seed=self.seed, units=self.work.exact_units, watch=self.watch)
        return slots

    def where(self, timetable: Timetable) -> tuple[dict[int, int], int]:
        """Give every meeting a table; return also the proven least number of table changes."""
        tables, least = seat_all(
            self.arena,
            timetable.slots,
            seed=self.seed,
            moves=self.work.table_moves,
            watch=self.watch,
            anchor=self.anchor if timetable.is_near else NOTHING,
        )
        self.watch.lap("tables")
        self.report("tables", objective_of(self.arena, timetable.slots, tables).table_changes, least)
        return tables, least

    def plan(self, timetable: Timetable, tables: dict[int, int], least_gaps: int, least_changes: int) -> Plan:
        """Put the stages' results together."""
        objective = objective_of(self.arena, timetable.slots, tables)
        bounds = Bounds(timetable.shortfall_bound, timetable.value_bound, least_gaps, least_changes)
        return assemble(self.arena, timetable.slots, tables, objective, bounds, self.seed, self.watch)


def assemble(
    arena: Arena,
    slots: dict[int, int],
    tables: dict[int, int],
    objective: Objective,
    bounds: Bounds,
    seed: int,
    watch: Stopwatch,
) -> Plan:
    """Return the plan of candidates with their slots and tables, ids instead of positions."""
    problem = arena.problem
    is_proven = objective.shortfall == bounds.shortfall and objective.value == bounds.value
    return Plan(
        problem_sha256=problem.sha256,
        status="optimal" if is_proven else "feasible",
        meetings=tuple(
            Meeting(
                arena.pair_ids(arena.candidates[position]), problem.slots[slot].id, problem.tables[tables[position]]
            )
            for position, slot in slots.items()
        ),
        objective=objective,
        bounds=bounds,
        unmet=Reasons(arena, slots, tables).unmet(),
        seed=seed,
        solver=SOLVER,
        seconds=dict(watch.seconds),
        stopped_by="time" if watch.was_cut else None,
    )


def _unheard(_stage: str, _reached: int, _bound: int) -> None:
    """Report to nobody."""
