"""The price of compactness: how many idle slots each table left free saves, and what it costs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.files import existing_file, parsed
from flows.commands.options import (
    effort_option,
    json_option,
    open_workspace,
    seed_option,
    time_limit_option,
    workspace_option,
)
from flows.terminal import live_steps, show
from tasks import progress
from tasks.messages import gettext as _
from tasks.messages import message

if TYPE_CHECKING:
    from tasks.schedule.problem import Problem
    from tasks.settings import Effort


@click.command(help=_("Show what tables left free save in idle slots and cost in value. Stores nothing."))
@workspace_option
@click.option("--problem", type=existing_file, help=_("Ask of a problem file instead of the event."))
@seed_option
@effort_option("quick")
@time_limit_option(least=5, default=300)
@json_option
def compactness(
    *, workspace: Path, problem: Path | None, seed: int, effort: "Effort", time_limit: int, as_json: bool
) -> None:
    """Solve with fewer and fewer tables."""
    from tasks.schedule.budget import Stopwatch  # noqa: PLC0415 -- the solver takes seconds to import
    from tasks.schedule.compactness import FREE_TABLES, curve, table_of  # noqa: PLC0415 -- as above

    posed = _problem_of(workspace, problem)
    points = []
    with live_steps(), progress.step(message("Planning with fewer tables")) as step:
        for point in curve(posed, seed=seed, effort=effort, watch=Stopwatch(time_limit)):
            points.append(point)
            step.moved(len(points), len(FREE_TABLES), str(point.free_tables))
    show({"points": [point.row for point in points]}, table_of(points), as_json=as_json)


def _problem_of(workspace: Path, problem: Path | None) -> "Problem":
    from tasks.schedule.problem import Problem  # noqa: PLC0415 -- as above

    if problem is not None:
        return parsed(problem, Problem.from_json)
    from tasks.schedule.build import problem_of_event  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import

    place = open_workspace(workspace)
    with place.opened() as database:
        return problem_of_event(database, place.event)
