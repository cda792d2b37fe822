"""A plan that changes an earlier one: what of it can stay does, once the best value is found and proven.

The choice of meetings is exact with or without an earlier plan; among choices of the same value that with most of its
pairs is taken (``choice``). Meetings then begin at their earlier slots and tables, and ``homing`` moves them only where
that pays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tasks.schedule import homing, kempe, placing, sweeps
from tasks.schedule.budget import Search
from tasks.schedule.candidates import Arena
from tasks.schedule.gaps import agendas_of
from tasks.schedule.kempe import Ints
from tasks.schedule.plan import Plan
from tasks.schedule.slots import Placement, placement_of


@dataclass(frozen=True, slots=True)
class Anchor:
    """An earlier plan in positions: the candidates that met, and slot and table of those that may meet there again."""

    pairs: frozenset[int]
    slots: Mapping[int, int]
    tables: Mapping[int, int]

    def holds(self, slots: Mapping[int, int]) -> bool:
        """Say whether three quarters of the meetings that could stay in their slot do.

        Of eight meetings with fewer, hardly anybody's agenda would stay as it was (0.75 to the power of 8 is a tenth):
        then a plan made afresh, with fewer gaps, is worth more.
        """
        earlier = [(at, slots[position]) for position, at in self.slots.items() if position in slots]
        return len(earlier) > 0 and 4 * sum(at == now for at, now in earlier) >= 3 * len(earlier)


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


def placed_near(arena: Arena, chosen: tuple[int, ...], anchor: Anchor, search: Search) -> Placement:
    """Return the chosen meetings in their earlier slots and the others where they fit, with few moved for them.

    Where no room is found, the placement is empty.
    """
    placed = placement_of(arena, chosen)
    board, home = placed.board, _home(placed, anchor)
    for meeting, at in enumerate(home):
        if at >= 0 and board.load[at] < board.tables and kempe.is_free(meeting, at, board):
            kempe.put(meeting, at, board)
    placing.place_all(board)
    homing.even_out(home, board, agendas_of(arena, placed), sweeps.no_chains(len(chosen)))
    if placed.is_complete:
        return placed
    # In full halls single chains do not always find room; several moves at once do, and then the fewest are wanted.
    from tasks.schedule.exact import TimetableModel  # noqa: PLC0415 -- CP-SAT costs 70 MB, and few changes need it

    model = TimetableModel(
        arena, {position: arena.candidates[position].slots for position in chosen}, frozenset(chosen)
    )
    earlier = {position: at for position, at in anchor.slots.items() if position in set(chosen)}
    return placement_of(arena, chosen, model.nearest(earlier, search))


def closer(arena: Arena, placed: Placement, anchor: Anchor) -> Placement:
    """Return the placement with meetings moved where that saves gaps or brings them back to the earlier slot."""
    moved = placed.copy()
    homing.descend(_home(moved, anchor), moved.board, agendas_of(arena, moved), sweeps.no_chains(len(moved.chosen)))
    return moved


def _home(placed: Placement, anchor: Anchor) -> Ints:
    return np.array([anchor.slots.get(position, -1) for position in placed.chosen], np.int64)
