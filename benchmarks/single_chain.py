"""The named baseline of the gap search: annealing with one Kempe chain per move, as one would write it first.

Half of the moves are aimed at a leader who waits, a move exchanges two slots over the chain of one meeting, a seat
beyond the tables costs as much as six gaps; geometric cooling and a short hard finish. It starts where the product's
search starts, counts gaps with the same bit masks, and spends the CPU time that the product's search has spent.
``python -m benchmarks.single_chain 1 2 3`` compares the two on tight events of these seeds (ten, unless named).
"""

import statistics
import sys
import time
from typing import Final

import numpy as np
from numba import njit

from benchmarks.instances import Size, an_event
from tasks.schedule.agendas import Agendas, all_gaps, waits
from tasks.schedule.budget import EFFORTS, Rounds, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.gaps import GapSearch, agendas_of, gaps_on
from tasks.schedule.kempe import Board, Ints
from tasks.schedule.slots import Placement, place

HOT: Final = 0.45
COLD: Final = 0.12
_FROZEN: Final = 0.02
_PRICE: Final = 6
_PARTS: Final = 200
_TRIAL_MOVES: Final = 200_000


@njit(cache=True)
def exchanged(leader: int, one: int, other: int, agendas: Agendas) -> int:
    """Return how a leader's gaps change when the slots ``one`` and ``other`` are exchanged in the agenda."""
    first, second = agendas.session[one], agendas.session[other]
    there, held = agendas.there[leader], agendas.held[leader]
    if first == second:
        moved = held[first] ^ agendas.bit[one] ^ agendas.bit[other]
        return waits(moved, there[first]) - waits(held[first], there[first])
    moved, also = held[first] ^ agendas.bit[one], held[second] ^ agendas.bit[other]
    before = waits(held[first], there[first]) + waits(held[second], there[second])
    return waits(moved, there[first]) + waits(also, there[second]) - before


@njit(cache=True)
def start_of(rng: np.random.Generator, board: Board, agendas: Agendas) -> int:
    """Draw a meeting: any, or every other time one of a leader who waits (when a few draws find one)."""
    meeting = int(rng.random() * board.slot.shape[0])
    if rng.random() < 1 / 2:
        for _ in range(30):
            meeting = int(rng.random() * board.slot.shape[0])
            leader = board.ends[meeting, int(rng.random() * 2)]
            for session in range(agendas.held.shape[1]):
                if waits(agendas.held[leader, session], agendas.there[leader, session]) > 0:
                    return meeting
    return meeting


@njit(cache=True)
def chain_of(meeting: int, other: int, board: Board, members: Ints, seen: Ints, stamp: int) -> int:
    """Collect the chain of a meeting between its slot and another; return its length, 0 when it may not move."""
    one, size, at = board.slot[meeting], 1, 0
    members[0], seen[meeting] = meeting, stamp
    while at < size:
        here = board.slot[members[at]]
        opposite = other if here == one else one
        if not board.allowed[members[at], opposite]:
            return 0
        for side in range(3):
            place = board.ends[members[at], side]
            if place >= 0:
                neighbour = board.grid[place, opposite]
                if neighbour >= 0 and seen[neighbour] != stamp:
                    seen[neighbour] = stamp
                    members[size] = neighbour
                    size += 1
        at += 1
    return size


@njit(cache=True)
def exchange(one: int, other: int, size: int, board: Board, agendas: Agendas, members: Ints) -> None:
    """Exchange two slots over a chain."""
    for is_placing in range(2):
        for at in range(size):
            meeting = members[at]
            here = board.slot[meeting]
            if is_placing:
                here = other if here == one else one
                board.slot[meeting] = here
            board.load[here] += 1 if is_placing else -1
            for side in range(3):
                place = board.ends[meeting, side]
                if place >= 0:
                    board.grid[place, here] = meeting if is_placing else -1
                    if place < agendas.held.shape[0]:
                        agendas.held[place, agendas.session[here]] ^= agendas.bit[here]


@njit(cache=True)
def anneal(
    rng: np.random.Generator, temperature: float, moves: int, board: Board, agendas: Agendas, best: Ints, fewest: int
) -> int:
    """Propose ``moves`` chains; return the fewest gaps seen without overload, whose slots ``best`` receives."""
    members, seen = np.zeros(board.slot.shape[0], np.int64), np.full(board.slot.shape[0], -1, np.int64)
    gaps = all_gaps(agendas)
    for stamp in range(moves):
        meeting, other = start_of(rng, board, agendas), int(rng.random() * board.load.shape[0])
        one = board.slot[meeting]
        size = chain_of(meeting, other, board, members, seen, stamp) if other != one else 0
        shift, change = 0, 0
        for at in range(size):
            shift += 1 if board.slot[members[at]] == one else -1
            for side in range(2):
                leader = board.ends[members[at], side]
                if board.grid[leader, one] < 0 or board.grid[leader, other] < 0:
                    change += exchanged(leader, one, other, agendas)
        over = max(0, board.load[one] - shift - board.tables) + max(0, board.load[other] + shift - board.tables)
        over -= max(0, board.load[one] - board.tables) + max(0, board.load[other] - board.tables)
        cost = change + _PRICE * over
        if size > 0 and (cost <= 0 or rng.random() < np.exp(-cost / temperature)):
            exchange(one, other, size, board, agendas, members)
            gaps += change
            if gaps < fewest and board.load.max() <= board.tables:
                fewest = gaps
                best[:] = board.slot
    return fewest


def single_chain(arena: Arena, placed: Placement, *, seed: int, seconds: float) -> int:
    """Return the fewest gaps that annealing with single chains finds in so many seconds of CPU time."""
    current, rng = placed.copy(), np.random.default_rng(seed)
    agendas, best = agendas_of(arena, current), placed.board.slot.copy()
    fewest = all_gaps(agendas)
    anneal(rng, HOT, 1, current.board, agendas, best, fewest)  # compiles
    began = time.process_time()
    fewest = anneal(rng, HOT, _TRIAL_MOVES, current.board, agendas, best, fewest)
    pace = _TRIAL_MOVES / (time.process_time() - began)
    moves = max(1, round(pace * seconds / _PARTS) - _TRIAL_MOVES // _PARTS)
    for temperature in [*np.geomspace(HOT, COLD, _PARTS - _PARTS // 50), *[_FROZEN] * (_PARTS // 50)]:
        fewest = anneal(rng, temperature, moves, current.board, agendas, best, fewest)
    return int(fewest)


def compared(seed: int, rounds: Rounds) -> tuple[int, int, float]:
    """Return the gaps of the product's search and of the baseline on a tight event, and the CPU time of each."""
    arena, watch = Arena(an_event(Size(180, tables_share=1 / 4), seed)), Stopwatch(3600)
    placed = place(arena, ChoiceModel(arena, watch).solve().chosen, seed, watch)
    began = time.process_time()
    found = GapSearch(arena, rounds, 0, watch, lambda _fewest: None).run(placed, seed)
    seconds = time.process_time() - began
    return gaps_on(arena, found), single_chain(arena, placed, seed=seed, seconds=seconds), seconds


def main(seeds: list[int]) -> None:
    """Print one line for each seed, and the median of the ratios."""
    compared(1, Rounds(1, 0))  # compiles what is not in the cache
    ratios = []
    for seed in seeds:
        gaps, baseline, seconds = compared(seed, EFFORTS["normal"].rounds_for(180, 12))
        ratios.append(gaps / baseline)
        print(f"tight, seed {seed:>2}: {gaps} gaps, single chains {baseline} in the same {seconds:.1f} s of CPU")
    print(f"median of the ratios: {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(range(1, 11)))
