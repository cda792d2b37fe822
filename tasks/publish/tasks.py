"""The publishing step as Prefect tasks: documents, outbox, sending."""

from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE

from tasks import clock, progress
from tasks.messages import Message, message, plural, user_language
from tasks.publish import start
from tasks.publish.digest import mail as digest_mail
from tasks.publish.digest.delivery import NightlyDigest, send_digest
from tasks.publish.documents.publishing import Moved, publish
from tasks.publish.dossier import page as dossier_page
from tasks.publish.dossier.facts import read_dossier
from tasks.publish.outbox import delivery, ledger
from tasks.publish.outbox.ledger import OutboxSummary
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.settings import mail_settings
from tasks.workspace import Workspace


@task(
    task_run_name="render documents of {version_id}",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def render_documents(folder: Path, version_id: str) -> int:
    """Bring agendas and plan page of a version up to date; return how many leaders have their documents."""
    with progress.step(message("Rendering the agendas")) as step:
        published = publish(Workspace(folder), version_id, _shown(step, "agendas"))
        count = len(published.agendas)
        step.result = plural(
            "{count} agenda, {rendered} of them new", "{count} agendas, {rendered} of them new",
            count=count, rendered=published.rendered_count,
        )  # fmt: skip
    plan = published.folder / "plan.html"
    create_link_artifact(link=plan.resolve().as_uri(), link_text=f"Plan {version_id}", key=f"plan-{version_id}")
    return count


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def write_summary(folder: Path, version_id: str) -> Path:
    """Write the page that a decision needs, and the same without a name for Prefect; return the page."""
    workspace = Workspace(folder)
    with progress.step(message("Writing the summary")) as step:
        with workspace.opened() as database:
            dossier = read_dossier(database, workspace.event, version_id)
        place = dossier_page.write_pages(workspace, dossier)
        step.result = dossier_page.changes_in_words(dossier)
    text = dossier_page.markdown(dossier, str(place), user_language())
    create_markdown_artifact(text, key="summary", description=version_id)
    return place


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def describe_version(folder: Path, version_id: str) -> str:
    """Return the summary of a version as Markdown without a name, as a question about it needs."""
    workspace = Workspace(folder)
    with workspace.opened() as database:
        dossier = read_dossier(database, workspace.event, version_id)
    place = workspace.version_folder(version_id) / dossier_page.FILES["fr"]
    return dossier_page.markdown(dossier, str(place), user_language())


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def fill_outbox(folder: Path) -> OutboxSummary:
    """Write the messages that the newest approved plan version calls for; nothing is sent."""
    with progress.step(message("Filling the outbox")) as step:
        summary = ledger.fill_outbox(Workspace(folder), clock.now(), step.moved)
        step.result = plural(
            "{count} message written, {waiting} waiting", "{count} messages written, {waiting} waiting",
            count=summary.written_count, waiting=summary.waiting_count,
        )  # fmt: skip
    _show(summary)
    return summary


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def deliver(folder: Path, really: bool) -> OutboxSummary:  # noqa: FBT001 -- the one switch that sends, named as in the form
    """Send what waits, or say what would be sent. A retry cannot send anything twice: states are kept on disk."""
    with progress.step(message("Sending the messages") if really else message("Looking at what would be sent")) as step:
        moved = _shown(step, "mails") if really else step.moved
        summary = delivery.deliver(Workspace(folder), mail_settings(), clock.now, really=really, moved=moved)
        step.result = _told(summary)
    _show(summary)
    return summary


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def write_digest(folder: Path) -> Path:
    """Write the digest of this night as pages and as a mail that waits; return the page. Nothing is sent."""
    workspace = Workspace(folder)
    with progress.step(message("Writing the digest of the night")) as step:
        with workspace.writing() as database:
            written = digest_mail.write_digest(workspace, database, clock.now())
        create_markdown_artifact(digest_mail.markdown(written.digest, user_language()), key="digest")
        step.result = message("{headline}", headline=digest_mail.headline(written.digest, user_language()))
    return written.page


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def deliver_digest(folder: Path, really: bool, if_mailed: bool) -> NightlyDigest:  # noqa: FBT001 -- named as in the form
    """Send the newest digest once, or say where it stands. A retry cannot send it twice: its state is kept on disk."""
    workspace = Workspace(folder)
    is_meant = really or (if_mailed and workspace.event.digest.is_mailed)
    with progress.step(message("Sending the digest") if is_meant else message("Looking at the digest")) as step:
        digest = send_digest(workspace, mail_settings(), clock.now, really=is_meant)
        step.result = digest.sentence
    return digest


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def write_start_page(folder: Path) -> Path:
    """Write the page that leads to everything that was made; return it."""
    workspace = Workspace(folder)
    with progress.step(message("Writing the start page")), workspace.opened() as database:
        return start.write_start_page(workspace, database)


def _told(summary: OutboxSummary) -> Message:
    if summary.is_dry_run:
        return plural("{count} message would be sent", "{count} messages would be sent", count=summary.waiting_count)
    return plural("{count} message sent", "{count} messages sent", count=summary.attempted.get("sent", 0))


def _shown(step: progress.Step, what: str) -> Moved:
    """Return a listener that moves the line at the terminal and a bar in the Prefect UI alike."""
    bar = cast("UUID", create_progress_artifact(progress=0, key=f"progress-{what}", description=str(step.title)))

    def moved(done: int, total: int) -> None:
        step.moved(done, total)
        update_progress_artifact(bar, progress=100 * done / total if total else 100)

    return moved


def _show(summary: OutboxSummary) -> None:
    """Put the counts before whoever looks at the run; leaders without an address are named by id only."""
    rows = [{"state": state, "messages": count} for state, count in summary.counts.items()]
    without = ", ".join(summary.without_address) or "none"
    create_table_artifact(table=rows, key="outbox", description=f"Leaders without an address of their own: {without}")
