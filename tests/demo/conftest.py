"""A demo event of the usual size, written once and only read."""

from pathlib import Path

import pytest

from tests.demo import builders


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the events of this session lie."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def folder(demo_folder: Path) -> Path:
    """Return the event that the demo shows by default."""
    return builders.event(demo_folder, seed=19, leader_count=180)


@pytest.fixture(scope="session", params=[(1, 180), (2026, 180), (5, 24), (8, 60)], ids=lambda p: f"{p[0]}-{p[1]}")
def any_folder(request: pytest.FixtureRequest, demo_folder: Path) -> Path:
    """Return an event of another seed or size."""
    seed, leader_count = request.param
    return builders.event(demo_folder, seed=seed, leader_count=leader_count)
