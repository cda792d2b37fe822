from datetime import UTC, datetime

import pytest

from tasks import clock
from tasks.errors import ConfigurationError

NIGHT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def test_the_clock_shows_the_instant_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.NOW_VARIABLE, "2026-11-23T02:30:00+01:00")
    assert clock.now() == NIGHT


@pytest.mark.parametrize("text", ["2026-11-23T02:30:00", "tonight"])
def test_the_clock_refuses_what_is_no_instant(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.NOW_VARIABLE, text)
    with pytest.raises(ConfigurationError, match=f"RENCONTRES_NOW: {text} is no instant with its offset"):
        clock.now()


def test_the_clock_runs_when_nobody_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.NOW_VARIABLE, raising=False)
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_standing_at_an_instant_ends_with_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.NOW_VARIABLE, raising=False)
    with clock.standing_at(NIGHT):
        assert clock.now() == NIGHT
        with clock.standing_at(datetime(2026, 12, 4, tzinfo=UTC)):
            assert clock.now() == datetime(2026, 12, 4, tzinfo=UTC)
        assert clock.now() == NIGHT
    assert clock.now() > datetime(2026, 1, 1, tzinfo=UTC)
