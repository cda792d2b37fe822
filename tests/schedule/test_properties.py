"""What holds for every small problem, whatever hypothesis draws."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tasks.errors import DataError
from tasks.schedule.plan import Meeting, Plan
from tasks.schedule.problem import Problem
from tasks.schedule.referee import require_valid, violations
from tasks.schedule.solver import solve
from tests.schedule.builders import best_by_hand, problems

calmly = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@calmly
@given(problems())
def test_the_referee_accepts_every_plan(problem: Problem) -> None:
    assert violations(problem, solve(problem, effort="quick")) == ()


@calmly
@given(problems())
def test_small_plans_are_as_good_as_looking_at_every_timetable(problem: Problem) -> None:
    plan = solve(problem, effort="quick")
    reached = (plan.objective.shortfall, plan.objective.value)
    assert (None if plan.status == "infeasible" else reached) == best_by_hand(problem)
    assert plan.status in ("optimal", "infeasible")


@calmly
@given(problems())
def test_a_problem_and_its_plan_survive_the_way_through_a_file(problem: Problem) -> None:
    plan = solve(problem, effort="quick")
    assert Problem.from_json(problem.to_json()) == problem
    assert Plan.from_json(plan.to_json()).to_json() == plan.to_json()


@calmly
@given(problems())
def test_one_more_table_never_lowers_the_value_at_the_same_shortfall(problem: Problem) -> None:
    richer = replace(problem, tables=(*problem.tables, "T9"))
    before, after = solve(problem, effort="quick"), solve(richer, effort="quick")
    assume(before.status != "infeasible")
    assert (-after.objective.shortfall, after.objective.value) >= (-before.objective.shortfall, before.objective.value)


@calmly
@given(problems(), st.data())
def test_the_referee_refuses_every_plan_that_was_tampered_with(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem, effort="quick")
    assume(plan.meetings)
    victim = data.draw(st.sampled_from(plan.meetings))
    others = tuple(meeting for meeting in plan.meetings if meeting != victim)
    tampered = data.draw(
        st.sampled_from(
            [
                replace(plan, meetings=others),
                replace(plan, meetings=(*plan.meetings, victim)),
                replace(plan, meetings=(*others, Meeting(victim.pair, "0000", victim.table))),
                replace(plan, meetings=(*others, Meeting(victim.pair, victim.slot, "T0"))),
                replace(plan, meetings=(*others, Meeting((victim.pair[0], "L99"), victim.slot, victim.table))),
                replace(plan, objective=replace(plan.objective, value=plan.objective.value + 1)),
                replace(plan, objective=replace(plan.objective, gaps=plan.objective.gaps + 1)),
                replace(plan, bounds=replace(plan.bounds, value=plan.bounds.value + 1)),
                replace(plan, bounds=replace(plan.bounds, table_changes=plan.objective.table_changes + 1)),
                replace(plan, status="feasible"),
                replace(plan, problem_sha256="0" * 64),
            ]
        )
    )
    with pytest.raises(DataError):
        require_valid(problem, tampered)
