"""Same-day change: absences, cancellations and meetings asked for at the desk, with the fewest moves."""

from prefect import flow

from tasks.publish.tasks import render_documents, write_start_page, write_summary
from tasks.schedule.freezing import Frozen
from tasks.schedule.tasks import repair_plan, store_version
from tasks.settings import SameDaySettings


@flow(name="same-day-change", flow_run_name="{settings.workspace.name}")
def same_day_change(settings: SameDaySettings) -> str:
    """Repair the newest plan and put the new version before the organiser; return it. Sends nothing."""
    folder = settings.workspace
    repair = repair_plan(folder, settings)
    version_id = store_version(folder, Frozen(repair.problem), repair.plan, "same_day", repair.parent_version_id)
    render_documents(folder, version_id)
    write_summary(folder, version_id)
    write_start_page(folder)
    return version_id
