"""``python -m benchmarks.b2bsp FILES...``: published instances of the B2B scheduling problem, by our own slot stage.

One JSON line a file, in the order given; each file is solved on one core, and as many files at once as ``--workers``
says. Every schedule is checked by the referee. Published results are only read to be printed beside ours.
"""

import argparse
import csv
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.dzn import read_instance
from tasks.errors import RencontresError
from tasks.schedule.fewest_breaks import fewest_breaks
from tasks.schedule.given import GivenMeetings, GivenSchedule
from tasks.schedule.given_rules import require_valid_schedule


@dataclass(frozen=True, slots=True)
class Task:
    """One file to solve."""

    name: str
    given: GivenMeetings
    time_limit_seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of it; ``cpu_seconds`` is what remains comparable on a busy machine."""

    name: str
    schedule: GivenSchedule
    cpu_seconds: float

    def record(self) -> dict[str, object]:
        """Return the line that is printed."""
        found = self.schedule
        return {
            "file": self.name,
            "status": found.status,
            "breaks": found.breaks,
            "bound": found.bound,
            "seconds": round(found.seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
        }


def solve_one(task: Task) -> Solved:
    """Solve and check one instance. Raises DataError when the referee refuses the schedule."""
    began = time.process_time()
    schedule = fewest_breaks(task.given, seed=task.seed, time_limit_seconds=task.time_limit_seconds)
    seconds = time.process_time() - began
    require_valid_schedule(task.given, schedule)
    return Solved(task.name, schedule, seconds)


def solve_all(tasks: Sequence[Task], workers: int) -> Iterator[Solved]:
    """Solve instances side by side; they come back in the order given."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        yield from pool.map(solve_one, tasks)


def write_schedule(folder: Path, task: Task, solved: Solved) -> None:
    """Write what was found as JSON: the slot of each meeting, from 1, in the order of the file."""
    found = solved.schedule
    content = {
        "file": task.name,
        "fairness": task.given.fairness,
        "seed": task.seed,
        "status": found.status,
        "breaks": found.breaks,
        "bound": found.bound,
        "slots": None if found.slots is None else [slot + 1 for slot in found.slots],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{Path(task.name).stem}.json").write_text(json.dumps(content) + "\n", encoding="utf-8")


def published(path: Path, fairness: int | None) -> dict[str, str]:
    """Return by file what others found best, or UNSAT, under the same fairness."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["best"] for row in csv.DictReader(file) if row["fairness_d"] == str(fairness)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve the files of the command line; 1 where a file is refused or an answer differs from the published one."""
    options = _parser().parse_args(arguments)
    try:
        tasks = [
            Task(path.name, read_instance(path, options.fairness), options.time_limit, options.seed)
            for path in options.files
        ]
        best = published(options.best_known, options.fairness) if options.best_known else {}
        differ = 0
        for task, solved in zip(tasks, solve_all(tasks, options.workers), strict=True):
            record = solved.record()
            if task.name in best:
                record["published"] = best[task.name]
                ours = "UNSAT" if solved.schedule.status == "infeasible" else str(solved.schedule.breaks)
                differ += ours != best[task.name]
            if options.out is not None:
                write_schedule(options.out, task, solved)
            print(json.dumps(record), flush=True)
    except RencontresError as error:
        print(error, file=sys.stderr)
        return 1
    return int(differ > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.b2bsp", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILES")
    parser.add_argument("--fairness", type=_fairness, default=2, help="largest difference of breaks, or none (2)")
    parser.add_argument("--time-limit", type=float, default=60, help="seconds a file (60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="files at once (2)")
    parser.add_argument("--out", type=Path, help="folder for the schedules")
    parser.add_argument("--best-known", type=Path, help="csv of published results, printed beside ours")
    return parser


def _fairness(text: str) -> int | None:
    return None if text == "none" else int(text)


if __name__ == "__main__":
    sys.exit(main())
