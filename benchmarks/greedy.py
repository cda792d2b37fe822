"""The baseline: what one would do by hand. Requests in the order of their rank, each at the first free place."""

from collections import Counter, defaultdict

from tasks.schedule.objective import objective_of
from tasks.schedule.plan import Bounds, Meeting, Objective, Plan
from tasks.schedule.problem import Pair, Problem


def greedy_by_rank(problem: Problem) -> Plan:
    """Return a plan without bounds and reasons; it keeps the hard rules where nothing is fixed."""
    order = {slot.id: at for at, slot in enumerate(problem.slots)}
    busy: dict[str, set[str]] = defaultdict(set)
    taken: dict[str, set[str]] = defaultdict(set)
    met: dict[Pair, Meeting] = {}
    for request in sorted(problem.requests, key=lambda r: (r.rank, r.asking, r.asked)):
        pair = request.pair
        if request.asked not in problem.leader_by_id or pair in met or pair in problem.excluded:
            continue
        one, other = (problem.leader_by_id[name] for name in pair)
        if one.company == other.company or any(len(busy[p.id]) >= problem.maximum_of(p) for p in (one, other)):
            continue
        away = one.unavailable | other.unavailable | busy[one.id] | busy[other.id]
        for slot in order:
            own = one.table or other.table
            free = [own] if own else [table for table in problem.tables if table not in taken[slot]]
            if slot not in away and free and free[0] not in taken[slot]:
                met[pair] = Meeting(pair, slot, free[0])
                taken[slot].add(free[0])
                busy[one.id].add(slot)
                busy[other.id].add(slot)
                break
    plan = Plan(problem.sha256, "feasible", tuple(met.values()), Objective(), Bounds(), (), 0, "greedy by rank")
    objective = objective_of(problem, plan)
    return Plan(problem.sha256, "feasible", plan.meetings, objective, Bounds(), (), 0, "greedy by rank")


def below(problem: Problem, plan: Plan, minimum: int) -> int:
    """Count the leaders with fewer meetings than a minimum."""
    counts = Counter(name for meeting in plan.meetings for name in meeting.pair)
    return sum(counts[leader.id] < minimum for leader in problem.leaders)
