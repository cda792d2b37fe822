"""A plan that changes an earlier one: what of it can stay does, once the best value is found and proven.

The choice of meetings is exact with or without an earlier plan; among choices of the same value that with most of its
pairs is taken (``choice``). Meetings then begin at their earlier slots and tables, and ``homing`` moves them only where
that pays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tasks.schedule import homing, kempe, placing, settling, sweeps
from tasks.schedule.candidates import Arena
from tasks.schedule.gaps import agendas_of
from tasks.schedule.kempe import Ints
from tasks.schedule.plan import Plan
from tasks.schedule.slots import Placement, placement_of

# Chains that make room in another way before the next try: few, so that most meetings stay; and how many tries.
_GENTLY: Final = 2
_MOST_STARTS: Final = 20


@dataclass(frozen=True, slots=True)
class Anchor:
    """An earlier plan in positions: the candidates that met, and slot and table of those that may meet there again."""

    pairs: frozenset[int]
    slots: Mapping[int, int]
    tables: Mapping[int, int]

    def holds(self, slots: Mapping[int, int]) -> bool:
        """Say whether at least half of the meetings that could stay in their slot do: else nothing is near any more."""
        earlier = [(at, slots[position]) for position, at in self.slots.items() if position in slots]
        return len(earlier) > 0 and 2 * sum(at == now for at, now in earlier) >= len(earlier)


NOTHING: Final = Anchor(frozenset(), {}, {})


def anchor_of(arena: Arena, earlier: Plan | None) -> Anchor:
    """Return what an earlier plan, perhaps of another problem, means for this one."""
    if earlier is None:
        return NOTHING
    pairs, slots, tables = set(), {}, {}
    for position, candidate in enumerate(arena.candidates):
        meeting = earlier.meeting_by_pair.get(arena.pair_ids(candidate))
        if meeting is None:
            continue
        pairs.add(position)
        slot, table = arena.slot_position.get(meeting.slot, -1), arena.table_position.get(meeting.table, -1)
        if slot >= 0 and candidate.slots >> slot & 1:
            slots[position] = slot
            if table >= 0:
                tables[position] = table
    return Anchor(frozenset(pairs), slots, tables)


def placed_near(arena: Arena, chosen: tuple[int, ...], anchor: Anchor, seed: int) -> Placement:
    """Return the chosen meetings in their earlier slots and the others where they fit, with few moved for them.

    Where there is no room, some meetings are unplaced, or beyond the tables of their slot.
    """
    placed, rng = placement_of(arena, chosen), np.random.default_rng(seed)
    board, home = placed.board, _home(placed, anchor)
    for meeting, at in enumerate(home):
        if at >= 0 and board.load[at] < board.tables and kempe.is_free(meeting, at, board):
            kempe.put(meeting, at, board)
    for _ in range(_MOST_STARTS):
        placing.place_all(board)
        homing.even_out(home, board, agendas_of(arena, placed), sweeps.no_chains(len(chosen)))
        if placed.is_complete:
            break
        settling.shake(rng, _GENTLY, board)
    return placed


def closer(arena: Arena, placed: Placement, anchor: Anchor) -> Placement:
    """Return the placement with meetings moved where that saves gaps or brings them back to the earlier slot."""
    moved = placed.copy()
    homing.descend(_home(moved, anchor), moved.board, agendas_of(arena, moved), sweeps.no_chains(len(moved.chosen)))
    return moved


def _home(placed: Placement, anchor: Anchor) -> Ints:
    return np.array([anchor.slots.get(position, -1) for position in placed.chosen], np.int64)
