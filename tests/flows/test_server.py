"""The deployments on a real Prefect server: they are not only written down, they fire."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.engine import SETTINGS, is_up
from tasks.schedule import decisions, versions
from tasks.workspace import Workspace
from tests.schedule.conftest import EDITION

ROOT = Path(__file__).parents[2]
PREFECT = Path(sys.executable).with_name("prefect")
PATIENCE_SECONDS = 120
PARIS = ZoneInfo("Europe/Paris")
EIGHT, SEVEN, HALF_PAST_TWO, HALF_PAST_THREE = clock_time(8), clock_time(7), clock_time(2, 30), clock_time(3, 30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def asked(address: str, path: str, question: dict[str, object]) -> Any:  # noqa: ANN401 -- JSON
    request = urllib.request.Request(  # noqa: S310 -- our own server
        f"{address}{path}", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- our own server
        return json.load(answer)


def scheduled_starts(address: str) -> set[datetime]:
    """When the server means to start something, in Paris."""
    due = asked(address, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 200})
    return {datetime.fromisoformat(run["expected_start_time"]).astimezone(PARIS) for run in due}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
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
        yield address
        process.terminate()


def test_what_is_deployed_is_scheduled(server: str, workspace: Workspace) -> None:
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
def worker(server: str, tmp_path: Path) -> Iterator[str]:
    """A worker of its own pool; the server's address."""
    asked(server, "/work_pools/", {"name": "decisions", "type": "process"})
    environment = {**os.environ, "PREFECT_API_URL": server, "PREFECT_WORKER_QUERY_SECONDS": "1", "LANGUAGE": "fr"}
    environment["RENCONTRES_NOW"] = "2026-11-23T09:00:00+01:00"
    command = [PREFECT, "worker", "start", "--pool", "decisions"]
    with (
        (tmp_path / "worker.log").open("wb") as log,
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log) as process,  # noqa: S603 -- our own command
    ):
        yield server
        process.terminate()


def started(address: str, workspace: Workspace) -> str:
    """Deploy the final schedule and start a run of it; return the run's id."""
    flow = asked(address, "/flows/", {"name": "final-schedule"})
    deployment = asked(
        address,
        "/deployments/",
        {
            "name": "final",
            "flow_id": flow["id"],
            "work_pool_name": "decisions",
            "entrypoint": "flows/final_schedule.py:final_schedule",
            "pull_steps": [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}],
            "parameters": {"settings": {"workspace": str(workspace.folder), "effort": "quick"}},
        },
    )
    run = asked(address, f"/deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    return str(run["id"])


def state_of(address: str, run_id: str, *awaited: str) -> str:
    """The state in which a run rests, once it is one of those awaited."""
    state = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while state not in awaited and time.monotonic() < deadline:
        time.sleep(0.5)
        with urllib.request.urlopen(f"{address}/flow_runs/{run_id}", timeout=10) as answer:  # noqa: S310 -- our own server
            state = json.load(answer)["state"]["type"]
    return state


def test_a_run_waits_for_a_person_and_does_not_plan_again(worker: str, sound: Workspace) -> None:
    run_id = started(worker, sound)
    assert state_of(worker, run_id, "PAUSED", "FAILED", "CRASHED") == "PAUSED"
    with sound.writing() as database:
        assert [version.version_id for version in versions.list_versions(database, EDITION)] == ["19-v1"]
        assert decisions.decision_of(database, "19-v1") is None
        # Were it planned again, there would now be another plan.
        database._connection.execute("delete from core.request where from_leader_id = 'L003'")
    refused = asked(worker, f"/flow_runs/{run_id}/resume", {"run_input": {"verdict": "perhaps", "by": "Anna"}})
    assert refused["status"] == "REJECT"
    told = {"verdict": "approve", "by": "Anna Petit", "remark": "lu", "anyway": True}
    assert asked(worker, f"/flow_runs/{run_id}/resume", {"run_input": told})["status"] == "ACCEPT"
    assert state_of(worker, run_id, "COMPLETED", "FAILED", "CRASHED") == "COMPLETED"
    with sound.opened() as database:
        assert [version.version_id for version in versions.list_versions(database, EDITION)] == ["19-v1"]
        decided = decisions.decision_of(database, "19-v1")
        assert decided is not None
        assert (decided.verdict, decided.decided_by, decided.remark) == ("approved", "Anna Petit", "lu")
        assert database.table("outbox/message").is_empty()
