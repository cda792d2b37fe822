"""Compile the solver's kernels ahead: ``make`` calls this once, so that nobody's first plan waits for the compiler."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Final

from tasks.schedule.problem import Leader, Limits, Problem, Request, Slot, Weights
from tasks.schedule.solver import solve

_OPENS: Final = datetime(2000, 1, 1, 9, tzinfo=UTC)
_MINUTES: Final = 20
_EARLY: Final = ("L01", "L02", "L03")
_OTHERS: Final = tuple(f"L{number:02d}" for number in range(4, 13))


def tangled() -> Problem:
    """Return a problem of twelve leaders that makes every stage search, so that every kernel is called.

    Three leaders are there for two slots only and all want to meet, which cannot be: the placing starts over. The
    others ask for most of one another at few tables: the first timetable has gaps and the first seating has changes.
    """
    slots = tuple(
        Slot(f"S{at}", _OPENS + timedelta(minutes=_MINUTES * at), _MINUTES, session=at // 6) for at in range(12)
    )
    late = frozenset(slot.id for slot in slots[2:])
    wishes = [*combinations(_EARLY, 2), *((a, b) for a, b in combinations(_OTHERS, 2) if int(a[1:]) + int(b[1:]) & 3)]
    return Problem(
        slots=slots,
        tables=("T1", "T2", "T3", "T4"),
        limits=Limits(min_meetings=2, max_meetings=8),
        weights=Weights(rank_first=100, rank_step=5, rank_floor=10, mutual=20, gain=(30, 20, 10)),
        leaders=tuple(
            Leader(name, f"company of {name}", late if name in _EARLY else frozenset()) for name in (*_EARLY, *_OTHERS)
        ),
        requests=tuple(Request(asking, asked, rank=1) for asking, asked in wishes),
    )


def main() -> None:
    """Plan it, and change the plan."""
    problem = tangled()
    plan = solve(problem, effort="quick")
    solve(replace(problem, excluded=(plan.meetings[0].pair,)), effort="quick", earlier=plan)


if __name__ == "__main__":
    main()
