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
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE

from tasks import clock, progress
from tasks.mail_settings import MailSettings, mail_settings, with_block
from tasks.messages import Message, message, plural, user_language
from tasks.publish import start
from tasks.publish.digest import mail as digest_mail
from tasks.publish.digest.delivery import NightlyDigest, send_digest
from tasks.publish.documents.publishing import Moved, publish
from tasks.publish.dossier import page as dossier_page
from tasks.publish.dossier.facts import read_dossier
from tasks.publish.outbox import delivery, once, owing
from tasks.publish.outbox.kinds import AGENDA, BY_CODE, NAMES
from tasks.publish.outbox.ledger import OutboxSummary, summarise
from tasks.publish.outbox.once import MEANT_TO_BE_READ, Meant
from tasks.publish.outbox.overview import described, overview
from tasks.publish.outbox.page import write_outbox_page
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.settings import MailKind
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
        place = workspace.designed(lambda design: dossier_page.write_pages(workspace, dossier, design))
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
def fill_outbox(folder: Path, kind: MailKind = AGENDA, meant: Meant = MEANT_TO_BE_READ) -> OutboxSummary:
    """Write the messages of a kind to whoever is owed one; nothing is sent."""
    with progress.step(message("Filling the outbox")) as step:
        summary = _filled(Workspace(folder), kind, meant, step.moved)
        step.result = plural(
            "{count} message written, {waiting} waiting", "{count} messages written, {waiting} waiting",
            count=summary.written_count, waiting=summary.waiting_count,
        )  # fmt: skip
    return summary


def _filled(workspace: Workspace, kind: MailKind, meant: Meant, moved: Moved) -> OutboxSummary:
    if kind == AGENDA:
        return owing.fill_outbox(workspace, clock.now(), moved)
    return once.fill_kind(workspace, BY_CODE[kind], clock.now(), meant, moved)


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def deliver(folder: Path, really: bool, kind: MailKind = AGENDA) -> OutboxSummary:  # noqa: FBT001 -- the one switch that sends, named as in the form
    """Send what waits of a kind, or say what would be sent. A retry sends nothing twice: states are kept on disk."""
    with progress.step(message("Sending the messages") if really else message("Looking at what would be sent")) as step:
        moved = _shown(step, "mails") if really else step.moved
        settings = with_credentials(mail_settings()) if really else mail_settings()
        summary = delivery.deliver(Workspace(folder), settings, clock.now, really=really, kind=kind, moved=moved)
        step.result = _told(summary)
    return summary


def with_credentials(settings: MailSettings) -> MailSettings:
    """Return the settings with user and password from the Prefect block that they name, if they name one.

    Raises ConfigurationError where there is no such block, or it holds anything else.
    """
    if not settings.block:
        return settings
    try:
        # Without _sync, Prefect gives a coroutine wherever it sees an event loop run; the types do not know the switch.
        block = cast("Secret[str]", Secret.load(settings.block, _sync=True))  # type: ignore[call-arg]
        held = block.value.get_secret_value()
    except ValueError:  # what Prefect raises for a block that it does not have
        held = None
    return with_block(settings, held)


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def show_outbox(folder: Path) -> Path:
    """Write the page of the outbox, and put the counts before whoever looks at the run: there, leaders are ids only."""
    workspace = Workspace(folder)
    with progress.step(message("Writing the page of the outbox")), workspace.opened() as database:
        found = overview(database, workspace.event)
        without_address = summarise(database, workspace.event.id, NAMES).without_address
    rows = [{"kind": each.kind, "state": each.state, "messages": each.count} for each in found.counts]
    create_table_artifact(table=rows, key="outbox", description=described(found, without_address))
    return workspace.designed(lambda design: write_outbox_page(workspace, found, design))


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
        digest = send_digest(
            workspace,
            with_credentials(mail_settings()) if is_meant else mail_settings(),
            clock.now,
            really=is_meant,
        )
        step.result = digest.sentence
    return digest


@task(retries=2, retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=is_retryable, cache_policy=NO_CACHE)
def write_start_page(folder: Path) -> Path:
    """Write the page that leads to everything that was made; return it."""
    workspace = Workspace(folder)
    with progress.step(message("Writing the start page")), workspace.opened() as database:
        return workspace.designed(lambda design: start.write_start_page(workspace, database, design))


def _told(summary: OutboxSummary) -> Message:
    if summary.is_dry_run:
        return plural("{count} message would be sent", "{count} messages would be sent", count=summary.waiting_count)
    return plural("{count} message sent", "{count} messages sent", count=summary.attempted.get("sent", 0))


def _shown(step: progress.Step, what: str) -> Moved:
    """Return a listener that moves the line at the terminal and a bar in the Prefect UI alike."""
    bar = cast("UUID", create_progress_artifact(progress=0, key=f"progress-{what}", description=str(step.title)))
    shown = 0

    def moved(done: int, total: int) -> None:
        nonlocal shown
        step.moved(done, total)
        percent = 100 * done // total if total else 100
        if percent > shown:  # a call to Prefect's server takes as long as several mails
            shown = percent
            update_progress_artifact(bar, progress=percent)

    return moved
