"""The scheduling core on two files, without a workspace, a database or Prefect."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import json_option
from flows.terminal import live_steps, show
from tasks import progress
from tasks.errors import DataError, InfeasibleError, UsageError
from tasks.messages import gettext as _
from tasks.messages import message, plural

if TYPE_CHECKING:
    from tasks.settings import Effort

existing_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(help=_("Solve a problem file (rencontres-problem/1) and write the plan."))
@click.argument("problem", type=existing_file)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("The plan file.")
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help=_("Same seed, same plan.")
)
@click.option(
    "--time-limit", type=click.IntRange(1, 3600), default=300, show_default=True, help=_("Ceiling, in seconds.")
)
@click.option("--effort", type=click.Choice(["quick", "normal", "thorough"]), default="normal", show_default=True)
@json_option
def solve(*, problem: Path, output: Path, seed: int, time_limit: int, effort: "Effort", as_json: bool) -> None:
    """Solve, let the referee check, write."""
    from tasks.schedule.conflicts import sentence_of  # noqa: PLC0415 -- the solver takes seconds to import
    from tasks.schedule.problem import Problem  # noqa: PLC0415 -- as above
    from tasks.schedule.referee import require_valid  # noqa: PLC0415 -- as above
    from tasks.schedule.solver import solve as solve_problem  # noqa: PLC0415 -- as above

    posed = Problem.from_json(_read(problem))
    with live_steps(), progress.step(message("Solving")) as step:
        plan = solve_problem(
            posed,
            seed=seed,
            effort=effort,
            time_limit_seconds=time_limit,
            report=lambda stage, done, total: step.moved(done, total, stage),
        )
    require_valid(posed, plan)
    try:
        output.write_text(plan.to_json(), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            message("this file cannot be written: {detail}.", detail=error.strerror), where=str(output)
        ) from error
    show(plan.summary(), [message("{status}: see {path}", status=plan.status, path=output)], as_json=as_json)
    if plan.conflict is not None:
        raise InfeasibleError(
            sentence_of(plan.conflict),
            where=str(problem),
            remedy=message("Give up one of them and call again."),
        )


@click.command(help=_("Let the referee check a plan file against its problem file."))
@click.argument("problem", type=existing_file)
@click.argument("plan", type=existing_file)
@json_option
def check(*, problem: Path, plan: Path, as_json: bool) -> None:
    """Check, without any solver."""
    from tasks.schedule.plan import Plan  # noqa: PLC0415 -- only here
    from tasks.schedule.problem import Problem  # noqa: PLC0415 -- only here
    from tasks.schedule.referee import violations  # noqa: PLC0415 -- only here

    found = list(violations(Problem.from_json(_read(problem)), Plan.from_json(_read(plan))))
    answer = {"valid": not found, "violations": [{"rule": v.rule, "sentence": str(v.sentence)} for v in found]}
    show(answer, [v.sentence for v in found] or [message("The plan keeps every rule.")], as_json=as_json)
    if found:
        raise DataError(
            plural("{count} rule is broken.", "{count} rules are broken.", count=len(found)),
            where=str(plan),
            remedy=message("Solve again, or correct the plan."),
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            message("this is no UTF-8 text."),
            where=str(path),
            remedy=message("Give a JSON file as described in docs/interchange.md."),
        ) from error
