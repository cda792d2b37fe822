"""Polish for small halls: a stretch of slots is taken as it is, and its tables are matched anew with those around it.

Swaps of two tables end where only a cycle of several tables pays. For one stretch the best of all permutations is an
assignment problem: table by table, how many leaders would stay on the way in and out. Kuhn 1955, solved by SciPy after
Crouse 2016; neighbourhoods of this kind are searched exactly in Balas and Simonetti 2001.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from tasks.schedule.budget import Stopwatch
from tasks.schedule.kempe import Ints
from tasks.schedule.seating import Floor

# One assignment grows with the cube of the tables.
MOST_TABLES: Final = 150


class Stretch(NamedTuple):
    """A run of slots within a session: its meetings, and the links across its borders, end by end.

    ``bound`` are the meetings inside that must stay at their tables.
    """

    meetings: Ints
    inner: Ints
    outer: Ints
    bound: Ints


def rematch(floor: Floor, tables: Ints, rng: np.random.Generator, rounds: int, watch: Stopwatch) -> None:
    """Change ``tables`` (of every meeting) in place to those of a seating with as many changes, or fewer.

    A round matches every stretch once, in random order, each time to its best; which of several best is drawn, and so
    the seating wanders on where nothing is gained at once.
    """
    # A third of a second and 30 MB, which large halls do without.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- as above

    count = floor.seat.shape[1]
    every = list(_stretches(floor))
    for _ in range(rounds):
        if watch.is_over():
            break
        for at in rng.permutation(len(every)):
            stretch = every[at]
            # Over all tables together the noise stays below one link: it decides between equals only.
            stays = rng.random((count, count)) / (count + 1)
            np.add.at(stays, (tables[stretch.inner], tables[stretch.outer]), 1)
            here = tables[stretch.bound]
            stays[here, here] += len(stretch.inner) + 1
            tables[stretch.meetings] = linear_sum_assignment(stays, maximize=True)[1][tables[stretch.meetings]]


def _stretches(floor: Floor) -> Iterator[Stretch]:
    """Yield every run of slots that leaders come into, or go on from, within a session."""
    earlier = np.concatenate([np.flatnonzero(floor.neighbour[:, after] >= 0) for after in (1, 3)])
    later = np.concatenate([beside[beside >= 0] for beside in (floor.neighbour[:, 1], floor.neighbour[:, 3])])
    for begin, end in combinations(range(len(floor.begins) + 1), 2):
        if floor.begins[begin] != floor.begins[end - 1]:
            continue
        is_inside = (floor.slot >= begin) & (floor.slot < end)
        is_left, is_entered = is_inside[earlier] & ~is_inside[later], ~is_inside[earlier] & is_inside[later]
        if is_left.any() or is_entered.any():
            yield Stretch(
                meetings=np.flatnonzero(is_inside),
                inner=np.concatenate([earlier[is_left], later[is_entered]]),
                outer=np.concatenate([later[is_left], earlier[is_entered]]),
                bound=np.flatnonzero(is_inside & (floor.own >= 0)),
            )
