"""Jobs run against a real Prefect server: one for all tests of this folder."""

import os
from collections.abc import Iterator

import pytest

from flows.engine import SETTINGS
from tasks.workspace import Workspace
from tests.schedule.conftest import fill, make_sound


@pytest.fixture(scope="package", autouse=True)
def prefect_server() -> Iterator[None]:
    """Start Prefect once, on a database of its own; it ends with these tests, since it works even when idle."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 -- reads its settings at import

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def sound(workspace: Workspace) -> Workspace:
    """The small event of five leaders, whose registrations pass every gate that could forbid a plan."""
    with workspace.writing() as database:
        fill(database)
        make_sound(database)
    return workspace
