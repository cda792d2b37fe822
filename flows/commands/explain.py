"""Why two leaders do not meet: asked of a plan version of the event, or of two files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.files import existing_file, parsed
from flows.commands.options import (
    json_option,
    open_workspace,
    time_limit_option,
    workspace_option,
)
from flows.terminal import live_steps, show
from tasks import progress
from tasks.errors import DataError, UsageError
from tasks.messages import gettext as _
from tasks.messages import message

if TYPE_CHECKING:
    from tasks.schedule.naming import NamedLeader
    from tasks.schedule.plan import Plan
    from tasks.schedule.problem import Pair, Problem


@click.command(help=_("Say why two leaders do not meet, and what it would cost if they had to."))
@click.argument("one")
@click.argument("other")
@click.option("--version", help=_("The plan version; by default the newest."))
@click.option("--problem", type=existing_file, help=_("Ask of files instead: the problem file."))
@click.option("--plan", type=existing_file, help=_("Ask of files instead: the plan file."))
@time_limit_option(least=1, default=60)
@workspace_option
@json_option
def explain(  # noqa: PLR0913 -- one parameter for each option
    *,
    one: str,
    other: str,
    version: str | None,
    problem: Path | None,
    plan: Path | None,
    time_limit: int,
    workspace: Path,
    as_json: bool,
) -> None:
    """Find out who is meant, then explain."""
    from tasks.schedule.budget import Stopwatch  # noqa: PLC0415 -- the solver takes seconds to import
    from tasks.schedule.explain import explain as explained  # noqa: PLC0415 -- as above
    from tasks.schedule.naming import person_named  # noqa: PLC0415 -- as above

    if (problem is None) != (plan is None):
        raise UsageError(
            message("a problem file and a plan file belong together."),
            remedy=message("Give both --problem and --plan, or neither."),
        )
    if problem is not None and plan is not None:
        posed, answered, leaders = _of_files(problem, plan)
        locked: tuple[Pair, ...] = ()
    else:
        posed, answered, leaders, locked = _of_workspace(workspace, version)
    first = person_named(leaders, one, message("the first of the two names"))
    second = person_named(leaders, other, message("the second of the two names"))
    with live_steps(), progress.step(message("Looking for the reason")):
        found = explained(posed, answered, first, second, Stopwatch(time_limit), locked)
    show(found.row, list(found.sentences), as_json=as_json)


def _of_files(problem: Path, plan: Path) -> "tuple[Problem, Plan, list[NamedLeader]]":
    from tasks.schedule.naming import leaders_of_files  # noqa: PLC0415 -- as above
    from tasks.schedule.plan import Plan  # noqa: PLC0415 -- as above
    from tasks.schedule.problem import Problem  # noqa: PLC0415 -- as above
    from tasks.schedule.referee import require_valid  # noqa: PLC0415 -- as above

    posed, answered = parsed(problem, Problem.from_json), parsed(plan, Plan.from_json)
    if answered.problem_sha256 == posed.sha256:
        require_valid(posed, answered)
    return posed, answered, leaders_of_files(posed)


def _of_workspace(folder: Path, version: str | None) -> "tuple[Problem, Plan, list[NamedLeader], tuple[Pair, ...]]":
    """Return a version with its names, and the locked pairs that it was made with: those are fixed in its problem."""
    from tasks.schedule.naming import named_leaders  # noqa: PLC0415 -- as above
    from tasks.schedule.rulings import rulings_of  # noqa: PLC0415 -- as above
    from tasks.schedule.versions import newest, read_version  # noqa: PLC0415 -- as above

    place = open_workspace(folder)
    with place.opened() as database:
        last = newest(database, place.event.id)
        if version is None and last is None:
            raise DataError(message("there is no plan yet."), remedy=message("Make one with: rencontres schedule"))
        wanted = version or (last.version_id if last else "")
        problem, plan = read_version(database, wanted)
        locked = tuple(one.pair for one in rulings_of(database, place.event.id) if one.ruling == "lock")
        fixed = {item.pair for item in problem.fixed}
        return problem, plan, named_leaders(database, place.event.id), tuple(pair for pair in locked if pair in fixed)
