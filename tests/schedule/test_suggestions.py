"""Suggestions that the organiser lets the plan use: after every wish, told as what they are, missed by nobody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.errors import ConfigurationError, DataError
from tasks.event import Event
from tasks.event_choices import Suggestions
from tasks.schedule import versions
from tasks.schedule.build import problem_of_event
from tasks.schedule.change import Change, changed_problem
from tasks.schedule.freezing import Frozen
from tasks.schedule.problem import Problem, Request
from tasks.schedule.repair import repair
from tasks.schedule.solver import solve
from tasks.schedule.summary import sentence_of_problem
from tasks.store import Database
from tasks.workspace import Workspace
from tests.rows import insert
from tests.schedule.conftest import EDITION

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def suggest(database: Database, *found: tuple[int, int, int], is_used: bool = True) -> None:
    """Write suggestions as (asking, asked, rank)."""
    rows = [
        {
            "edition_id": EDITION,
            "from_leader_id": f"L{one:03d}",
            "to_leader_id": f"L{other:03d}",
            "rank": rank,
            "score": 55.0,
            "sells_codes": "machining",
            "seeks_codes": "",
            "is_used": is_used,
        }
        for one, other, rank in found
    ]
    insert(database, "core.suggestion", rows)


def suggested(problem: Problem) -> list[tuple[str, str, int]]:
    return [(r.asking, r.asked, r.rank) for r in problem.requests if r.is_suggested]


def listing(event: Event, *leaders: str) -> Event:
    return event.model_copy(update={"suggestions": Suggestions(used_for="listed", leaders=leaders)})


def test_a_used_suggestion_ranks_after_every_wish_of_the_edition(database: Database, workspace: Workspace) -> None:
    suggest(database, (5, 2, 1), (5, 3, 2))
    problem = problem_of_event(database, workspace.event)
    assert suggested(problem) == [("L005", "L002", 3), ("L005", "L003", 4)]
    assert len(problem.requests) == 8
    assert str(sentence_of_problem(problem)) == "5 leaders, 6 requests, 2 suggestions, 12 slots, 60 tables"


def test_what_is_not_used_or_was_asked_for_or_has_withdrawn_is_left_out(
    database: Database, workspace: Workspace
) -> None:
    suggest(database, (2, 4, 1), is_used=False)
    suggest(database, (2, 3, 1), (3, 1, 1), (1, 3, 1), (5, 6, 1), (6, 2, 1))
    assert suggested(problem_of_event(database, workspace.event)) == [("L002", "L003", 3)]


def test_a_pair_suggested_to_both_stands_once(database: Database, workspace: Workspace) -> None:
    suggest(database, (5, 3, 2), (3, 5, 1), (4, 5, 1), (5, 4, 1))
    assert suggested(problem_of_event(database, workspace.event)) == [("L003", "L005", 3), ("L004", "L005", 3)]


def test_an_edition_without_wishes_can_live_on_suggestions(database: Database, workspace: Workspace) -> None:
    database._connection.execute("delete from core.request")
    suggest(database, (5, 2, 1))
    assert suggested(problem_of_event(database, workspace.event)) == [("L005", "L002", 1)]


def test_an_unknown_id_among_those_listed_is_refused(database: Database, workspace: Workspace) -> None:
    assert problem_of_event(database, listing(workspace.event, "L001", "L006"))
    with pytest.raises(ConfigurationError) as refused:
        problem_of_event(database, listing(workspace.event, "L001", "L090", "L080"))
    assert str(refused.value) == (
        "event.toml, suggestions.leaders: no leader of this edition has the id L080.\n"
        "Ids stand in the list of agendas: L001, L002 and so on."
    )


def test_a_problem_keeps_what_is_a_suggestion(database: Database, workspace: Workspace) -> None:
    plain = problem_of_event(database, workspace.event)
    assert "suggested" not in plain.to_json()
    suggest(database, (5, 2, 1))
    problem = problem_of_event(database, workspace.event)
    assert '{"from":"L005","to":"L002","rank":3,"suggested":true}' in problem.to_json()
    assert Problem.from_json(problem.to_json()) == problem
    with pytest.raises(DataError, match="true or false was expected, not 1"):
        Problem.from_json(problem.to_json().replace('"suggested":true', '"suggested":1'))


def test_a_meeting_from_a_suggestion_is_nobody_s_wish_and_nobody_misses_one_that_is_not_held(
    database: Database, workspace: Workspace
) -> None:
    suggest(database, (5, 2, 1), (2, 4, 1), (5, 4, 2))
    event = workspace.event
    problem = replace(problem_of_event(database, event), excluded=(("L001", "L005"), ("L004", "L005")))
    plan = solve(problem, effort="quick")
    assert {meeting.pair for meeting in plan.meetings} >= {("L002", "L005"), ("L002", "L004")}
    assert ("L005", "L004") in {(item.asking, item.asked) for item in plan.unmet}
    with database.transaction():
        version_id = versions.store(database, event, Frozen(problem), plan, at=NOW)
    ranks = database._connection.sql("select leader_a, leader_b, rank_a, rank_b from plan.meeting order by all")
    assert ranks.fetchall() == [
        ("L001", "L002", 1, 1),
        ("L001", "L003", 2, None),
        ("L002", "L004", None, None),
        ("L002", "L005", None, None),
        ("L003", "L004", 1, None),
    ]
    unmet = database._connection.sql("select from_leader_id, to_leader_id, reason from plan.unmet order by all")
    assert unmet.fetchall() == [("L004", "L006", "withdrawn"), ("L005", "L001", "excluded")]
    assert versions.read_version(database, version_id) == (problem, plan)


def test_a_wish_outweighs_a_suggestion_for_the_same_place(database: Database, workspace: Workspace) -> None:
    suggest(database, (1, 4, 1))
    problem = problem_of_event(database, workspace.event)
    narrow = replace(problem, leaders=tuple(replace(one, max_meetings=2) for one in problem.leaders))
    assert {meeting.pair for meeting in solve(narrow, effort="quick").meetings} == {
        ("L001", "L002"), ("L001", "L003"), ("L003", "L004"),
    }  # fmt: skip


def test_a_suggestion_asked_for_at_the_desk_becomes_a_wish(database: Database, workspace: Workspace) -> None:
    suggest(database, (5, 2, 1))
    problem = problem_of_event(database, workspace.event)
    plan = solve(problem, effort="quick")
    change = Change(added=(("L002", "L005"), ("L001", "L002")))
    changed = changed_problem(problem, plan, change)
    assert suggested(changed) == []
    assert Request("L002", "L005", 1) in changed.requests
    assert len(changed.requests) == len(problem.requests)
    assert changed_problem(changed, plan, change) == changed
    again = repair(problem, plan, change)
    assert ("L002", "L005") in {meeting.pair for meeting in again.plan.meetings}
