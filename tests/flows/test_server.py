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
from zoneinfo import ZoneInfo

import pytest

from flows.engine import SETTINGS, is_up
from tasks.workspace import Workspace

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
PARIS = ZoneInfo("Europe/Paris")
EIGHT, SEVEN, HALF_PAST_TWO, HALF_PAST_THREE = clock_time(8), clock_time(7), clock_time(2, 30), clock_time(3, 30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def asked(address: str, path: str, question: dict[str, object]) -> object:
    request = urllib.request.Request(  # noqa: S310 -- our own server
        f"{address}{path}", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- our own server
        return json.load(answer)


def scheduled_starts(address: str) -> set[datetime]:
    """When the server means to start something, in Paris."""
    due = asked(address, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 200})
    assert isinstance(due, list)
    return {datetime.fromisoformat(run["expected_start_time"]).astimezone(PARIS) for run in due}


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    environment = {**os.environ, **SETTINGS, "PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": address}
    environment.pop("PREFECT_API_DATABASE_CONNECTION_URL", None)
    environment["PREFECT_SERVER_API_PORT"] = str(port)
    for name in ("PREFECT_HOME", "PREFECT_API_URL"):
        monkeypatch.setenv(name, environment[name])
    prefect = Path(sys.executable).with_name("prefect")
    with subprocess.Popen(  # noqa: S603 -- our own command
        [prefect, "server", "start"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
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
