"""The jobs that make plan versions: the final schedule, the preliminary plan, the change on the day."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import (
    effort_option,
    filled,
    json_option,
    open_workspace,
    run_job,
    seed_option,
    time_limit_option,
    workspace_option,
)
from flows.terminal import show
from tasks.errors import UsageError
from tasks.messages import gettext as _
from tasks.messages import message

if TYPE_CHECKING:
    from tasks.settings import FinalScheduleSettings, Pair, PreliminaryPlanSettings


@click.command(help=_("Plan the event: a new plan version, to be approved. Sends nothing."))
@workspace_option
@json_option
@seed_option
@effort_option("normal")
@time_limit_option(least=5, default=300)
@click.option("--free-tables", type=click.IntRange(0, 100), default=0, help=_("Tables left free in every slot."))
@click.option(
    "--maximum", type=click.IntRange(1, 100), help=_("Most meetings per leader; by default as event.toml says.")
)
@click.option("--lock", multiple=True, metavar="L012-L034", help=_("A pair that must meet, until it is lifted."))
@click.option("--forbid", multiple=True, metavar="L012-L034", help=_("A pair that must not meet, until it is lifted."))
@click.option(
    "--change",
    default="",
    metavar="VERSION",
    help=_("What can stay of this version does; by default the one in force, where one is approved."),
)
@click.option(
    "--afresh", is_flag=True, help=_("Keep nothing of an earlier version: nearly everybody's agenda changes.")
)
@click.option(
    "--preliminary", is_flag=True, help=_("A plan to look at, as the night makes them; nobody can approve it.")
)
def schedule(  # noqa: PLR0913 -- one parameter for each option
    *,
    workspace: Path,
    as_json: bool,
    seed: int,
    effort: str,
    time_limit: int,
    free_tables: int,
    maximum: int | None,
    lock: tuple[str, ...],
    forbid: tuple[str, ...],
    change: str,
    afresh: bool,
    preliminary: bool,
) -> None:
    """Run the final schedule, or the preliminary plan."""
    from tasks.settings import FinalScheduleSettings, PreliminaryPlanSettings  # noqa: PLC0415 -- pydantic takes 0.1 s

    values = {
        "workspace": open_workspace(workspace).folder,
        "seed": seed,
        "effort": effort,
        "time_limit_seconds": time_limit,
        "free_tables": free_tables,
        "maximum": maximum,
    }
    if preliminary:
        if lock or forbid or change:
            raise UsageError(
                message("a preliminary plan rules about no pair and changes no version."),
                remedy=message("Leave out --lock, --forbid and --change."),
            )
        version_id = run_job(_preliminary_plan, filled(PreliminaryPlanSettings, values))
    else:
        ruled = {"lock": lock, "forbid": forbid, "by": getpass.getuser(), "change": change, "afresh": afresh}
        version_id = run_job(_final_schedule, filled(FinalScheduleSettings, values | ruled))
    if version_id is None:
        show({"version": None}, [message("No preliminary plan was made: the line above says why.")], as_json=as_json)
    else:
        _show_version(workspace, version_id, as_json=as_json)


def _final_schedule() -> "Callable[[FinalScheduleSettings], str | None]":
    from flows.final_schedule import final_schedule  # noqa: PLC0415 -- Prefect takes seconds to import

    return final_schedule


def _preliminary_plan() -> "Callable[[PreliminaryPlanSettings], str | None]":
    from flows.preliminary_plan import preliminary_plan  # noqa: PLC0415 -- Prefect takes seconds to import

    return preliminary_plan


@click.command("same-day", help=_("On the day: absences, cancellations, added meetings; as few moves as possible."))
@workspace_option
@json_option
@click.option("--absent", multiple=True, metavar="L012", help=_("A leader who did not come."))
@click.option("--cancel", multiple=True, metavar="L012-L034", help=_("A meeting called off."))
@click.option("--add", multiple=True, metavar="L012-L034", help=_("A meeting asked for at the desk."))
@click.option("--from", "from_time", default="00:00", metavar="HH:MM", help=_("Touch nothing before this time."))
def same_day(
    *,
    workspace: Path,
    as_json: bool,
    absent: tuple[str, ...],
    cancel: tuple[str, ...],
    add: tuple[str, ...],
    from_time: str,
) -> None:
    """Run the same-day change."""
    if not (absent or cancel or add):
        raise UsageError(
            message("nothing was said that changes."),
            remedy=message("Say who is absent, what is cancelled or what is added; see: rencontres same-day --help"),
        )
    from tasks.settings import SameDaySettings  # noqa: PLC0415 -- as above

    form = filled(
        SameDaySettings,
        {
            "workspace": open_workspace(workspace).folder,
            "absent": absent,
            "cancelled": tuple(_pair(text) for text in cancel),
            "added": tuple(_pair(text) for text in add),
            "from_time": from_time,
        },
    )

    def load() -> Callable[[SameDaySettings], str]:
        from flows.same_day_change import same_day_change  # noqa: PLC0415 -- Prefect takes seconds to import

        return same_day_change

    version_id = run_job(load, form)
    _show_version(workspace, version_id, as_json=as_json, added=form.added)


def _pair(text: str) -> tuple[str, str]:
    first, separator, second = text.partition("-")
    if not (separator and first and second):
        raise UsageError(
            message("{text} is no pair of leaders.", text=text),
            remedy=message("Write two numbers of leaders, for example: --cancel L012-L034"),
        )
    return first, second


def _show_version(workspace: Path, version_id: str, *, as_json: bool, added: "tuple[Pair, ...]" = ()) -> None:
    """Say what a version is like, what of it could not be done, and how to decide about it."""
    from tasks.publish.dossier.facts import read_dossier  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import
    from tasks.publish.dossier.page import FILES, sentences  # noqa: PLC0415 -- as above
    from tasks.schedule.naming import labels  # noqa: PLC0415 -- as above
    from tasks.schedule.summary import sentences_of_unplaced  # noqa: PLC0415 -- as above
    from tasks.schedule.versions import read_version  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.opened() as database:
        dossier = read_dossier(database, place.event, version_id)
        _problem, plan = read_version(database, version_id)
        named = labels(database, place.event.id)
    folder = place.version_folder(version_id)
    told = sentences_of_unplaced(plan, added, named)
    change = message(
        "To change it, keeping what can stay: rencontres schedule --change {version} --forbid L012-L034",
        version=version_id,
    )
    decide = message("To approve it: rencontres approve {version}", version=version_id)
    reject = message("To reject it: rencontres reject {version} --remark WHY", version=version_id)
    show(
        {"version": version_id, "folder": folder, "unplaced": [list(pair) for pair in plan.without(added)]},
        [
            message("Plan version {version}: see {page}", version=version_id, page=folder / FILES["fr"]),
            *sentences(dossier),
            *told,
            *([] if dossier.afternoon.version.kind == "preliminary" else [decide, reject, change]),
        ],
        as_json=as_json,
    )
