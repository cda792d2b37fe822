"""Whole solves: the same bytes every time, better than by hand, honest when it was cut short or could not prove."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.greedy import below, greedy_by_rank
from benchmarks.instances import Size, an_event
from tasks.errors import DataError
from tasks.schedule import budget, timetable
from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.objective import objective_of
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Limits, Problem
from tasks.schedule.referee import violations
from tasks.schedule.solver import STAGES, solve
from tests.schedule.builders import a_problem, leader

EVENT = an_event(Size(60), seed=3)
PLAN = solve(EVENT, effort="quick")

ELSEWHERE = """
import hashlib
import sys
from benchmarks.instances import Size, an_event
from tasks.schedule.solver import solve
print(hashlib.sha256(solve(an_event(Size(60), seed=3), effort="quick").identity().encode()).hexdigest())
print("CP-SAT" if "ortools.sat.python.cp_model" in sys.modules else "no CP-SAT")
"""


def test_the_same_problem_gives_the_same_bytes_twice() -> None:
    assert solve(EVENT, effort="quick").identity() == PLAN.identity()


def test_the_same_problem_gives_the_same_bytes_in_another_process_which_needs_no_cp_sat() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-W", "error", "-c", ELSEWHERE]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)  # noqa: S603 -- our own code
    assert found.stdout.splitlines() == [hashlib.sha256(PLAN.identity().encode()).hexdigest(), "no CP-SAT"]


def test_seconds_are_no_part_of_the_identity() -> None:
    slower = replace(PLAN, seconds={"select": 99.0})
    assert slower.identity() == PLAN.identity()
    assert slower.to_json() != PLAN.to_json()


def test_another_seed_reaches_the_same_value() -> None:
    other = solve(EVENT, seed=2, effort="quick")
    assert (other.seed, other.objective.value) == (2, PLAN.objective.value)


def test_a_realistic_event_is_proven_and_valid() -> None:
    assert violations(EVENT, PLAN) == ()
    assert (PLAN.status, PLAN.stopped_by) == ("optimal", None)
    assert list(PLAN.seconds) == ["select", "slots", "gap_bound", "gaps", "tables"]


def test_the_plan_beats_the_one_made_by_hand() -> None:
    by_hand = greedy_by_rank(EVENT)
    assert objective_of(EVENT, by_hand) == by_hand.objective
    assert PLAN.objective.value > by_hand.objective.value
    assert PLAN.objective.gaps < by_hand.objective.gaps
    assert below(EVENT, PLAN, 4) <= below(EVENT, by_hand, 4)


def test_the_stages_are_reported_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stopwatch, "is_time_to_speak", lambda _watch: False)
    heard: list[tuple[str, int, int]] = []
    plan = solve(EVENT, effort="quick", report=lambda *news: heard.append(news))
    assert [stage for stage, _, _ in heard] == list(STAGES)
    assert heard[0] == ("select", plan.objective.value, plan.bounds.value)
    assert heard[2] == ("gaps", plan.objective.gaps, plan.bounds.gaps)
    assert heard[3] == ("tables", plan.objective.table_changes, plan.bounds.table_changes)


def test_a_plan_that_the_clock_cut_short_says_so_and_is_valid() -> None:
    plan = solve(EVENT, time_limit_seconds=0)
    assert plan.stopped_by == "time"
    assert violations(EVENT, plan) == ()


def test_a_choice_without_time_is_the_fixed_meetings_and_an_honest_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stopwatch, "left_seconds", 1e-9)
    watch = Stopwatch(0)
    choice = ChoiceModel(Arena(EVENT), watch).solve()
    assert watch.was_cut
    assert choice.value_bound >= PLAN.objective.value


def test_nothing_has_less_shortfall_than_the_least_and_the_bound_is_then_what_everybody_meeting_is_worth() -> None:
    model = ChoiceModel(Arena(rings(3)), Stopwatch(60))
    assert (model.solve().shortfall_bound, model.most_value(1)) == (2, None)
    assert model.value_bound(1) == 9 * 160


def rings(count: int) -> Problem:
    """Rings of three over two slots: nobody can place more than two of each three meetings, chains or not."""
    names = [f"L{number:02d}" for number in range(3 * count)]
    requests = []
    for first in range(0, 3 * count, 3):
        one, two, three = names[first : first + 3]
        requests += [(one, two), (two, three), (three, one)]
    return a_problem(names, requests, slot_count=2, tables=2 * count, limits=Limits(2, 2))


def test_what_no_slots_can_hold_is_searched_until_it_is_proven() -> None:
    plan = solve(rings(3), effort="quick")
    assert violations(rings(3), plan) == ()
    assert (plan.status, len(plan.meetings), plan.objective.shortfall) == ("optimal", 6, 6)


def test_without_a_search_the_bounds_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "_MOST_LITERALS", 0)
    monkeypatch.setattr(timetable, "_FEW_LITERALS", 0)
    plan = solve(rings(3), effort="quick")
    assert violations(rings(3), plan) == ()
    assert (plan.status, len(plan.meetings)) == ("feasible", 6)
    assert plan.bounds.shortfall == 2
    assert plan.bounds.value > plan.objective.value


def test_a_search_without_work_keeps_what_was_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(budget.EFFORTS, "quick", replace(budget.EFFORTS["quick"], exact_units=0.0))
    plan = solve(rings(12), effort="quick")
    assert violations(rings(12), plan) == ()
    assert plan.bounds.value >= plan.objective.value


def test_a_crowded_event_is_planned_with_honest_bounds() -> None:
    size = Size(40, slots=12, tables_share=1 / 3)
    event = an_event(size, seed=5)
    few = tuple(
        replace(one, unavailable=frozenset(slot.id for slot in event.slots[3 + at % 3 :])) if at % 2 else one
        for at, one in enumerate(event.leaders)
    )
    crowded = replace(event, leaders=few)
    plan = solve(crowded, effort="quick")
    assert violations(crowded, plan) == ()


@pytest.mark.parametrize("size", [Size(1), Size(2), Size(7, slots=1), Size(12, slots=6, days=3)])
def test_small_events_of_the_benchmark_are_valid(size: Size) -> None:
    event = an_event(size)
    assert violations(event, solve(event, effort="quick")) == ()


def test_an_event_of_the_benchmark_has_the_statistics_of_real_ones() -> None:
    event = an_event(Size(180))
    wishes = sorted(sum(request.asking == one.id for request in event.requests) for one in event.leaders)
    asked = {(request.asking, request.asked) for request in event.requests}
    mutual = sum((other, one) in asked for one, other in asked) / len(asked)
    assert (wishes[90], wishes[-4:]) == (8, [30, 30, 50, 50])
    assert 0.12 < mutual < 0.2
    assert 0.15 < sum(bool(one.unavailable) for one in event.leaders) / 180 < 0.25
    assert (len(event.tables), an_event(Size(180)).sha256) == (60, event.sha256)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": "rencontres-plan/2"}, "format: this is no rencontres-plan/1 file."),
        ({"status": "perfect"}, "status: perfect is not known."),
        ({"seconds": {"select": -1}}, "seconds.select: a duration in seconds was expected, not -1."),
        (
            {"seconds": {"select": 10**400}},
            "seconds.select: a duration in seconds was expected, not a number of 401 digits.",
        ),
        ({"seconds": {"select": 10**9}}, "seconds.select: a duration in seconds was expected, not 1000000000."),
        ({"seed": None}, "seed: a whole number was expected, not null."),
        ({"seed": [1]}, "seed: a whole number was expected, not […]."),
        ({"seed": {}}, "seed: a whole number was expected, not {…}."),
        ({"seed": -99}, "seed: a whole number from 0 was expected, not -99."),
        ({"stopped_by": "moon"}, "stopped_by: moon is not known."),
        ({"unmet": [{"from": "a", "to": "b", "reason": "mood", "detail": "-"}]}, "unmet[0].reason: mood is not known."),
        ({"bounds": {"shortfall": 0}}, "bounds: the key gaps is missing."),
    ],
)
def test_a_plan_file_is_read_strictly(change: dict[str, object], expected: str) -> None:
    import json  # noqa: PLC0415 -- only here

    content = json.loads(PLAN.to_json()) | change
    with pytest.raises(DataError) as refused:
        Plan.from_json(json.dumps(content))
    assert str(refused.value).splitlines()[0] == expected


def test_the_summary_of_a_plan_counts() -> None:
    summary = PLAN.summary()
    assert (summary["status"], summary["meetings"]) == ("optimal", len(PLAN.meetings))
    assert sum(summary["unmet"].values()) == len(PLAN.unmet)  # type: ignore[attr-defined]


def test_a_leader_who_can_have_none_lacks_none() -> None:
    away = leader("Ana", unavailable=frozenset({"1400", "1420", "1440"}))
    plan = solve(a_problem([away, "Bob"]), effort="quick")
    assert (plan.objective.shortfall, [item.reason for item in plan.unmet]) == (0, ["no_common_slot"])
