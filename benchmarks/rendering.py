"""All documents of a plan version, rendered by a process that imports as little at its start as ``rencontres`` does.

``python -m benchmarks.rendering FOLDER VERSION [alone]``: the processes that it starts import this module too.
"""

import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

P = ParamSpec("P")
T = TypeVar("T")


class InThisProcess(Executor):
    """Does at once what others would give to another process."""

    def submit(self, work: Callable[P, T], /, *values: P.args, **named: P.kwargs) -> Future[T]:
        """Do the work and return its result, as a future that is done."""
        done: Future[T] = Future()
        done.set_result(work(*values, **named))
        return done


def main(folder: str, version_id: str, *how: str) -> None:
    """Render the documents that lie nowhere yet, in several processes or alone in this one."""
    from tasks.publish.documents import publishing, rendering  # noqa: PLC0415 -- DuckDB and Polars, for this one only
    from tasks.workspace import Workspace  # noqa: PLC0415 -- as above

    lend = (lambda: nullcontext(InThisProcess())) if "alone" in how else rendering.processes
    with patch.object(publishing, "processes", lend):
        publishing.publish(Workspace(Path(folder)), version_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
