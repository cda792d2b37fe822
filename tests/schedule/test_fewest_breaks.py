"""Fewest breaks against trying everything, and the cases that one can draw."""

import csv
import math
from operator import le
from pathlib import Path

import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn

from tasks.schedule import fewest_breaks as searching
from tasks.schedule.breaks import BreaksModel
from tasks.schedule.fewest_breaks import fewest_breaks
from tasks.schedule.given import GivenMeeting, GivenMeetings, GivenSchedule
from tasks.schedule.given_rules import require_valid_schedule, schedule_violations
from tasks.schedule.unavoidable import least_breaks, unavoidable_breaks
from tests.schedule.given_builders import all_schedules, given_meetings, some_meetings

THREE_APART = tuple(GivenMeeting(0, who, fixed=at) for who, at in ((1, 0), (2, 2), (3, 4)))
calmly = settings(max_examples=150, deadline=None, derandomize=True)


def solved(given: GivenMeetings, units: float = math.inf) -> GivenSchedule:
    schedule = fewest_breaks(given, seed=1, time_limit_seconds=120, units=units)
    require_valid_schedule(given, schedule)
    return schedule


@calmly
@drawn(given_meetings())
def test_as_few_breaks_as_trying_everything_finds(given: GivenMeetings) -> None:
    least = min((sum(breaks) for _, breaks in all_schedules(given)), default=None)
    schedule = solved(given)
    assert (schedule.status, schedule.breaks) == ("infeasible" if least is None else "optimal", least)


@calmly
@drawn(given_meetings())
def test_nobody_avoids_what_is_called_unavoidable(given: GivenMeetings) -> None:
    every = list(all_schedules(given))
    assume(every)
    alone = unavoidable_breaks(given)
    assert alone is not None
    for slots, breaks in every:
        assert all(map(le, least_breaks(given, alone), breaks))
        for who, own in enumerate(alone):
            busy = {slots[position] for position in given.meetings_of[who]}
            for slot in range(given.slots):
                least = (own.if_busy if slot in busy else own.if_idle)[slot]
                assert least is not None
                assert least <= breaks[who]


@pytest.mark.parametrize(
    ("given", "least"),
    [
        (some_meetings(GivenMeeting(0, 1, fixed=0), GivenMeeting(0, 2, fixed=2)), (1, 0, 0)),
        (some_meetings((0, 1), (0, 2), (0, 3), forbidden={0: {1}}), (1, 0, 0, 0)),
        (some_meetings((0, 1), (0, 2), (0, 3), forbidden={0: {1}}, absence_waits=False), (0, 0, 0, 0)),
        (some_meetings((0, 1), (0, 2), (0, 3), forbidden={0: {1}}, half_days=(0, 1, 1, 1)), (0, 0, 0, 0)),
        (some_meetings((0, 1), (0, 2), (0, 3), slots=2), None),
        (some_meetings((0, 1), forbidden={0: {0, 1}, 1: {2, 3}}), None),
        (some_meetings(GivenMeeting(0, 1, fixed=0), GivenMeeting(0, 2, fixed=0)), None),
        (
            some_meetings(*THREE_APART, slots=5, fairness=1),
            (2, 1, 1, 1),
        ),
    ],
)
def test_what_cannot_be_avoided_is_seen_without_a_search(given: GivenMeetings, least: tuple[int, ...] | None) -> None:
    alone = unavoidable_breaks(given)
    assert (None if alone is None else least_breaks(given, alone)) == least


def test_who_meets_in_all_slots_but_one_is_busy_at_noon_or_has_a_break() -> None:
    alone = unavoidable_breaks(some_meetings((0, 1), (0, 2), (0, 3), forbidden={1: {3}}))
    assert alone is not None
    assert (alone[0].breaks, alone[0].if_busy, alone[0].if_idle) == (0, (0, 0, 0, 0), (0, 1, 1, 0))
    assert (alone[1].if_busy, alone[1].if_idle) == ((0, 0, 0, None), (0, 0, 0, 0))


def test_a_full_room_costs_a_break_that_nobody_needs_alone() -> None:
    given = some_meetings((0, 1), (0, 2), GivenMeeting(3, 4, fixed=1), slots=3, tables=1)
    alone = unavoidable_breaks(given)
    assert alone is not None
    assert least_breaks(given, alone) == (0, 0, 0, 0, 0)
    assert solved(given).breaks == 1


def test_precedences_hold_in_a_chain_and_never_in_a_circle() -> None:
    late = (GivenMeeting(0, 1, after=frozenset({1})), GivenMeeting(0, 2, after=frozenset({2})))
    assert solved(some_meetings(*late, GivenMeeting(1, 2, fixed=0))).slots == (2, 1, 0)
    circle = (GivenMeeting(0, 1, after=frozenset({1})), GivenMeeting(2, 3, after=frozenset({0})))
    assert solved(some_meetings(*circle)).status == "infeasible"


def test_an_absence_parts_two_breaks_where_it_is_no_waiting() -> None:
    apart = (GivenMeeting(0, 1, fixed=0), GivenMeeting(0, 2, fixed=4))
    assert solved(some_meetings(*apart, slots=5, forbidden={0: {2}})).breaks == 1
    assert solved(some_meetings(*apart, slots=5, forbidden={0: {2}}, absence_waits=False)).breaks == 2
    assert solved(some_meetings(*apart, slots=5, forbidden={0: {1, 2, 3}}, absence_waits=False)).breaks == 0


def test_fairness_can_make_a_schedule_impossible() -> None:
    assert solved(some_meetings(*THREE_APART, slots=5)).breaks == 2
    assert solved(some_meetings(*THREE_APART, slots=5, fairness=2)).breaks == 2
    assert solved(some_meetings(*THREE_APART, slots=5, fairness=1)).status == "infeasible"


def test_fairness_gives_a_break_to_who_needs_none() -> None:
    pinned = (GivenMeeting(0, 1, fixed=0), GivenMeeting(0, 1, fixed=2), (2, 3), (2, 3))
    assert solved(some_meetings(*pinned)).breaks == 2
    even = solved(some_meetings(*pinned, fairness=0))
    assert (even.breaks, even.status) == (4, "optimal")


def test_no_meeting_needs_no_break() -> None:
    assert solved(some_meetings()).slots == ()


def test_one_table_for_a_triangle_of_meetings_each_with_a_fourth() -> None:
    """Six meetings in turn: who has three of them cannot always be next."""
    every_pair = [(one, other) for one in range(4) for other in range(one + 1, 4)]
    schedule = solved(some_meetings(*every_pair, slots=6, tables=1))
    least = min(sum(breaks) for _, breaks in all_schedules(some_meetings(*every_pair, slots=6, tables=1)))
    assert (schedule.breaks, schedule.bound) == (least, least)


def test_the_same_seed_gives_the_same_schedule() -> None:
    wheel = [(0, who) for who in range(1, 7)] + [(who, who % 6 + 1) for who in range(1, 7)]
    given = some_meetings(*wheel, slots=9, tables=2)
    assert solved(given).slots == solved(given).slots


@pytest.mark.parametrize("units", [0, 1e-9])
def test_without_work_there_is_a_bound_and_no_schedule(units: float) -> None:
    pinned = GivenMeeting(0, 1, fixed=0), GivenMeeting(0, 2, fixed=2)
    wheel = [(3, who) for who in range(4, 12)] + [(who, (who - 3) % 8 + 4) for who in range(4, 12)]
    schedule = solved(some_meetings(*pinned, *wheel, slots=14, tables=3), units=units)
    assert (schedule.status, schedule.slots, schedule.breaks, schedule.bound) == ("feasible", None, None, 1)


AT_ONCE_OVER = "cp_model_presolve: false, stop_after_root_propagation: true"


def test_a_decision_has_nothing_left_to_prove_once_a_schedule_is_found() -> None:
    given = some_meetings(*THREE_APART, slots=5)
    alone = unavoidable_breaks(given)
    assert alone is not None
    model = BreaksModel(given, alone)
    assert model.with_fewest_breaks().has_objective()
    assert not model.with_more_breaks(0).has_objective()


def test_decisions_alone_rise_to_the_least_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_GUIDED", AT_ONCE_OVER)
    every_pair = [(one, other) for one in range(4) for other in range(one + 1, 4)]
    given = some_meetings(*every_pair, slots=6, tables=1)
    schedule = solved(given)
    assert (schedule.status, schedule.breaks) == ("optimal", min(sum(breaks) for _, breaks in all_schedules(given)))


def test_decisions_alone_find_that_there_is_no_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_GUIDED", AT_ONCE_OVER)
    assert solved(some_meetings((0, 1), (2, 3), (4, 5), slots=2, tables=1)).status == "infeasible"


@calmly
@drawn(given_meetings())
def test_decisions_alone_end_with_the_same_proof(given: GivenMeetings) -> None:
    least = min((sum(breaks) for _, breaks in all_schedules(given)), default=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_GUIDED", AT_ONCE_OVER)
        schedule = solved(given)
    assert (schedule.status, schedule.breaks) == ("infeasible" if least is None else "optimal", least)


PUBLISHED = Path(searching.__file__).parents[3] / "shared" / "data" / "b2bsp"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published instances are not on this machine")
@pytest.mark.parametrize("name", ["tic-12.original.dzn", "tic-12.forb0003.dzn", "tic-13crafb.fixed020-Forb.dzn"])
def test_a_published_instance_is_solved_to_the_published_optimum(name: str) -> None:
    from benchmarks.dzn import read_instance  # noqa: PLC0415 -- only where there is something to read

    with (PUBLISHED / "best_known.csv").open(encoding="utf-8", newline="") as file:
        best = {row["file"]: row["best"] for row in csv.DictReader(file)}
    schedule = solved(read_instance(PUBLISHED / name, fairness=2))
    assert ("UNSAT" if schedule.status == "infeasible" else str(schedule.breaks)) == best[name]
    assert schedule_violations(read_instance(PUBLISHED / name, fairness=2), schedule) == ()
