"""Plan versions: which there are, what changes between two, and a person's decision."""

import getpass
from pathlib import Path

import click

from flows.commands.options import json_option, open_workspace, workspace_option
from flows.terminal import show
from tasks import clock
from tasks.messages import gettext as _
from tasks.messages import message, plural


@click.command(help=_("List the plan versions with their value and bounds."))
@workspace_option
@json_option
def plans(*, workspace: Path, as_json: bool) -> None:
    """List versions, newest first."""
    from tasks.schedule.versions import list_versions  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import

    place = open_workspace(workspace)
    with place.opened() as database:
        found = list_versions(database, place.event.id)
    sentences = [version.sentence for version in found] or [message("No plan yet. Make one with: rencontres schedule")]
    show({"versions": [version.row for version in found]}, sentences, as_json=as_json)


@click.command(help=_("What changes from one plan version to another, and for whom."))
@click.argument("before")
@click.argument("after")
@workspace_option
@json_option
def diff(*, before: str, after: str, workspace: Path, as_json: bool) -> None:
    """Compare two versions."""
    from tasks.schedule.versions import differences  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.opened() as database:
        changes = differences(database, before, after)
    summary = plural("{count} meeting changes.", "{count} meetings change.", count=len(changes))
    show({"changes": [change.row for change in changes]}, [*(c.sentence for c in changes), summary], as_json=as_json)


@click.command(help=_("Approve a plan version: your decision, needed before anything is sent."))
@click.argument("version")
@click.option("--by", default=getpass.getuser, help=_("Who decides; by default the name of your session."))
@workspace_option
@json_option
def approve(*, version: str, by: str, workspace: Path, as_json: bool) -> None:
    """Record the decision."""
    from tasks.schedule.versions import approve as decide  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.writing() as database:
        decide(database, version, by, clock.now())
    sentences = [
        message("{version} is approved.", version=version),
        message("To see what would be sent: rencontres send · to send: rencontres send --really"),
    ]
    show({"approved": version, "by": by}, sentences, as_json=as_json)
