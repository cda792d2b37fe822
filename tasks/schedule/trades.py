"""Compiled kernels that exchange a meeting for another one of the same value, where that lets somebody wait less.

Many choices of meetings have the same, best value. Gaps come after value, so the search for few gaps may move among
them: a meeting gives up its slot to one that is not held, and neither value nor shortfall changes.
"""

from typing import Final, NamedTuple

import numpy as np

from tasks.schedule.agendas import Agendas, is_taken, waits
from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Board, Ints

# Drawn rather than all tried, so that a round over an event of ten thousand takes no longer for it.
OFFERS: Final = 24


class Deals(NamedTuple):
    """What meetings are worth and whom they may leave; the kernels change ``own`` and ``degree`` in place.

    ``tradable`` meetings that may come or go · ``worth[meeting]`` points without gains · ``askers[meeting, 2]``
    (-1: none) · ``gain[count]`` points for one more own request · ``own[leader]`` own requests fulfilled
    · ``degree[leader]`` meetings · ``target[leader]``, ``cap[leader]`` between which the meetings must stay.
    """

    tradable: Ints
    worth: Ints
    askers: Ints
    gain: Ints
    own: Ints
    degree: Ints
    target: Ints
    cap: Ints


@compiled
def toggle(meeting: int, where: int, is_put: bool, board: Board, agendas: Agendas, deals: Deals) -> int:  # noqa: FBT001 -- Numba
    """Put a meeting into a slot or take it out; return by how many points that changes the value, without sign."""
    points: int = deals.worth[meeting]
    for side in range(3):
        place = board.ends[meeting, side]
        if place >= 0:
            board.grid[place, where] = meeting if is_put else -1
    for side in range(2):
        leader, asker = board.ends[meeting, side], deals.askers[meeting, side]
        agendas.held[leader, agendas.session[where]] ^= agendas.bit[where]
        deals.degree[leader] += 1 if is_put else -1
        if asker >= 0:
            deals.own[asker] -= 0 if is_put else 1
            points += deals.gain[deals.own[asker]]
            deals.own[asker] += 1 if is_put else 0
    board.slot[meeting] = where if is_put else -1
    return points


@compiled
def waits_around(meeting: int, where: int, board: Board, agendas: Agendas) -> int:
    """Count the gaps of a meeting's two leaders in the session of a slot."""
    gaps, session = 0, agendas.session[where]
    for side in range(2):
        leader = board.ends[meeting, side]
        gaps += waits(agendas.held[leader, session], agendas.there[leader, session])
    return gaps


@compiled
def is_within(meeting: int, board: Board, deals: Deals) -> bool:
    """Say whether both leaders of a meeting have no fewer meetings than the target and no more than the cap."""
    for side in range(2):
        leader = board.ends[meeting, side]
        if not deals.target[leader] <= deals.degree[leader] <= deals.cap[leader]:
            return False
    return True


@compiled
def has_room(coming: int, going: int, board: Board) -> bool:
    """Say whether a meeting could stand where another one goes."""
    where = board.slot[going]
    if not board.allowed[coming, where]:
        return False
    for side in range(3):
        place = board.ends[coming, side]
        if place >= 0 and board.grid[place, where] >= 0 and board.grid[place, where] != going:
            return False
    return True


@compiled
def trade(
    rng: np.random.Generator, going: int, coming: int, temperature: float, board: Board, agendas: Agendas, deals: Deals
) -> int:
    """Exchange two meetings if value and shortfall stay and Metropolis agrees; return the change in gaps."""
    where = board.slot[going]
    # Someone whom both concern is counted twice, before as after: the difference is right.
    before = waits_around(going, where, board, agendas) + waits_around(coming, where, board, agendas)
    lost = toggle(going, where, False, board, agendas, deals)  # noqa: FBT003 -- Numba
    won = toggle(coming, where, True, board, agendas, deals)  # noqa: FBT003 -- Numba
    change = waits_around(going, where, board, agendas) + waits_around(coming, where, board, agendas) - before
    is_fair = won == lost and is_within(going, board, deals) and is_within(coming, board, deals)
    if is_fair and is_taken(rng, change, temperature):
        return change
    toggle(coming, where, False, board, agendas, deals)  # noqa: FBT003 -- Numba
    toggle(going, where, True, board, agendas, deals)  # noqa: FBT003 -- Numba
    return 0


@compiled
def trade_all(rng: np.random.Generator, temperature: float, board: Board, agendas: Agendas, deals: Deals) -> int:
    """Offer every meeting that is not held the places of some that are; return the change in gaps."""
    change = 0
    for coming in deals.tradable:
        for _ in range(OFFERS):
            going = deals.tradable[int(rng.random() * deals.tradable.shape[0])]
            if board.slot[coming] < 0 <= board.slot[going] and has_room(coming, going, board):
                change += trade(rng, going, coming, temperature, board, agendas, deals)
    return change
