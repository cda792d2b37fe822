"""``python -m benchmarks.b2bsp FILES...``: published instances of the B2B scheduling problem, by our own slot stage.

One JSON line a file, in the order given; one that is no instance has the status "error" and a sentence. Each file is
solved on one core, and as many files at once as ``--workers`` says. Every schedule is checked by the referee. Published
results are only read to be printed beside ours.
"""

import argparse
import csv
import functools
import json
import math
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.dzn import read_instance
from tasks.errors import RencontresError
from tasks.schedule.fewest_breaks import fewest_breaks
from tasks.schedule.given import GivenMeetings, GivenSchedule
from tasks.schedule.given_rules import require_valid_schedule

# CP-SAT's seeds have 31 bits.
_MOST: Final = 2**31 - 1


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


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is no instance, or whose schedule the referee refuses."""

    name: str
    error: RencontresError

    def record(self) -> dict[str, object]:
        """Return the line that is printed."""
        return {"file": self.name, "status": "error", "error": " ".join(str(self.error).splitlines())}


def task_of(path: Path, options: argparse.Namespace) -> Task | Refused:
    """Read a file."""
    try:
        return Task(path.name, read_instance(path, options.fairness), options.time_limit, options.seed)
    except RencontresError as error:
        return Refused(path.name, error)


def solve_one(task: Task) -> Solved:
    """Solve and check one instance. Raises DataError when the referee refuses the schedule."""
    began = time.process_time()
    schedule = fewest_breaks(task.given, seed=task.seed, time_limit_seconds=task.time_limit_seconds)
    seconds = time.process_time() - began
    require_valid_schedule(task.given, schedule)
    return Solved(task.name, schedule, seconds)


def solve_all(tasks: Sequence[Task | Refused], workers: int) -> Iterator[Solved | Refused]:
    """Solve instances side by side; they come back in the order given, with what was refused at its place."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        under_way = [task if isinstance(task, Refused) else (task, pool.submit(solve_one, task)) for task in tasks]
        for item in under_way:
            if isinstance(item, Refused):
                yield item
                continue
            task, future = item
            try:
                yield future.result()
            except RencontresError as error:
                yield Refused(task.name, error)


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
    (folder / f"{Path(task.name).stem}.json").write_text(json.dumps(content) + "\n", encoding="utf-8")


def published(path: Path, fairness: int | None) -> dict[str, str]:
    """Return by file what others found best, or UNSAT, under the same fairness."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["best"] for row in csv.DictReader(file) if row["fairness_d"] == str(fairness)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve the files of the command line; 1 where a file is refused or an answer differs from the published one."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        best = published(options.best_known, options.fairness) if options.best_known else {}
        if options.out is not None:
            options.out.mkdir(parents=True, exist_ok=True)
        return _answer(options, best)
    except (OSError, UnicodeDecodeError) as error:
        parser.error(str(error))
    except KeyError as error:
        parser.error(f"{options.best_known}: the column {error} is missing")


def _answer(options: argparse.Namespace, best: dict[str, str]) -> int:
    tasks = [task_of(path, options) for path in options.files]
    is_wrong = False
    for task, found in zip(tasks, solve_all(tasks, options.workers), strict=True):
        record = found.record()
        if isinstance(found, Refused):
            is_wrong = True
        elif task.name in best:
            record["published"] = best[task.name]
            ours = "UNSAT" if found.schedule.status == "infeasible" else str(found.schedule.breaks)
            is_wrong = is_wrong or ours != best[task.name]
        if options.out is not None and isinstance(task, Task) and isinstance(found, Solved):
            write_schedule(options.out, task, found)
        print(json.dumps(record), flush=True)
    return int(is_wrong)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.b2bsp", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILES")
    parser.add_argument("--fairness", type=_fairness, default=2, help="largest difference of breaks, or none (2)")
    parser.add_argument("--time-limit", type=_seconds, default=60, help="seconds a file (60)")
    parser.add_argument("--seed", type=functools.partial(_whole, least=0), default=1, help="0 to 2147483647 (1)")
    parser.add_argument("--workers", type=functools.partial(_whole, least=1), default=2, help="files at once (2)")
    parser.add_argument("--out", type=Path, help="folder for the schedules")
    parser.add_argument("--best-known", type=Path, help="csv of published results, printed beside ours")
    return parser


def _whole(text: str, least: int) -> int:
    if not (text.isdecimal() and len(text) <= len(str(_MOST)) and least <= int(text) <= _MOST):
        msg = f"a whole number from {least} to {_MOST} was expected, not {text}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _fairness(text: str) -> int | None:
    return None if text == "none" else _whole(text, least=0)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        msg = f"a number of seconds above 0 was expected, not {text}"
        raise argparse.ArgumentTypeError(msg)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
