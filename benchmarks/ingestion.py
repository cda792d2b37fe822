"""Ingestion of registrations as whole commands, beside an empty flow and a plain pandas script in the same run."""

import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.registrations import write_registrations
from benchmarks.whole_commands import RENCONTRES, Measured, call

_SMALL: Final = 20_000
_LARGE: Final = 200_000
_ONE_NIGHT: Final = 180
_TURNS: Final = 3
# What both count: people who come, their companies, and what a rule refused.
_COUNTS: Final = {
    "leaders": "select count(*) from core.leader where status = 'registered'",
    "companies": "select count(*) from core.company",
    "refused": "select count(*) from audit.rejected_row",
}
_PLAIN_COUNTS: Final = {
    "leaders": "select count(*) from leader",
    "companies": "select count(*) from company",
    "refused": "select count(*) from rejected_row",
}


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one ingestion took and found."""

    cost: Measured
    counts: dict[str, int]


def measure(folder: Path, start: Measured) -> None:
    """Print the cost of small and large files, of the pandas script, and of a night without news.

    ``start`` is what an empty flow took.
    """
    small, large = (_ingested(folder, count, start) for count in (_SMALL, _LARGE))
    growth = large.cost.seconds / small.cost.seconds
    beside = (large.cost.seconds - start.seconds) / (small.cost.seconds - start.seconds)
    times = _LARGE // _SMALL
    print(f"  {times} times the rows cost {growth:.1f} times as much, {beside:.1f} times beside Prefect's start")
    plain = _plain(folder)
    print(
        f"  the pandas script takes {plain.cost.seconds / large.cost.seconds:.1f} times as long,"
        f" {plain.cost.seconds / (large.cost.seconds - start.seconds):.1f} times beside Prefect's start"
    )
    print(f"  {_agreement(plain.counts, large.counts)}")
    _quiet_night(folder)


def _ingested(folder: Path, count: int, start: Measured) -> Ingested:
    workspace = _workspace(folder, count)
    cost = call(RENCONTRES, "ingest", "--workspace", str(workspace))
    own = cost.seconds - start.seconds
    print(
        f"ingest {count:>7,} rows   {cost.seconds:7.2f} s   {cost.peak_mib:6.0f} MiB at its peak"
        f"   {own:6.2f} s beside Prefect's start, {own / count * 1e6:.0f} µs a row"
    )
    return Ingested(cost, _counted(workspace / "rencontres.duckdb", _COUNTS))


def _workspace(folder: Path, count: int) -> Path:
    """Make a workspace whose inbox holds one export of so many rows."""
    workspace = folder / f"event-{count}"
    call(RENCONTRES, "init", str(workspace))
    write_registrations(workspace / "inbox" / "inscriptions.csv", count)
    return workspace


def _plain(folder: Path) -> Ingested:
    export, database = folder / f"event-{_LARGE}" / "inbox" / "inscriptions.csv", folder / "plain.duckdb"
    cost = call(sys.executable, "-m", "benchmarks.pandas_baseline", str(export), str(database))
    print(f"plain pandas {_LARGE:>7,}  {cost.seconds:7.2f} s   {cost.peak_mib:6.0f} MiB at its peak")
    return Ingested(cost, _counted(database, _PLAIN_COUNTS))


def _counted(database: Path, queries: dict[str, str]) -> dict[str, int]:
    with duckdb.connect(database, read_only=True) as connection:
        return {name: connection.execute(query).fetchall()[0][0] for name, query in queries.items()}


def _agreement(plain: dict[str, int], found: dict[str, int]) -> str:
    told = ", ".join(f"{count:,} {name}" for name, count in found.items())
    if plain == found:
        return f"both find {told}"
    return f"they differ: {told}; pandas " + ", ".join(f"{count:,} {name}" for name, count in plain.items())


def _quiet_night(folder: Path) -> None:
    """Print what a second run on an unchanged inbox costs; each beside an empty flow, for both take turns."""
    workspace = _workspace(folder, _ONE_NIGHT)
    call(RENCONTRES, "ingest", "--workspace", str(workspace))
    pairs = [
        (call(RENCONTRES, "ingest", "--workspace", str(workspace)), call(sys.executable, "-m", "benchmarks.empty_flow"))
        for _ in range(_TURNS)
    ]
    again = statistics.median(night.seconds for night, _ in pairs)
    beside = statistics.median(night.seconds - start.seconds for night, start in pairs)
    print(f"nothing new, {_ONE_NIGHT} rows {again:5.2f} s   {beside:5.2f} s beside Prefect's start")
