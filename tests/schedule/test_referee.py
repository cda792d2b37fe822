"""Every rule of the referee alone: a plan that keeps it, and one that breaks nothing else."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tasks.errors import DataError
from tasks.schedule import rules, statements
from tasks.schedule.plan import Bounds, Conflict, Meeting, Objective, Plan, Reason, Unmet
from tasks.schedule.problem import Fixed, Limits, Problem
from tasks.schedule.referee import require_valid, violations
from tasks.schedule.solver import solve
from tests.schedule.builders import a_problem, leader

PROBLEM = a_problem(
    ["Ana", "Bob", "Cid", leader("Dan", unavailable=frozenset({"1400"}), max_meetings=1, table="T2")],
    [("Ana", "Bob"), ("Bob", "Cid"), ("Cid", "Dan"), ("Dan", "Ana"), ("Ana", "gone")],
    fixed=[Fixed(("Ana", "Bob"), "1420", "T1")],
)
PLAN = solve(PROBLEM, effort="quick")


def found_by(rule: rules.Rule, problem: Problem, plan: Plan) -> list[str]:
    return [f"{violation.where}: {violation.sentence}" for violation in rule(problem, plan)]


def with_meetings(meetings: Iterable[tuple[str, str, str, str]]) -> Plan:
    return replace(PLAN, meetings=tuple(Meeting((one, other), slot, table) for one, other, slot, table in meetings))


def test_a_sound_plan_has_no_violation() -> None:
    assert violations(PROBLEM, PLAN) == ()
    require_valid(PROBLEM, PLAN)


def test_an_unsound_plan_is_refused_with_its_first_violation() -> None:
    with pytest.raises(DataError) as refused:
        require_valid(PROBLEM, replace(PLAN, problem_sha256="other"))
    assert str(refused.value) == (
        "problem_sha256: 1 violation: the plan was made for another problem.\n"
        "Solve the problem again; this plan must not be used."
    )


def test_plan_belongs_to_problem() -> None:
    assert found_by(rules.plan_belongs_to_problem, PROBLEM, PLAN) == []
    other = replace(PLAN, problem_sha256="other")
    expected = ["problem_sha256: the plan was made for another problem."]
    assert found_by(rules.plan_belongs_to_problem, PROBLEM, other) == expected


def test_names_are_known() -> None:
    assert found_by(rules.names_are_known, PROBLEM, PLAN) == []
    plan = with_meetings([("Ana", "Zoe", "1400", "T1"), ("Ana", "Bob", "0900", "T9"), ("Cid", "Cid", "1400", "T1")])
    assert found_by(rules.names_are_known, PROBLEM, plan) == [
        "Ana-Bob 0900 T9: 0900 is not known.",
        "Ana-Bob 0900 T9: T9 is not known.",
        "Ana-Zoe 1400 T1: Zoe is not known.",
        "Cid-Cid 1400 T1: leader Cid is paired with oneself.",
    ]


def test_pair_meets_once() -> None:
    assert found_by(rules.pair_meets_once, PROBLEM, PLAN) == []
    plan = with_meetings([("Ana", "Bob", "1400", "T1"), ("Bob", "Ana", "1420", "T1")])
    assert found_by(rules.pair_meets_once, PROBLEM, plan) == ["Ana-Bob 1420 T1: this pair meets more than once."]


def test_only_requested_or_fixed() -> None:
    assert found_by(rules.only_requested_or_fixed, PROBLEM, PLAN) == []
    plan = with_meetings([("Bob", "Dan", "1420", "T1")])
    assert found_by(rules.only_requested_or_fixed, PROBLEM, plan) == ["Bob-Dan 1420 T1: nobody asked for this meeting."]


def test_not_of_one_company() -> None:
    assert found_by(rules.not_of_one_company, PROBLEM, PLAN) == []
    problem = a_problem([leader("Ana", company="Mill"), leader("Bob", company="Mill")])
    plan = with_meetings([("Ana", "Bob", "1400", "T1")])
    assert found_by(rules.not_of_one_company, problem, plan) == ["Ana-Bob 1400 T1: both are of company Mill."]


def test_not_excluded() -> None:
    problem = replace(PROBLEM, excluded=(("Bob", "Cid"),))
    assert found_by(rules.not_excluded, problem, with_meetings([("Ana", "Bob", "1420", "T1")])) == []
    plan = with_meetings([("Cid", "Bob", "1400", "T1")])
    assert found_by(rules.not_excluded, problem, plan) == ["Bob-Cid 1400 T1: this pair must not meet."]


def test_one_meeting_per_slot() -> None:
    assert found_by(rules.one_meeting_per_slot, PROBLEM, PLAN) == []
    plan = with_meetings([("Ana", "Bob", "1400", "T1"), ("Bob", "Cid", "1400", "T2")])
    expected = ["Bob-Cid 1400 T2: a leader has two meetings in this slot."]
    assert found_by(rules.one_meeting_per_slot, PROBLEM, plan) == expected


def test_both_available() -> None:
    assert found_by(rules.both_available, PROBLEM, PLAN) == []
    plan = with_meetings([("Cid", "Dan", "1400", "T2")])
    assert found_by(rules.both_available, PROBLEM, plan) == ["Cid-Dan 1400 T2: leader Dan is away."]


def test_within_maximum() -> None:
    assert found_by(rules.within_maximum, PROBLEM, PLAN) == []
    plan = with_meetings([("Cid", "Dan", "1420", "T2"), ("Ana", "Dan", "1440", "T2")])
    assert found_by(rules.within_maximum, PROBLEM, plan) == ["Dan: 2 meetings, and at most 1 are allowed."]


def test_one_meeting_per_table() -> None:
    assert found_by(rules.one_meeting_per_table, PROBLEM, PLAN) == []
    plan = with_meetings([("Ana", "Bob", "1420", "T2"), ("Cid", "Dan", "1420", "T2")])
    expected = ["Cid-Dan 1420 T2: the table is taken twice in this slot."]
    assert found_by(rules.one_meeting_per_table, PROBLEM, plan) == expected


def test_own_table_is_kept() -> None:
    assert found_by(rules.own_table_is_kept, PROBLEM, PLAN) == []
    plan = with_meetings([("Cid", "Dan", "1420", "T1")])
    expected = ["Cid-Dan 1420 T1: this meeting must be at table T2."]
    assert found_by(rules.own_table_is_kept, PROBLEM, plan) == expected


def test_own_table_is_kept_by_the_first_id_of_two() -> None:
    problem = a_problem([leader("Ana", table="T1"), leader("Bob", table="T2")])
    assert found_by(rules.own_table_is_kept, problem, with_meetings([("Ana", "Bob", "1400", "T1")])) == []
    expected = ["Ana-Bob 1400 T2: this meeting must be at table T1."]
    assert found_by(rules.own_table_is_kept, problem, with_meetings([("Ana", "Bob", "1400", "T2")])) == expected


def test_fixed_meetings_stand() -> None:
    assert found_by(rules.fixed_meetings_stand, PROBLEM, PLAN) == []
    assert found_by(rules.fixed_meetings_stand, PROBLEM, with_meetings([])) == [
        "Ana-Bob 1420: this fixed meeting is missing."
    ]
    for slot, table in (("1440", "T1"), ("1420", "T2")):
        plan = with_meetings([("Ana", "Bob", slot, table)])
        expected = [f"Ana-Bob 1420: this fixed meeting was moved to {slot}, {table}."]
        assert found_by(rules.fixed_meetings_stand, PROBLEM, plan) == expected


@pytest.mark.parametrize("name", ["shortfall", "value", "gaps", "breaks", "table_changes"])
def test_objective_is_true(name: str) -> None:
    true = getattr(PLAN.objective, name)
    plan = replace(PLAN, objective=replace(PLAN.objective, **{name: true + 1}))
    expected = [f"{name}: {name} is stated as {true + 1} and is {true}."]
    assert found_by(statements.objective_is_true, PROBLEM, PLAN) == []
    assert found_by(statements.objective_is_true, PROBLEM, plan) == expected


@pytest.mark.parametrize("name", ["shortfall", "gaps", "table_changes"])
def test_bounds_hold_below_what_is_minimised(name: str) -> None:
    beaten = replace(PLAN, bounds=replace(PLAN.bounds, **{name: getattr(PLAN.objective, name) + 1}), status="feasible")
    found = found_by(statements.bounds_hold, PROBLEM, beaten)
    assert found[0] == f"{name}: the lower bound {getattr(beaten.bounds, name)} of {name} is beaten by the plan."


def test_bounds_hold_above_the_value() -> None:
    value = PLAN.objective.value
    beaten = replace(PLAN, bounds=replace(PLAN.bounds, value=value - 1), status="feasible")
    expected = [f"value: the upper bound {value - 1} of the value is beaten by the plan."]
    assert found_by(statements.bounds_hold, PROBLEM, beaten) == expected


def test_bounds_hold_what_the_status_says() -> None:
    assert found_by(statements.bounds_hold, PROBLEM, PLAN) == []
    open_plan = replace(PLAN, bounds=replace(PLAN.bounds, value=PLAN.objective.value + 1))
    expected = ["status: the status optimal does not follow from the bounds."]
    assert found_by(statements.bounds_hold, PROBLEM, open_plan) == expected


def test_unmet_is_complete() -> None:
    assert found_by(statements.unmet_is_complete, PROBLEM, PLAN) == []
    for asking in ("gone", "nobody"):
        turned = replace(PLAN, unmet=(*PLAN.unmet, Unmet(asking, "Ana", "unknown_partner", "Ana")))
        assert refused(PROBLEM, turned) == [f"unmet_is_complete {asking}-Ana: this reason is one too many."]
    missing = replace(PLAN, unmet=PLAN.unmet[1:])
    first = f"{PLAN.unmet[0].asking}-{PLAN.unmet[0].asked}"
    assert found_by(statements.unmet_is_complete, PROBLEM, missing) == [
        f"{first}: this request has neither a meeting nor a reason."
    ]
    doubled = replace(PLAN, unmet=(*PLAN.unmet, PLAN.unmet[0], Unmet("Ana", "Bob", "own_full", "Ana")))
    assert found_by(statements.unmet_is_complete, PROBLEM, doubled) == [
        "Ana-Bob: this reason is one too many.",
        f"{first}: this reason is one too many.",
    ]


HALL = a_problem(
    [
        leader("Ana", company="Mill"),
        leader("Bob", company="Mill"),
        leader("Cid", max_meetings=1),
        leader("Dan", unavailable=frozenset({"1420"})),
        leader("Eve", unavailable=frozenset({"1400"})),
        "Fay",
    ],
    [("Ana", "Bob"), ("Ana", "Fay"), ("Cid", "Fay"), ("Dan", "Eve"), ("Dan", "Fay"), ("Dan", "Cid"), ("Ana", "gone")],
    slot_count=2,
    tables=1,
    excluded=[("Ana", "Fay")],
)
CID_AND_FAY = replace(
    PLAN, problem_sha256=HALL.sha256, meetings=(Meeting(("Cid", "Fay"), "1400", "T1"),), objective=Objective()
)


@pytest.mark.parametrize(
    ("asking", "asked", "true"),
    [
        ("Ana", "Bob", {"same_company"}),
        ("Ana", "Fay", {"excluded"}),
        ("Ana", "gone", {"unknown_partner", "withdrawn"}),
        ("Dan", "Eve", {"no_common_slot"}),
        ("Dan", "Cid", {"partner_full"}),
        ("Cid", "Dan", {"own_full"}),
        ("Dan", "Fay", {"lower_value"}),
        ("Dan", "Ana", {"no_table"}),
    ],
)
def test_reasons_are_true(asking: str, asked: str, true: set[str]) -> None:
    reasons = ["own_full", "partner_full", "no_common_slot", "excluded", "same_company", "no_table", "unknown_partner"]
    held = {
        reason
        for reason in [*reasons, "withdrawn", "lower_value"]
        if found_by(
            statements.reasons_are_true,
            HALL,
            replace(CID_AND_FAY, unmet=(Unmet(asking, asked, reason, "-"),)),  # type: ignore[arg-type]
        )
        == []
    }
    assert held == true


@pytest.mark.parametrize(
    ("asking", "asked", "reason", "detail"),
    [
        ("Ana", "Bob", "same_company", "Mill"),
        ("Ana", "Fay", "excluded", "Ana-Fay"),
        ("Ana", "gone", "unknown_partner", "gone"),
        ("Dan", "Eve", "no_common_slot", "Dan Eve"),
        ("Dan", "Cid", "partner_full", "Cid 1/1"),
        ("Dan", "Fay", "lower_value", "Dan Fay"),
    ],
)
def test_details_are_true(asking: str, asked: str, reason: Reason, detail: str) -> None:
    def found(stated: str) -> list[str]:
        plan = replace(CID_AND_FAY, unmet=(Unmet(asking, asked, reason, stated),))
        return found_by(statements.details_are_true, HALL, plan)

    assert found(detail) == []
    assert found("a lie") == [f"{asking}-{asked}: the detail is stated as a lie and is {detail}."]


def test_the_detail_of_a_full_leader_counts_the_meetings_and_that_of_no_table_names_the_slots() -> None:
    full = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid")], limits=Limits(0, 1))
    assert [(item.reason, item.detail) for item in solve(full).unmet] == [("own_full", "Ana 1/1")]
    assert refused(full, solve(full)) == []
    crowded = a_problem(["Ana", "Bob", "Cid", "Dan"], [("Ana", "Bob"), ("Cid", "Dan")], slot_count=1, tables=1)
    plan = solve(crowded)
    assert [(item.reason, item.detail) for item in plan.unmet] == [("no_table", "1400")]
    assert refused(crowded, plan) == []
    lie = replace(plan, unmet=(replace(plan.unmet[0], detail="1420"),))
    where = f"{plan.unmet[0].asking}-{plan.unmet[0].asked}"
    assert refused(crowded, lie) == [f"details_are_true {where}: the detail is stated as 1420 and is 1400."]


def test_a_plan_names_no_conflict() -> None:
    plan = replace(PLAN, conflict=Conflict("enough_tables", ("a lie",)))
    assert refused(PROBLEM, plan) == ["no_conflict_is_named conflict: only an infeasible plan names a conflict."]


def test_a_meeting_that_could_simply_be_added_was_not_lost_to_others() -> None:
    nobody_meets = replace(CID_AND_FAY, meetings=(), unmet=(Unmet("Cid", "Fay", "lower_value", "-"),))
    expected = ["Cid-Fay: the reason lower_value does not hold."]
    assert found_by(statements.reasons_are_true, HALL, nobody_meets) == expected


def test_a_taken_own_table_is_a_lack_of_tables() -> None:
    problem = a_problem(
        [leader("Ana", table="T1"), leader("Bob", table="T1"), "Cid", "Dan"],
        [("Ana", "Cid"), ("Bob", "Dan")],
        slot_count=1,
    )
    plan = solve(problem, effort="quick")
    # Which of the two sits at the table is a tie.
    assert [item.reason for item in plan.unmet] == ["no_table"]
    assert violations(problem, plan) == ()


AWAY = a_problem(
    [leader("Ana", unavailable=frozenset({"1400"})), "Bob", "Cid"],
    [("Ana", "Bob"), ("Bob", "Cid")],
    fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Bob", "Cid"), "1420")],
)
NO_PLAN = solve(AWAY)
NO_SMALLEST = "what is named is no smallest set that breaks the rule"


def refused(problem: Problem, plan: Plan) -> list[str]:
    return [f"{violation.rule} {violation.where}: {violation.sentence}" for violation in violations(problem, plan)]


def test_an_infeasible_plan_as_the_solver_writes_it_has_no_violation() -> None:
    assert (NO_PLAN.status, NO_PLAN.conflict) == (
        "infeasible",
        Conflict("both_available", ("Ana-Bob 1400", "Ana 1400")),
    )
    assert refused(AWAY, NO_PLAN) == []


def test_an_infeasible_plan_belongs_to_its_problem() -> None:
    expected = ["plan_belongs_to_problem problem_sha256: the plan was made for another problem."]
    assert refused(AWAY, replace(NO_PLAN, problem_sha256="other")) == expected


def test_an_infeasible_plan_names_nobody_who_is_not_known() -> None:
    plan = replace(NO_PLAN, meetings=(Meeting(("Ana", "Zoe"), "1400", "T1"),))
    assert refused(AWAY, plan) == ["names_are_known Ana-Zoe 1400 T1: Zoe is not known."]


def test_an_infeasible_plan_has_no_meetings() -> None:
    plan = replace(NO_PLAN, meetings=(Meeting(("Bob", "Cid"), "1420", "T1"),))
    assert refused(AWAY, plan) == ["nothing_is_stated meetings: an infeasible plan has no meetings."]


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        *(("objective", replace(Objective(), **{figure: 1})) for figure in Objective.__slots__),
        *(("bounds", replace(Bounds(), **{figure: 1})) for figure in Bounds.__slots__),
        ("unmet", (Unmet("Ana", "Bob", "own_full", "Ana"),)),
        ("stopped_by", "time"),
    ],
)
def test_an_infeasible_plan_states_no_figure(name: str, stated: object) -> None:
    plan = replace(NO_PLAN, **{name: stated})  # type: ignore[arg-type]
    assert refused(AWAY, plan) == [f"nothing_is_stated {name}: {name} must be empty in an infeasible plan."]


def test_an_infeasible_plan_names_a_conflict() -> None:
    expected = ["conflict_is_true conflict: an infeasible plan must name what cannot hold together."]
    assert refused(AWAY, replace(NO_PLAN, conflict=None)) == expected


@pytest.mark.parametrize(
    "conflict",
    [
        Conflict("both_available", ("Bob-Cid 1420", "Bob 1420")),
        Conflict("both_available", ("Ana-Bob 1420", "Ana 1400")),
        Conflict("both_available", ()),
        Conflict("within_maximum", ("Ana-Bob 1400", "Ana 1400")),
        Conflict("enough_tables", ("1400 0", "Ana-Bob 1400")),
        Conflict("no_such_rule", ("Ana-Bob 1400", "Ana 1400")),
    ],
)
def test_what_a_conflict_names_breaks_its_rule(conflict: Conflict) -> None:
    expected = [f"conflict_is_true conflict: {NO_SMALLEST} {conflict.rule}."]
    assert refused(AWAY, replace(NO_PLAN, conflict=conflict)) == expected


def test_infeasible_is_refused_where_the_fixed_meetings_can_stand() -> None:
    conflict = Conflict("both_available", ("Ana-Bob 1420", "Ana 1420"))
    given_up = Plan(PROBLEM.sha256, "infeasible", (), Objective(), Bounds(), (), 1, "none", conflict=conflict)
    expected = [f"conflict_is_true conflict: {NO_SMALLEST} both_available."]
    assert refused(PROBLEM, given_up) == expected


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (
            "not_of_one_company",
            a_problem([leader("Ana", company="M"), leader("Bob", company="M")], fixed=[Fixed(("Ana", "Bob"), "1400")]),
        ),
        ("not_excluded", a_problem(excluded=[("Ana", "Bob")], fixed=[Fixed(("Ana", "Bob"), "1400")])),
        (
            "own_table_is_kept",
            a_problem([leader("Ana", table="T1"), "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400", "T2")]),
        ),
        ("within_maximum", a_problem([leader("Ana", max_meetings=0), "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")])),
        (
            "one_meeting_per_table",
            a_problem(
                [leader("Ana", table="T1"), "Bob", leader("Cid", table="T1"), "Dan"],
                fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1400")],
            ),
        ),
        (
            "enough_tables",
            a_problem(
                ["Ana", "Bob", "Cid", "Dan"],
                tables=1,
                fixed=[Fixed(("Ana", "Bob"), "1400"), Fixed(("Cid", "Dan"), "1400")],
            ),
        ),
    ],
)
def test_every_conflict_of_the_solver_holds_and_holds_for_no_other_rule(rule: str, problem: Problem) -> None:
    plan = solve(problem)
    assert plan.conflict is not None
    assert (plan.conflict.rule, refused(problem, plan)) == (rule, [])
    items = plan.conflict.items
    wrong = [
        Conflict("both_available", items),
        *(Conflict(rule, items[:at] + items[at + 1 :]) for at in range(len(items))),
        *(Conflict(rule, (*items, more)) for more in ("the moon", *items)),
    ]
    for conflict in wrong:
        expected = [f"conflict_is_true conflict: {NO_SMALLEST} {conflict.rule}."]
        assert refused(problem, replace(plan, conflict=conflict)) == expected


def test_a_conflict_names_no_more_meetings_than_it_takes() -> None:
    fixed = [Fixed(("Ana", other), slot) for other, slot in (("Bob", "1400"), ("Cid", "1420"), ("Dan", "1440"))]
    problem = a_problem(["Ana", "Bob", "Cid", "Dan"], [], limits=Limits(0, 1), fixed=fixed)
    plan = solve(problem)
    for items in (("Ana 1", "Ana-Bob 1400", "Ana-Cid 1420"), ("Ana 1", "Ana-Bob 1400", "Ana-Dan 1440")):
        assert refused(problem, replace(plan, conflict=Conflict("within_maximum", items))) == []
    everything = Conflict("within_maximum", ("Ana 1", *(item.name for item in problem.fixed)))
    expected = [f"conflict_is_true conflict: {NO_SMALLEST} within_maximum."]
    assert refused(problem, replace(plan, conflict=everything)) == expected


def test_meetings_whose_ids_read_alike_are_counted_one_by_one() -> None:
    problem = a_problem(["a", "a-b", "b-c", "c"], [], tables=1, fixed=[
        Fixed(("a", "b-c"), "1400"), Fixed(("a-b", "c"), "1400")
    ])  # fmt: skip
    plan = solve(problem)
    assert plan.conflict == Conflict("enough_tables", ("1400 1", "a-b-c 1400", "a-b-c 1400"))
    assert refused(problem, plan) == []
