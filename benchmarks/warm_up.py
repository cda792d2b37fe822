"""Compile the solver's kernels ahead: ``make`` calls this once, so that nobody's first plan waits for the compiler."""

from benchmarks.instances import Size, an_event
from tasks.schedule.solver import solve


def main() -> None:
    """Plan a small made-up event, which calls every kernel."""
    solve(an_event(Size(30)), effort="quick")


if __name__ == "__main__":
    main()
