"""Why a problem has no plan: the smallest set found of fixed meetings, availabilities or limits that clash.

Every meeting that is not fixed may be left out, so a problem has a plan exactly when its fixed meetings stand
beside the rules; each function below looks for the sets that break one of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from typing import Final

from tasks.messages import Message, message
from tasks.schedule.candidates import Arena
from tasks.schedule.plan import Conflict
from tasks.schedule.problem import Fixed, Problem

# The items of a conflict are the fixed meetings and, at one end, what limits them: {limit}, often {what} and {number}.
SENTENCES: Final[dict[str, Message]] = {
    "not_of_one_company": message("a fixed meeting joins two leaders of company {limit}: {meetings}."),
    "not_excluded": message("a fixed meeting joins a pair that must not meet: {meetings}."),
    "both_available": message("a fixed meeting lies in a slot in which leader {what} is away: {meetings}."),
    "own_table_is_kept": message("a fixed meeting is not at table {limit}, where its leader always sits: {meetings}."),
    "within_maximum": message("leader {what} has more fixed meetings than the maximum of {number}: {meetings}."),
    "one_meeting_per_table": message("fixed meetings need the same table {limit} in the same slot: {meetings}."),
    "enough_tables": message("slot {what} has more fixed meetings than there are tables, {number}: {meetings}."),
}
_LIMIT_STANDS_FIRST: Final = ("within_maximum", "enough_tables")


def smallest_conflict(problem: Problem) -> Conflict | None:
    """Return the smallest set found that cannot hold together, None where a plan exists."""
    found = [conflict for rule in RULES for conflict in rule(problem)]
    return min(found, key=lambda conflict: len(conflict.items), default=None)


def sentence_of(problem: Problem, conflict: Conflict) -> Message:
    """Put a conflict of a problem in words that say what each of its items is."""
    limit = conflict.items[0 if conflict.rule in _LIMIT_STANDS_FIRST else -1]
    met = [item for item in problem.fixed if item.name in conflict.items]
    what, _, number = limit.rpartition(" ")
    if conflict.rule == "both_available":
        what = limit.removesuffix(f" {met[0].slot}")  # the id of a slot may hold a space
    values = {"limit": limit, "what": what, "number": number, "meetings": reduce(_listed, map(_told, met))}
    return replace(SENTENCES[conflict.rule], values=values)


def _told(item: Fixed) -> Message:
    return message("{one} with {other} at slot {slot}", one=item.pair[0], other=item.pair[1], slot=item.slot)


def _listed(before: Message, one: Message) -> Message:
    return message("{before}; {one}", before=before, one=one)


def pairs_may_meet(problem: Problem) -> Iterator[Conflict]:
    """Find fixed pairs of one company, and excluded ones."""
    banned = set(problem.excluded)
    for item in problem.fixed:
        one, other = (problem.leader_by_id[name] for name in item.pair)
        if one.company == other.company:
            yield Conflict("not_of_one_company", (item.name, one.company))
        if item.pair in banned:
            yield Conflict("not_excluded", (item.name, "-".join(item.pair)))


def both_are_available(problem: Problem) -> Iterator[Conflict]:
    """Find fixed meetings of a leader who is away."""
    for item in problem.fixed:
        for name in item.pair:
            if item.slot in problem.leader_by_id[name].unavailable:
                yield Conflict("both_available", (item.name, f"{name} {item.slot}"))


def maximum_holds_them(problem: Problem) -> Iterator[Conflict]:
    """Find leaders whose fixed meetings exceed the maximum."""
    by_leader: dict[str, list[Fixed]] = defaultdict(list)
    for item in problem.fixed:
        for name in item.pair:
            by_leader[name].append(item)
    for name, items in sorted(by_leader.items()):
        most = problem.maximum_of(problem.leader_by_id[name])
        if len(items) > most:
            yield Conflict("within_maximum", (f"{name} {most}", *(item.name for item in items[: most + 1])))


def tables_hold_them(problem: Problem) -> Iterator[Conflict]:
    """Find slots whose fixed meetings cannot all have a table, or not the one where a leader always sits."""
    arena = Arena(problem)
    by_slot: dict[str, list[Fixed]] = defaultdict(list)
    by_table: dict[tuple[str, str], list[Fixed]] = defaultdict(list)
    for item in problem.fixed:
        by_slot[item.slot].append(item)
        own = arena.own_table(item.pair)
        seat = item.table if own < 0 else problem.tables[own]
        if seat is not None:
            by_table[item.slot, seat].append(item)
            if item.table not in (None, seat):
                yield Conflict("own_table_is_kept", (item.name, seat))
    for (_, table), items in sorted(by_table.items()):
        if len(items) > 1:
            yield Conflict("one_meeting_per_table", (*(item.name for item in items[:2]), table))
    most = len(problem.tables)
    for slot, items in sorted(by_slot.items()):
        if len(items) > most:
            yield Conflict("enough_tables", (f"{slot} {most}", *(item.name for item in items[: most + 1])))


RULES: Final[tuple[Callable[[Problem], Iterator[Conflict]], ...]] = (
    pairs_may_meet,
    both_are_available,
    maximum_holds_them,
    tables_hold_them,
)
