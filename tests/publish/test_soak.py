"""The promise of the outbox, on a rough sea: each mail once, whatever happens to the server, to the disk and to us."""

from pathlib import Path

from benchmarks.rough_sea import FAULTS
from benchmarks.voyage import sail


def test_nobody_is_mailed_twice_and_nobody_is_lost_whatever_breaks(tmp_path: Path) -> None:
    voyage = sail(tmp_path, seed=19, count=500, kills=20)
    assert (voyage.mailed_twice, voyage.lost, voyage.told_wrong) == ([], [], [])
    assert voyage.is_safe
    assert sum(voyage.states.values()) == 500
    assert 0 < voyage.states["failed"] <= FAULTS["refused"]  # of some refusals a kill left no trace: they are unknown
    assert voyage.happened["client killed"] == 20
    assert {name for name in [*FAULTS, "disk full"] if not voyage.happened[name]} == set()
