"""The gates as Prefect tasks."""

from pathlib import Path

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from tasks import clock, progress
from tasks.messages import message, plural, user_language
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.uncollected import uncollected
from tasks.validate.quality import markdown, read_report, write_pages
from tasks.validate.rejects_book import writing_book
from tasks.validate.verdict import Verdict, judge_base, night_of, require_passed
from tasks.workspace import Workspace


@task(
    name="judge",
    task_run_name="judge-registrations",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def judge(folder: Path) -> Verdict:
    """Run all gates on the registration base, write the workbook of rejects and the report; nothing is stopped here."""
    workspace, at = Workspace(folder), clock.now()
    quality, night = workspace.out / "quality", night_of(workspace.event, at)
    with progress.step(message("Checking the registrations")) as step:
        with workspace.writing() as database, uncollected():
            with writing_book(database, workspace.event, quality, night) as finish_book:
                verdict = judge_base(database, workspace.event, at)
                book = finish_book()
            report = read_report(database, workspace.event, verdict, night, book.name if book else "")
        workspace.designed(lambda design: write_pages(report, workspace.event, quality, design))
        create_markdown_artifact(markdown(report, user_language()), key="quality-report")
        step.result = plural("{count} warning", "{count} warnings", count=len(verdict.warned))
    return verdict


@task(name="require-sound-base", cache_policy=NO_CACHE)
def require_sound_base(folder: Path, verdict: Verdict) -> None:
    """Raise GateStopped, with the page that explains it, when a gate forbids a plan."""
    require_passed(verdict, str(Workspace(folder).out / "quality" / "index.html"))
