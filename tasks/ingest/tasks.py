"""The tasks of ingestion: thin coats over the functions of this room."""

import gc
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from tasks import clock, progress
from tasks.ingest import core, summary
from tasks.ingest.core import CoreReport
from tasks.ingest.inbox import intake, settling
from tasks.ingest.inbox.finding import Found, find_files
from tasks.ingest.inbox.reports import FileReport
from tasks.ingest.people import linking
from tasks.messages import message, plural, user_language
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.uncollected import uncollected
from tasks.workspace import Workspace

# After so many, Python's lists of freed objects keep 70 MiB that the gates need: collecting empties them.
_MANY_LEADERS: Final = 50_000


def take_in_name() -> str:
    """Name a run after a hash of the file's name: people put names of people into names of files."""
    found: Found = task_run.parameters["found"]
    return f"take-in-{hashlib.sha256(found.name.encode()).hexdigest()[:8]}"


@task(name="find-exports", cache_policy=NO_CACHE)
def find_exports(folder: Path) -> list[Found]:
    """Return what lies in the inbox, the oldest first. Raises DataError where the inbox is missing or empty."""
    return find_files(Workspace(folder).inbox)


@task(
    name="take-in",
    task_run_name=take_in_name,
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def take_in(folder: Path, found: Found) -> list[FileReport]:
    """Take one file, or each file of an archive, into ``raw``; what cannot be used is set aside and does not raise."""
    workspace = Workspace(folder)
    with (
        progress.step(message("Reading {file}", file=found.name)) as step,
        workspace.opened() as database,
        uncollected(),
    ):
        reports = intake.take_in(database, workspace.event, found, clock.now())
        step.result = summary.sentence_of_files(reports)
        step.is_warning = any(report.needs_a_look for report in reports)
    _show([report for report in reports if report.file_name != found.name])
    return reports


@task(
    name="settle-inbox",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def settle_inbox(folder: Path, read: Sequence[Sequence[FileReport]]) -> list[FileReport]:
    """Decide which files count now that all are read, put down what was set aside, and return the final reports."""
    workspace, reports = Workspace(folder), [report for of_file in read for report in of_file]
    with workspace.writing() as database:
        settled = settling.settle(database, workspace.event, reports, clock.now())
    _show([report for report in settled if report not in reports])
    return settled


def _show(reports: Sequence[FileReport]) -> None:
    for report in reports:
        with progress.step(message("File {file}", file=report.file_name)) as step:
            step.result, step.is_warning = report.sentence, report.needs_a_look


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
    with (
        progress.step(message("Merging registrations and wishes")) as step,
        workspace.writing() as database,
        uncollected(),
    ):
        report = core.rebuild(database, workspace.event, clock.now())
        step.result = summary.sentence_of(report, summary.refused_counts(database))
    if report.leader_count > _MANY_LEADERS:
        gc.collect()
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
    workspace, language = Workspace(folder), user_language()
    with workspace.opened() as database:
        refused = summary.refused_counts(database)
    create_table_artifact(
        summary.table_of(reports, refused, language),
        key="ingestion",
        description=f"{workspace.event.title}: {summary.sentence_of(core_report, refused).translated(language)}",
    )


@task(name="require-all-read", cache_policy=NO_CACHE)
def require_all_read(reports: Sequence[FileReport]) -> None:
    """Raise DataError if a file was set aside, naming it; everything else was taken in."""
    summary.require_all_read(reports)
