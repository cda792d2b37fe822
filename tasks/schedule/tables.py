"""Where: a table for every placed meeting, with as few changes of table as can be, and a proven bound on them."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final

import numpy as np

from tasks.schedule import homing, seating
from tasks.schedule.anchor import NOTHING, Anchor
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.gaps import hours_of
from tasks.schedule.kempe import Ints
from tasks.schedule.rematching import MOST_TABLES, rematch
from tasks.schedule.seating import Floor
from tasks.schedule.table_bound import change_bound
from tasks.schedule.ways import Link

_HOT: Final = 0.3
_COLD: Final = 0.08  # at 2,000 leaders half a percent fewer changes than 0.12, for the same work
_STEPS: Final = 40
_MOVES_PER_ROUND: Final = 60  # rounds of re-matching then take twice as long as the swaps, at 180 leaders


def seat_all(
    arena: Arena, slots: dict[int, int], *, seed: int, moves: int, watch: Stopwatch, anchor: Anchor = NOTHING
) -> tuple[dict[int, int], int]:
    """Return the table of each placed candidate, and a number of table changes that no seating undercuts.

    ``slots`` gives each candidate's slot; no slot holds more meetings than tables, no table is needed twice in one.
    ``moves`` counts proposals per meeting. Meetings that keep slot and table of an earlier plan (``anchor``) stay there
    unless that costs changes.
    """
    chosen = sorted(slots, key=lambda position: (slots[position], position))
    links = list(links_of(arena, slots))
    # The bound and the swaps need nothing of each other, and both leave Python's lock alone: one core for each.
    with ThreadPoolExecutor(1) as beside:
        least = beside.submit(change_bound, arena, slots, links, watch)
        floor = _floor(arena, chosen, slots, links)
        if anchor is not NOTHING:
            tables = _near(floor, np.array([_home(anchor, p, slots[p]) for p in chosen], np.int64))
        else:
            rng = np.random.default_rng(seed)
            is_small = len(arena.problem.tables) <= MOST_TABLES
            # Twice the moves bring a large hall a fifth of a percent, for a fifth of the time of its whole plan.
            tables = _annealed(floor, rng, moves if is_small else moves // 2, watch)
            if is_small:
                rematch(floor, tables, rng, moves // _MOVES_PER_ROUND, watch)
    return {position: int(here) for position, here in zip(chosen, tables, strict=True)}, least.result()


def _annealed(floor: Floor, rng: np.random.Generator, moves: int, watch: Stopwatch) -> Ints:
    """Return the table of every meeting in the best seating that swaps lead to; ``moves`` counts swaps per meeting."""
    seating.first_seating(floor)
    best, fewest = floor.table.copy(), seating.all_changes(floor)
    for temperature in np.array_split(np.geomspace(_HOT, _COLD, _STEPS), _STEPS):
        if fewest == 0 or watch.is_over():
            break
        fewest = seating.fewer_changes(rng, temperature, moves * len(best) // _STEPS, floor, best, fewest)
    return best


def _near(floor: Floor, home: Ints) -> Ints:
    """Return the table of every meeting: ``home``, that of the earlier plan (-1: none), unless a swap pays."""
    own = {(int(at), int(table)) for at, table in zip(floor.slot, floor.own, strict=True) if table >= 0}
    for meeting, (at, here) in enumerate(zip(floor.slot, home, strict=True)):
        if here >= 0 and floor.own[meeting] < 0 and (int(at), int(here)) not in own:
            seating.sit(meeting, int(here), floor)
    seating.first_seating(floor)
    homing.sit_closer(home, floor)
    return floor.table


def _home(anchor: Anchor, position: int, slot: int) -> int:
    return anchor.tables.get(position, -1) if anchor.slots.get(position) == slot else -1


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
