"""When: list edge colouring of the chosen meetings with Kempe chains, and the arrays that it works on."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tasks.schedule import kempe, placing, settling
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.kempe import Board

# Fresh starts before giving up: what has not fitted after these rarely does.
_MOST_STARTS: Final = 20
# Proposals per meeting that even out full slots, and their temperatures in squared tables: half of the events in
# which every seat of every slot is needed come out even, and the others with a few too many.
_MOVES: Final = 6000
_HOT: Final = 0.3
_COLD: Final = 0.1
# Full slots that have not come out even after so many trials do not after more.
_MOST_SETTLINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """The chosen meetings (positions of candidates, in the order of the arrays) on their slots.

    The arrays of ``board`` are what the kernels of ``kempe`` and ``sweeps`` change in place.
    """

    chosen: tuple[int, ...]
    board: Board

    @property
    def unplaced(self) -> int:
        """How many meetings have no slot."""
        return int(np.count_nonzero(self.board.slot < 0))

    @property
    def overload(self) -> int:
        """How many meetings are beyond the tables of their slot."""
        return int(np.maximum(self.board.load - self.board.tables, 0).sum())

    @property
    def is_complete(self) -> bool:
        """Whether every meeting has a slot and a table in it."""
        return self.unplaced == self.overload == 0

    def copy(self) -> "Placement":
        """Return a placement that can be changed without changing this one."""
        board = self.board
        return Placement(
            self.chosen, board._replace(slot=board.slot.copy(), grid=board.grid.copy(), load=board.load.copy())
        )

    def assigned(self) -> dict[int, int]:
        """Return the slot of each placed candidate."""
        return {c: int(where) for c, where in zip(self.chosen, self.board.slot, strict=True) if where >= 0}


def placement_of(arena: Arena, chosen: tuple[int, ...], slots: dict[int, int] | None = None) -> Placement:
    """Set up the arrays for a choice, empty or with the slots given."""
    ends = np.full((len(chosen), 3), -1, np.int64)
    allowed = np.zeros((len(chosen), arena.slot_count), np.bool_)
    shared = _shared_tables(arena, chosen)
    for meeting, position in enumerate(chosen):
        candidate = arena.candidates[position]
        ends[meeting] = candidate.one, candidate.other, shared.get(candidate.table, -1)
        for where in range(arena.slot_count):
            allowed[meeting, where] = candidate.slots >> where & 1
    board = Board(
        ends=ends,
        allowed=allowed,
        tables=len(arena.problem.tables),
        slot=np.full(len(chosen), -1, np.int64),
        grid=np.full((len(arena.available) + len(shared), arena.slot_count), -1, np.int64),
        load=np.zeros(arena.slot_count, np.int64),
    )
    for meeting, position in enumerate(chosen):
        if slots is not None and position in slots:
            kempe.put(meeting, slots[position], board)
    return Placement(chosen, board)


def place(arena: Arena, chosen: tuple[int, ...], seed: int, watch: Stopwatch) -> Placement:
    """Give every chosen meeting a slot within availability and tables, as far as chains can.

    What is left is unplaced, or beyond the tables of its slot; the best of several starts is returned.
    """
    rng = np.random.default_rng(seed)
    trial = placement_of(arena, chosen)
    best, settlings = trial.copy(), 0
    for start in range(_MOST_STARTS):
        placing.place_all(trial.board)
        if trial.overload and (settlings := settlings + 1):
            settling.settle(rng, _MOVES * len(chosen), _HOT, _COLD, trial.board)
        if start == 0 or _lacking(trial) < _lacking(best):
            best = trial.copy()
        if best.is_complete or settlings == _MOST_SETTLINGS or watch.is_over():
            break
        settling.shake(rng, 2 * len(chosen), trial.board)
    return best


def _lacking(placed: Placement) -> int:
    return placed.unplaced + placed.overload


def _shared_tables(arena: Arena, chosen: tuple[int, ...]) -> dict[int, int]:
    """Give a number as place, after the leaders, to each table that no one leader has alone."""
    sitters: dict[int, set[int]] = {}
    for position in chosen:
        candidate = arena.candidates[position]
        if candidate.table >= 0:
            both = {candidate.one, candidate.other}
            sitters[candidate.table] = sitters.get(candidate.table, both) & both
    crowded = sorted(table for table, leaders in sitters.items() if not leaders)
    return {table: len(arena.available) + number for number, table in enumerate(crowded)}
