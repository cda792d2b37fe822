"""Plan versions: which there are, what changes between two, a person's decision, and rulings about pairs."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import json_option, open_workspace, workspace_option
from flows.terminal import show
from tasks import clock
from tasks.messages import gettext as _
from tasks.messages import message, plural

if TYPE_CHECKING:
    from tasks.workspace import Workspace

by_option = click.option("--by", default=getpass.getuser, help=_("Who decides; by default the name of your session."))
remark_option = click.option("--remark", default="", help=_("Why; it is recorded."))


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
    """Compare two versions; leaders are named as the organiser knows them."""
    from tasks.schedule.naming import labels  # noqa: PLC0415 -- as above
    from tasks.schedule.versions import differences  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.opened() as database:
        changes = differences(database, before, after)
        named = labels(database, place.event.id)
    sentences = [change.sentence_about(named[change.leader_a], named[change.leader_b]) for change in changes]
    summary = plural("{count} meeting changes.", "{count} meetings change.", count=len(changes))
    show({"changes": [change.row for change in changes]}, [*sentences, summary], as_json=as_json)


@click.command(help=_("Approve a plan version: your decision, needed before anything is sent."))
@click.argument("version")
@by_option
@remark_option
@click.option(
    "--anyway",
    is_flag=True,
    help=_("Approve although a newer version exists, the registrations have changed or it was rejected."),
)
@workspace_option
@json_option
def approve(*, version: str, by: str, remark: str, anyway: bool, workspace: Path, as_json: bool) -> None:
    """Record the approval."""
    from tasks.schedule.decisions import approve as decide  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.writing() as database:
        decided = decide(database, place.event, version, by, clock.now(), remark=remark, anyway=anyway)
    _show_again(place, version)
    sentences = [
        message("{version}: {decision}.", version=version, decision=decided.sentence),
        message("To see what would be sent: rencontres send · to send: rencontres send --really"),
    ]
    show({"approved": version, "by": decided.decided_by}, sentences, as_json=as_json)


@click.command(help=_("Reject a plan version: it is kept, and nothing of it can be sent."))
@click.argument("version")
@by_option
@remark_option
@workspace_option
@json_option
def reject(*, version: str, by: str, remark: str, workspace: Path, as_json: bool) -> None:
    """Record the rejection."""
    from tasks.schedule.decisions import reject as decide  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.writing() as database:
        decided = decide(database, version, by, clock.now(), remark)
    _show_again(place, version)
    sentences = [
        message("{version}: {decision}.", version=version, decision=decided.sentence),
        message("To plan again: rencontres schedule"),
    ]
    show({"rejected": version, "by": decided.decided_by}, sentences, as_json=as_json)


@click.command(help=_("List the pairs that must meet or must not, or lift such a ruling."))
@click.option("--lift", multiple=True, metavar="L012-L034", help=_("A pair about which nothing shall be ruled."))
@workspace_option
@json_option
def rulings(*, lift: tuple[str, ...], workspace: Path, as_json: bool) -> None:
    """List what was ruled, after lifting what shall be lifted."""
    from tasks.schedule import rulings as ruled  # noqa: PLC0415 -- as above
    from tasks.schedule.naming import labels  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.writing() as database:
        ruled.lift(database, place.event.id, ruled.pairs_in(lift))
        found = ruled.rulings_of(database, place.event.id)
        named = labels(database, place.event.id)
    sentences = [one.sentence(named[one.leader_a], named[one.leader_b]) for one in found]
    show(
        {"rulings": [one.row for one in found]},
        sentences or [message("Nothing is ruled about any pair.")],
        as_json=as_json,
    )


def _show_again(place: "Workspace", version: str) -> None:
    """Write the pages anew that say whether a version is approved."""
    from tasks.publish.dossier.facts import read_dossier  # noqa: PLC0415 -- as above
    from tasks.publish.dossier.page import write_pages  # noqa: PLC0415 -- as above
    from tasks.publish.start import write_start_page  # noqa: PLC0415 -- as above

    with place.opened() as database:
        write_pages(place, read_dossier(database, place.event, version))
        write_start_page(place, database)
