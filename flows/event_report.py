"""Post-event report: what the afternoon brought, beside the earlier editions."""

from pathlib import Path

from prefect import flow

from tasks.publish.tasks import write_start_page
from tasks.report.tasks import compute_figures, render_report
from tasks.settings import ReportSettings


@flow(name="event-report", flow_run_name="{settings.workspace.name}")
def event_report(settings: ReportSettings) -> list[Path]:
    """Compute the key figures from what was taken in and write the report; return its files."""
    folder = settings.workspace
    compute_figures(folder)
    files = render_report(folder)
    write_start_page(folder)
    return files
