"""The welcome desk: a mark leads back to a leader, and says whether the sheet still holds."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.cli import run
from tasks.errors import DataError, UsageError
from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.agendas.agenda import token
from tasks.publish.agendas.compose import agendas
from tasks.publish.documents.desk import Recognised, recognise
from tasks.publish.documents.pictures import in_groups
from tasks.publish.documents.publishing import publish
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, Plan, add_leaders, add_plan, approve, eight_leaders, first_plan


def marks(workspace: Workspace, version: str = "19-v1") -> dict[str, str]:
    with workspace.opened() as db:
        afternoon = read_afternoon(db, EDITION, version, workspace.event.zone)
    return {agenda.leader_id: token(agenda) for agenda in agendas(workspace.event, afternoon)}


def at_the_desk(workspace: Workspace, typed: str) -> Recognised:
    with workspace.opened() as db:
        return recognise(db, EDITION, typed)


def moved(number: int, *, is_approved: bool) -> Plan:
    """The plan in which the first meeting, of L001 and L002, is at another table."""
    meetings = [("L001", "L002", 2, "T55", 1, 3), *first_plan().meetings[1:]]
    return replace(first_plan(), number=number, meetings=meetings, is_approved=is_approved)


def test_a_sheet_that_holds_is_recognised_however_its_mark_is_typed(
    planned: Workspace, quick_sheets: list[str]
) -> None:
    publish(planned, "19-v1")
    mark = marks(planned)["L001"]
    found = at_the_desk(planned, mark)
    assert quick_sheets != []
    assert found.row == {
        "token": mark,
        "leader": "L001",
        "name": "Claire Morel",
        "company": "Ateliers Morel",
        "versions": ["19-v1"],
        "approved": "19-v1",
        "standing": "holds",
    }
    typed = [in_groups(mark).lower(), mark.replace("O", "0").replace("I", "1").replace("B", "8"), f" {mark} "]
    assert [at_the_desk(planned, one) for one in typed] == [found] * 3


def test_only_the_sheets_that_a_new_version_changes_stop_holding(planned: Workspace, quick_sheets: list[str]) -> None:
    publish(planned, "19-v1")
    old = marks(planned)
    add_plan(planned, eight_leaders(), moved(2, is_approved=False))
    publish(planned, "19-v2")
    assert quick_sheets.count("L001") == 2
    assert at_the_desk(planned, old["L001"]).standing == "holds"
    assert at_the_desk(planned, marks(planned, "19-v2")["L001"]).standing == "outdated"
    approve(planned, "19-v2")
    outdated, same = at_the_desk(planned, old["L001"]), at_the_desk(planned, old["L003"])
    assert (outdated.standing, outdated.versions, outdated.approved_version) == ("outdated", ("19-v1",), "19-v2")
    assert (same.standing, same.versions) == ("holds", ("19-v1", "19-v2"))
    assert [str(sentence) for sentence in outdated.sentences] == [
        "Claire Morel, Ateliers Morel (L001)",
        "This agenda is that of 19-v1.",
        "✗ It no longer holds: 19-v2 says something else. Print out/19-v2/agendas/L001.pdf",
    ]


def test_a_sheet_printed_before_the_same_version_was_corrected_is_still_known(
    planned: Workspace, quick_sheets: list[str], change_leader: Callable[..., None]
) -> None:
    publish(planned, "19-v1")
    old = marks(planned)["L001"]
    change_leader(planned, "L001", job_title="Présidente")
    publish(planned, "19-v1")
    assert quick_sheets.count("L001") == 2
    assert at_the_desk(planned, old).standing == "outdated"
    assert at_the_desk(planned, marks(planned)["L001"]).standing == "holds"


def test_whoever_withdrew_and_whoever_waits_for_a_decision_are_told_apart(
    planned: Workspace, quick_sheets: list[str], change_leader: Callable[..., None]
) -> None:
    publish(planned, "19-v1")
    mark = marks(planned)["L005"]
    change_leader(planned, "L005", status="withdrawn")
    add_plan(planned, eight_leaders(), moved(2, is_approved=True))
    publish(planned, "19-v2")
    assert quick_sheets != []
    assert at_the_desk(planned, mark).standing == "gone"


def test_without_an_approved_version_nothing_holds_yet(workspace: Workspace, quick_sheets: list[str]) -> None:
    add_leaders(workspace, eight_leaders())
    add_plan(workspace, eight_leaders(), replace(first_plan(), is_approved=False))
    publish(workspace, "19-v1")
    assert quick_sheets != []
    assert at_the_desk(workspace, marks(workspace)["L001"]).standing == "undecided"


def test_a_mark_that_is_none_and_one_that_nobody_bears(planned: Workspace) -> None:
    with pytest.raises(UsageError, match="is no mark of an agenda"):
        at_the_desk(planned, "ABC")
    with pytest.raises(DataError, match="no agenda of this event bears the mark ABCDEFGH23456777"):
        at_the_desk(planned, "abcd efgh 2345 6777")


def test_the_command_answers_people_and_machines(
    planned: Workspace,
    quick_sheets: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    publish(planned, "19-v1")
    groups = in_groups(marks(planned)["L001"]).split()
    assert quick_sheets != []
    assert run(["desk", *groups, "--workspace", str(planned.folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Claire Morel, Ateliers Morel (L001)",
        "This agenda is that of 19-v1.",
        "✓ It holds: 19-v1, the plan in force, says the same.",
    ]
    assert run(["desk", *groups, "--json", "--workspace", str(planned.folder)]) == 0
    assert json.loads(capsys.readouterr().out)["standing"] == "holds"
