"""All documents of a plan, by several processes and by one in the same run, and the plan page in a browser.

``python -m benchmarks.documents`` measures 180 leaders; ``--large`` measures 2,000 too, which takes minutes. The
leaders are those of the demo; to ingest and to plan them is not part of what is measured.
"""

import argparse
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.whole_commands import RENCONTRES, Measured, call
from tasks.demo.start import write_workspace
from tasks.workspace import Workspace

_SEED: Final = 19
_SIZES: Final = (180, 2000)
_PLANNED_AT: Final = datetime(2026, 11, 26, 9, tzinfo=UTC)
# The first letter typed, and what the browser must do until it could be seen.
_FIRST_RESULT: Final = """() => {
  const search = document.getElementById("search");
  const began = performance.now();
  search.value = "m";
  search.dispatchEvent(new Event("input"));
  document.body.offsetHeight;
  return performance.now() - began;
}"""


def measure(folder: Path, *, is_large: bool = False) -> None:
    """Print what the documents of an event cost in seconds and memory, and how the plan page answers."""
    for count in _SIZES if is_large else _SIZES[:1]:
        workspace, version_id = _planned(folder / f"documents-{count}", count)
        if count == _SIZES[0]:
            _render(workspace, version_id)  # templates are compiled and fonts are cut once, by whoever comes first
        several = _render(workspace, version_id)
        print(
            f"documents of {count:>5,}   {several.seconds:7.1f} s   {several.peak_mib:6.0f} MiB at its peak"
            f"   {several.seconds / count * 1000:5.0f} ms a leader",
            flush=True,
        )
        if count == _SIZES[0]:
            alone = _render(workspace, version_id, "alone")
            print(
                f"  one process takes {alone.seconds:.1f} s: {alone.seconds / several.seconds:.2f} times as long"
                f", {alone.peak_mib:.0f} MiB",
                flush=True,
            )
        _show_page(workspace.version_folder(version_id) / "plan.html", count)


def _planned(folder: Path, count: int) -> tuple[Workspace, str]:
    """Make the demo's workspace of so many leaders, with a plan; return its version."""
    from tasks.schedule import freezing, versions  # noqa: PLC0415 -- OR-Tools takes 1.5 s, and rendering needs none
    from tasks.schedule.solver import solve  # noqa: PLC0415 -- as above

    workspace = write_workspace(folder, _SEED, count)
    call(RENCONTRES, "ingest", "--workspace", str(folder))
    with workspace.opened() as database:
        frozen = freezing.freeze(database, workspace.event)
    plan = solve(frozen.problem, effort="quick")
    with workspace.writing() as database:
        return workspace, versions.store(database, workspace.event, frozen, plan, at=_PLANNED_AT)


def _render(workspace: Workspace, version_id: str, *how: str) -> Measured:
    """Render everything anew in a process of its own."""
    folder = workspace.version_folder(version_id)
    if folder.exists():
        shutil.rmtree(folder)
    return call(sys.executable, "-m", "benchmarks.rendering", str(workspace.folder), version_id, *how)


def _show_page(page: Path, count: int) -> None:
    """Print how large the plan page is, and how long the first letter typed takes; in milliseconds and kB."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        window = chromium.new_page()
        began = time.perf_counter()
        window.goto(page.as_uri())
        opened = time.perf_counter() - began
        milliseconds = window.evaluate(_FIRST_RESULT)
        chromium.close()
    print(
        f"plan page of {count:>5,}   {page.stat().st_size / 1000:7.0f} kB   first result after {milliseconds:.0f} ms"
        f"   (opened in {opened * 1000:.0f} ms)",
        flush=True,
    )


def main() -> None:
    """Measure 180 leaders, or 2,000 too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="2,000 leaders too")
    chosen = parser.parse_args()
    with TemporaryDirectory(prefix="rencontres-bench-") as folder:
        measure(Path(folder), is_large=chosen.large)


if __name__ == "__main__":
    main()
