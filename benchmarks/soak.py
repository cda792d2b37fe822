"""``make soak``: one rough voyage of the outbox after the other. Nobody is mailed twice, nobody is forgotten."""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.voyage import sail

_SIZE_BYTES: Final = 50_000


def main() -> None:
    """Sail with one seed after the other and print a line each; end with 1 where a voyage was not safe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voyages", type=int, default=12, help="how many, of 500 messages each")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    given = parser.parse_args()
    verdicts = [_is_safe(seed) for seed in range(given.first, given.first + given.voyages)]
    sys.exit(0 if all(verdicts) else 1)


def _is_safe(seed: int) -> bool:
    began = time.perf_counter()
    with TemporaryDirectory(prefix="rencontres-soak-") as folder:
        voyage = sail(Path(folder), seed, size_bytes=_SIZE_BYTES)
    states = ", ".join(f"{count} {state}" for state, count in sorted(voyage.states.items()))
    print(
        f"seed {seed:3}: {'safe' if voyage.is_safe else 'NOT SAFE'} after {voyage.run_count} runs"
        f" in {time.perf_counter() - began:.0f} s: {states}; {len(voyage.mailed_twice)} mailed twice,"
        f" {len(voyage.lost)} lost, {len(voyage.told_wrong)} told wrong"
    )
    print("  " + ", ".join(f"{count} x {what}" for what, count in voyage.happened.items()), flush=True)
    return voyage.is_safe


if __name__ == "__main__":
    main()
