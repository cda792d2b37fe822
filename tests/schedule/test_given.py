"""What given meetings may not say."""

import pytest

from tasks.errors import DataError
from tasks.schedule.given import GivenMeeting, GivenMeetings
from tests.schedule.given_builders import some_meetings

ONE = GivenMeeting(0, 1)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"slots": 0, "half_days": ()}, "slots: there is no slot."),
        ({"tables": 0}, "tables: there is no table."),
        ({"half_days": (0,)}, "half_days: every slot needs its half-day, in order."),
        ({"half_days": (1, 0)}, "half_days: every slot needs its half-day, in order."),
        ({"fairness": -1}, "fairness: the difference of breaks must not be negative."),
        ({"meetings": (GivenMeeting(0, 0),)}, "meetings 1: participant 1 meets oneself."),
        ({"meetings": (ONE, GivenMeeting(0, 2))}, "meetings 2: 3 is not known; they run from 1 to 2."),
        ({"meetings": (GivenMeeting(-1, 1),)}, "meetings 1: 0 is not known; they run from 1 to 2."),
        ({"meetings": (GivenMeeting(0, 1, frozenset({2})),)}, "meetings 1: 3 is not known; they run from 1 to 2."),
        ({"meetings": (GivenMeeting(0, 1, fixed=5),)}, "meetings 1: 6 is not known; they run from 1 to 2."),
        (
            {"meetings": (GivenMeeting(0, 1, None, None, frozenset({1})),)},
            "meetings 1: 2 is not known; they run from 1 to 1.",
        ),
        ({"forbidden": (frozenset(), frozenset({2}))}, "forbidden 2: 3 is not known; they run from 1 to 2."),
    ],
)
def test_what_makes_no_sense_is_refused_with_one_sentence_that_names_it(
    parts: dict[str, object], sentence: str
) -> None:
    sound: dict[str, object] = {
        "slots": 2,
        "tables": 1,
        "meetings": (ONE,),
        "forbidden": (frozenset(), frozenset()),
        "half_days": (0, 0),
    }
    with pytest.raises(DataError) as error:
        GivenMeetings(**{**sound, **parts})  # type: ignore[arg-type]
    assert str(error.value).splitlines()[0] == sentence


def test_a_meeting_is_open_where_session_participants_and_fixed_slot_agree() -> None:
    given = some_meetings(
        GivenMeeting(0, 1, session=frozenset({0, 1, 2})),
        GivenMeeting(0, 1, fixed=3),
        (0, 1),
        forbidden={0: {0}, 1: {2}},
    )
    assert [sorted(given.open_slots(position)) for position in range(3)] == [[1], [3], [1]]


def test_half_days_are_runs_of_slots() -> None:
    assert some_meetings(slots=5, half_days=(2, 2, 2, 7, 7)).days == (range(3), range(3, 5))
