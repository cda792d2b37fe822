"""What a placed set of meetings reaches, as the solver counts it. The referee counts by itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise

from tasks.schedule.candidates import Arena
from tasks.schedule.plan import Objective


def shortfall_of(arena: Arena, chosen: Iterable[int]) -> int:
    """Return how many meetings leaders lack below their targets."""
    degrees = Counter[int]()
    for position in chosen:
        degrees.update((arena.candidates[position].one, arena.candidates[position].other))
    return sum(max(0, target - degrees[leader]) for leader, target in enumerate(arena.targets))


def value_of(arena: Arena, chosen: Iterable[int]) -> int:
    """Return the points of the fulfilled requests, gains included."""
    fulfilled, points = Counter[int](), 0
    for position in chosen:
        fulfilled.update(arena.candidates[position].askers)
        points += arena.candidates[position].weight
    gain = arena.problem.weights.gain
    return points + sum(sum(gain[:count]) for count in fulfilled.values())


def objective_of(arena: Arena, slots: dict[int, int], tables: dict[int, int]) -> Objective:
    """Return the objective of candidates with their slots and tables."""
    gaps, breaks, changes = _waiting(arena, slots, tables)
    return Objective(shortfall_of(arena, slots), value_of(arena, slots), gaps, breaks, changes)


def _waiting(arena: Arena, slots: dict[int, int], tables: dict[int, int]) -> tuple[int, int, int]:
    agenda: dict[int, dict[int, int]] = defaultdict(dict)
    for position, slot in slots.items():
        agenda[arena.candidates[position].one][slot] = tables[position]
        agenda[arena.candidates[position].other][slot] = tables[position]
    gaps = breaks = changes = 0
    for leader, seats in agenda.items():
        for _, session in groupby(sorted(seats), key=lambda slot: arena.problem.slots[slot].session):
            mine = list(session)
            changes += sum(seats[earlier] != seats[later] for earlier, later in pairwise(mine))
            waits = [arena.available[leader] >> at & 1 and at not in seats for at in range(mine[0], mine[-1])]
            gaps += sum(map(bool, waits))
            breaks += sum(1 for waits_here, _ in groupby(waits, key=bool) if waits_here)
    return gaps, breaks, changes
