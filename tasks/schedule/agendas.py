"""Agendas as bit masks: the compiled kernels that count gaps, a session at a time, without looking at every slot."""

from typing import Final, NamedTuple

import numpy as np

from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Ints

# What fits into a positive 64-bit number with a bit to spare for the arithmetic.
MOST_BITS: Final = 62
# Beyond so many temperatures a change is never taken: that saves the exponential.
HOPELESS: Final = 20


class Agendas(NamedTuple):
    """Who is there and who is busy, each session of a leader as a bit mask; the kernels change ``held`` in place.

    ``there[leader, session]`` · ``held[leader, session]`` · ``session[slot]`` · ``bit[slot]`` within its session.
    """

    there: Ints
    held: Ints
    session: Ints
    bit: Ints


@compiled
def waits(held: int, there: int) -> int:
    """Count the slots of a session in which a leader is there and idle between two meetings."""
    upto = held
    for shift in (1, 2, 4, 8, 16, 32):
        upto |= upto >> shift
    idle, gaps = upto & -(held & -held) & there & ~held, 0
    while idle:
        idle &= idle - 1
        gaps += 1
    return gaps


@compiled
def all_gaps(agendas: Agendas) -> int:
    """Count the gaps of all leaders."""
    gaps = 0
    for leader in range(agendas.held.shape[0]):
        for session in range(agendas.held.shape[1]):
            gaps += waits(agendas.held[leader, session], agendas.there[leader, session])
    return gaps


@compiled
def change_of(leader: int, one: int, other: int, agendas: Agendas) -> int:
    """Return by how many gaps a leader with a meeting in just one of two slots changes when they are exchanged."""
    first, second = agendas.session[one], agendas.session[other]
    held, there = agendas.held[leader, first], agendas.there[leader, first]
    if first == second:
        return waits(held ^ agendas.bit[one] ^ agendas.bit[other], there) - waits(held, there)
    change = waits(held ^ agendas.bit[one], there) - waits(held, there)
    held, there = agendas.held[leader, second], agendas.there[leader, second]
    return change + waits(held ^ agendas.bit[other], there) - waits(held, there)


@compiled
def is_taken(rng: np.random.Generator, cost: int, temperature: float) -> bool:
    """Draw Metropolis' answer to a change that costs so many gaps."""
    return cost <= 0 or (cost < HOPELESS * temperature and rng.random() < np.exp(-cost / temperature))
