"""Who and when together, by CP-SAT: where chains cannot place a choice, and to prove what they reached.

One worker and deterministic time, so that the answer does not depend on the machine. Small events end with a proof;
large ones with the best plan found from the hint, beside the bound of the choice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from tasks.schedule.budget import Search
from tasks.schedule.candidates import Arena
from tasks.schedule.figures import shortfall_of

# On these models far better than the default portfolio on two cores.
_LINEARIZATION: Final = 2


@dataclass(frozen=True, slots=True)
class Searched:
    """The slot of each candidate that meets, and bounds; ``value_bound`` is None where shortfall was not proven."""

    slots: dict[int, int]
    shortfall_bound: int
    value_bound: int | None


class TimetableModel:
    """Candidates in slots; each method adds one rule.

    ``open_slots`` narrows the slots of candidates (bit masks), ``kept`` must meet like fixed ones.
    """

    def __init__(
        self, arena: Arena, open_slots: dict[int, int] | None = None, kept: frozenset[int] = frozenset()
    ) -> None:
        self._arena = arena
        self._model = cp_model.CpModel()
        self._must_meet = kept | {p for p, candidate in enumerate(arena.candidates) if candidate.is_fixed}
        self._at: dict[tuple[int, int], cp_model.IntVar] = {}
        self._of_candidate: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for position, candidate in enumerate(arena.candidates):
            slots = candidate.slots if open_slots is None else open_slots.get(position, 0)
            for slot in range(arena.slot_count):
                if slots >> slot & 1:
                    meets = self._model.new_bool_var("")
                    self._at[position, slot] = meets
                    self._of_candidate[position].append(meets)
        self._lacks: list[cp_model.IntVar] = []
        self._levels: list[list[cp_model.IntVar]] = []
        self._pair_meets_once()
        self._one_meeting_per_place_and_slot()
        self._within_maximum()
        self._enough_tables()
        self._shortfall = self._shortfalls()
        self._value = self._values()

    def prefer(self, wanted: Iterable[int], hint: dict[int, int], search: Search) -> dict[int, int]:
        """Let as many of the ``wanted`` candidates meet as can, and hold on to that number in what follows."""
        count = sum(meets for position in wanted for meets in self._of_candidate.get(position, []))
        self._model.maximize(count)
        slots, _, _ = self._search(hint, search)
        self._model.add(count >= sum(position in slots for position in wanted))
        return slots

    def is_possible(self, search: Search) -> bool | None:
        """Say whether all that must meet can, None where work or clock ended before that was known."""
        if not self._must_meet <= self._of_candidate.keys():
            return False
        status = _solver(search).solve(self._model)
        return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE

    def nearest(self, home: Mapping[int, int], search: Search) -> dict[int, int]:
        """Let as many candidates as can stand in the slot that ``home`` gives them; empty where nothing was found."""
        self._model.maximize(sum(self._at[place] for place in home.items() if place in self._at))
        slots, _, _ = self._search(dict(home), search, is_solution=False)
        return slots

    def solve(self, hint: dict[int, int], search: Search, *, least: int = 0) -> Searched:
        """Return the least shortfall and then the most value found from ``hint``, which must respect the rules.

        The shortfall is known to be at least ``least``; a hint that reaches it needs no search for less.
        """
        slots = hint
        if shortfall_of(self._arena, hint) > least:
            self._model.minimize(self._shortfall)
            slots, least, is_proven = self._search(hint, search)
            if not is_proven:
                return Searched(slots, least, None)
        self._model.add(self._shortfall <= least)
        self._model.maximize(self._value)
        slots, most, _ = self._search(slots, search)
        return Searched(slots, least, most)

    def _search(
        self, hint: dict[int, int], search: Search, *, is_solution: bool = True
    ) -> tuple[dict[int, int], int, bool]:
        """Return what was found from a hint, which counts as found where it is a solution; its bound; if it is best."""
        self._model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it without annotations
        # A hint that leaves columns open is lost in presolve: hint every one.
        for (position, slot), meets in self._at.items():
            self._model.add_hint(meets, hint.get(position) == slot)
        met, fulfilled = Counter[int](), Counter[int]()
        for position in hint:
            candidate = self._arena.candidates[position]
            met.update((candidate.one, candidate.other))
            fulfilled.update(candidate.askers)
        for leader, lack in enumerate(self._lacks):
            self._model.add_hint(lack, max(0, self._arena.targets[leader] - met[leader]))
        for asker, levels in enumerate(self._levels):
            for count, level in enumerate(levels):
                self._model.add_hint(level, fulfilled[asker] > count)
        solver = _solver(search)
        status = solver.solve(self._model)
        search.watch.is_over()
        bound = round(solver.best_objective_bound)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return hint if is_solution else {}, bound, False
        found = {position: slot for (position, slot), meets in self._at.items() if solver.boolean_value(meets)}
        return found, bound, status == cp_model.OPTIMAL

    def _pair_meets_once(self) -> None:
        """Let a candidate meet at most once, and one that must meet exactly once."""
        for position, meets in self._of_candidate.items():
            if position in self._must_meet:
                self._model.add_exactly_one(meets)
            else:
                self._model.add_at_most_one(meets)

    def _one_meeting_per_place_and_slot(self) -> None:
        """Let leaders, and tables that meetings need, hold one meeting per slot."""
        by_place: dict[tuple[str, int, int], list[cp_model.IntVar]] = {}
        for (position, slot), meets in self._at.items():
            candidate = self._arena.candidates[position]
            by_place.setdefault(("leader", candidate.one, slot), []).append(meets)
            by_place.setdefault(("leader", candidate.other, slot), []).append(meets)
            if candidate.table >= 0:
                by_place.setdefault(("table", candidate.table, slot), []).append(meets)
        for literals in by_place.values():
            self._model.add_at_most_one(literals)

    def _within_maximum(self) -> None:
        """Nobody has more meetings than the maximum allows."""
        for cap, meets in zip(self._arena.caps, self._meetings_of_leaders(), strict=True):
            self._model.add(sum(meets) <= cap)

    def _enough_tables(self) -> None:
        """No slot holds more meetings than there are tables."""
        by_slot: dict[int, list[cp_model.IntVar]] = {}
        for (_, slot), meets in self._at.items():
            by_slot.setdefault(slot, []).append(meets)
        for meets_here in by_slot.values():
            self._model.add(sum(meets_here) <= len(self._arena.problem.tables))

    def _meetings_of_leaders(self) -> list[list[cp_model.IntVar]]:
        found: list[list[cp_model.IntVar]] = [[] for _ in self._arena.caps]
        for (position, _), meets in self._at.items():
            found[self._arena.candidates[position].one].append(meets)
            found[self._arena.candidates[position].other].append(meets)
        return found

    def _shortfalls(self) -> cp_model.LinearExprT:
        for target, meets in zip(self._arena.targets, self._meetings_of_leaders(), strict=True):
            lack = self._model.new_int_var(0, target, "")
            self._model.add(lack + sum(meets) >= target)
            self._lacks.append(lack)
        return sum(self._lacks)

    def _values(self) -> cp_model.LinearExprT:
        """Weights of the meetings, and gains by levels, which never rise and so fill in order."""
        own: list[list[cp_model.IntVar]] = [[] for _ in self._arena.caps]
        terms = []
        for (position, _), meets in self._at.items():
            candidate = self._arena.candidates[position]
            terms.append(candidate.weight * meets)
            for asker in candidate.askers:
                own[asker].append(meets)
        for fulfilled in own:
            levels = [self._model.new_bool_var("") for _ in self._arena.problem.weights.gain[: len(fulfilled)]]
            self._model.add(sum(levels) <= sum(fulfilled))
            self._levels.append(levels)
            terms += [gain * level for gain, level in zip(self._arena.problem.weights.gain, levels, strict=False)]
        return sum(terms)


def _solver(search: Search) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = search.seed % 2**31
    solver.parameters.linearization_level = _LINEARIZATION
    solver.parameters.max_deterministic_time = search.units
    solver.parameters.max_time_in_seconds = search.watch.left_seconds
    return solver
