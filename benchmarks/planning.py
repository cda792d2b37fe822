"""The scheduling core on made-up events, beside what else one would try, each in a process of its own in the same run.

``python -m benchmarks.planning`` measures 180 leaders and a tight hall with all baselines, and 2,000 and 10,000
without the monolithic models; ``--large`` gives these their 90 seconds there too. Compilation comes first, apart, and
is stated.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from benchmarks.greedy import below, greedy_by_rank
from benchmarks.instances import Size, an_event
from tasks.schedule.change import Change
from tasks.schedule.objective import objective_of
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Problem
from tasks.schedule.referee import require_valid

EVENTS: Final = {
    "180": Size(180),
    "180 tight": Size(180, tables_share=1 / 4),
    "2,000": Size(2000),
    "10,000": Size(10000),
}
_SMALL: Final = ("180", "180 tight")
_METHODS: Final = ("ours", "greedy by rank", "one CP-SAT model", "one MIP")


def ready(method: str) -> Callable[[Problem], Plan]:
    """Import what a method needs, load the kernels of ours, and return it: a start that no plan is charged with."""
    if method == "greedy by rank":
        return greedy_by_rank
    if method == "ours":
        from tasks.schedule.solver import solve  # noqa: PLC0415 -- the baselines' memory is theirs alone

        # An event like those measured: one that needs CP-SAT would charge its 70 MB to events that do without.
        solve(an_event(Size(40)), effort="quick")
        return solve
    from benchmarks.monolithic import by_cp_sat, by_mip  # noqa: PLC0415 -- as above

    return by_cp_sat if method == "one CP-SAT model" else by_mip


def measure_one(method: str, event: str) -> dict[str, object]:
    """Plan one event by one method in this process; return figures, seconds (wall and CPU) and peak memory in MiB."""
    problem = an_event(EVENTS[event])
    began = time.perf_counter()
    plan_by = ready(method)
    wall, cpu = time.perf_counter(), time.process_time()
    start = wall - began
    plan = plan_by(problem)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if method == "ours":
        require_valid(problem, plan)
    elif objective_of(problem, plan) != plan.objective:
        msg = f"{method} states an objective that is not its own"
        raise ValueError(msg)
    return {
        "status": plan.status, "objective": asdict(plan.objective), "bounds": asdict(plan.bounds),
        "proof_seconds": sum(plan.seconds.get(stage, 0.0) for stage in ("select", "slots")),
        "seconds": wall, "cpu_seconds": cpu, "start_seconds": start, "peak_mib": peak,
        "below_minimum": below(problem, plan, problem.limits.min_meetings),
    }  # fmt: skip


def in_own_process(*arguments: str) -> dict[str, dict[str, int]]:
    """Run this module for one measurement and return what it prints."""
    command = [sys.executable, "-m", "benchmarks.planning", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, int]] = json.loads(answer.stdout)
    return found


def show(event: str, *, with_models: bool) -> None:
    """Print one line for each method, with value as a share of the proven bound of ours."""
    best = 0
    for method in _METHODS if with_models else _METHODS[:2]:
        found = in_own_process("--one", method, event)
        reached, bounds = found["objective"], found["bounds"]
        best = best or bounds["value"]
        is_ours = method == "ours"
        print(
            f"{event:<10} {method:<17} {found['seconds']:7.1f} s"
            f" ({found['cpu_seconds']:.1f} s CPU; its start {found['start_seconds']:.1f} s apart)"
            + (f", who and when {found['proof_seconds']:.2f} s, {found['status']}" if is_ours else "")
            + f"  value {reached['value'] / best:6.1%}  lacking {reached['shortfall']}"
            + f" (leaders under the minimum {found['below_minimum']})"
            + f"  gaps {reached['gaps']}"
            + (f" of at least {bounds['gaps']}" if is_ours else "")
            + f"  table changes {reached['table_changes']}"
            + (f" of at least {bounds['table_changes']}" if is_ours else "")
            + f"  {found['peak_mib']:.0f} MiB",
            flush=True,
        )


def show_repair() -> None:
    """Print what a same-day change of a plan of 180 leaders takes, and how many meetings it moves."""
    from tasks.schedule.repair import repair  # noqa: PLC0415 -- only here
    from tasks.schedule.solver import solve  # noqa: PLC0415 -- only here

    problem = an_event(EVENTS["180"])
    plan = solve(problem, effort="quick")
    began = time.perf_counter()
    change = Change(absent=(problem.leaders[2].id, problem.leaders[76].id), first_slot=4)
    repaired = repair(problem, plan, change).plan
    seconds = time.perf_counter() - began
    moved = [m for m in repaired.meetings if m not in plan.meetings and m.pair in plan.meeting_by_pair]
    print(
        f"same-day repair {seconds:5.2f} s  (the plan {repaired.seconds['repair']:.2f} s), {len(moved)} meetings moved"
    )


def measure(*, is_large: bool = False) -> None:
    """Compile what is not in the cache, then print every event and method."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tasks.schedule.warm_up"], check=True)
    print(f"start and compilation, where not in the cache: {time.perf_counter() - began:.1f} s", flush=True)
    for event in EVENTS:
        show(event, with_models=is_large or event in _SMALL)
    show_repair()


def main() -> None:
    """Measure everything, or one method on one event for the process that asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="the monolithic models at 2,000 and 10,000 too")
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "EVENT"), help="one measurement, as JSON")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure_one(*chosen.one)))
    else:
        measure(is_large=chosen.large)


if __name__ == "__main__":
    main()
