import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows import engine


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    listening = HTTPServer(("127.0.0.1", 0), Healthy)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_a_server_that_answers_is_used(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engine.API_VARIABLE, f"{server}/api")
    assert str(engine.prepare()) == f"Using the Prefect server at {server}/api"


def test_a_server_that_does_not_answer_is_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engine.API_VARIABLE, "http://127.0.0.1:9/api")
    assert str(engine.prepare()) == "No Prefect server answers at http://127.0.0.1:9/api: starting one for this run"
    assert engine.API_VARIABLE not in engine.os.environ


def test_an_address_that_answers_otherwise_is_no_prefect_server(server: str) -> None:
    assert engine.is_up(f"{server}/other") is False


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:abc/api", "http://", "nonsense"])
def test_an_address_that_is_none_is_no_server(address: str) -> None:
    assert engine.is_up(address) is False


def test_without_an_address_a_server_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(engine.API_VARIABLE, raising=False)
    assert str(engine.prepare()) == "Starting Prefect for this run (5 to 20 seconds)"


def test_whoever_set_a_variable_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(engine.API_VARIABLE, raising=False)
    monkeypatch.setenv("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "300")
    engine.prepare()
    assert engine.os.environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] == "300"
