"""What both programs of who meets count alike: what leaders lack, and what each further fulfilled request adds."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from tasks.schedule.program import Ints, Program, Reals


def add_shortfalls(program: Program, who: Ints, columns: Ints, wanted: Ints) -> Ints:
    """Add, for each leader who wants any, what meetings leave below ``wanted[leader]``; return the columns of it.

    ``who[i]`` is a leader of the meeting in ``columns[i]``.
    """
    wanting = np.flatnonzero(wanted > 0)
    lacks = program.add_columns(len(wanting), upper=wanted[wanting])
    row_of = np.full(len(wanted), -1)
    row_of[wanting] = np.arange(len(wanting))
    mine = row_of[who] >= 0
    program.add_rows(
        len(wanting),
        (np.arange(len(wanting)), lacks, 1),
        (row_of[who[mine]], columns[mine], 1),
        lower=wanted[wanting],
    )
    return lacks


def add_gain_levels(
    program: Program, asked: Iterable[tuple[int, int]], gains_of: Callable[[int, int], Sequence[int]]
) -> tuple[Reals, Ints]:
    """Add a column for each level of fulfilled own requests; return what each is worth, and the columns.

    ``asked`` are leaders with the column of a request of theirs; ``gains_of(leader, count)`` are the gains that these
    ``count`` requests can bring, the first first.
    """
    askers, own = np.array(list(asked), np.int64).reshape(-1, 2).T
    who, row, count = np.unique(askers, return_inverse=True, return_counts=True)
    gains = [gains_of(leader, many) for leader, many in zip(who.tolist(), count.tolist(), strict=True)]
    depth = np.array([len(mine) for mine in gains], np.int64)
    levels = program.add_columns(int(depth.sum()))
    program.add_rows(len(who), (np.repeat(np.arange(len(who)), depth), levels, 1), (row, own, -1), upper=0)
    return np.array([gain for mine in gains for gain in mine], np.float64), levels
