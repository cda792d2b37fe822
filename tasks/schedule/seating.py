"""Compiled kernels for the tables: a first seating, then targeted swaps of two tables over a run of slots."""

from typing import Final, NamedTuple

import numpy as np

from tasks.schedule.compiled import compiled
from tasks.schedule.kempe import Ints, Reals

# Four swaps in five reach over a run of slots, the others over one slot only: measured best of what was tried.
RUN_SHARE: Final = 0.8


class Floor(NamedTuple):
    """The meetings at their tables; the kernels change the last two arrays in place.

    ``slot[meeting]`` · ``own[meeting]`` the table that it must have (-1: any) · ``neighbour[meeting, 4]`` the leaders'
    meetings within the session (one before, one after, other before, other after; -1: none) · ``begins``, ``ends_at``
    a slot's session · ``seat[slot, table]`` meeting there (-1: none) · ``table[meeting]`` (-1: not seated yet).
    """

    slot: Ints
    own: Ints
    neighbour: Ints
    begins: Ints
    ends_at: Ints
    seat: Ints
    table: Ints


@compiled
def sit(meeting: int, here: int, floor: Floor) -> None:
    """Give a meeting a free table."""
    floor.table[meeting] = here
    floor.seat[floor.slot[meeting], here] = meeting


@compiled
def first_seating(floor: Floor) -> None:
    """Seat the meetings slot by slot, keeping leaders where they sat before when that is free.

    In each slot own tables first, then where both leaders just sat, then one of them, then the first free table.
    """
    for where in range(floor.seat.shape[0]):
        for meeting in range(floor.slot.shape[0]):
            if floor.slot[meeting] == where and floor.own[meeting] >= 0:
                sit(meeting, floor.own[meeting], floor)
        for wanted in range(2, -1, -1):
            for meeting in range(floor.slot.shape[0]):
                if floor.slot[meeting] == where and floor.table[meeting] < 0:
                    here = kept_table(meeting, wanted, floor)
                    if here >= 0:
                        sit(meeting, here, floor)


@compiled
def kept_table(meeting: int, wanted: int, floor: Floor) -> int:
    """Return a free table at which at least ``wanted`` of the two leaders sat just before, -1 when there is none."""
    first, second = floor.neighbour[meeting, 0], floor.neighbour[meeting, 2]
    one = floor.table[first] if first >= 0 else -1
    other = floor.table[second] if second >= 0 else -1
    for here in range(floor.seat.shape[1]):
        if floor.seat[floor.slot[meeting], here] < 0 and int(here == one) + int(here == other) >= wanted:
            return here
    return -1


@compiled
def changes_at(meeting: int, floor: Floor) -> int:
    """Count the table changes into and out of a meeting, over both leaders."""
    changes = 0
    for link in range(4):
        beside = floor.neighbour[meeting, link]
        if beside >= 0 and floor.table[beside] != floor.table[meeting]:
            changes += 1
    return changes


@compiled
def all_changes(floor: Floor) -> int:
    """Count all table changes; every one is seen from both its meetings."""
    changes = 0
    for meeting in range(floor.table.shape[0]):
        changes += changes_at(meeting, floor)
    return changes // 2


@compiled
def swap_run(one: int, other: int, begin: int, end: int, floor: Floor) -> None:
    """Exchange two tables in the slots from ``begin`` to before ``end``."""
    for where in range(begin, end):
        first, second = floor.seat[where, one], floor.seat[where, other]
        floor.seat[where, one], floor.seat[where, other] = second, first
        if first >= 0:
            floor.table[first] = other
        if second >= 0:
            floor.table[second] = one


@compiled
def run_changes(one: int, other: int, begin: int, end: int, floor: Floor) -> int:
    """Count the table changes around the meetings of two tables in a run of slots.

    Changes between two of these meetings count twice, before a swap as after it, so differences are right.
    """
    changes = 0
    for where in range(begin, end):
        for here in (one, other):
            if floor.seat[where, here] >= 0:
                changes += changes_at(floor.seat[where, here], floor)
    return changes


@compiled
def is_bound(one: int, other: int, begin: int, end: int, floor: Floor) -> bool:
    """Say whether a meeting of two tables in a run of slots must stay where it is."""
    for where in range(begin, end):
        for here in (one, other):
            if floor.seat[where, here] >= 0 and floor.own[floor.seat[where, here]] >= 0:
                return True
    return False


@compiled
def run_of(rng: np.random.Generator, where: int, is_after: bool, floor: Floor) -> tuple[int, int]:  # noqa: FBT001 -- Numba
    """Draw a run of slots (begin, end) that starts at a slot and leads away from the meeting beside it."""
    if rng.random() >= RUN_SHARE:
        return where, where + 1
    if is_after:
        return where - int(rng.random() * (where - floor.begins[where] + 1)), where + 1
    return where, where + 1 + int(rng.random() * (floor.ends_at[where] - where))


@compiled
def fewer_changes(
    rng: np.random.Generator, temperatures: Reals, moves: int, floor: Floor, best: Ints, fewest: int
) -> int:
    """Propose ``moves`` swaps per temperature; return the fewest changes seen, whose tables ``best`` receives.

    A swap brings a meeting to the table of a meeting beside it.
    """
    changes = all_changes(floor)
    for temperature in temperatures:
        for _ in range(moves):
            meeting, link = int(rng.random() * floor.table.shape[0]), int(rng.random() * 4)
            beside = floor.neighbour[meeting, link]
            if beside < 0 or floor.table[beside] == floor.table[meeting]:
                continue
            one, other = floor.table[meeting], floor.table[beside]
            begin, end = run_of(rng, floor.slot[meeting], link % 2 == 1, floor)
            if is_bound(one, other, begin, end, floor):
                continue
            before = run_changes(one, other, begin, end, floor)
            swap_run(one, other, begin, end, floor)
            change = run_changes(one, other, begin, end, floor) - before
            if change > 0 and rng.random() >= np.exp(-change / temperature):
                swap_run(one, other, begin, end, floor)
                continue
            changes += change
            if changes < fewest:
                fewest = changes
                best[:] = floor.table
                if fewest == 0:
                    return fewest
    return fewest
