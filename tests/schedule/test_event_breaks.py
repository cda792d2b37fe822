"""An organiser may ask for the fewest breaks: the same exact stage, for the meetings that were chosen."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn

from tasks.errors import ConfigurationError, DataError
from tasks.schedule import event_breaks
from tasks.schedule.budget import Stopwatch
from tasks.schedule.build import problem_of_event
from tasks.schedule.candidates import Arena
from tasks.schedule.choice import ChoiceModel
from tasks.schedule.conflicts import smallest_conflict
from tasks.schedule.event_breaks import given_of, with_fewer_breaks
from tasks.schedule.given_rules import breaks_of
from tasks.schedule.objective import waiting_of
from tasks.schedule.plan import Bounds, Meeting, Objective, Plan
from tasks.schedule.problem import Problem
from tasks.schedule.slots import place
from tasks.store import Database
from tasks.workspace import Workspace
from tests.schedule.builders import a_problem, leader, problems
from tests.schedule.given_builders import all_schedules

calmly = settings(max_examples=60, deadline=None, derandomize=True)


def placed(problem: Problem) -> tuple[Arena, dict[int, int]]:
    """The chosen meetings in slots that nobody has improved."""
    arena, watch = Arena(problem), Stopwatch(60)
    found = place(arena, ChoiceModel(arena, watch).solve().chosen, 1, watch)
    assume(found.is_complete)
    return arena, found.assigned()


def breaks_in(arena: Arena, slots: dict[int, int]) -> int:
    """The breaks that the referee of plans finds."""
    meetings = tuple(
        Meeting(arena.pair_ids(arena.candidates[position]), arena.problem.slots[slot].id, arena.problem.tables[0])
        for position, slot in slots.items()
    )
    plan = Plan(arena.problem.sha256, "feasible", meetings, Objective(), Bounds(), (), 1, "")
    return waiting_of(arena.problem, plan)[1]


@calmly
@drawn(problems())
def test_the_chosen_meetings_have_as_few_breaks_as_trying_everything_finds(problem: Problem) -> None:
    assume(smallest_conflict(problem) is None)
    arena, slots = placed(problem)
    given = given_of(arena, sorted(slots))
    improved = with_fewer_breaks(arena, slots, seed=1, units=10, watch=Stopwatch(60))
    assert improved.keys() == slots.keys()
    at = tuple(improved[position] for position in sorted(slots))
    schedules = dict(all_schedules(given))
    assert at in schedules
    assert breaks_in(arena, improved) == sum(breaks_of(given, at)) == min(map(sum, schedules.values()))


def waiting_event() -> tuple[Arena, dict[int, int]]:
    """Ana meets three people, and is placed with a break."""
    pairs = [("Ana", name) for name in ("Bob", "Cid", "Dan")]
    arena = Arena(a_problem(["Ana", "Bob", "Cid", leader("Dan")], pairs, slot_count=4))
    return arena, {0: 0, 1: 1, 2: 3}


def test_a_break_that_need_not_be_goes() -> None:
    arena, slots = waiting_event()
    assert breaks_in(arena, slots) == 1
    assert breaks_in(arena, with_fewer_breaks(arena, slots, seed=1, units=10, watch=Stopwatch(60))) == 0


def test_what_is_no_better_changes_nothing() -> None:
    arena, _ = waiting_event()
    slots = {0: 2, 1: 1, 2: 3}
    assert with_fewer_breaks(arena, slots, seed=1, units=10, watch=Stopwatch(60)) == slots


def test_an_event_too_large_for_the_exact_stage_keeps_its_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    arena, slots = waiting_event()
    monkeypatch.setattr(event_breaks, "_MOST_LITERALS", 11)
    assert with_fewer_breaks(arena, slots, seed=1, units=10, watch=Stopwatch(60)) == slots
    monkeypatch.setattr(event_breaks, "_MOST_LITERALS", 12)
    assert with_fewer_breaks(arena, slots, seed=1, units=10, watch=Stopwatch(60)) != slots


def test_the_wish_is_part_of_the_problem_and_silent_where_it_is_the_usual_one() -> None:
    usual = a_problem()
    assert "idle" not in json.loads(usual.to_json())
    said = json.dumps({**json.loads(usual.to_json()), "idle": "breaks"})
    problem = Problem.from_json(said)
    assert problem.idle == "breaks"
    assert Problem.from_json(problem.to_json()) == problem
    assert problem.sha256 != usual.sha256
    with pytest.raises(DataError, match=r"^idle: nothing is not known\."):
        Problem.from_json(said.replace("breaks", "nothing"))


def test_the_organiser_says_it_in_event_toml(database: Database, workspace: Workspace) -> None:
    assert problem_of_event(database, workspace.event).idle == "slots"
    _say(workspace.folder, "breaks")
    assert problem_of_event(database, Workspace(workspace.folder).event).idle == "breaks"
    _say(workspace.folder, "naps")
    with pytest.raises(ConfigurationError, match=r"plan\.idle"):
        _ = Workspace(workspace.folder).event


def _say(folder: Path, idle: str) -> None:
    path = folder / "event.toml"
    said = re.sub(r'idle = "\w+"', f'idle = "{idle}"', path.read_text(encoding="utf-8"))
    path.write_text(said, encoding="utf-8")
