"""What several commands share: where the event is, how to answer, how to run a job."""

import gc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from flows.engine import prepare
from flows.own_server import own_server
from flows.terminal import live_steps
from tasks.messages import gettext as _
from tasks.uncollected import uncollected

if TYPE_CHECKING:
    from tasks.settings import JobSettings
    from tasks.workspace import Workspace

HOME_VARIABLE: Final = "RENCONTRES_HOME"

Result = TypeVar("Result")
Form = TypeVar("Form", bound="JobSettings")
Command = TypeVar("Command", bound=Callable[..., object])

workspace_option = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    envvar=HOME_VARIABLE,
    default=Path(),
    help=_("The event's folder; by default RENCONTRES_HOME, else the current folder."),
)
json_option = click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON, for machines."))
seed_option = click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help=_("Same seed, same plan.")
)


def effort_option(default: str) -> Callable[[Command], Command]:
    """Return the option that says how hard a plan is looked for."""
    return click.option(
        "--effort",
        type=click.Choice(["quick", "normal", "thorough"]),
        default=default,
        show_default=True,
        help=_("How long to look for fewer gaps between meetings."),
    )


def time_limit_option(*, least: int, default: int) -> Callable[[Command], Command]:
    """Return the option that bounds a search, in seconds."""
    return click.option(
        "--time-limit",
        type=click.IntRange(least, 3600),
        default=default,
        show_default=True,
        help=_("Ceiling, in seconds."),
    )


def open_workspace(folder: Path) -> "Workspace":
    """Return the workspace at ``folder``, its ``event.toml`` already read. Raises ConfigurationError."""
    from tasks.workspace import Workspace  # noqa: PLC0415 -- DuckDB and Polars take 0.3 s, which --help need not pay

    workspace = Workspace(folder.resolve())
    workspace.event  # noqa: B018 -- a wrong file is said before anything long begins
    return workspace


def filled(form: type[Form], values: Mapping[str, object]) -> Form:
    """Fill in the form of a job. Raises UsageError, which names the field, for a value that it refuses."""
    from pydantic import ValidationError  # noqa: PLC0415 -- 0.1 s, only where a job is run

    from tasks.faults import usage_error  # noqa: PLC0415 -- as above

    try:
        return form.model_validate(values)
    except ValidationError as error:
        raise usage_error(error) from error


def run_job(load: Callable[[], Callable[[Form], Result]], form: Form) -> Result:
    """Run the flow that ``load`` imports, with its progress on the terminal.

    It is imported after Prefect was made ready, and while its server starts. What is imported stays: to look for cycles
    in it, then and whenever something else is made, would take more than a second.
    """
    with live_steps() as steps:
        steps.announced(prepare())
        with own_server() as wait_until_up:
            with uncollected():
                job = load()
                gc.freeze()
            wait_until_up()
            return job(form)
