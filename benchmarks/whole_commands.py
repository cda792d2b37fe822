"""Whole commands as a person waits for them: wall time, and peak memory of the process and all its children.

Memory is the proportional set size: what two processes share counts once, as it does for the machine.
"""

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

RENCONTRES: Final = str(Path(sys.executable).with_name("rencontres"))
_SAMPLE_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    """What one call took: wall seconds, and the most memory seen, in MiB; what processes share counts once."""

    seconds: float
    peak_mib: float


def call(*command: str) -> Measured:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _memory_bytes(process))
        time.sleep(_SAMPLE_SECONDS if time.perf_counter() - began > 1 else 0.005)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(seconds, peak / 2**20)


def _memory_bytes(process: psutil.Popen) -> int:
    """Return the memory of a process and all below it: the proportional set size, which splits what they share."""
    total = 0
    for member in (process, *process.children(recursive=True)):
        try:
            total += member.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):  # it has just ended
            continue
    return total


def measure(folder: Path) -> Measured:
    """Print the start of the command line and the whole demo beside their baselines; return what Prefect takes."""
    bare = statistics.median(call(sys.executable, "-c", "pass").seconds for _ in range(5))
    help_seconds = statistics.median(call(RENCONTRES, "--help").seconds for _ in range(5))
    print(f"rencontres --help     {help_seconds:7.2f} s   {help_seconds / bare:5.1f} x python -c pass")
    start = call(sys.executable, "-m", "benchmarks.empty_flow")
    demo = call(RENCONTRES, "demo", str(folder / "demo"))
    ratio = demo.seconds / start.seconds
    print(f"empty Prefect flow    {start.seconds:7.2f} s   {start.peak_mib:6.0f} MiB at its peak")
    print(
        f"rencontres demo       {demo.seconds:7.2f} s   {demo.peak_mib:6.0f} MiB at its peak   {ratio:5.1f} x that flow"
    )
    return start
