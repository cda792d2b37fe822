"""The slot-pair sweep: annealing over all chains between two slots at once, for as few gaps as possible.

Every leader ends at most one chain between two slots, so chains change the gaps independently and meet only through
the load of the two slots: chains that keep the load go by heat bath, the others by Metropolis toggles of one or two.
On full slots this beats one chain per move, where whatever changes the load is priced out.
"""

from typing import Final, NamedTuple

import numpy as np

from tasks.schedule.agendas import HOPELESS, Agendas, all_gaps, change_of, is_taken
from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Board, Flags, Ints, Reals
from tasks.schedule.trades import Deals, trade_all

# Price of a meeting beyond the tables, in gaps: high enough to end at none, low enough to pass through.
OVERLOAD_PRICE: Final = 6


class State(NamedTuple):
    """All that a search keeps in motion."""

    board: Board
    agendas: Agendas
    deals: Deals


class Chains(NamedTuple):
    """All chains between two slots: scratch space that one pair after the other uses.

    ``members`` of all chains one after another · ``starts[chain]`` where each begins, and where the last one ends
    · ``changes[chain]`` in gaps · ``leaving[chain]`` how many meetings fewer the first slot has after it
    · ``odd`` the chains that change the load · ``seen[meeting]`` · ``flipped[chain]``.
    """

    members: Ints
    starts: Ints
    changes: Ints
    leaving: Ints
    odd: Ints
    seen: Flags
    flipped: Flags


@compiled
def no_chains(meetings: int) -> Chains:
    """Return the scratch space for a board of so many meetings."""
    return Chains(
        np.zeros(meetings, np.int64),
        np.zeros(meetings + 1, np.int64),
        np.zeros(meetings, np.int64),
        np.zeros(meetings, np.int64),
        np.zeros(meetings, np.int64),
        np.zeros(meetings, np.bool_),
        np.zeros(meetings, np.bool_),
    )


@compiled
def follow(chain: int, one: int, other: int, board: Board, agendas: Agendas, chains: Chains) -> bool:
    """Extend a chain from its first meeting to the whole, with what flipping it changes; say whether it may."""
    at, is_movable = chains.starts[chain], True
    end, change, leaving = at + 1, 0, 0
    while at < end:
        meeting = chains.members[at]
        at += 1
        opposite = other if board.slot[meeting] == one else one
        leaving += 1 if opposite == other else -1
        is_movable = is_movable and board.allowed[meeting, opposite]
        for side in range(3):
            place = board.ends[meeting, side]
            if place >= 0:
                neighbour = board.grid[place, opposite]
                if neighbour >= 0:
                    if not chains.seen[neighbour]:
                        chains.seen[neighbour] = True
                        chains.members[end] = neighbour
                        end += 1
                elif side < 2:  # noqa: PLR2004 -- the first two places are the leaders
                    change += change_of(place, one, other, agendas)
    chains.starts[chain + 1], chains.changes[chain], chains.leaving[chain] = end, change, leaving
    return is_movable


@compiled
def find_chains(one: int, other: int, board: Board, agendas: Agendas, chains: Chains) -> int:
    """Collect the movable chains between two slots; return how many there are."""
    count = 0
    chains.seen[:] = False
    chains.starts[0] = 0
    for place in range(board.grid.shape[0]):
        for where in (one, other):
            meeting = board.grid[place, where]
            if meeting >= 0 and not chains.seen[meeting]:
                chains.seen[meeting] = True
                chains.members[chains.starts[count]] = meeting
                count += follow(count, one, other, board, agendas, chains)
    return count


@compiled
def is_flipped(rng: np.random.Generator, cost: int, temperature: float) -> bool:
    """Draw the heat bath's answer: flipped with probability 1 / (1 + exp(cost / temperature))."""
    return cost < HOPELESS * temperature and rng.random() * (1 + np.exp(cost / temperature)) < 1


@compiled
def toggle_odd(
    rng: np.random.Generator, one: int, other: int, temperature: float, odd_count: int, board: Board, chains: Chains
) -> None:
    """Choose which of the chains that change the load are flipped: Metropolis on gaps and overload."""
    first, second = board.load[one], board.load[other]
    for _ in range(4 * odd_count):
        chain = chains.odd[int(rng.random() * odd_count)]
        partner = chains.odd[int(rng.random() * odd_count)] if rng.random() < 1 / 2 else chain
        sign = -1 if chains.flipped[chain] else 1
        shift, cost = sign * chains.leaving[chain], sign * chains.changes[chain]
        if partner != chain:
            sign = -1 if chains.flipped[partner] else 1
            shift += sign * chains.leaving[partner]
            cost += sign * chains.changes[partner]
        now = max(0, first - board.tables) + max(0, second - board.tables)
        then = max(0, first - shift - board.tables) + max(0, second + shift - board.tables)
        if is_taken(rng, cost + OVERLOAD_PRICE * (then - now), temperature):
            chains.flipped[chain] = not chains.flipped[chain]
            if partner != chain:
                chains.flipped[partner] = not chains.flipped[partner]
            first -= shift
            second += shift


@compiled
def flip_chain(chain: int, one: int, other: int, board: Board, agendas: Agendas, chains: Chains) -> None:
    """Exchange the two slots over a whole chain."""
    first, end = chains.starts[chain], chains.starts[chain + 1]
    for is_put in (False, True):
        for at in range(first, end):
            meeting = chains.members[at]
            where = board.slot[meeting]
            if is_put:
                where = other if where == one else one
                board.slot[meeting] = where
            for side in range(3):
                place = board.ends[meeting, side]
                if place >= 0:
                    board.grid[place, where] = meeting if is_put else -1
                    if side < 2:  # noqa: PLR2004 -- the first two places are the leaders
                        agendas.held[place, agendas.session[where]] ^= agendas.bit[where]
    board.load[one] -= chains.leaving[chain]
    board.load[other] += chains.leaving[chain]


@compiled
def anneal_pair(
    rng: np.random.Generator, one: int, other: int, temperature: float, board: Board, agendas: Agendas, chains: Chains
) -> int:
    """Anneal all chains between two slots once; return the change in gaps."""
    count, odd_count = find_chains(one, other, board, agendas, chains), 0
    for chain in range(count):
        chains.flipped[chain] = False
        if chains.leaving[chain] != 0:
            chains.odd[odd_count] = chain
            odd_count += 1
        else:
            chains.flipped[chain] = is_flipped(rng, chains.changes[chain], temperature)
    toggle_odd(rng, one, other, temperature, odd_count, board, chains)
    gained = 0
    for chain in range(count):
        if chains.flipped[chain]:
            flip_chain(chain, one, other, board, agendas, chains)
            gained += chains.changes[chain]
    return gained


@compiled
def sweep(rng: np.random.Generator, temperatures: Reals, least: int, state: State, best: Ints, fewest: int) -> int:
    """Run one round over all pairs of slots, and over all trades, per temperature; return the fewest gaps seen.

    States with overload do not count. ``best`` receives the slots of that state, if it has fewer than ``fewest``; it
    stops early at ``least``.
    """
    board, agendas, deals = state
    meetings, slots = board.slot.shape[0], board.load.shape[0]
    chains = no_chains(meetings)
    gaps = all_gaps(agendas)
    pairs = np.zeros((slots * (slots - 1) // 2, 2), np.int64)
    pairs[:, 0], pairs[:, 1] = np.triu_indices(slots, 1)
    for temperature in temperatures:
        gaps += trade_all(rng, temperature, board, agendas, deals)
        for at in range(len(pairs)):
            swap = at + int(rng.random() * (len(pairs) - at))
            one, other = pairs[swap, 0], pairs[swap, 1]
            pairs[swap, 0], pairs[swap, 1] = pairs[at, 0], pairs[at, 1]
            pairs[at, 0], pairs[at, 1] = one, other
            gaps += anneal_pair(rng, one, other, temperature, board, agendas, chains)
            if gaps < fewest and board.load.max() <= board.tables:
                fewest = gaps
                best[:] = board.slot
                if fewest <= least:
                    return fewest
    return fewest
