"""A problem refuses nonsense at birth, and its file says the same in any order."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.errors import DataError
from tasks.schedule.problem import Fixed, Limits, Problem, Request, Slot, Weights
from tests.schedule.builders import WEIGHTS, a_problem, leader, slots

SOUND = a_problem(
    [leader("Ana", table="T1", max_meetings=2), leader("Bob", unavailable=frozenset({"1400"})), "Cid"],
    [("Ana", "Bob"), ("Bob", "Ana"), ("Ana", "gone")],
    excluded=[("Cid", "Ana")],
    fixed=[Fixed(("Cid", "Bob"), "1420", "T2")],
)


def sentence(**changes: object) -> str:
    with pytest.raises(DataError) as refused:
        replace(SOUND, **changes)
    return str(refused.value).splitlines()[0]


def from_changed_file(change: dict[str, object]) -> str:
    content = json.loads(SOUND.to_json()) | change
    with pytest.raises(DataError) as refused:
        Problem.from_json(json.dumps(content))
    return str(refused.value).splitlines()[0]


def test_a_file_read_and_written_is_the_same_to_the_byte() -> None:
    assert Problem.from_json(SOUND.to_json()) == SOUND
    assert Problem.from_json(SOUND.to_json()).to_json() == SOUND.to_json()


def test_the_order_of_a_file_does_not_matter() -> None:
    content = json.loads(SOUND.to_json())
    for part in ("leaders", "requests"):
        content[part].reverse()
    content["excluded"] = [["Cid", "Ana"], ["Ana", "Cid"]]
    assert Problem.from_json(json.dumps(content)).sha256 == SOUND.sha256


def test_another_rank_is_another_problem() -> None:
    assert replace(SOUND, requests=(Request("Ana", "Bob", 2),)).sha256 != SOUND.sha256


def test_the_canonical_file_is_as_the_contract_draws_it() -> None:
    problem = a_problem(["Ana", "Bob"], slot_count=1, tables=1)
    assert json.loads(problem.to_json()) == {
        "format": "rencontres-problem/1",
        "slots": [{"id": "1400", "start": "2026-12-03T13:00:00+00:00", "minutes": 20, "session": 0}],
        "tables": ["T1"],
        "limits": {"min_meetings": 1, "max_meetings": 3},
        "weights": {
            "rank_first": 108,
            "rank_step": 8,
            "rank_floor": 10,
            "mutual": 50,
            "gain": [60, 50, 40, 30, 20, 15, 10, 5],
        },
        "leaders": [{"id": "Ana", "company": "company of Ana"}, {"id": "Bob", "company": "company of Bob"}],
        "requests": [{"from": "Ana", "to": "Bob", "rank": 1}],
        "excluded": [],
        "fixed": [],
    }


def test_an_event_without_a_slot_is_refused() -> None:
    assert sentence(slots=(), leaders=(), requests=(), excluded=(), fixed=()) == "slots: there is no slot."


def test_an_event_without_a_table_is_refused() -> None:
    assert sentence(tables=(), leaders=(), requests=(), excluded=(), fixed=()) == "tables: there is no table."


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"start": SOUND.slots[0].start}, "slot 1420 begins before the one before it ends."),
        ({"minutes": 0}, "slot 1420 lasts 0 minutes."),
        ({"start": datetime(2026, 12, 3, 14)}, "slot 1420 has no offset."),  # noqa: DTZ001 -- that is the fault
        ({"session": -1}, "slot 1420 goes back to an earlier session."),
    ],
)
def test_slots_follow_one_another(second: dict[str, object], expected: str) -> None:
    first, middle, last = SOUND.slots
    assert sentence(slots=(first, replace(middle, **second), last)) == f"slots: {expected}"


def test_names_stand_once() -> None:
    assert sentence(tables=("T1", "T2", "T1")) == "tables: T1 stands twice."
    assert sentence(leaders=(*SOUND.leaders, leader("Ana"))) == "leaders: Ana stands twice."
    assert sentence(requests=(Request("Ana", "Bob", 1), Request("Ana", "Bob", 2))) == "requests: Ana Bob stands twice."
    twice = (Fixed(("Bob", "Cid"), "1420"), Fixed(("Cid", "Bob"), "1440"))
    assert sentence(fixed=twice) == "fixed: Bob Cid stands twice."
    later = Slot("1400", SOUND.slots[-1].start + timedelta(hours=1), 20, 0)
    assert sentence(slots=(*SOUND.slots, later)) == "slots: 1400 stands twice."


def test_limits_and_ranks_make_sense() -> None:
    refused = "limits: the minimum of meetings must lie between 0 and the maximum."
    assert sentence(limits=Limits(4, 3)) == refused
    assert sentence(limits=Limits(-1, 3)) == refused
    assert (
        sentence(leaders=(leader("Ana", max_meetings=-1),)) == "leaders: leader Ana has a negative maximum of meetings."
    )
    assert sentence(requests=(Request("Ana", "Bob", 0),)) == "requests: the request Ana-Bob has a rank below 1."


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1.5, -1])
def test_weights_are_whole_numbers_from_zero(number: float) -> None:
    expected = f"weights: a weight must be a whole number from 0, not {number}."
    assert sentence(weights=replace(WEIGHTS, mutual=number)) == expected
    assert sentence(weights=replace(WEIGHTS, gain=(number,))) == expected


@pytest.mark.parametrize("name", ["rank_first", "rank_step", "rank_floor", "mutual", "gain"])
def test_a_weight_is_no_more_than_sums_can_hold(name: str) -> None:
    def weighing(number: int) -> Weights:
        return replace(WEIGHTS, **{name: (number,) if name == "gain" else number})  # type: ignore[arg-type]

    assert replace(SOUND, weights=weighing(1_000_000)).weights == weighing(1_000_000)
    for number in (1_000_001, 10**400):
        assert sentence(weights=weighing(number)) == f"weights.{name}: a weight may be at most 1,000,000."


def test_gains_never_rise() -> None:
    assert sentence(weights=replace(WEIGHTS, gain=(5, 6))) == "weights.gain: the gains must not rise."


def test_names_are_known() -> None:
    assert sentence(leaders=(leader("Ana", table="T9"),)) == "leaders Ana: T9 is not known."
    assert sentence(leaders=(leader("Ana", unavailable=frozenset({"0900"})),)) == "leaders Ana: 0900 is not known."
    assert sentence(requests=(Request("Zoe", "Ana", 1),)) == "requests Zoe-Ana: Zoe is not known."
    assert sentence(excluded=(("Ana", "Zoe"),)) == "excluded Ana-Zoe: Zoe is not known."
    assert sentence(fixed=(Fixed(("Ana", "Zoe"), "1400"),)) == "fixed Ana-Zoe: Zoe is not known."
    assert sentence(fixed=(Fixed(("Ana", "Bob"), "0900"),)) == "fixed Ana-Bob: 0900 is not known."
    assert sentence(fixed=(Fixed(("Ana", "Bob"), "1400", "T9"),)) == "fixed Ana-Bob: T9 is not known."


def test_whoever_is_asked_may_be_unknown() -> None:
    assert [request.asked for request in SOUND.requests] == ["Bob", "gone", "Ana"]


def test_nobody_meets_oneself() -> None:
    assert sentence(requests=(Request("Ana", "Ana", 1),)) == "requests: leader Ana is paired with oneself."
    assert sentence(excluded=(("Ana", "Ana"),)) == "excluded: leader Ana is paired with oneself."
    assert sentence(fixed=(Fixed(("Ana", "Ana"), "1400"),)) == "fixed: leader Ana is paired with oneself."


def test_fixed_meetings_leave_room_for_each_other() -> None:
    both = (Fixed(("Ana", "Bob"), "1440"), Fixed(("Bob", "Cid"), "1440"))
    assert sentence(fixed=both) == "fixed: Bob 1440 stands twice."
    four = (*SOUND.leaders, leader("Dan"))
    same_table = (Fixed(("Ana", "Bob"), "1440", "T1"), Fixed(("Cid", "Dan"), "1440", "T1"))
    assert sentence(leaders=four, fixed=same_table) == "fixed: T1 1440 stands twice."


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"colour": "red"}, "unknown key colour."),
        ({"format": "rencontres-problem/2"}, "format: this is no rencontres-problem/1 file."),
        ({"tables": "T1"}, "tables: a list was expected."),
        ({"tables": [""]}, "tables[0]: a text was expected."),
        ({"limits": []}, "limits: an object was expected."),
        ({"limits": {"min_meetings": 1}}, "limits: the key max_meetings is missing."),
        (
            {"limits": {"min_meetings": True, "max_meetings": 3}},
            "limits.min_meetings: a whole number was expected, not true.",
        ),
        ({"excluded": [["Ana"]]}, "excluded[0]: two ids were expected."),
        ({"tables": ["T\ud800"]}, r"tables[0]: 'T\ud800' holds half a character."),
        (
            {"requests": [{"from": "Ana", "to": "Bob", "rank": 10**4200}]},
            "requests[0].rank: a whole number was expected, not a number of 4201 digits.",
        ),
        (
            {"requests": [{"from": "Ana", "to": "Bob", "rank": 1.0}]},
            "requests[0].rank: a whole number was expected, not 1.0.",
        ),
        (
            {"slots": [{"id": "1400", "start": "tea time", "minutes": 20, "session": 0}]},
            "slots[0].start: tea time is no instant.",
        ),
        (
            {"slots": [{"id": "1400", "start": "2026-12-03T14:00:00", "minutes": 20, "session": 0}]},
            "slots[0].start: 2026-12-03 14:00:00 has no offset; write for example 2026-12-03T14:00:00+01:00.",
        ),
    ],
)
def test_a_file_is_read_strictly_and_the_place_is_named(change: dict[str, object], expected: str) -> None:
    assert from_changed_file(change) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "line 1, column 1: this is not valid JSON: a value should stand here."),
        ("{", "line 1, column 2: this is not valid JSON: a key in double quotes should stand here."),
        ('{"a" 1}', "line 1, column 6: this is not valid JSON: a colon should stand here."),
        ('{"a":\n1 2}', "line 2, column 3: this is not valid JSON: a comma should stand here."),
        ('{"a": "b', "line 1, column 7: this is not valid JSON: a text begins here and has no end."),
        (
            '{"a": "\n"}',
            "line 1, column 8: this is not valid JSON: a line break or another control character stands in a text.",
        ),
        (r'{"a": "\x"}', "line 1, column 8: this is not valid JSON: what follows the backslash has no meaning."),
        (r'{"a": "\uXY"}', "line 1, column 9: this is not valid JSON: what follows the backslash has no meaning."),
        ("{} {}", "line 1, column 4: this is not valid JSON: something follows the end."),
        ("\ufeff{}", "line 1, column 1: this is not valid JSON: a byte order mark stands before the text."),
        ('{"a": 1, "a": 2}', "JSON: the key a stands twice."),
        (b"\xff", "JSON: this is no UTF-8 text."),
        ("[" * 100_000, "JSON: this is not valid JSON: it is nested too deeply."),
        (r'{"\ud800": 1}', r"JSON: '\ud800' holds half a character."),
        ("[]", "an object was expected."),
        ('{"weights": NaN}', "the key excluded is missing."),
    ],
)
def test_what_is_no_json_is_refused(text: str | bytes, expected: str) -> None:
    with pytest.raises(DataError) as refused:
        Problem.from_json(text)
    assert str(refused.value).splitlines()[0] == expected


def test_nan_as_a_weight_in_a_file_is_refused() -> None:
    text = SOUND.to_json().replace('"mutual":50', '"mutual":NaN')
    with pytest.raises(DataError, match=r"^weights.mutual: a whole number was expected, not NaN\."):
        Problem.from_json(text)


def test_slots_may_stand_in_any_zone() -> None:
    problem = replace(SOUND, slots=tuple(replace(slot, start=slot.start.astimezone(UTC)) for slot in slots(3)))
    assert [slot.id for slot in problem.slots] == ["1400", "1420", "1440"]
