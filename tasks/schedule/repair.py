"""The same-day change: keep every meeting that can stay, at its slot and table, and fill what has become free.

CP-SAT on the free places only, so that the answer comes while people wait at the desk.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from tasks.schedule.anchor import anchor_of
from tasks.schedule.budget import Search, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.change import Change, changed_problem
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.exact import TimetableModel
from tasks.schedule.figures import objective_of
from tasks.schedule.gap_bound import gap_bound
from tasks.schedule.plan import Bounds, Plan
from tasks.schedule.problem import Problem, pair_of
from tasks.schedule.solver import assemble
from tasks.schedule.table_bound import change_bound
from tasks.schedule.tables import links_of

_UNITS: Final = 2.0
_LIMIT_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Repair:
    """The changed problem, its plan, and the version that was changed (empty when it has none)."""

    problem: Problem
    plan: Plan
    parent_version_id: str = ""


def repair(problem: Problem, plan: Plan, change: Change, *, seed: int = 1) -> Repair:
    """Return the changed problem and a plan of it that moves nobody.

    Freed places go to the added pairs first, then to unmet requests: least shortfall, then most value. Raises
    DataError when the change names what cannot be changed (``changed_problem``).
    """
    watch = Stopwatch(_LIMIT_SECONDS)
    changed = changed_problem(problem, plan, change)
    arena = Arena(changed)
    kept = anchor_of(arena, plan)
    floor = _Floor(arena, dict(kept.slots), dict(kept.tables))
    slots = _filled(arena, floor, change, Search(seed, _UNITS, watch))
    tables = floor.seat(slots)
    watch.lap("repair")
    objective = objective_of(arena, slots, tables)
    bounds = Bounds(
        shortfall=0,
        value=ChoiceModel(arena, watch).value_bound(objective.shortfall),
        gaps=gap_bound(arena, tuple(sorted(slots)), nodes=1, watch=watch),
        table_changes=change_bound(arena, slots, list(links_of(arena, slots)), watch),
    )
    watch.lap("bounds")
    return Repair(changed, assemble(arena, slots, tables, objective, bounds, seed, watch))


def _filled(arena: Arena, floor: "_Floor", change: Change, search: Search) -> dict[int, int]:
    """Return the slots of all meetings, with the free places filled."""
    open_slots = {position: 1 << slot for position, slot in floor.slots.items()}
    for position in range(len(arena.candidates)):
        if position not in floor.slots and (free := floor.free_slots(position)):
            open_slots[position] = free
    model = TimetableModel(arena, open_slots, frozenset(floor.slots))
    wanted = {pair_of(*pair) for pair in change.added}
    added = [position for position in open_slots if arena.pair_ids(arena.candidates[position]) in wanted]
    hint = model.prefer(added, floor.slots, search) if added else floor.slots
    return model.solve(hint, search).slots


class _Floor:
    """The hall with the meetings that stay: who and which tables are free."""

    def __init__(self, arena: Arena, slots: dict[int, int], tables: dict[int, int]) -> None:
        self._arena = arena
        self.slots = slots
        self._tables = tables
        self._degree = Counter[int]()
        self._busy: dict[int, int] = defaultdict(int)
        self._taken: dict[int, set[int]] = defaultdict(set)
        for position, slot in slots.items():
            self._taken[slot].add(tables[position])
            for leader in (arena.candidates[position].one, arena.candidates[position].other):
                self._degree[leader] += 1
                self._busy[leader] |= 1 << slot

    def free_slots(self, position: int) -> int:
        """Return (bit mask) where a candidate can be added while nothing moves."""
        candidate = self._arena.candidates[position]
        if any(self._degree[leader] >= self._arena.caps[leader] for leader in (candidate.one, candidate.other)):
            return 0
        mask = candidate.slots & ~self._busy[candidate.one] & ~self._busy[candidate.other]
        free = (at for at in range(self._arena.slot_count) if mask >> at & 1)
        return sum(1 << at for at in free if candidate.table not in self._taken[at])

    def seat(self, slots: dict[int, int]) -> dict[int, int]:
        """Return the tables of all meetings; a new one takes its own table, else one that a leader uses anyway."""
        tables = dict(self._tables)
        taken = {slot: set(here) for slot, here in self._taken.items()}
        new = sorted(slots.keys() - tables.keys(), key=lambda p: (self._arena.candidates[p].table < 0, slots[p], p))
        for position in new:
            used = taken.setdefault(slots[position], set())
            tables[position] = self._table_for(position, used)
            used.add(tables[position])
        return tables

    def _table_for(self, position: int, used: set[int]) -> int:
        candidate = self._arena.candidates[position]
        if candidate.table >= 0:
            return candidate.table
        both = {candidate.one, candidate.other}
        known = Counter(
            table
            for p, table in self._tables.items()
            if both & {self._arena.candidates[p].one, self._arena.candidates[p].other}
        )
        free = [table for table in range(len(self._arena.problem.tables)) if table not in used]
        return min(free, key=lambda table: (-known[table], table))
