"""Evening out full slots: the compiled kernels that move chains between slots at random."""

import math

import numpy as np

from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Board, flip, grow, is_movable, surplus


@compiled
def excess(load: int, board: Board) -> int:
    """Return the price of a load beyond the tables: squared, so that many slots share what one cannot hold."""
    return max(0, load - board.tables) ** 2


@compiled
def settle(rng: np.random.Generator, moves: int, hot: float, cold: float, board: Board) -> int:
    """Bring every slot down to the number of tables by annealing with chains; return the squared excess that is left.

    Proposes up to ``moves`` single chains at temperatures falling geometrically from ``hot`` to ``cold``.
    """
    meetings, slots = board.slot.shape[0], board.load.shape[0]
    members, seen = np.zeros(meetings, np.int64), np.zeros(meetings, np.bool_)
    over = 0
    for where in range(slots):
        over += excess(board.load[where], board)
    for step in range(moves):
        if over == 0:
            break
        meeting, other = int(rng.random() * meetings), int(rng.random() * slots)
        one = board.slot[meeting]
        if one < 0 or other == one or not board.allowed[meeting, other]:
            continue
        seen[meeting] = True
        members[0] = meeting
        size = grow(members, 0, 1, one, other, board, seen)
        for at in range(size):
            seen[members[at]] = False
        more = surplus(members, 0, size, one, board)
        change = excess(board.load[one] - more, board) + excess(board.load[other] + more, board)
        change -= excess(board.load[one], board) + excess(board.load[other], board)
        if change > 0 and rng.random() >= math.exp(-change / (hot * (cold / hot) ** (step / moves))):
            continue
        if is_movable(members, 0, size, one, other, board):
            flip(members, 0, size, one, other, board)
            over += change
    return over


@compiled
def shake(rng: np.random.Generator, times: int, board: Board) -> None:
    """Flip ``times`` chains at random, whatever they do to the load: another place to start from."""
    meetings, slots = board.slot.shape[0], board.load.shape[0]
    members, seen = np.zeros(meetings, np.int64), np.zeros(meetings, np.bool_)
    for _ in range(times):
        meeting = int(rng.random() * meetings)
        other = int(rng.random() * slots)
        one = board.slot[meeting]
        if one < 0 or other == one:
            continue
        seen[meeting] = True
        members[0] = meeting
        size = grow(members, 0, 1, one, other, board, seen)
        for at in range(size):
            seen[members[at]] = False
        if is_movable(members, 0, size, one, other, board):
            flip(members, 0, size, one, other, board)
