import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryFile

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows import own_server as place
from flows.engine import is_up
from flows.own_server import own_server
from tasks.errors import RencontresError


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """What was started, ended after the test as the end of the process would."""
    started: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(place.atexit, "register", lambda _end, process: started.append(process))
    yield started
    for process in started:
        place._end(process)


def test_a_server_of_this_run_comes_up_and_is_used(processes: list["subprocess.Popen[bytes]"]) -> None:
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        with own_server() as wait_until_up:
            wait_until_up()
            address = PREFECT_API_URL.value()
            assert address is not None
            assert is_up(address)
        assert PREFECT_API_URL.value() is None
    assert is_up(address), "the last lines of the log still have to go there"
    place._end(processes[0])
    assert not is_up(address)


def test_no_server_is_started_beside_one_that_is_used(processes: list["subprocess.Popen[bytes]"]) -> None:
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}), own_server() as wait_until_up:
        wait_until_up()
        assert PREFECT_API_URL.value() == "http://127.0.0.1:9/api"
    assert processes == []


def test_a_server_that_ends_at_once_is_said_in_its_own_words() -> None:
    call = [sys.executable, "-c", "import sys; sys.exit('the disk is full')"]
    with TemporaryFile() as log, subprocess.Popen(call, stderr=log) as process:  # noqa: S603 -- our own call
        process.wait()
        with pytest.raises(RencontresError, match="the disk is full"):
            place._wait(process, "http://127.0.0.1:9/api", log)


def test_a_server_that_never_answers_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 1.0, 121.0])
    monkeypatch.setattr(place.time, "monotonic", lambda: next(moments))
    call = [sys.executable, "-c", "input()"]
    with TemporaryFile() as log, subprocess.Popen(call, stdin=subprocess.PIPE, stderr=log) as process:  # noqa: S603 -- as above
        with pytest.raises(RencontresError, match="did not come up"):
            place._wait(process, "http://127.0.0.1:9/api", log)
        process.kill()
