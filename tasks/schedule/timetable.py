"""Who and when: choose, place, and where not all of a choice can be placed, carry the reason back into the choice.

Three rooms of the same search, each entered only where the one before leaves a distance between plan and proof:
rules that the choice broke (``fractional``), neighbourhoods of a few slots (``neighbourhood``), and for small events
everything at once (``exact``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from tasks.schedule.anchor import NOTHING, Anchor, placed_near
from tasks.schedule.budget import Search, Stopwatch, Work
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import Choice, ChoiceModel
from tasks.schedule.completion import complete
from tasks.schedule.figures import shortfall_of, value_of
from tasks.schedule.fractional import SlotLimits
from tasks.schedule.neighbourhood import Goal, improved
from tasks.schedule.slots import Placement, place

# Pairs times slots: beyond, one timetable in fractions takes longer than the plan is worth.
_MOST_LITERALS: Final = 60_000
# Up to here CP-SAT proves the optimum in seconds; far beyond it finds nothing that is worth the wait.
_FEW_LITERALS: Final = 2_000
# Up to here a neighbourhood takes a tenth of a second; larger events search fewer of them.
_QUICK_LITERALS: Final = 20_000
_FEWEST_ROUNDS: Final = 6

Report: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Candidates with their slots, and the proven bounds on shortfall and value of any plan.

    ``is_near`` says that most meetings of an earlier plan stand where they stood.
    """

    slots: dict[int, int]
    shortfall_bound: int
    value_bound: int
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class TimetableSearch:
    """One search, with what its stages share."""

    arena: Arena
    seed: int
    work: Work
    watch: Stopwatch
    report: Report
    anchor: Anchor = NOTHING

    def run(self) -> Timetable:
        """Return the timetable of least shortfall, and then of most value, that was found, with proven bounds."""
        model = ChoiceModel(self.arena, self.watch, self.anchor.pairs)
        choice = self._chosen(model)
        placed = self._placed(choice)
        literals = sum(candidate.slots.bit_count() for candidate in self.arena.candidates)
        if not placed.is_complete and literals <= _MOST_LITERALS:
            choice, placed = self._with_reasons(model, choice, placed)
        timetable = Timetable(placed.assigned(), choice.shortfall_bound, choice.value_bound)
        if not placed.is_complete:
            timetable = self._as_far_as_possible(model, choice, placed, literals)
        self.watch.lap("slots")
        self.report("slots", len(timetable.slots), len(choice.chosen))
        return replace(timetable, is_near=self.anchor.holds(timetable.slots))

    def _chosen(self, model: ChoiceModel, least: int = 0) -> Choice:
        choice = model.solve(least)
        self.watch.lap("select")
        self.report("select", value_of(self.arena, choice.chosen), choice.value_bound)
        return choice

    def _placed(self, choice: Choice) -> Placement:
        """Place a choice: near the plan that is changed where there is one and it can be, else anywhere."""
        if self.anchor.slots:
            placed = placed_near(
                self.arena, choice.chosen, self.anchor, Search(self.seed, self.work.exact_units, self.watch)
            )
            if placed.is_complete:
                return placed
        return place(self.arena, choice.chosen, self.seed, self.watch)

    def _with_reasons(self, model: ChoiceModel, choice: Choice, placed: Placement) -> tuple[Choice, Placement]:
        """Choose again under the rule that the choice broke, until it can be placed or breaks none that is known."""
        limits = SlotLimits(self.arena)
        for _ in range(self.work.cuts):
            if placed.is_complete or self.watch.is_over():
                break
            cut = limits.cut(choice.chosen, self.watch)
            if cut is None:
                break
            model.forbid(cut.positions, cut.weights, cut.most)
            again = self._chosen(model, choice.shortfall_bound)
            if self.watch.was_cut:  # the clock took it as it came: what was chosen before is better
                break
            choice, placed = again, self._placed(again)
            self.watch.lap("slots")
        return choice, placed

    def _as_far_as_possible(self, model: ChoiceModel, choice: Choice, placed: Placement, literals: int) -> Timetable:
        """Improve what was placed, and state the bounds for what was reached."""
        slots = complete(self.arena, self._with_who_must(within_tables(self.arena, placed)))
        least, most = choice.shortfall_bound, choice.value_bound
        goal = Goal(least, most)
        most_rounds = self.work.neighbourhoods
        rounds = min(most_rounds, max(_FEWEST_ROUNDS, most_rounds * _QUICK_LITERALS // max(1, literals)))
        slots = improved(self.arena, slots, goal, rounds=rounds, seed=self.seed, watch=self.watch)
        if literals <= _FEW_LITERALS and self._reached(slots) != (-least, most):
            # CP-SAT's modelling layer brings 70 MB and a second of imports, which most events do without.
            from tasks.schedule.exact import TimetableModel  # noqa: PLC0415 -- as above

            search = Search(self.seed, self.work.exact_units, self.watch)
            found = TimetableModel(self.arena).solve(slots, search, least=least)
            slots = max(slots, complete(self.arena, found.slots), key=self._reached)
            least = max(least, found.shortfall_bound)
            if found.value_bound is not None and shortfall_of(self.arena, slots) == least:
                return Timetable(slots, least, found.value_bound)
        lacking = shortfall_of(self.arena, slots)
        # More shortfall may allow more value: the bound must hold for plans like this one.
        return Timetable(slots, least, most if lacking == choice.shortfall_bound else model.value_bound(lacking))

    def _with_who_must(self, slots: dict[int, int]) -> dict[int, int]:
        """Return the slots where all who must meet do, else the slots of these alone: chains may leave one out."""
        must = {position: c.slots for position, c in enumerate(self.arena.candidates) if c.is_fixed}
        if must.keys() <= slots.keys():
            return slots
        from tasks.schedule.exact import TimetableModel  # noqa: PLC0415 -- CP-SAT costs 70 MB, and few locks need it

        search = Search(self.seed, self.work.exact_units, self.watch)
        return TimetableModel(self.arena, must).prefer(must, {}, search)

    def _reached(self, slots: dict[int, int]) -> tuple[int, int]:
        return -shortfall_of(self.arena, slots), value_of(self.arena, slots)


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
