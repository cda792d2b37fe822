"""The deployments on a real Prefect server: they are not only written down, they fire."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import SetStateStatus

from flows.engine import SETTINGS, is_up
from tasks.schedule import decisions, versions
from tasks.workspace import Workspace
from tests.schedule.conftest import EDITION

ROOT = Path(__file__).parents[2]
PREFECT = Path(sys.executable).with_name("prefect")
PATIENCE_SECONDS = 120
ENDED = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED)
PARIS = ZoneInfo("Europe/Paris")
EIGHT, SEVEN, HALF_PAST_TWO, HALF_PAST_THREE = clock_time(8), clock_time(7), clock_time(2, 30), clock_time(3, 30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def scheduled_starts(client: SyncPrefectClient) -> set[datetime]:
    """When the server means to start something, in Paris."""
    due = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])))
    starts = [run.expected_start_time for run in client.read_flow_runs(flow_run_filter=due, limit=200)]
    return {start.astimezone(PARIS) for start in starts if start is not None}


@pytest.fixture
def workspace(bare_workspace: Workspace, empty_database: Path) -> Workspace:
    """Nobody has its database open: another process is to open it."""
    shutil.copyfile(empty_database, bare_workspace.database)
    return bare_workspace


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncPrefectClient]:
    """A server of its own, asked through Prefect's client: that one asks again while SQLite is locked."""
    tmp_path = tmp_path_factory.mktemp("server")
    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    environment = {**os.environ, **SETTINGS, "PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": address}
    environment.pop("PREFECT_API_DATABASE_CONNECTION_URL", None)
    environment["PREFECT_SERVER_API_PORT"] = str(port)
    command = [PREFECT, "server", "start"]
    with (
        pytest.MonkeyPatch.context() as patch,
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,  # noqa: S603 -- our own command
    ):
        for name in ("PREFECT_HOME", "PREFECT_API_URL"):
            patch.setenv(name, environment[name])
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_up(address) and time.monotonic() < deadline:
            time.sleep(0.5)
        with SyncPrefectClient(address) as client:
            yield client
        process.terminate()


def test_what_is_deployed_is_scheduled(server: SyncPrefectClient, workspace: Workspace) -> None:
    # A server plans the future only, so the event of this test lies twenty days ahead.
    held_on = datetime.now(UTC).date() + timedelta(days=20)
    file = workspace.folder / "event.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("date = 2026-12-03", f"date = {held_on}"), encoding="utf-8"
    )
    subprocess.run(["make", "--silent", "deploy", f"WORKSPACE={workspace.folder}"], cwd=ROOT, check=True, timeout=120)  # noqa: S603, S607 -- our own command
    report = datetime.combine(held_on + timedelta(days=1), EIGHT, PARIS)
    starts: set[datetime] = set()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while report not in starts and time.monotonic() < deadline:
        time.sleep(1)
        starts = scheduled_starts(server)
    assert [start for start in starts if start.time() == EIGHT] == [report]
    assert {start.time() for start in starts - {report}} == {HALF_PAST_TWO, HALF_PAST_THREE, SEVEN}


@pytest.fixture
def worker(server: SyncPrefectClient, tmp_path: Path) -> Iterator[SyncPrefectClient]:
    """A worker of its own pool; the server it works for."""
    server.create_work_pool(WorkPoolCreate(name="decisions", type="process"))
    environment = {**os.environ, "PREFECT_WORKER_QUERY_SECONDS": "1", "LANGUAGE": "fr"}
    environment["RENCONTRES_NOW"] = "2026-11-23T09:00:00+01:00"
    command = [PREFECT, "worker", "start", "--pool", "decisions"]
    with (
        (tmp_path / "worker.log").open("wb") as log,
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log) as process,  # noqa: S603 -- our own command
    ):
        yield server
        process.terminate()


def started(client: SyncPrefectClient, workspace: Workspace) -> UUID:
    """Deploy the final schedule and start a run of it; return the run's id."""
    deployment_id = client.create_deployment(
        client.create_flow_from_name("final-schedule"),
        "final",
        work_pool_name="decisions",
        entrypoint="flows/final_schedule.py:final_schedule",
        pull_steps=[{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}],
        parameters={"settings": {"workspace": str(workspace.folder), "effort": "quick"}},
    )
    return client.create_flow_run_from_deployment(deployment_id).id


def state_of(client: SyncPrefectClient, run_id: UUID, *awaited: StateType) -> StateType | None:
    """The state in which a run rests, once it is one of those awaited."""
    state = None
    deadline = time.monotonic() + PATIENCE_SECONDS
    while state not in awaited and time.monotonic() < deadline:
        time.sleep(0.5)
        state = client.read_flow_run(run_id).state_type
    return state


def test_a_run_waits_for_a_person_and_does_not_plan_again(worker: SyncPrefectClient, sound: Workspace) -> None:
    run_id = started(worker, sound)
    assert state_of(worker, run_id, StateType.PAUSED, *ENDED) is StateType.PAUSED
    with sound.writing() as database:
        assert [version.version_id for version in versions.list_versions(database, EDITION)] == ["19-v1"]
        assert decisions.decision_of(database, "19-v1") is None
        # Were it planned again, there would now be another plan.
        database._connection.execute("delete from core.request where from_leader_id = 'L003'")
    refused = worker.resume_flow_run(run_id, {"verdict": "perhaps", "by": "Anna"})
    assert refused.status is SetStateStatus.REJECT
    told = {"verdict": "approve", "by": "Anna Petit", "remark": "lu", "anyway": True}
    assert worker.resume_flow_run(run_id, told).status is SetStateStatus.ACCEPT
    assert state_of(worker, run_id, *ENDED) is StateType.COMPLETED
    with sound.opened() as database:
        assert [version.version_id for version in versions.list_versions(database, EDITION)] == ["19-v1"]
        decided = decisions.decision_of(database, "19-v1")
        assert decided is not None
        assert (decided.verdict, decided.decided_by, decided.remark) == ("approved", "Anna Petit", "lu")
        assert database.table("outbox/message").is_empty()
