"""The verdict: judged once per state, remembered, and stopping what must stop."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tasks.errors import GateStopped, RencontresError
from tasks.event import Event
from tasks.publish.standing import standing
from tasks.store import Database
from tasks.validate.engine import run_gates
from tasks.validate.frames import input_sha256, judged_frames
from tasks.validate.gate import Expectation, FrameName, Limits
from tasks.validate.gates import all_gates
from tasks.validate.suites.leader import leader_gates
from tasks.validate.verdict import judge_base, require_passed
from tasks.workspace import Workspace
from tests.rows import insert
from tests.validate.conftest import EDITION, NOW, fill, leader, sound_base

LATER = NOW + timedelta(days=1)


def run_count(database: Database) -> int:
    return database.frame("audit/select_gate_runs", edition_id=EDITION).height


def frames_of(event: Event, database: Database) -> Mapping[FrameName, pl.DataFrame]:
    return judged_frames(database, event, Limits(minimum=4))


def test_the_sound_base_passes_every_gate(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base())
    verdict = judge_base(database, workspace.event, NOW)
    assert (verdict.is_passed, verdict.stopped, verdict.warned) == (True, (), ())
    assert [result.code for result in verdict.results] == [gate.code for gate in all_gates(Limits(minimum=4))]


def test_the_same_state_judged_again_writes_nothing_and_says_the_same(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base() | {"core.leader": [leader(1), leader(2, email="no address")]})
    first = judge_base(database, workspace.event, NOW)
    assert judge_base(database, workspace.event, LATER) == first
    assert (first.checked_at, run_count(database)) == (NOW, 1)


def test_a_changed_state_is_judged_anew(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base())
    judge_base(database, workspace.event, NOW)
    insert(database, "core.leader", [leader(6, company_id="C001")])
    assert judge_base(database, workspace.event, LATER).checked_at == LATER
    assert run_count(database) == 2


def is_base_sound(workspace: Workspace, database: Database) -> bool | None:
    return standing(database, workspace.event).is_base_sound


def test_the_standing_tells_the_verdict_on_the_state_that_came_back(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base())
    assert is_base_sound(workspace, database) is None
    told = []
    for day, has_company in enumerate((True, False, True)):
        database._connection.execute("delete from core.leader where leader_id = 'L006'")
        insert(database, "core.leader", [] if has_company else [leader(6, company_id="C404")])
        judge_base(database, workspace.event, NOW + timedelta(days=day))
        told.append(is_base_sound(workspace, database))
    assert (told, run_count(database)) == ([True, False, True], 2)


def test_the_same_rows_under_another_minimum_are_another_state(workspace: Workspace, database: Database) -> None:
    frames = frames_of(workspace.event, database)
    hashes = {input_sha256(frames, all_gates(Limits(minimum=minimum))) for minimum in (4, 5)}
    assert len(hashes) == 2


def test_the_hash_does_not_depend_on_the_order_of_insertion(bare_workspace: Workspace, empty_database: Path) -> None:
    hashes = set()
    for turn in (1, -1):
        shutil.copyfile(empty_database, bare_workspace.database)
        with bare_workspace.opened() as database:
            base = {table: rows[::turn] for table, rows in sound_base().items()}
            fill(database, base)
            hashes.add(input_sha256(frames_of(bare_workspace.event, database), leader_gates(Limits(minimum=4))))
    assert len(hashes) == 1


def test_a_stop_raises_and_names_the_gates_and_the_page(workspace: Workspace, database: Database) -> None:
    fill(database, {"core.leader": [leader(1)]})
    verdict = judge_base(database, workspace.event, NOW)
    with pytest.raises(GateStopped) as caught:
        require_passed(verdict, "out/quality/index.html")
    assert str(caught.value) == (
        "out/quality/index.html: 3 checks of the registrations forbid a plan: "
        "too_few_leaders, leader_without_company, leader_without_ticket.\n"
        "Open this page: it names every line and says what to do. Then call: rencontres ingest"
    )
    assert (caught.value.exit_code, verdict.is_passed) == (1, False)


def test_a_warning_does_not_stop(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base() | {"raw.file": []})
    verdict = judge_base(database, workspace.event, NOW)
    require_passed(verdict, "page")
    assert [result.code for result in verdict.warned] == ["edition_without_export"]


def test_an_expectation_that_cannot_be_evaluated_is_a_fault_of_ours(workspace: Workspace, database: Database) -> None:
    broken = replace(
        leader_gates(Limits(minimum=4))[0], expectation=Expectation("ExpectColumnValuesToBeUnique", {"column": "shoe"})
    )
    with pytest.raises(RencontresError) as caught:
        run_gates(frames_of(workspace.event, database), [broken])
    assert (type(caught.value), caught.value.exit_code) == (RencontresError, 3)
    assert caught.value.what.translated("en") == (
        "the gate leader_without_company could not be evaluated; the data is not at fault."
    )


def test_nothing_that_is_remembered_shows_a_personal_value(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base() | {"core.leader": [leader(1, email="secret"), leader(1, leader_id="L002")]})
    verdict = judge_base(database, workspace.event, NOW)
    stored = database.frame(
        "audit/select_gate_results", edition_id=EDITION, input_sha256=verdict.input_sha256
    ).write_json()
    assert {result.code: result.failed_keys for result in verdict.stopped} == {
        "leader_twice": ("L001", "L002"),
        "catalogue_number_twice": ("L001", "L002"),
        "malformed_email": ("L001",),
        "registration_of_unknown_leader": ("R003", "R004", "R005"),
        "request_from_unknown_leader": verdict.stopped[-1].failed_keys,
    }
    assert [word for word in ("secret", "Name1", "Given1", "person 1", "societe") if word in stored] == []
