"""The outbox: where every message stands, and what a person decides about one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import json_option, open_workspace, workspace_option
from flows.terminal import show
from tasks import clock
from tasks.errors import UsageError
from tasks.messages import Message, message, plural, user_language
from tasks.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.publish.outbox.ledger import Entry
    from tasks.publish.outbox.states import State


@click.group(invoke_without_command=True, help=_("Show where every mail stands, and settle those that got stuck."))
@workspace_option
@json_option
@click.pass_context
def outbox(context: click.Context, *, workspace: Path, as_json: bool) -> None:
    """Gather what concerns the outbox; alone, it shows it."""
    if context.invoked_subcommand is None:
        context.invoke(show_outbox, workspace=workspace, as_json=as_json)


@outbox.command("show", help=_("Show where every mail stands: the same as the command alone."))
@workspace_option
@json_option
def show_outbox(*, workspace: Path, as_json: bool) -> None:
    """Show counts, what waits longest, the last error, and who did not get their mail."""
    from tasks.publish.outbox.ledger import close_left_over  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import
    from tasks.publish.outbox.overview import overview  # noqa: PLC0415 -- as above
    from tasks.publish.outbox.page import write_outbox_page  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.opened() as database:
        close_left_over(database, place.event.id, clock.now())
        found = overview(database, place.event)
    page = write_outbox_page(place, found)
    sentences = [*found.sentences, message("As a page: {path}", path=page)]
    show({**found.row, "page": page}, sentences, as_json=as_json)


@outbox.command(help=_("Let a mail that failed or is of unknown fate go once more: your decision. Sends nothing."))
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--failed", "states", flag_value="failed", multiple=True, help=_("All that a server refused."))
@click.option(
    "--unknown", "states", flag_value="unknown", multiple=True, help=_("All of unknown fate; they may arrive twice.")
)
@click.option("--yes", is_flag=True, help=_("Do not ask first."))
@workspace_option
@json_option
def resend(*, ids: tuple[str, ...], states: "tuple[State, ...]", yes: bool, workspace: Path, as_json: bool) -> None:
    """Put messages back among those that wait: those named, or all in a state once a person has confirmed it."""
    from tasks.publish.outbox.decisions import resend as let_go  # noqa: PLC0415 -- as above
    from tasks.publish.outbox.decisions import stuck  # noqa: PLC0415 -- as above

    if not ids and not states:
        raise UsageError(
            message("no mail is named."), remedy=message("Name some by their id, or all with --failed or --unknown.")
        )
    place = open_workspace(workspace)
    if states:
        with place.opened() as database:
            found = stuck(database, place.event.id, states, clock.now())
        ids += tuple(str(entry.message_id) for entry in found)
        if found and not yes:
            click.confirm(_question(found).translated(user_language()), abort=True, err=True)
    with place.writing() as database:
        waiting = let_go(database, place.event.id, ids, clock.now())
    sentences = [
        plural("{count} mail waits to go once more.", "{count} mails wait to go once more.", count=len(waiting)),
        *_calls(entry.kind for entry in waiting),
    ]
    show({"waiting": [entry.message_id for entry in waiting]}, sentences, as_json=as_json)


def _calls(kinds: "Iterable[str]") -> list[Message]:
    """Return how to send what waits now: each kind goes when it is asked for."""
    from tasks.publish.outbox.kinds import call_to_send  # noqa: PLC0415 -- as above

    return [message("To send: {call}", call=call) for call in sorted({call_to_send(kind) for kind in kinds})]


def _question(found: "list[Entry]") -> Message:
    """Say what a person is about to let go once more, and what may come of it."""
    ask = plural("Send {count} mail once more?", "Send {count} mails once more?", count=len(found))
    unknown_count = sum(entry.state == "unknown" for entry in found)
    if not unknown_count:
        return ask
    danger = plural(
        "The fate of {count} mail is unknown: it may arrive twice.",
        "The fate of {count} mails is unknown: they may arrive twice.",
        count=unknown_count,
    )
    return message("{one} {other}", one=danger, other=ask)


@outbox.command(help=_("Let all drafts of a kind be sent: your decision. Sends nothing."))
@click.option("--kind", required=True, help=_("The kind of mail, as rencontres outbox shows it."))
@workspace_option
@json_option
def approve(*, kind: str, workspace: Path, as_json: bool) -> None:
    """Put drafts among those that wait."""
    from tasks.publish.outbox.decisions import approve_drafts  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    with place.writing() as database:
        count = approve_drafts(database, place.event.id, kind, clock.now())
    sentences = [
        plural("{count} draft may go now.", "{count} drafts may go now.", count=count),
        *_calls([kind]),
    ]
    show({"approved": count}, sentences, as_json=as_json)
