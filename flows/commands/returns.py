"""What comes back: reports of mails that did not arrive, wishes for no more mails, and who must be called."""

from pathlib import Path

import click

from flows.commands.options import json_option, open_workspace, workspace_option
from flows.terminal import show
from tasks import clock
from tasks.errors import UsageError
from tasks.messages import gettext as _
from tasks.messages import message, plural


@click.command(help=_("Read the mails that came back, and list whom to call."))
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--called", multiple=True, metavar="L012", help=_("You have called; the address is right, mail it again.")
)
@workspace_option
@json_option
def bounces(*, path: Path | None, called: tuple[str, ...], workspace: Path, as_json: bool) -> None:
    """Read a maildir or an mbox; without one, only show the list."""
    from tasks.publish.outbox import calls  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import
    from tasks.publish.outbox.returns.mailboxes import mails  # noqa: PLC0415 -- as above
    from tasks.publish.outbox.returns.taking import take_in  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    event = place.event
    box = path or (place.folder / event.mail.bounces if event.mail.bounces else None)
    with place.writing() as database:
        for leader_id in called:
            calls.called(database, event.id, leader_id)
        returned = take_in(database, event.id, mails(box) if box else (), clock.now())
    counts = [
        plural("{count} mail did not arrive", "{count} mails did not arrive", count=returned.failed_count),
        plural("{count} mail is late", "{count} mails are late", count=returned.delayed_count),
        plural(
            "{count} person wants no more reminders",
            "{count} persons want no more reminders",
            count=returned.unsubscribed_count,
        ),
        plural("{count} report read before", "{count} reports read before", count=returned.known_count),
        plural("{count} report of another mail", "{count} reports of other mails", count=returned.unmatched_count),
        plural(
            "{count} report that cannot be understood",
            "{count} reports that cannot be understood",
            count=returned.unreadable_count,
        ),
    ]
    read = [sentence for sentence in counts if sentence.values["count"]] if box else []
    to_call = [call.sentence for call in returned.calls]
    none = [] if to_call else [message("Nobody needs to be called.")]
    show(returned.row, [*read, *none, *to_call], as_json=as_json)


@click.command(help=_("Send no more reminders and surveys to an address, in this and every later edition."))
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS…")
@workspace_option
@json_option
def suppress(*, addresses: tuple[str, ...], workspace: Path, as_json: bool) -> None:
    """Put addresses on the suppression list; all of them, or none where one is no address."""
    from tasks.publish.outbox import suppression  # noqa: PLC0415 -- as above
    from tasks.publish.outbox.mail import sendable_address  # noqa: PLC0415 -- as above

    for address in addresses:
        if sendable_address(address) is None:
            raise UsageError(
                message("{text} is no address of a mailbox.", text=address),
                remedy=message("An address looks like name@company.example; nothing was changed."),
            )
    with open_workspace(workspace).writing() as database:
        known = suppression.salted(database)
        for address in addresses:
            suppression.suppress(database, known.sha256(address), "person", clock.now())
    sentences = [
        plural(
            "{count} address gets no more reminders and surveys.",
            "{count} addresses get no more reminders and surveys.",
            count=len(addresses),
        ),
        message("What belongs to a registration, such as the agenda, still goes there."),
    ]
    show({"suppressed": len(addresses)}, sentences, as_json=as_json)
