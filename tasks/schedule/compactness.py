"""The price of compactness: what fewer idle slots cost in value, as a curve that the organiser can choose from.

Full tables force idle slots: whoever needs the last free table takes what slot there is. Leaving tables free in every
slot gives room to move meetings together, and costs the meetings that would have stood there.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Final

from tasks.errors import InfeasibleError
from tasks.messages import Message, message
from tasks.schedule.budget import EFFORTS, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.conflicts import sentence_of, smallest_conflict
from tasks.schedule.figures import objective_of
from tasks.schedule.problem import Problem
from tasks.schedule.solver import Stages
from tasks.settings import Effort

FREE_TABLES: Final = (0, 1, 2, 3, 5, 8)
_BAR: Final = 24


@dataclass(frozen=True, slots=True)
class Point:
    """One choice: tables left free in every slot, and what the plan then reaches beside its proven bounds."""

    free_tables: int
    meetings: int
    shortfall: int
    value: int
    value_bound: int
    gaps: int
    gaps_bound: int

    @property
    def row(self) -> dict[str, object]:
        """The figures under their names, for machines."""
        return asdict(self)


def with_free_tables(problem: Problem, count: int) -> Problem | None:
    """Return the problem without its last ``count`` tables that are nobody's own; None where no table would be left."""
    kept = {leader.table for leader in problem.leaders} | {item.table for item in problem.fixed}
    loose = [table for table in problem.tables if table not in kept]
    left_free = set(loose[max(0, len(loose) - count) :])
    if count > len(loose) or len(left_free) == len(problem.tables):
        return None
    return replace(problem, tables=tuple(table for table in problem.tables if table not in left_free))


def curve(problem: Problem, *, seed: int, effort: Effort, watch: Stopwatch) -> Iterator[Point]:
    """Yield a point for each number of ``FREE_TABLES`` that the hall and the fixed meetings allow, as it is found.

    Raises InfeasibleError when the problem has no plan even with all tables.
    """
    conflict = smallest_conflict(problem)
    if conflict is not None:
        raise InfeasibleError(sentence_of(problem, conflict), remedy=message("Give up one of them and call again."))
    for count in FREE_TABLES:
        smaller = with_free_tables(problem, count)
        if smaller is not None and smallest_conflict(smaller) is None and not watch.is_over():
            yield _point(smaller, count, seed, effort, watch)


def _point(problem: Problem, count: int, seed: int, effort: Effort, watch: Stopwatch) -> Point:
    arena = Arena(problem)
    stages = Stages(arena, seed, EFFORTS[effort], watch, lambda _stage, _reached, _bound: None)
    timetable, least_gaps = stages.with_fewer_gaps(stages.who_and_when())
    reached = objective_of(arena, timetable.slots, dict.fromkeys(timetable.slots, 0))
    return Point(
        count, len(timetable.slots), reached.shortfall, reached.value, timetable.value_bound, reached.gaps, least_gaps
    )


def table_of(points: list[Point]) -> list[Message]:
    """Return the curve as lines for a terminal: a head, then each point with its value as a share and a bar of gaps."""
    if not points:
        return [message("No curve: the time was over before the first point.")]
    best, most = max(1, points[0].value), max(1, *(point.gaps for point in points))
    head = message("free tables   meetings       value   of best   idle slots   at least   lacking to the minimum")
    lines = [
        message(
            "{free:>11}   {meetings:>8}   {value:>9}   {share:>7.1%}   {gaps:>10}   {least:>8}   {lacking:>7}   {bar}",
            free=point.free_tables, meetings=point.meetings, value=point.value, share=point.value / best,
            gaps=point.gaps, least=point.gaps_bound, lacking=point.shortfall, bar="█" * round(_BAR * point.gaps / most),
        )
        for point in points
    ]  # fmt: skip
    return [head, *lines, message("To plan with a choice: rencontres schedule --free-tables {count}", count="N")]
