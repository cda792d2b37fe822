"""Where: a table for every placed meeting, with as few changes of table as can be, and a proven bound on them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from tasks.schedule import seating
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.gaps import hours_of
from tasks.schedule.kempe import Ints
from tasks.schedule.seating import Floor
from tasks.schedule.stays import Link
from tasks.schedule.table_bound import change_bound

_HOT: Final = 0.3
_COLD: Final = 0.12
_STEPS: Final = 40


def seat_all(
    arena: Arena, slots: dict[int, int], *, seed: int, moves: int, watch: Stopwatch
) -> tuple[dict[int, int], int]:
    """Return the table of each placed candidate, and a number of table changes that no seating undercuts.

    ``slots`` gives each candidate's slot; no slot holds more meetings than tables, no table is needed twice in one.
    ``moves`` counts proposals per meeting.
    """
    chosen = sorted(slots, key=lambda position: (slots[position], position))
    links = list(links_of(arena, slots))
    least = change_bound(arena, slots, links, watch)
    floor = _floor(arena, chosen, slots, links)
    seating.first_seating(floor)
    best, fewest, rng = floor.table.copy(), seating.all_changes(floor), np.random.default_rng(seed)
    for temperature in np.array_split(np.geomspace(_HOT, _COLD, _STEPS), _STEPS):
        if fewest <= least or watch.is_over():
            break
        fewest = seating.fewer_changes(rng, temperature, moves * len(chosen) // _STEPS, least, floor, best, fewest)
    return {position: int(here) for position, here in zip(chosen, best, strict=True)}, least


def _floor(arena: Arena, chosen: list[int], slots: dict[int, int], links: list[Link]) -> Floor:
    hours = hours_of(arena)
    return Floor(
        slot=np.array([slots[position] for position in chosen], np.int64),
        own=np.array([arena.candidates[position].table for position in chosen], np.int64),
        neighbour=_neighbours(arena, chosen, links),
        begins=hours.begins,
        ends_at=hours.ends_at,
        seat=np.full((arena.slot_count, len(arena.problem.tables)), -1, np.int64),
        table=np.full(len(chosen), -1, np.int64),
    )


def links_of(arena: Arena, slots: dict[int, int]) -> Iterator[Link]:
    """Yield the pairs of meetings (as candidates) that a leader has one after the other within a session."""
    agenda: dict[int, list[int]] = defaultdict(list)
    for position in sorted(slots, key=slots.__getitem__):
        agenda[arena.candidates[position].one].append(position)
        agenda[arena.candidates[position].other].append(position)
    sessions = [slot.session for slot in arena.problem.slots]
    for leader in sorted(agenda):
        mine = agenda[leader]
        yield from ((m, n) for m, n in pairwise(mine) if sessions[slots[m]] == sessions[slots[n]])


def _neighbours(arena: Arena, chosen: list[int], links: list[Link]) -> Ints:
    number = {position: at for at, position in enumerate(chosen)}
    neighbour = np.full((len(chosen), 4), -1, np.int64)
    for earlier, later in links:
        shared = _shared_leader(arena, earlier, later)
        neighbour[number[later], 2 * (arena.candidates[later].other == shared)] = number[earlier]
        neighbour[number[earlier], 2 * (arena.candidates[earlier].other == shared) + 1] = number[later]
    return neighbour


def _shared_leader(arena: Arena, first: int, second: int) -> int:
    one, other = arena.candidates[first], arena.candidates[second]
    return one.one if one.one in (other.one, other.other) else one.other
