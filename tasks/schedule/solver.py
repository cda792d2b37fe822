"""From a problem to a plan: who, when, where, and why not. Each stage is decided before the next is looked at."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Final, TypeAlias

from tasks.schedule.budget import EFFORTS, Stopwatch, Work
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.completion import complete
from tasks.schedule.conflicts import smallest_conflict
from tasks.schedule.exact import Search, TimetableModel
from tasks.schedule.figures import objective_of, shortfall_of, value_of
from tasks.schedule.gap_bound import gap_bound
from tasks.schedule.gaps import fewer_gaps, gaps_on
from tasks.schedule.plan import Bounds, Meeting, Objective, Plan
from tasks.schedule.problem import Problem
from tasks.schedule.slots import Placement, place, placement_of
from tasks.schedule.tables import seat_all
from tasks.schedule.unmet import Reasons
from tasks.settings import Effort

SOLVER: Final = f"ortools {version('ortools')}"

# Beyond this CP-SAT's presolve alone takes longer than the plan is worth; the chains' own result then stands.
_MOST_LITERALS: Final = 60_000

STAGES: Final = ("select", "slots", "gaps", "tables")

Report: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Candidates with their slots, and the proven bounds on shortfall and value of any plan."""

    slots: dict[int, int]
    shortfall_bound: int
    value_bound: int


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    effort: Effort = "normal",
    time_limit_seconds: float = 300,
    report: Report | None = None,
) -> Plan:
    """Plan an event.

    The same problem, seed and effort give the same plan but for ``seconds``, unless the time limit cut the search
    short, which ``stopped_by`` then says. ``report`` hears after each stage its name, what was reached and its bound.
    A problem that no plan can satisfy gives a plan of status ``infeasible`` with the conflict, and no meeting.
    """
    conflict = smallest_conflict(problem)
    if conflict is not None:
        return Plan(problem.sha256, "infeasible", (), Objective(), Bounds(), (), seed, SOLVER, conflict=conflict)
    stages = Stages(Arena(problem), seed, EFFORTS[effort], Stopwatch(time_limit_seconds), report or _unheard)
    timetable = stages.who_and_when()
    timetable, least_gaps = stages.with_fewer_gaps(timetable)
    tables, least_changes = stages.where(timetable)
    return stages.plan(timetable, tables, least_gaps, least_changes)


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one solve, with what they share."""

    arena: Arena
    seed: int
    work: Work
    watch: Stopwatch
    report: Report

    def who_and_when(self) -> Timetable:
        """Choose the meetings and give each a slot; where chains cannot, search both together."""
        model = ChoiceModel(self.arena, self.watch)
        choice = model.solve()
        self.watch.lap("select")
        self.report("select", value_of(self.arena, choice.chosen), choice.value_bound)
        placed = place(self.arena, choice.chosen, self.seed, self.watch)
        timetable = Timetable(placed.assigned(), choice.shortfall_bound, choice.value_bound)
        if not placed.is_complete:
            timetable = self._searched(replace(timetable, slots=within_tables(self.arena, placed)), model)
        self.watch.lap("slots")
        self.report("slots", len(timetable.slots), len(choice.chosen))
        return timetable

    def _searched(self, timetable: Timetable, model: ChoiceModel) -> Timetable:
        """Improve what chains placed by searching who and when together, and state the bounds for what was reached."""
        slots = complete(self.arena, timetable.slots)
        shortfall_bound = timetable.shortfall_bound
        if sum(candidate.slots.bit_count() for candidate in self.arena.candidates) <= _MOST_LITERALS:
            found = TimetableModel(self.arena).solve(slots, Search(self.seed, self.work.exact_units, self.watch))
            slots = complete(self.arena, found.slots)
            shortfall_bound = max(shortfall_bound, found.shortfall_bound)
            if found.value_bound is not None:
                return Timetable(slots, shortfall_bound, found.value_bound)
        # More shortfall may allow more value: the bound must hold for plans like this one.
        return Timetable(slots, shortfall_bound, model.value_bound(shortfall_of(self.arena, slots)))

    def with_fewer_gaps(self, timetable: Timetable) -> tuple[Timetable, int]:
        """Move meetings between slots for fewer gaps; return also the proven least number of gaps."""
        chosen = tuple(sorted(timetable.slots))
        least = gap_bound(self.arena, chosen, nodes=self.work.nodes, watch=self.watch)
        self.watch.lap("gap_bound")
        placed = placement_of(self.arena, chosen, timetable.slots)
        rounds = self.work.sweeps_for(len(self.arena.available), self.arena.slot_count)
        placed = fewer_gaps(self.arena, placed, seed=self.seed, rounds=rounds, least=least, watch=self.watch)
        slots = placed.assigned()
        filled = complete(self.arena, slots)
        if len(filled) > len(slots):
            least = gap_bound(self.arena, tuple(sorted(filled)), nodes=self.work.nodes, watch=self.watch)
        self.watch.lap("gaps")
        self.report("gaps", gaps_on(self.arena, placed), least)
        return replace(timetable, slots=filled), least

    def where(self, timetable: Timetable) -> tuple[dict[int, int], int]:
        """Give every meeting a table; return also the proven least number of table changes."""
        tables, least = seat_all(
            self.arena, timetable.slots, seed=self.seed, moves=self.work.table_moves, watch=self.watch
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


def within_tables(arena: Arena, placed: Placement) -> dict[int, int]:
    """Return the placed meetings without the cheapest of those that are beyond the tables of their slot."""
    slots = placed.assigned()
    for slot in range(arena.slot_count):
        here = [position for position, at in slots.items() if at == slot]
        here.sort(
            key=lambda position: (arena.candidates[position].is_fixed, arena.candidates[position].weight, position)
        )
        for position in here[: max(0, len(here) - placed.board.tables)]:
            del slots[position]
    return slots


def _unheard(_stage: str, _reached: int, _bound: int) -> None:
    """Report to nobody."""
