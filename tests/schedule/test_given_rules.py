"""Each rule of the referee of given meetings alone: a schedule that keeps it, and one that breaks it."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from tasks.errors import DataError
from tasks.schedule.given import GivenMeeting, GivenMeetings, GivenSchedule
from tasks.schedule.given_rules import breaks_of, require_valid_schedule, schedule_violations
from tests.schedule.given_builders import all_schedules, given_meetings, some_meetings


def broken(given: GivenMeetings, *slots: int) -> list[tuple[str, str, str]]:
    """What the referee finds in slots whose statements are true."""
    stated = 0
    if len(slots) == len(given.meetings) and all(0 <= slot < given.slots for slot in slots):
        stated = sum(breaks_of(given, slots))
    found = schedule_violations(given, GivenSchedule("optimal", slots, stated, stated, 0.0))
    return [(item.rule, item.where, str(item.sentence.translated("en"))) for item in found]


def test_every_meeting_has_a_slot() -> None:
    given = some_meetings((0, 1), (0, 2))
    assert broken(given, 0, 1) == []
    assert broken(given, 0) == [("every_meeting_has_a_slot", "slots", "1 meetings have a slot, of 2.")]
    assert broken(given, 0, 4) == [("every_meeting_has_a_slot", "meetings 2", "its slot does not exist.")]
    assert broken(given, -1, 3) == [("every_meeting_has_a_slot", "meetings 1", "its slot does not exist.")]


def test_one_meeting_at_a_time() -> None:
    given = some_meetings((0, 1), (2, 1))
    assert broken(given, 1, 2) == []
    assert broken(given, 2, 2) == [("one_meeting_at_a_time", "slots 3", "participant 2 has two meetings in slot 3.")]


@pytest.mark.parametrize("who", [0, 1])
def test_nobody_is_away(who: int) -> None:
    given = some_meetings((0, 1), forbidden={who: {2}})
    assert broken(given, 1) == []
    assert broken(given, 2) == [("nobody_is_away", "meetings 1", "a participant is away in its slot.")]


def test_sessions_are_kept() -> None:
    given = some_meetings(GivenMeeting(0, 1, session=frozenset({0, 1})))
    assert broken(given, 1) == []
    assert broken(given, 2) == [("sessions_are_kept", "meetings 1", "its slot is in another session.")]


def test_fixed_slots_stand() -> None:
    given = some_meetings(GivenMeeting(0, 1, fixed=3))
    assert broken(given, 3) == []
    assert broken(given, 0) == [("fixed_slots_stand", "meetings 1", "it was moved from its fixed slot.")]


def test_precedences_hold() -> None:
    given = some_meetings((0, 1), GivenMeeting(2, 3, after=frozenset({0})))
    assert broken(given, 0, 1) == []
    for slots in ((1, 1), (2, 1)):
        assert broken(given, *slots) == [("precedences_hold", "meetings 2", "meeting 1 must come earlier.")]


def test_enough_tables() -> None:
    given = some_meetings((0, 1), (2, 3), tables=1)
    assert broken(given, 0, 1) == []
    assert broken(given, 1, 1) == [("enough_tables", "slots 2", "more meetings than tables: 2 and 1.")]


def test_a_table_holds_one_meeting() -> None:
    same = (GivenMeeting(0, 1, table=0), GivenMeeting(2, 3, table=0))
    given = some_meetings(*same, GivenMeeting(4, 5, table=1), tables=3)
    assert broken(given, 0, 1, 1) == []
    assert broken(given, 1, 1, 1) == [
        ("enough_tables", "meetings 1", "its table is taken twice."),
        ("enough_tables", "meetings 2", "its table is taken twice."),
    ]


def test_differences_are_fair() -> None:
    three = ((0, 1), (0, 2), (0, 3))
    assert broken(some_meetings(*three, slots=5, fairness=2), 0, 2, 4) == []
    assert broken(some_meetings(*three, slots=5, fairness=1), 0, 2, 4) == [
        ("differences_are_fair", "participants 1", "breaks run from 0 to 2.")
    ]
    assert broken(some_meetings(*three, slots=5), 0, 2, 4) == []


def test_a_break_is_a_group_of_idle_slots_between_two_meetings() -> None:
    given = some_meetings((0, 1), (0, 2), (0, 1), slots=8)
    assert breaks_of(given, (1, 4, 6)) == (2, 1, 0)


def test_an_absence_is_a_break_only_where_absences_count() -> None:
    twice = ((0, 1), (0, 1))
    assert breaks_of(some_meetings(*twice, forbidden={0: {1, 2}}), (0, 3)) == (1, 1)
    assert breaks_of(some_meetings(*twice, forbidden={0: {1, 2}}, absence_waits=False), (0, 3)) == (0, 1)
    parted = some_meetings(*twice, slots=5, forbidden={0: {2}}, absence_waits=False)
    assert breaks_of(parted, (0, 4)) == (2, 1)


def test_no_break_spans_two_half_days() -> None:
    given = some_meetings((0, 1), (0, 1), (0, 2), slots=6, half_days=(0, 0, 0, 1, 1, 1))
    assert breaks_of(given, (0, 5, 3)) == (1, 0, 0)


@settings(max_examples=150, deadline=None, derandomize=True)
@drawn(given_meetings(), st.data())
def test_the_referee_finds_fault_exactly_where_a_look_at_all_does(given: GivenMeetings, data: st.DataObject) -> None:
    count = len(given.meetings)
    slots = tuple(data.draw(st.lists(st.integers(0, given.slots - 1), min_size=count, max_size=count)))
    allowed = dict(all_schedules(given))
    assert (broken(given, *slots) == []) == (slots in allowed)
    if slots in allowed:
        assert list(breaks_of(given, slots)) == allowed[slots]


@pytest.mark.parametrize(
    ("stated", "where"),
    [
        (GivenSchedule("optimal", (0, 2), 2, 2, 0.0), []),
        (GivenSchedule("feasible", (0, 2), 2, 0, 0.0), []),
        (GivenSchedule("optimal", (0, 2), 1, 2, 0.0), ["breaks"]),
        (GivenSchedule("feasible", (0, 2), 2, 3, 0.0), ["bound"]),
        (GivenSchedule("feasible", (0, 2), 2, -1, 0.0), ["bound"]),
        (GivenSchedule("optimal", (0, 2), 2, 1, 0.0), ["status"]),
        (GivenSchedule("feasible", (0, 2), 2, 2, 0.0), ["status"]),
        (GivenSchedule("infeasible", None, None, 0, 0.0), []),
        (GivenSchedule("feasible", None, None, 0, 0.0), []),
        (GivenSchedule("optimal", None, None, 0, 0.0), ["status"]),
        (GivenSchedule("infeasible", None, 0, 0, 0.0), ["status"]),
    ],
)
def test_what_a_schedule_states_of_itself_is_looked_at(stated: GivenSchedule, where: list[str]) -> None:
    given = some_meetings((0, 1), (0, 1))
    assert [item.where for item in schedule_violations(given, stated)] == where


def test_a_schedule_that_breaks_rules_is_refused_with_the_first_and_their_number() -> None:
    given = some_meetings((0, 1), (0, 1), tables=1)
    with pytest.raises(DataError) as error:
        require_valid_schedule(given, GivenSchedule("optimal", (0, 0), 0, 0, 0.0))
    first = str(error.value).splitlines()[0]
    assert first == "slots 1: 3 violations, the first: participant 1 has two meetings in slot 1."
    require_valid_schedule(given, GivenSchedule("optimal", (0, 1), 0, 0, 0.0))
