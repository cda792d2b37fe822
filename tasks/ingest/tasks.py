"""The tasks of ingestion: thin coats over the functions of this room."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from tasks import clock, progress
from tasks.ingest import core, intake, linking, summary
from tasks.ingest.core import CoreReport
from tasks.ingest.intake import FileReport
from tasks.messages import message, plural, user_language
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.workspace import Workspace


def take_in_name() -> str:
    """Name a run after a hash of the file's name: people put names of people into names of files."""
    name = Path(task_run.parameters["path"]).name
    return f"take-in-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


@task(name="find-exports", cache_policy=NO_CACHE)
def find_exports(folder: Path) -> list[Path]:
    """Return the files of the inbox, the oldest first. Raises DataError where the inbox is missing or empty."""
    return intake.find_files(Workspace(folder).inbox)


@task(
    name="take-in",
    task_run_name=take_in_name,
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def take_in(folder: Path, path: Path) -> FileReport:
    """Take one export into ``raw``; a file that cannot be read or recognised is set aside and does not raise."""
    workspace = Workspace(folder)
    with progress.step(message("Reading {file}", file=path.name)) as step, workspace.opened() as database:
        report = intake.take_in_file(database, workspace.event, path, clock.now())
        step.result = report.sentence
    return report


@task(
    name="rebuild-core",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def rebuild_core(folder: Path) -> CoreReport:
    """Derive leaders, companies, requests and the rest from the raw rows that count, in one transaction."""
    workspace = Workspace(folder)
    with progress.step(message("Merging registrations and wishes")) as step, workspace.writing() as database:
        intake.settle_current(database, workspace.inbox)
        report = core.rebuild(database, workspace.event)
        step.result = summary.sentence_of(report)
    return report


@task(
    name="link-editions",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def link_editions(folder: Path) -> int:
    """Recognise the leaders of earlier editions and return the number of links."""
    workspace = Workspace(folder)
    with progress.step(message("Recognising who came before")) as step, workspace.writing() as database:
        count = linking.link(database)
        step.result = plural("{count} link", "{count} links", count=count)
    return count


@task(name="show-ingestion", cache_policy=NO_CACHE)
def show_ingestion(folder: Path, reports: Sequence[FileReport], core_report: CoreReport) -> None:
    """Leave a table of the files as an artifact."""
    language = user_language()
    create_table_artifact(
        summary.table_of(reports, language),
        key="ingestion",
        description=f"{Workspace(folder).event.title}: {summary.sentence_of(core_report).translated(language)}",
    )


@task(name="require-all-read", cache_policy=NO_CACHE)
def require_all_read(reports: Sequence[FileReport]) -> None:
    """Raise DataError if a file was set aside, naming it; everything else was taken in."""
    summary.require_all_read(reports)
