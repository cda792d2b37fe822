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


@compiled
def best_free_slot(meeting: int, board: Board) -> int:
    """Return the least loaded slot in which a meeting may stand, -1 when there is none."""
    best = -1
    for where in range(board.load.shape[0]):
        is_better = best < 0 or board.load[where] < board.load[best]
        if is_better and board.allowed[meeting, where] and is_free(meeting, where, board):
            best = where
    return best


@compiled
def by_load(board: Board) -> Ints:
    """Return the slots, the least loaded first; NumPy's own sort orders ties differently when compiled."""
    order = np.zeros(board.load.shape[0], np.int64)
    for where in range(order.shape[0]):
        at = where
        while at > 0 and board.load[order[at - 1]] > board.load[where]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = where
    return order


@compiled
def place_by_chain(meeting: int, board: Board, members: Ints) -> bool:
    """Free a slot for a meeting by one exchange of chains, and place it there."""
    slots = board.load.shape[0]
    for where in by_load(board):
        if not board.allowed[meeting, where]:
            continue
        for other in range(slots):
            if other == where:
                continue
            seen = np.zeros(board.slot.shape[0], np.bool_)
            size = 0
            for side in range(3):
                blocker = board.grid[board.ends[meeting, side], where] if board.ends[meeting, side] >= 0 else -1
                if blocker >= 0 and not seen[blocker]:
                    seen[blocker] = True
                    members[size] = blocker
                    size = grow(members, size, size + 1, where, other, board, seen)
            if is_movable(members, 0, size, where, other, board):
                flip(members, 0, size, where, other, board)
                if is_free(meeting, where, board):
                    put(meeting, where, board)
                    return True
                flip(members, 0, size, where, other, board)
    return False


@compiled
def place_all(board: Board) -> int:
    """Give every unplaced meeting a slot, the one with the fewest free slots first; return how many found none.

    The number of tables is left to ``level``: chains even out what this overloads.
    """
    meetings = board.slot.shape[0]
    members = np.zeros(meetings, np.int64)
    waiting = np.zeros(meetings, np.bool_)
    for meeting in range(meetings):
        waiting[meeting] = board.slot[meeting] < 0
    left = 0
    while True:
        next_one, fewest = -1, board.load.shape[0] + 1
        for meeting in range(meetings):
            if waiting[meeting]:
                free = 0
                for where in range(board.load.shape[0]):
                    free += board.allowed[meeting, where] and is_free(meeting, where, board)
                if free < fewest:
                    next_one, fewest = meeting, free
        if next_one < 0:
            return left
        waiting[next_one] = False
        where = best_free_slot(next_one, board)
        if where >= 0:
            put(next_one, where, board)
        elif not place_by_chain(next_one, board, members):
            left += 1


@compiled
def relieve(full: int, board: Board, members: Ints) -> bool:
    """Move one chain out of an overloaded slot into one with room."""
    for other in by_load(board):
        if board.load[other] >= board.tables:
            return False
        seen = np.zeros(board.slot.shape[0], np.bool_)
        for meeting in range(board.slot.shape[0]):
            if board.slot[meeting] == full and not seen[meeting]:
                seen[meeting] = True
                members[0] = meeting
                size = grow(members, 0, 1, full, other, board, seen)
                more = surplus(members, 0, size, full, board)
                if 0 < more <= board.tables - board.load[other] and is_movable(members, 0, size, full, other, board):
                    flip(members, 0, size, full, other, board)
                    return True
    return False


@compiled
def level(board: Board) -> int:
    """Bring every slot down to the number of tables, as far as chains can; return the meetings still too many."""
    members = np.zeros(board.slot.shape[0], np.int64)
    over = 0
    for full in range(board.load.shape[0]):
        while board.load[full] > board.tables and relieve(full, board, members):
            pass
        over += max(0, board.load[full] - board.tables)
    return over


@compiled
def shake(rng: np.random.Generator, times: int, board: Board) -> None:
    """Flip ``times`` chains at random, whatever they do to the load: another place to start from."""
    meetings, slots = board.slot.shape[0], board.load.shape[0]
    members = np.zeros(meetings, np.int64)
    for _ in range(times):
        meeting = int(rng.random() * meetings)
        other = int(rng.random() * slots)
        one = board.slot[meeting]
        if one < 0 or other == one:
            continue
        seen = np.zeros(meetings, np.bool_)
        seen[meeting] = True
        members[0] = meeting
        size = grow(members, 0, 1, one, other, board, seen)
        if is_movable(members, 0, size, one, other, board):
            flip(members, 0, size, one, other, board)
