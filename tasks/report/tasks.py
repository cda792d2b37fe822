"""The post-event report as Prefect tasks."""

from pathlib import Path

from prefect import task
from prefect.artifacts import create_link_artifact, create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from tasks import progress
from tasks.messages import message, plural, user_language
from tasks.report.figures import KeyFigures, compute, read_figures
from tasks.report.illustrations import read_chart_data
from tasks.report.page import write_report
from tasks.report.summary import markdown
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.workspace import Workspace


@task(
    name="compute-figures",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def compute_figures(folder: Path) -> KeyFigures:
    """Compute and freeze the key figures of all editions. Raises DataError when nothing was taken in yet."""
    workspace = Workspace(folder)
    with progress.step(message("Computing the key figures")) as step:
        with workspace.writing() as database:
            compute(database, workspace.event)
            figures = read_figures(database)
        create_markdown_artifact(markdown(figures, user_language()), key="key-figures")
        step.result = plural("{count} edition", "{count} editions", count=len(figures.editions))
    return figures


@task(
    name="render-report",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def render_report(folder: Path) -> list[Path]:
    """Write the report, French and English, page and PDF. Raises DataError when nothing was taken in yet."""
    workspace = Workspace(folder)
    with progress.step(message("Writing the report")) as step:
        with workspace.opened() as database:
            figures = read_figures(database)
            data = read_chart_data(database, workspace.event.id)
        out = workspace.out / "report"
        paths = workspace.designed(lambda design: write_report(figures, data, workspace.event, out, design))
        create_link_artifact(paths[0].resolve().as_uri(), link_text=paths[0].name, key="report")
        step.result = plural("{count} file", "{count} files", count=len(paths))
    return paths
