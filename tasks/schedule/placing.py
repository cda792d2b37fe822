"""Placing meetings in slots: the compiled kernels that find a slot for what has none."""

from typing import NamedTuple

import numpy as np

from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Board, Flags, Ints, flip, grow, is_free, is_movable, put


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
def place_by_chain(meeting: int, board: Board, members: Ints, seen: Flags) -> int:
    """Free a slot for a meeting by one exchange of chains, and place it there.

    Return how many ``members`` have changed slots, -1 when there is no such exchange. ``seen`` is False throughout.
    """
    for where in by_load(board):
        if not board.allowed[meeting, where]:
            continue
        for other in range(board.load.shape[0]):
            if other == where:
                continue
            size = 0
            for side in range(3):
                blocker = board.grid[board.ends[meeting, side], where] if board.ends[meeting, side] >= 0 else -1
                if blocker >= 0 and not seen[blocker]:
                    seen[blocker] = True
                    members[size] = blocker
                    size = grow(members, size, size + 1, where, other, board, seen)
            for at in range(size):
                seen[members[at]] = False
            if is_movable(members, 0, size, where, other, board):
                flip(members, 0, size, where, other, board)
                if is_free(meeting, where, board):
                    put(meeting, where, board)
                    return size
                flip(members, 0, size, where, other, board)
    return -1


@compiled
def free_count(meeting: int, board: Board) -> int:
    """Return in how many slots a meeting may stand as the others are."""
    count = 0
    for where in range(board.load.shape[0]):
        count += board.allowed[meeting, where] and is_free(meeting, where, board)
    return count


@compiled
def by_place(board: Board) -> tuple[Ints, Ints]:
    """Return the meetings sorted by place, and where those of each place begin."""
    first = np.zeros(board.grid.shape[0] + 1, np.int64)
    for meeting in range(board.ends.shape[0]):
        for side in range(3):
            if board.ends[meeting, side] >= 0:
                first[board.ends[meeting, side] + 1] += 1
    for place in range(board.grid.shape[0]):
        first[place + 1] += first[place]
    at, sorted_ = first.copy(), np.zeros(first[-1], np.int64)
    for meeting in range(board.ends.shape[0]):
        for side in range(3):
            place = board.ends[meeting, side]
            if place >= 0:
                sorted_[at[place]] = meeting
                at[place] += 1
    return sorted_, first


class Queue(NamedTuple):
    """The meetings that wait, in linked lists by their number of free slots.

    ``free[meeting]`` free slots (-1: does not wait) · ``head[count]`` first of a list (-1: empty) · ``after``,
    ``before`` (-1: none).
    """

    free: Ints
    head: Ints
    after: Ints
    before: Ints


@compiled
def leave(meeting: int, queue: Queue) -> None:
    """Take a waiting meeting out of its list."""
    before, after = queue.before[meeting], queue.after[meeting]
    if before >= 0:
        queue.after[before] = after
    else:
        queue.head[queue.free[meeting]] = after
    if after >= 0:
        queue.before[after] = before
    queue.free[meeting] = -1


@compiled
def join(meeting: int, board: Board, queue: Queue) -> None:
    """Put a meeting in front of those with as many free slots."""
    count = free_count(meeting, board)
    first = queue.head[count]
    queue.free[meeting], queue.before[meeting], queue.after[meeting] = count, -1, first
    if first >= 0:
        queue.before[first] = meeting
    queue.head[count] = meeting


@compiled
def recount(meeting: int, neighbours: Ints, first: Ints, board: Board, queue: Queue) -> int:
    """Count anew for the waiting meetings that share a place with one that has moved; return the fewest free slots."""
    fewest: int = board.load.shape[0]
    for side in range(3):
        place = board.ends[meeting, side]
        if place >= 0:
            for other in neighbours[first[place] : first[place + 1]]:
                if queue.free[other] >= 0:
                    leave(other, queue)
                    join(other, board, queue)
                    fewest = min(fewest, int(queue.free[other]))
    return fewest


@compiled
def place_all(board: Board) -> int:
    """Give every unplaced meeting a slot, the one with the fewest free slots first; return how many found none.

    The number of tables is left to ``settle``: chains even out what this overloads.
    """
    meetings, slots = board.slot.shape[0], board.load.shape[0]
    members, seen = np.zeros(meetings, np.int64), np.zeros(meetings, np.bool_)
    queue = Queue(
        np.full(meetings, -1, np.int64),
        np.full(slots + 1, -1, np.int64),
        np.full(meetings, -1, np.int64),
        np.full(meetings, -1, np.int64),
    )
    neighbours, first = by_place(board)
    for meeting in range(meetings - 1, -1, -1):
        if board.slot[meeting] < 0:
            join(meeting, board, queue)
    left, count = 0, 0
    while count <= slots:
        chosen = queue.head[count]
        if chosen < 0:
            count += 1
            continue
        leave(chosen, queue)
        where, moved = best_free_slot(chosen, board), 0
        if where >= 0:
            put(chosen, where, board)
        else:
            moved = place_by_chain(chosen, board, members, seen)
        if moved < 0:
            left += 1
            continue
        members[moved] = chosen
        for at in range(moved + 1):
            count = min(count, recount(members[at], neighbours, first, board, queue))
    return left
