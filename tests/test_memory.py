"""What was freed in small pieces is the system's again."""

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pytest

from tasks.memory import give_back

MEBIBYTE = 2**20


def resident_mebibytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / MEBIBYTE


def test_what_was_freed_below_something_kept_goes_back_to_the_system() -> None:
    # Too large for Python's own pools, too small for a mapping of its own: the heap cannot shrink below the last one.
    pieces = [bytes(4000) for _ in range(10_000)]
    kept = pieces.pop()
    before = resident_mebibytes()
    del pieces
    give_back()
    assert before - resident_mebibytes() > 30
    assert len(kept) == 4000


@pytest.mark.parametrize(("has_a_way", "expected"), [(True, [0]), (False, [])])
def test_only_a_c_library_that_has_a_way_to_give_back_is_asked(
    monkeypatch: pytest.MonkeyPatch, *, has_a_way: bool, expected: list[int]
) -> None:
    kept: list[int] = []
    library = SimpleNamespace(malloc_trim=kept.append) if has_a_way else SimpleNamespace()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: {None: library}[name])  # None: what this process has loaded
    give_back()
    assert kept == expected
