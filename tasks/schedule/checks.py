"""What a problem may not say, whatever is asked of it: one function per rule, each naming the item it refuses.

What is sound but cannot be planned (a fixed meeting of a leader who is away) is not refused here: ``conflicts``.
"""

from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tasks.messages import message
from tasks.schedule.interchange import refuse

if TYPE_CHECKING:
    from tasks.schedule.problem import Problem

# HiGHS counts in doubles and holds a column to be whole within a millionth: up to here that is worth no more than one
# point, and the sums of a billion requests stay below 2**53. CP-SAT and the kernels count in 64 bits, far beyond that.
MOST_WEIGHT: Final = 1_000_000


def require_sound(problem: "Problem") -> None:
    """Raise DataError for the first rule that the problem breaks."""
    for rule in RULES:
        rule(problem)


def slots_follow_one_another(problem: "Problem") -> None:
    """There is a slot; starts rise without overlap and carry an offset; sessions never fall."""
    if not problem.slots:
        refuse(message("there is no slot."), "slots")
    for slot in problem.slots:
        if slot.minutes < 1:
            refuse(message("slot {slot} lasts {minutes} minutes.", slot=slot.id, minutes=slot.minutes), "slots")
        if slot.start.tzinfo is None:
            refuse(message("slot {slot} has no offset.", slot=slot.id), "slots")
    for earlier, later in pairwise(problem.slots):
        if (later.start - earlier.start).total_seconds() < 60 * earlier.minutes:
            refuse(message("slot {slot} begins before the one before it ends.", slot=later.id), "slots")
        if later.session < earlier.session:
            refuse(message("slot {slot} goes back to an earlier session.", slot=later.id), "slots")


def names_stand_once(problem: "Problem") -> None:
    """No slot, table or leader id, no request, no fixed pair stands twice."""
    _once((slot.id for slot in problem.slots), "slots")
    _once(problem.tables, "tables")
    _once((leader.id for leader in problem.leaders), "leaders")
    _once(((request.asking, request.asked) for request in problem.requests), "requests")
    _once((tuple(sorted(item.pair)) for item in problem.fixed), "fixed")


def numbers_are_whole(problem: "Problem") -> None:
    """Limits, maxima and ranks are whole numbers.

    A caller in Python may hand over a float, and NaN would compare false with everything and pass.
    """
    limits, leaders = problem.limits, problem.leaders
    numbers: dict[str, Iterable[tuple[str, object]]] = {
        "limits": (("min_meetings", limits.min_meetings), ("max_meetings", limits.max_meetings)),
        "leaders": ((one.id, one.max_meetings) for one in leaders if one.max_meetings is not None),
        "requests": ((f"{request.asking}-{request.asked}", request.rank) for request in problem.requests),
    }
    for place, named in numbers.items():
        for name, number in named:
            if type(number) is not int:
                refuse(message("{name}: {number} is no whole number.", name=name, number=str(number)), place)


def numbers_make_sense(problem: "Problem") -> None:
    """There is a table; limits are not negative and in order; ranks from 1."""
    if not problem.tables:
        refuse(message("there is no table."), "tables")
    limits = problem.limits
    if not 0 <= limits.min_meetings <= limits.max_meetings:
        refuse(message("the minimum of meetings must lie between 0 and the maximum."), "limits")
    for leader in problem.leaders:
        if leader.max_meetings is not None and leader.max_meetings < 0:
            refuse(message("leader {leader} has a negative maximum of meetings.", leader=leader.id), "leaders")
    for request in problem.requests:
        if request.rank < 1:
            refuse(
                message("the request {pair} has a rank below 1.", pair=f"{request.asking}-{request.asked}"), "requests"
            )


def weights_can_be_summed(problem: "Problem") -> None:
    """Weights are whole numbers from 0 whose sums every solver holds; gains never rise."""
    weights = problem.weights
    plain = ((name, getattr(weights, name)) for name in ("rank_first", "rank_step", "rank_floor", "mutual"))
    for name, number in (*plain, *(("gain", number) for number in weights.gain)):
        if type(number) is not int or number < 0:
            refuse(message("a weight must be a whole number from 0, not {number}.", number=str(number)), "weights")
        if number > MOST_WEIGHT:
            refuse(message("a weight may be at most {most}.", most=MOST_WEIGHT), f"weights.{name}")
    if any(later > earlier for earlier, later in pairwise(weights.gain)):
        refuse(message("the gains must not rise."), "weights.gain")


def names_are_known(problem: "Problem") -> None:
    """Slots, tables and leaders that are referred to exist; only the one who is asked may be unknown."""
    slots, tables = {slot.id for slot in problem.slots}, set(problem.tables)
    leaders = {leader.id for leader in problem.leaders}
    for leader in problem.leaders:
        for slot in sorted(leader.unavailable):
            _known(slot, slots, f"leaders {leader.id}")
        _known(leader.table, tables, f"leaders {leader.id}")
    for request in problem.requests:
        _known(request.asking, leaders, f"requests {request.asking}-{request.asked}")
    for pair in problem.excluded:
        for name in pair:
            _known(name, leaders, f"excluded {pair[0]}-{pair[1]}")
    for item in problem.fixed:
        where = f"fixed {item.pair[0]}-{item.pair[1]}"
        for name in item.pair:
            _known(name, leaders, where)
        _known(item.slot, slots, where)
        _known(item.table, tables, where)


def nobody_meets_oneself(problem: "Problem") -> None:
    """Nobody is paired with oneself, whether requested, excluded or fixed."""
    for place, pairs in (
        ("requests", ((request.asking, request.asked) for request in problem.requests)),
        ("excluded", iter(problem.excluded)),
        ("fixed", (item.pair for item in problem.fixed)),
    ):
        for one, other in pairs:
            if one == other:
                refuse(message("leader {leader} is paired with oneself.", leader=one), place)


def fixed_meetings_leave_room_for_each_other(problem: "Problem") -> None:
    """No two fixed meetings take the same leader, or the same table, in one slot."""
    _once(((name, item.slot) for item in problem.fixed for name in item.pair), "fixed")
    _once(((item.table, item.slot) for item in problem.fixed if item.table is not None), "fixed")


RULES: Final[tuple[Callable[["Problem"], None], ...]] = (
    slots_follow_one_another,
    names_stand_once,
    numbers_are_whole,
    numbers_make_sense,
    weights_can_be_summed,
    names_are_known,
    nobody_meets_oneself,
    fixed_meetings_leave_room_for_each_other,
)


def _once(items: Iterable[Hashable], where: str) -> None:
    seen: set[Hashable] = set()
    for item in items:
        if item in seen:
            name = " ".join(map(str, item)) if isinstance(item, tuple) else str(item)
            refuse(message("{name} stands twice.", name=name), where)
        seen.add(item)


def _known(name: str | None, names: set[str], where: str) -> None:
    if name is not None and name not in names:
        refuse(message("{name} is not known.", name=name), where)
