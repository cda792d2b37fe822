"""Made-up events with the statistics of real ones, to measure the scheduling core on.

Popularity is log-normal, a fifth of the leaders are restricted to a part of the afternoon, 15 to 19 % of the requests
are mutual, the median leader asks for eight meetings, two ask for fifty and two for thirty.
"""

import math
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from tasks.schedule.problem import Leader, Limits, Problem, Request, Slot, Weights

WEIGHTS: Final = Weights(108, 8, 10, 50, (60, 50, 40, 30, 20, 15, 10, 5))
OPENS: Final = datetime(2026, 12, 3, 13, tzinfo=UTC)
_MUTUAL_CHANCE: Final = 0.085
_RESTRICTED_SHARE: Final = 0.2
_SCARCE_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Size:
    """How large an event is; ``tables`` per leader is a third, or a quarter in a tight hall."""

    leaders: int
    slots: int = 12
    tables_share: float = 1 / 3
    days: int = 1
    is_scarce: bool = False
    """Whether half of the leaders are there for three to six slots only."""


def slots_of(size: Size) -> tuple[Slot, ...]:
    """Return slots of 20 minutes, spread evenly over the days; each day is a session."""
    per_day = size.slots // size.days
    slots = []
    for day in range(size.days):
        for number in range(per_day):
            start = OPENS + timedelta(days=day, minutes=20 * number)
            slots.append(Slot(f"{start:%d%H%M}" if size.days > 1 else f"{start:%H%M}", start, 20, day))
    return tuple(slots)


def wishes_of(generator: random.Random, count: int) -> list[int]:
    """Return how many meetings each leader asks for."""
    wishes = [min(20, max(1, round(generator.lognormvariate(math.log(8), 0.45)))) for _ in range(count)]
    for leader, many in zip(generator.sample(range(count), min(4, count)), (50, 50, 30, 30), strict=False):
        wishes[leader] = many
    return [min(count - 1, wish) for wish in wishes]


def requests_of(generator: random.Random, count: int) -> list[Request]:
    """Return ranked requests: popular leaders are asked more often, and some asked leaders ask back."""
    popularity = [generator.lognormvariate(0, 0.8) for _ in range(count)]
    wishes = wishes_of(generator, count)
    asked: list[list[int]] = [[] for _ in range(count)]
    for leader, wish in enumerate(wishes):
        while len(asked[leader]) < wish:
            other = generator.choices(range(count), popularity)[0]
            if other != leader and other not in asked[leader]:
                asked[leader].append(other)
                if (
                    generator.random() < _MUTUAL_CHANCE
                    and leader not in asked[other]
                    and len(asked[other]) < wishes[other]
                ):
                    asked[other].append(leader)
    names = names_of(count)
    ranked: list[Request] = []
    for leader, others in enumerate(asked):
        generator.shuffle(others)
        ranked += (Request(names[leader], names[other], rank) for rank, other in enumerate(others, 1))
    return ranked


def names_of(count: int) -> list[str]:
    """Return leader ids of one width."""
    width = max(3, len(str(count)))
    return [f"L{number:0{width}d}" for number in range(1, count + 1)]


def an_event(size: Size, seed: int = 1) -> Problem:
    """Return a problem of this size; the same seed gives the same problem."""
    generator = random.Random(seed)  # noqa: S311 -- an event that can be made again, no secret
    slots = slots_of(size)
    leaders = []
    for name in names_of(size.leaders):
        away: frozenset[str] = frozenset()
        if generator.random() < _RESTRICTED_SHARE:
            first = generator.randrange(len(slots) // 2 + 1)
            kept = slots[first : first + generator.randint(len(slots) // 2, len(slots) - 1)]
            away = frozenset(slot.id for slot in slots if slot not in kept)
        leaders.append(Leader(name, f"C{name[1:]}", away))
    requests = tuple(requests_of(generator, size.leaders))
    if size.is_scarce:
        leaders = [_briefly_there(generator, one, slots) for one in leaders]
    count = max(1, round(size.leaders * size.tables_share))
    return Problem(
        slots=slots,
        tables=tuple(f"T{number:0{max(2, len(str(count)))}d}" for number in range(1, count + 1)),
        limits=Limits(4, 10),
        weights=WEIGHTS,
        leaders=tuple(leaders),
        requests=requests,
    )


def _briefly_there(generator: random.Random, leader: Leader, slots: tuple[Slot, ...]) -> Leader:
    """Let half of the leaders come for a visit of three to six slots in a row."""
    if generator.random() >= _SCARCE_SHARE:
        return leader
    count = min(len(slots), generator.randint(3, 6))
    first = generator.randrange(len(slots) - count + 1)
    return replace(leader, unavailable=frozenset(slot.id for slot in (*slots[:first], *slots[first + count :])))
