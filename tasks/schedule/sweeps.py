"""The slot-pair sweep: annealing over all chains between two slots at once, for as few gaps as possible.

Every leader ends at most one chain between two slots, so chains change the gaps independently and meet only through
the load of the two slots: chains that keep the load go by heat bath, the others by Metropolis toggles of one or two.
On full slots this beats one chain per move, where whatever changes the load is priced out.
"""

from typing import Final, NamedTuple

import numpy as np

from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Board, Flags, Ints, Reals, flip, grow, is_movable, surplus

# Price of a meeting beyond the tables, in gaps: high enough to end at none, low enough to pass through.
OVERLOAD_PRICE: Final = 6


class Hours(NamedTuple):
    """``available[leader, slot]``, and for each slot where its session begins and where it ends (exclusive)."""

    available: Flags
    begins: Ints
    ends_at: Ints


class Chains(NamedTuple):
    """All chains between two slots: scratch space that one pair after the other uses.

    ``members`` of all chains one after another · ``starts[chain]`` where each begins, and where the last one ends
    · ``changes[chain]`` in gaps · ``odd`` the chains that change the load · ``seen[meeting]`` · ``flipped[chain]``.
    """

    members: Ints
    starts: Ints
    changes: Ints
    odd: Ints
    seen: Flags
    flipped: Flags


@compiled
def gaps_of(leader: int, at: int, one: int, other: int, board: Board, hours: Hours) -> int:
    """Count a leader's gaps in the session of slot ``at``, as if the slots ``one`` and ``other`` were exchanged.

    With ``one`` = ``other`` = -1, as it stands.
    """
    gaps, idle, has_begun = 0, 0, False
    for where in range(hours.begins[at], hours.ends_at[at]):
        seen = other if where == one else (one if where == other else where)
        if board.grid[leader, seen] >= 0:
            if has_begun:
                gaps += idle
            has_begun, idle = True, 0
        elif hours.available[leader, where]:
            idle += 1
    return gaps


@compiled
def all_gaps(board: Board, hours: Hours) -> int:
    """Count the gaps of all leaders."""
    gaps, at = 0, 0
    while at < board.load.shape[0]:
        for leader in range(hours.available.shape[0]):
            gaps += gaps_of(leader, at, -1, -1, board, hours)
        at = hours.ends_at[at]
    return gaps


@compiled
def change_of(leader: int, one: int, other: int, board: Board, hours: Hours) -> int:
    """Return by how many gaps a leader changes when the leader's two slots are exchanged."""
    change = gaps_of(leader, one, one, other, board, hours) - gaps_of(leader, one, -1, -1, board, hours)
    if hours.begins[other] != hours.begins[one]:
        change += gaps_of(leader, other, one, other, board, hours) - gaps_of(leader, other, -1, -1, board, hours)
    return change


@compiled
def find_chains(one: int, other: int, board: Board, hours: Hours, chains: Chains) -> int:
    """Collect the movable chains between two slots with their changes in gaps; return how many there are."""
    count, size = 0, 0
    chains.seen[:] = False
    for meeting in range(board.slot.shape[0]):
        if (board.slot[meeting] != one and board.slot[meeting] != other) or chains.seen[meeting]:
            continue
        chains.seen[meeting] = True
        chains.members[size] = meeting
        end = grow(chains.members, size, size + 1, one, other, board, chains.seen)
        if not is_movable(chains.members, size, end, one, other, board):
            continue
        change = 0
        for at in range(size, end):
            for side in range(2):
                leader = board.ends[chains.members[at], side]
                # Only who has a meeting in just one of the two slots is waiting more or less afterwards.
                if board.grid[leader, one] < 0 or board.grid[leader, other] < 0:
                    change += change_of(leader, one, other, board, hours)
        chains.starts[count], chains.changes[count] = size, change
        count, size = count + 1, end
    chains.starts[count] = size
    return count


@compiled
def toggled(chain: int, one: int, board: Board, chains: Chains) -> tuple[int, int]:
    """Return how many meetings leave slot ``one`` when a chain is toggled, and the change in gaps."""
    more = surplus(chains.members, chains.starts[chain], chains.starts[chain + 1], one, board)
    if chains.flipped[chain]:
        return -more, -chains.changes[chain]
    return more, chains.changes[chain]


@compiled
def toggle_odd(
    rng: np.random.Generator, one: int, other: int, temperature: float, odd_count: int, board: Board, chains: Chains
) -> None:
    """Choose which of the chains that change the load are flipped: Metropolis on gaps and overload."""
    first, second = board.load[one], board.load[other]
    for _ in range(4 * odd_count):
        chain = chains.odd[int(rng.random() * odd_count)]
        partner = chains.odd[int(rng.random() * odd_count)] if rng.random() < 1 / 2 else chain
        shift, cost = toggled(chain, one, board, chains)
        if partner != chain:
            more, price = toggled(partner, one, board, chains)
            shift += more
            cost += price
        now = max(0, first - board.tables) + max(0, second - board.tables)
        then = max(0, first - shift - board.tables) + max(0, second + shift - board.tables)
        cost += OVERLOAD_PRICE * (then - now)
        if cost <= 0 or rng.random() < np.exp(-cost / temperature):
            chains.flipped[chain] = not chains.flipped[chain]
            if partner != chain:
                chains.flipped[partner] = not chains.flipped[partner]
            first -= shift
            second += shift


@compiled
def anneal_pair(
    rng: np.random.Generator, one: int, other: int, temperature: float, board: Board, hours: Hours, chains: Chains
) -> int:
    """Anneal all chains between two slots once; return the change in gaps."""
    count, odd_count = find_chains(one, other, board, hours, chains), 0
    for chain in range(count):
        chains.flipped[chain] = False
        if surplus(chains.members, chains.starts[chain], chains.starts[chain + 1], one, board) != 0:
            chains.odd[odd_count] = chain
            odd_count += 1
        else:
            # Heat bath, 1 / (1 + exp(change / temperature)), in the form that cannot overflow.
            chains.flipped[chain] = 2 * rng.random() < 1 - np.tanh(chains.changes[chain] / (2 * temperature))
    toggle_odd(rng, one, other, temperature, odd_count, board, chains)
    gained = 0
    for chain in range(count):
        if chains.flipped[chain]:
            flip(chains.members, chains.starts[chain], chains.starts[chain + 1], one, other, board)
            gained += chains.changes[chain]
    return gained


@compiled
def sweep(
    rng: np.random.Generator, temperatures: Reals, least: int, board: Board, hours: Hours, best: Ints, fewest: int
) -> int:
    """Run one round over all pairs of slots per temperature; return the fewest gaps seen without overload.

    ``best`` receives the slots of that state, if it has fewer than ``fewest``; it stops early at ``least``.
    """
    meetings, slots = board.slot.shape[0], board.load.shape[0]
    chains = Chains(
        np.zeros(meetings, np.int64),
        np.zeros(meetings + 1, np.int64),
        np.zeros(meetings, np.int64),
        np.zeros(meetings, np.int64),
        np.zeros(meetings, np.bool_),
        np.zeros(meetings, np.bool_),
    )
    gaps = all_gaps(board, hours)
    pairs = np.zeros((slots * (slots - 1) // 2, 2), np.int64)
    pairs[:, 0], pairs[:, 1] = np.triu_indices(slots, 1)
    for temperature in temperatures:
        for at in range(len(pairs)):
            swap = at + int(rng.random() * (len(pairs) - at))
            one, other = pairs[swap, 0], pairs[swap, 1]
            pairs[swap, 0], pairs[swap, 1] = pairs[at, 0], pairs[at, 1]
            pairs[at, 0], pairs[at, 1] = one, other
            gaps += anneal_pair(rng, one, other, temperature, board, hours, chains)
            if gaps < fewest and board.load.max() <= board.tables:
                fewest = gaps
                best[:] = board.slot
                if fewest <= least:
                    return fewest
    return fewest
