"""The scheduling core on two files, without a workspace, a database or Prefect."""

import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from flows.commands.options import (
    effort_option,
    json_option,
    seed_option,
    time_limit_option,
)
from flows.terminal import live_steps, show
from tasks import progress
from tasks.errors import DataError, InfeasibleError, UsageError
from tasks.files import write
from tasks.messages import Message, message, plural
from tasks.messages import gettext as _

if TYPE_CHECKING:
    from tasks.schedule.plan import Plan
    from tasks.schedule.problem import Problem
    from tasks.settings import Effort

Parsed = TypeVar("Parsed")

# What the system says of it is in English, and in its own words.
_WHY: Final[Mapping[int, Message]] = {
    errno.EEXIST: message("a file stands where its folder should be"),
    errno.ENOTDIR: message("a file stands where its folder should be"),
    errno.ENOENT: message("no folder can be made here"),
    errno.EACCES: message("the right to write here is missing"),
    errno.EROFS: message("nothing can be written here"),
    errno.ENOSPC: message("the disk is full"),
}

existing_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(help=_("Solve a problem file (rencontres-problem/1) and write the plan."))
@click.argument("problem", type=existing_file)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("The plan file.")
)
@click.option("--change", type=existing_file, help=_("An earlier plan file, of whatever problem: what can stay does."))
@seed_option
@time_limit_option(least=1, default=300)
@effort_option("normal")
@json_option
def solve(
    *, problem: Path, output: Path, change: Path | None, seed: int, time_limit: int, effort: "Effort", as_json: bool
) -> None:
    """Solve, let the referee check, write."""
    from tasks.schedule.conflicts import sentence_of  # noqa: PLC0415 -- the solver takes seconds to import
    from tasks.schedule.plan import Plan  # noqa: PLC0415 -- as above
    from tasks.schedule.problem import Problem  # noqa: PLC0415 -- as above
    from tasks.schedule.referee import require_valid  # noqa: PLC0415 -- as above
    from tasks.schedule.solver import STAGES  # noqa: PLC0415 -- as above
    from tasks.schedule.solver import solve as solve_problem  # noqa: PLC0415 -- as above
    from tasks.schedule.summary import sentence_of_plan, sentence_of_stage  # noqa: PLC0415 -- as above

    posed = parsed(problem, Problem.from_json)
    earlier = parsed(change, Plan.from_json) if change else None
    if earlier is not None and earlier.problem_sha256 == posed.sha256:
        _require_sound(posed, earlier, str(change))
    with live_steps(), progress.step(message("Solving")) as step:
        plan = solve_problem(
            posed,
            seed=seed,
            effort=effort,
            time_limit_seconds=time_limit,
            report=lambda stage, reached, bound: step.moved(
                STAGES.index(stage) + 1, len(STAGES), str(sentence_of_stage(stage, reached, bound))
            ),
            earlier=earlier,
        )
    require_valid(posed, plan)
    try:
        write(output, plan.to_json().encode("utf-8"))
    except OSError as error:
        raise UsageError(
            message("this file cannot be written: {detail}.", detail=_WHY.get(error.errno or 0, error.strerror)),
            where=str(output),
        ) from error
    show(plan.summary(), [message("{plan}: see {path}", plan=sentence_of_plan(plan), path=output)], as_json=as_json)
    if plan.conflict is not None:
        raise InfeasibleError(
            sentence_of(posed, plan.conflict),
            where=str(problem),
            remedy=message("Give up one of them and call again."),
        )


def _require_sound(problem: "Problem", earlier: "Plan", path: str) -> None:
    """Refuse a plan of this very problem, which would be kept as it is, when it breaks a rule. Raises DataError."""
    from tasks.schedule.referee import require_valid  # noqa: PLC0415 -- only here

    try:
        require_valid(problem, earlier)
    except DataError as error:
        where = message("{path}, {where}", path=path, where=error.where)
        raise DataError(error.what, where=where, remedy=message("Leave --change out to solve afresh.")) from error


@click.command(help=_("Let the referee check a plan file against its problem file."))
@click.argument("problem", type=existing_file)
@click.argument("plan", type=existing_file)
@json_option
def check(*, problem: Path, plan: Path, as_json: bool) -> None:
    """Check, without any solver."""
    from tasks.schedule.plan import Plan  # noqa: PLC0415 -- only here
    from tasks.schedule.problem import Problem  # noqa: PLC0415 -- only here
    from tasks.schedule.referee import violations  # noqa: PLC0415 -- only here

    stated = parsed(plan, Plan.from_json)
    found = violations(parsed(problem, Problem.from_json), stated)
    broken = [{"rule": v.rule, "where": v.where, "sentence": str(v.sentence)} for v in found]
    sentences = [message("{where}: {sentence}", where=v.where, sentence=v.sentence) for v in found]
    is_right = (
        message("The plan keeps every rule. It beats none of its bounds; only a solver could prove them.")
        if stated.conflict is None
        else message("The conflict is a true one: there is no plan.")
    )
    show({"valid": not found, "violations": broken}, sentences or [is_right], as_json=as_json)
    if found:
        raise DataError(
            plural("{count} rule is broken.", "{count} rules are broken.", count=len(found)),
            where=str(plan),
            remedy=message("Solve again, or correct the plan."),
        )


def parsed(path: Path, parse: Callable[[str], Parsed]) -> Parsed:
    """Read a file of the contract; what it refuses names the file. Raises DataError."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except DataError as error:
        place = message("{path}, {where}", path=path, where=error.where) if error.where else str(path)
        raise DataError(error.what, where=place, remedy=error.remedy) from error
    except UnicodeDecodeError as error:
        raise DataError(
            message("this is no UTF-8 text."),
            where=str(path),
            remedy=message("Give a JSON file as described in docs/interchange.md."),
        ) from error
