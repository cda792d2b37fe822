"""Compiled kernels that settle a plan near an earlier one: fewer gaps and changes of table, and nobody moved for less.

Unlike annealing they accept nothing that does not pay, so that what was left in peace stays where it was.
"""

from typing import Final

import numpy as np

from tasks.schedule.agendas import Agendas
from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Board, Ints
from tasks.schedule.seating import Floor, is_bound, run_changes, swap_run
from tasks.schedule.sweeps import Chains, find_chains, flip_chain

# So many meetings may move for one gap less, or for one change of table less.
WORTH_MOVING: Final = 4


@compiled
def strays(chain: int, one: int, other: int, home: Ints, board: Board, chains: Chains) -> int:
    """Return how many more meetings of a chain are away from home once it is flipped."""
    more: int = 0
    for at in range(chains.starts[chain], chains.starts[chain + 1]):
        meeting = chains.members[at]
        opposite = other if board.slot[meeting] == one else one
        more += int(home[meeting] == board.slot[meeting]) - int(home[meeting] == opposite)
    return more


@compiled
def price_of(chain: int, one: int, other: int, home: Ints, board: Board, chains: Chains) -> int:
    """Price what flipping a chain does to gaps and to how many meetings are away from home."""
    price: int = WORTH_MOVING * chains.changes[chain] + strays(chain, one, other, home, board, chains)
    return price


@compiled
def excess_after(chain: int, one: int, other: int, board: Board, chains: Chains) -> int:
    """Count the meetings beyond the tables of two slots once a chain is flipped."""
    leaving = int(chains.leaving[chain])
    return max(0, int(board.load[one]) - leaving - board.tables) + max(
        0, int(board.load[other]) + leaving - board.tables
    )


@compiled
def even_out(home: Ints, board: Board, agendas: Agendas, chains: Chains) -> None:
    """Bring every slot down to the number of tables, each time by the cheapest chain that leaves fewer beyond them."""
    slots = board.load.shape[0]
    while board.load.max() > board.tables:
        cheapest, first, second = np.iinfo(np.int64).max, -1, -1
        for one in range(slots):
            for other in range(slots):
                if board.load[one] > board.tables > board.load[other]:
                    for chain in range(find_chains(one, other, board, agendas, chains)):
                        price = price_of(chain, one, other, home, board, chains)
                        is_fewer = excess_after(chain, one, other, board, chains) < board.load[one] - board.tables
                        if is_fewer and price < cheapest:
                            cheapest, first, second = price, one, other
        if first < 0:
            break
        for chain in range(find_chains(first, second, board, agendas, chains)):
            is_fewer = excess_after(chain, first, second, board, chains) < board.load[first] - board.tables
            if is_fewer and price_of(chain, first, second, home, board, chains) == cheapest:
                flip_chain(chain, first, second, board, agendas, chains)
                break


@compiled
def flip_what_pays(one: int, other: int, home: Ints, board: Board, agendas: Agendas, chains: Chains) -> bool:
    """Flip the chains between two slots that pay, then two that do together and keep the load; say whether any did."""
    count, flipped_count = find_chains(one, other, board, agendas, chains), 0
    to, back, price_to, price_back = -1, -1, 0, 0
    for chain in range(count):
        price = price_of(chain, one, other, home, board, chains)
        if price < 0 and excess_after(chain, one, other, board, chains) == 0:
            flip_chain(chain, one, other, board, agendas, chains)
            flipped_count += 1
        elif chains.leaving[chain] == 1 and (to < 0 or price < price_to):
            to, price_to = chain, price
        elif chains.leaving[chain] == -1 and (back < 0 or price < price_back):
            back, price_back = chain, price
    if to >= 0 and back >= 0 and price_to + price_back < 0:
        flip_chain(to, one, other, board, agendas, chains)
        flip_chain(back, one, other, board, agendas, chains)
        flipped_count += 2
    return flipped_count > 0


@compiled
def descend(home: Ints, board: Board, agendas: Agendas, chains: Chains) -> None:
    """Flip single chains between two slots as long as one pays: in gaps, or by bringing meetings ``home``.

    ``home[meeting]`` is the slot of the earlier plan (-1: none). No slot is filled beyond its tables.
    """
    slots, is_settled = board.load.shape[0], False
    while not is_settled:
        is_settled = True
        for one in range(slots):
            for other in range(one):
                is_settled = not flip_what_pays(one, other, home, board, agendas, chains) and is_settled


@compiled
def sit_closer(home: Ints, floor: Floor) -> None:
    """Exchange two tables over a run of slots as long as that pays: in changes, or by bringing meetings ``home``.

    ``home[meeting]`` is the table of the earlier plan, -1 for a meeting that is new or has another slot.
    """
    is_settled = False
    while not is_settled:
        is_settled = True
        for meeting in range(floor.table.shape[0]):
            for link in range(4):
                beside = floor.neighbour[meeting, link]
                if beside >= 0 and floor.table[beside] != floor.table[meeting]:
                    is_settled = not swap_for_less(meeting, beside, home, floor) and is_settled


@compiled
def swap_for_less(meeting: int, beside: int, home: Ints, floor: Floor) -> bool:
    """Bring a meeting to the table of the one beside it over the first run of slots that pays; say whether one did."""
    one, other, where = floor.table[meeting], floor.table[beside], floor.slot[meeting]
    for begin in range(floor.begins[where], where + 1):
        for end in range(where + 1, floor.ends_at[where] + 1):
            if begin <= floor.slot[beside] < end or is_bound(one, other, begin, end, floor):
                continue
            before = run_price(one, other, begin, end, home, floor)
            swap_run(one, other, begin, end, floor)
            if run_price(one, other, begin, end, home, floor) < before:
                return True
            swap_run(one, other, begin, end, floor)
    return False


@compiled
def run_price(one: int, other: int, begin: int, end: int, home: Ints, floor: Floor) -> int:
    """Price the meetings of two tables in a run of slots: their changes, and how many are away from home."""
    away = 0
    for where in range(begin, end):
        for here in (one, other):
            meeting = floor.seat[where, here]
            away += int(meeting >= 0 and home[meeting] >= 0 and home[meeting] != here)
    return WORTH_MOVING * run_changes(one, other, begin, end, floor) + away
