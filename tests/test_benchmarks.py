"""The baselines of the benchmarks: plans that keep the rules, on events where ours is proven better or equal."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import planning
from benchmarks.greedy import greedy_by_rank
from benchmarks.instances import Size, an_event
from benchmarks.monolithic import by_cp_sat, by_mip
from tasks.schedule.plan import Plan
from tasks.schedule.rules import HARD_RULES
from tasks.schedule.solver import solve

EVENT = an_event(Size(16))


@pytest.mark.parametrize(
    "plan", [greedy_by_rank(EVENT), by_cp_sat(EVENT, 3), by_mip(EVENT, 3)], ids=["greedy", "CP-SAT", "MIP"]
)
def test_a_baseline_keeps_the_rules_and_is_not_better_than_ours(plan: Plan) -> None:
    ours = solve(EVENT, effort="quick")
    assert [violation for rule in HARD_RULES for violation in rule(EVENT, plan)] == []
    assert (-plan.objective.shortfall, plan.objective.value) <= (-ours.objective.shortfall, ours.objective.value)


def test_the_models_reach_the_optimum_of_a_small_event() -> None:
    event = an_event(Size(8, slots=6))
    best = solve(event, effort="quick").objective
    found = [by_cp_sat(event, 20).objective, by_mip(event, 20).objective]
    assert [(each.shortfall, each.value) for each in found] == [(best.shortfall, best.value)] * 2


def test_one_measurement_is_one_process_and_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(planning.EVENTS, "180", Size(16))
    monkeypatch.setattr(sys, "argv", [str(Path("planning.py")), "--one", "ours", "180"])
    planning.main()
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["objective"]["value"]) == ("optimal", found["bounds"]["value"])
    assert found["proof_seconds"] < found["seconds"]


def test_every_method_of_an_event_has_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(planning.EVENTS, "180", Size(16))
    monkeypatch.setattr(planning, "in_own_process", lambda *given: planning.measure_one(*given[1:]))
    planning.show("180", with_models=False)
    lines = capsys.readouterr().out.splitlines()
    assert ["ours" in lines[0], "greedy by rank" in lines[1], len(lines)] == [True, True, 2]
    assert "value 100.0%" in lines[0]
