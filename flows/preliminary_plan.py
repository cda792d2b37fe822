"""Preliminary plan: what the registrations would give tonight, for the organiser to see."""

from prefect import flow

from tasks.publish.tasks import write_start_page, write_summary
from tasks.schedule.tasks import freeze_problem, is_planned, is_preliminary_due, solve_problem, store_version
from tasks.settings import PreliminaryPlanSettings
from tasks.validate.tasks import judge, require_sound_base


@flow(name="preliminary-plan", flow_run_name="{settings.workspace.name}")
def preliminary_plan(settings: PreliminaryPlanSettings) -> str | None:
    """Plan what is registered and return the version, None where nothing is due. Asks nobody and sends nothing."""
    folder = settings.workspace
    if not is_preliminary_due(settings):
        return None
    require_sound_base(folder, judge(folder))
    frozen = freeze_problem(settings)
    if is_planned(folder, frozen):
        return None
    plan = solve_problem(frozen, settings)
    version_id = store_version(folder, frozen, plan, "preliminary")
    write_summary(folder, version_id)
    write_start_page(folder)
    return version_id
