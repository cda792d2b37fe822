"""The scheduling core on made-up events, beside the greedy plan of the same event in the same run."""

import time
from typing import Final

from benchmarks.greedy import below, greedy_by_rank
from benchmarks.instances import Size, an_event
from tasks.schedule import warm_up
from tasks.schedule.change import Change
from tasks.schedule.referee import require_valid
from tasks.schedule.repair import repair
from tasks.schedule.solver import solve

EVENTS: Final = {
    "180 leaders": Size(180),
    "180, tight": Size(180, tables_share=1 / 4),
    "180, two days": Size(180, slots=32, days=2),
    "1,000 leaders": Size(1000),
}


def measure() -> None:
    """Print one line for each event: seconds, value against bound and greedy, gaps against bound and greedy."""
    warm_up.main()  # compiles what is not in the cache
    for name, size in EVENTS.items():
        problem = an_event(size)
        began = time.perf_counter()
        plan = solve(problem)
        seconds = time.perf_counter() - began
        require_valid(problem, plan)
        by_rank = greedy_by_rank(problem)
        reached, bounds = plan.objective, plan.bounds
        print(
            f"{name:<14} {seconds:6.1f} s  {plan.status:<8}"
            f"  value {reached.value:>7} of at most {bounds.value:>7}"
            f", greedy {by_rank.objective.value / reached.value:6.1%}"
            f"  gaps {reached.gaps:>4} of at least {bounds.gaps:>4}, greedy {by_rank.objective.gaps}"
            f"  under {problem.limits.min_meetings}: {below(problem, plan, 4)}, greedy {below(problem, by_rank, 4)}"
        )
    problem = an_event(EVENTS["180 leaders"])
    plan = solve(problem, effort="quick")
    began = time.perf_counter()
    change = Change(absent=(problem.leaders[2].id, problem.leaders[76].id), first_slot=4)
    repaired = repair(problem, plan, change).plan
    seconds = time.perf_counter() - began
    moved = [m for m in repaired.meetings if m not in plan.meetings and m.pair in plan.meeting_by_pair]
    print(
        f"same-day repair {seconds:5.2f} s  (the plan {repaired.seconds['repair']:.2f} s), {len(moved)} meetings moved"
    )
