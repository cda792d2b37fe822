"""The jobs around the plan that are Prefect flows: ingest, digest, send, report."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import filled, json_option, open_workspace, run_job, workspace_option
from flows.terminal import show
from tasks.messages import Message, message, plural
from tasks.messages import gettext as _

if TYPE_CHECKING:
    from tasks.publish.digest.delivery import NightlyDigest
    from tasks.publish.outbox.ledger import OutboxSummary


@click.command(help=_("Take in the inbox now: what the nightly ingestion does."))
@workspace_option
@json_option
def ingest(*, workspace: Path, as_json: bool) -> None:
    """Run the nightly ingestion."""
    from tasks.settings import NightlyIngestionSettings  # noqa: PLC0415 -- pydantic takes 0.1 s to import

    place = open_workspace(workspace)
    form = filled(NightlyIngestionSettings, {"workspace": place.folder})

    def load() -> Callable[[NightlyIngestionSettings], None]:
        from flows.nightly_ingestion import nightly_ingestion  # noqa: PLC0415 -- Prefect takes seconds to import

        if place.is_fed:
            # What is new will be judged: Great Expectations takes three seconds to import, here beside the server.
            import tasks.validate.engine  # noqa: F401, PLC0415 -- as above

        return nightly_ingestion

    run_job(load, form)
    show({"done": "ingest"}, [message("The inbox is taken in. See: rencontres status")], as_json=as_json)


@click.command(help=_("Prepare the mails of the approved plan, or of another kind, and send them only with --really."))
@workspace_option
@json_option
@click.option(
    "--kind",
    type=click.Choice(["invitation", "reminder", "agenda", "day-before", "thanks", "follow-up-3", "follow-up-12"]),
    default="agenda",
    show_default=True,
    help=_("Which mail; each goes once to whom it concerns."),
)
@click.option("--now-anyway", is_flag=True, help=_("Also on a day that is not this mail's."))
@click.option("--really", is_flag=True, help=_("Really send; without it nothing leaves."))
def send(*, workspace: Path, as_json: bool, kind: str, now_anyway: bool, really: bool) -> None:
    """Run the outbox."""
    from tasks import clock  # noqa: PLC0415 -- as above
    from tasks.publish.outbox.kinds import BY_CODE, require_due  # noqa: PLC0415 -- as above
    from tasks.settings import SendSettings  # noqa: PLC0415 -- as above

    place = open_workspace(workspace)
    if kind in BY_CODE and not now_anyway:  # said before Prefect starts, which takes half a minute
        require_due(BY_CODE[kind], place.event, clock.now().astimezone(place.event.zone).date())
    form = filled(
        SendSettings,
        {"workspace": place.folder, "kind": kind, "now_anyway": now_anyway, "really": really},
    )

    def load() -> "Callable[[SendSettings], OutboxSummary]":
        from flows.send_outbox import send_outbox  # noqa: PLC0415 -- Prefect takes seconds to import

        return send_outbox

    summary = run_job(load, form)
    show(asdict(summary), _told(summary, kind), as_json=as_json)


@click.command(help=_("Show where the digest of the night stands, and send it to the organiser only with --really."))
@workspace_option
@json_option
@click.option("--really", is_flag=True, help=_("Really send; without it nothing leaves."))
def digest(*, workspace: Path, as_json: bool, really: bool) -> None:
    """Run the morning digest."""
    from tasks.settings import MorningDigestSettings  # noqa: PLC0415 -- as above

    form = filled(MorningDigestSettings, {"workspace": open_workspace(workspace).folder, "really": really})

    def load() -> "Callable[[MorningDigestSettings], NightlyDigest]":
        from flows.morning_digest import morning_digest  # noqa: PLC0415 -- Prefect takes seconds to import

        return morning_digest

    found = run_job(load, form)
    sentences = [found.sentence]
    if found.is_dry_run:
        sentences.append(message("Nothing was sent now. To send: rencontres digest --really"))
    show(asdict(found), sentences, as_json=as_json)


@click.command(help=_("What the event brought: the post-event report."))
@workspace_option
@json_option
def report(*, workspace: Path, as_json: bool) -> None:
    """Run the post-event report."""
    from tasks.settings import ReportSettings  # noqa: PLC0415 -- as above

    form = filled(ReportSettings, {"workspace": open_workspace(workspace).folder})

    def load() -> Callable[[ReportSettings], list[Path]]:
        from flows.event_report import event_report  # noqa: PLC0415 -- Prefect takes seconds to import

        return event_report

    files = run_job(load, form)
    show({"files": files}, [message("Report: {path}", path=path) for path in files], as_json=as_json)


def _told(summary: "OutboxSummary", kind: str) -> list[Message]:
    """Return what became of the messages of this run, and what a person must see to."""
    from tasks.publish.outbox.kinds import call_to_send  # noqa: PLC0415 -- as above

    unsettled = sum(summary.attempted.get(state, 0) for state in ("failed", "unknown"))
    waiting = [plural("{count} mail waits.", "{count} mails wait.", count=summary.waiting_count)]
    if summary.other_count:
        waiting.append(
            plural(
                "{count} mail of another kind waits too: rencontres outbox",
                "{count} mails of other kinds wait too: rencontres outbox",
                count=summary.other_count,
            )
        )
    if summary.retry_at:
        at = f"{summary.retry_at:%Y-%m-%d %H:%M}"
        waiting.append(message("The mail server asked for patience: send again from {at} on.", at=at))
    if summary.is_dry_run:
        draft_count = summary.draft_counts.get(kind, 0)
        drafts = plural(
            "{count} draft to read in {folder}.",
            "{count} drafts to read in {folder}.",
            count=draft_count,
            folder=f"out/letters/{kind}",
        )
        ready = [drafts] if draft_count else []
        return [*ready, *waiting, message("Nothing was sent now. To send: {call}", call=call_to_send(kind))]
    sentences = [
        plural("{count} mail sent.", "{count} mails sent.", count=summary.attempted.get("sent", 0)),
        *waiting,
        plural(
            "{count} mail whose fate a person must settle",
            "{count} mails whose fate a person must settle",
            count=unsettled,
        ),
    ]
    if unsettled:
        sentences.append(message("To see which: rencontres outbox"))
    if summary.without_address:
        leaders = ", ".join(summary.without_address)
        sentences.append(message("No address is known for {leaders}: print their agenda.", leaders=leaders))
    return sentences
