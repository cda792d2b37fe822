"""Kempe chains: the compiled kernels that move meetings between two slots without ever breaking a rule.

A meeting occupies up to three *places*: its two leaders and, where several leaders always sit at one table, that
table. ``grid[place, slot]`` holds the meeting there (-1: none). For two slots, the meetings linked by common places
form chains; exchanging the two slots over a whole chain keeps every place at one meeting per slot.

All integers are int64, so that the compiled and the plain Python form do the same.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.schedule.compiled import compiled

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]


class Board(NamedTuple):
    """The meetings on their slots; the kernels change the last three arrays in place.

    ``ends[meeting, 3]`` places (-1: none) · ``allowed[meeting, slot]`` · ``tables`` meetings that a slot holds
    · ``slot[meeting]`` (-1: unplaced) · ``grid[place, slot]`` meeting there (-1: none) · ``load[slot]`` meetings.
    """

    ends: Ints
    allowed: Flags
    tables: int
    slot: Ints
    grid: Ints
    load: Ints


@compiled
def put(meeting: int, where: int, board: Board) -> None:
    """Give an unplaced meeting a slot in which its places are free."""
    for side in range(3):
        if board.ends[meeting, side] >= 0:
            board.grid[board.ends[meeting, side], where] = meeting
    board.slot[meeting] = where
    board.load[where] += 1


@compiled
def grow(members: Ints, first: int, size: int, one: int, other: int, board: Board, seen: Flags) -> int:
    """Extend ``members[first:size]`` to the whole chain between two slots; return its new end. Marks ``seen``."""
    at = first
    while at < size:
        meeting = members[at]
        at += 1
        opposite = other if board.slot[meeting] == one else one
        for side in range(3):
            place = board.ends[meeting, side]
            if place >= 0:
                neighbour = board.grid[place, opposite]
                if neighbour >= 0 and not seen[neighbour]:
                    seen[neighbour] = True
                    members[size] = neighbour
                    size += 1
    return size


@compiled
def is_movable(members: Ints, first: int, end: int, one: int, other: int, board: Board) -> bool:
    """Say whether every meeting of a chain may stand in the opposite slot."""
    for at in range(first, end):
        meeting = members[at]
        if not board.allowed[meeting, other if board.slot[meeting] == one else one]:
            return False
    return True


@compiled
def flip(members: Ints, first: int, end: int, one: int, other: int, board: Board) -> None:
    """Exchange the two slots over a whole chain."""
    for at in range(first, end):
        meeting = members[at]
        for side in range(3):
            if board.ends[meeting, side] >= 0:
                board.grid[board.ends[meeting, side], board.slot[meeting]] = -1
    for at in range(first, end):
        meeting = members[at]
        opposite = other if board.slot[meeting] == one else one
        board.load[board.slot[meeting]] -= 1
        put(meeting, opposite, board)


@compiled
def surplus(members: Ints, first: int, end: int, one: int, board: Board) -> int:
    """Return how many more meetings of a chain stand in slot ``one`` than in the other."""
    more = 0
    for at in range(first, end):
        more += 1 if board.slot[members[at]] == one else -1
    return more


@compiled
def is_free(meeting: int, where: int, board: Board) -> bool:
    """Say whether all places of a meeting are free in a slot."""
    for side in range(3):
        place = board.ends[meeting, side]
        if place >= 0 and board.grid[place, where] >= 0:
            return False
    return True
