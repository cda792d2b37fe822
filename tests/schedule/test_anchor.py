"""Changing a plan: the best value all the same, and of the earlier plan whatever can stay."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from benchmarks.instances import Size, an_event
from tasks.schedule import timetable
from tasks.schedule.anchor import NOTHING, anchor_of
from tasks.schedule.budget import Search, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.exact import TimetableModel
from tasks.schedule.forced import holding
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Limits, Pair, Problem, Slot
from tasks.schedule.referee import violations
from tasks.schedule.slots import placement_of
from tasks.schedule.solver import solve
from tests.schedule.builders import a_problem, leader, slot_of, slots, tables_of

EVENT = an_event(Size(40, slots=8, tables_share=1 / 3), seed=1)
"""Thirteen tables, all of them needed in every slot: nobody can move alone."""
EARLIER = solve(EVENT, effort="quick")


def changed(problem: Problem, earlier: Plan = EARLIER, *locked: Pair) -> Plan:
    """The plan that changes an earlier one, locked pairs included; the referee agrees with it."""
    plan = solve(problem, effort="quick", earlier=earlier, locked=locked)
    assert violations(holding(problem, locked, plan), plan) == ()
    return plan


def without(problem: Problem, *pairs: Pair) -> Problem:
    return replace(problem, excluded=(*problem.excluded, *pairs))


def moved_count(plan: Plan, earlier: Plan = EARLIER) -> int:
    """How many meetings of the earlier plan are not where they were."""
    return len(set(earlier.meetings) - set(plan.meetings))


def test_one_forbidden_pair_moves_a_few_meetings_and_costs_no_value() -> None:
    problem = without(EVENT, EARLIER.meetings[20].pair)
    plan, afresh = changed(problem), solve(problem, effort="quick")
    assert len(EARLIER.meetings) == 13 * 8
    assert moved_count(afresh) > 100
    assert moved_count(plan) < 10
    assert (plan.status, plan.objective.value) == ("optimal", afresh.objective.value)
    assert plan.bounds.value == afresh.bounds.value


def test_the_same_earlier_plan_gives_the_same_plan() -> None:
    problem = without(EVENT, EARLIER.meetings[20].pair)
    assert changed(problem).identity() == changed(problem).identity()


def test_of_what_has_not_changed_everything_stays() -> None:
    assert solve(EVENT, effort="quick", seed=7, earlier=EARLIER) == EARLIER


def test_tables_that_are_left_free_move_those_who_sat_there() -> None:
    problem = replace(EVENT, tables=EVENT.tables[:-1])
    plan = changed(problem)
    kept = [meeting for meeting in EARLIER.meetings if meeting.table in problem.tables]
    assert plan.objective.value == solve(problem, effort="quick").objective.value
    assert len(kept) == 12 * 8
    assert len(set(kept) & set(plan.meetings)) > 60


def test_a_lower_maximum_leaves_most_meetings_where_they_are() -> None:
    problem = replace(EVENT, limits=Limits(4, 6))
    plan, afresh = changed(problem), solve(problem, effort="quick")
    assert plan.objective.value == afresh.objective.value
    assert moved_count(afresh) > 100
    assert moved_count(plan) < 50


def test_a_plan_that_time_cut_is_searched_on() -> None:
    poor = replace(EARLIER, meetings=EARLIER.meetings[1:], stopped_by="time")
    assert solve(EVENT, effort="quick", earlier=poor).objective.value == EARLIER.objective.value


ROUND = ("Ana", "Bob"), ("Bob", "Cid"), ("Cid", "Dan"), ("Dan", "Ana")
"""Two choices of the same value where each has room for one meeting."""


@pytest.mark.parametrize("pairs", [(("Ana", "Bob"), ("Cid", "Dan")), (("Bob", "Cid"), ("Ana", "Dan"))])
def test_of_two_choices_of_the_same_value_the_earlier_one_is_taken(pairs: Sequence[Pair]) -> None:
    problem = a_problem(["Ana", "Bob", "Cid", "Dan"], ROUND, limits=Limits(1, 1))
    wanted = replace(problem, fixed=tuple(Fixed(pair, "1440") for pair in pairs))
    earlier = solve(wanted, effort="quick")
    assert set(changed(problem, earlier).meetings) == set(earlier.meetings)


def test_a_pair_that_is_worth_less_is_not_kept() -> None:
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid")], limits=Limits(0, 1))
    earlier = solve(without(problem, ("Ana", "Bob")), effort="quick")
    assert [meeting.pair for meeting in earlier.meetings] == [("Ana", "Cid")]
    assert [meeting.pair for meeting in changed(problem, earlier).meetings] == [("Ana", "Bob")]


def test_a_gap_less_is_worth_a_moved_meeting() -> None:
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid")], limits=Limits(0, 2))
    apart = (Fixed(("Ana", "Bob"), "1400"), Fixed(("Ana", "Cid"), "1440"))
    earlier = solve(replace(problem, fixed=apart), effort="quick")
    plan = changed(problem, earlier)
    assert (earlier.objective.gaps, plan.objective.gaps, moved_count(plan, earlier)) == (1, 0, 1)


def test_an_earlier_plan_of_another_afternoon_says_nothing() -> None:
    other = tuple(Slot(f"X{slot.id}", slot.start, slot.minutes, slot.session) for slot in slots(8))
    elsewhere = replace(
        EVENT, slots=other, leaders=tuple(replace(one, unavailable=frozenset()) for one in EVENT.leaders)
    )
    found = anchor_of(Arena(EVENT), solve(elsewhere, effort="quick"))
    assert found.pairs
    assert not found.holds({})
    assert anchor_of(Arena(EVENT), None) is NOTHING


def test_where_nothing_fits_near_the_plan_is_made_as_if_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "placed_near", lambda arena, chosen, *_: placement_of(arena, chosen))
    problem = without(EVENT, EARLIER.meetings[20].pair)
    plan = changed(problem)
    assert moved_count(plan) > 90
    assert plan.objective.gaps < 20


@pytest.mark.parametrize(("is_exact", "most_moved"), [(True, 5), (False, 42)])
def test_where_single_chains_find_no_room_the_fewest_meetings_move(
    monkeypatch: pytest.MonkeyPatch, *, is_exact: bool, most_moved: int
) -> None:
    event = an_event(Size(20, slots=6, tables_share=1 / 3), seed=1)
    earlier = solve(event, effort="quick")
    if not is_exact:
        monkeypatch.setattr(TimetableModel, "nearest", lambda *_: {})
    plan = changed(without(event, earlier.meetings[15].pair), earlier)
    assert len(earlier.meetings) == 7 * 6
    assert most_moved - 3 <= moved_count(plan, earlier) <= most_moved


def test_what_is_nearest_may_not_exist() -> None:
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob"), ("Ana", "Cid")], slot_count=1, limits=Limits(0, 2))
    model = TimetableModel(Arena(problem), kept=frozenset({0, 1}))
    assert model.nearest({0: 0, 1: 0}, Search(1, 1.0, Stopwatch(60))) == {}


def test_a_leader_with_an_own_table_takes_it_from_who_sat_there() -> None:
    problem = a_problem(
        ["Ana", "Bob", "Cid", "Dan"], [("Ana", "Bob"), ("Cid", "Dan")], slot_count=1, limits=Limits(1, 1)
    )
    earlier = solve(problem, effort="quick")
    (taken,) = tables_of(earlier, "Cid")
    sitting = replace(problem, leaders=(leader("Ana", table=taken), *(leader(name) for name in ("Bob", "Cid", "Dan"))))
    plan = changed(sitting, earlier)
    assert (tables_of(plan, "Ana"), tables_of(plan, "Cid")) == ([taken], tables_of(earlier, "Ana"))


def test_a_pair_that_is_locked_stays_where_it_met() -> None:
    meeting = EARLIER.meetings[7]
    plan = changed(EVENT, EARLIER, meeting.pair)
    assert plan.meeting_by_pair[meeting.pair] == meeting
    assert moved_count(plan) < 8


def test_a_locked_pair_that_did_not_meet_finds_a_slot_near_the_earlier_plan() -> None:
    strangers = next(r.pair for r in EVENT.requests if r.pair not in EARLIER.meeting_by_pair)
    plan = changed(EVENT, EARLIER, strangers)
    assert strangers in plan.meeting_by_pair
    assert moved_count(plan) < 20


def test_a_locked_pair_leaves_its_slot_where_that_pays() -> None:
    """Ana met Bob in the only slot that Cid has: held there, the lock would cost the meeting with Cid."""
    only_first = frozenset({"1420", "1440"})
    problem = a_problem(["Ana", "Bob", leader("Cid", unavailable=only_first)], [("Ana", "Bob"), ("Ana", "Cid")])
    without_cid = without(problem, ("Ana", "Cid"))
    earlier = solve(replace(without_cid, fixed=(Fixed(("Ana", "Bob"), "1400"),)), effort="quick")
    plan = changed(problem, earlier, ("Ana", "Bob"))
    assert (plan.status, [meeting.pair for meeting in plan.meetings]) == ("optimal", [("Ana", "Bob"), ("Ana", "Cid")])
    assert slot_of(plan, "Ana", "Cid") == "1400"


def test_the_plan_with_the_same_locks_is_returned_as_it_is() -> None:
    problem, pair = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob")]), ("Ana", "Cid")
    earlier = solve(problem, effort="quick", locked=(pair,))
    assert solve(problem, effort="quick", earlier=earlier, locked=(pair,)) is earlier
    assert solve(problem, effort="quick", earlier=earlier) is not earlier
    elsewhere = replace(problem, slots=tuple(replace(slot, id=f"X{slot.id}") for slot in problem.slots))
    assert {m.slot[0] for m in solve(elsewhere, effort="quick", earlier=earlier, locked=(pair,)).meetings} == {"X"}
