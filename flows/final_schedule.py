"""Final schedule: from the registrations to a plan version waiting for a person's decision."""

from prefect import flow

from tasks.publish.tasks import render_documents, write_start_page
from tasks.schedule.tasks import freeze_problem, show_plan, solve_problem, store_version
from tasks.settings import FinalScheduleSettings
from tasks.validate.tasks import judge, require_sound_base


@flow(name="final-schedule", flow_run_name="{settings.workspace.name}")
def final_schedule(settings: FinalScheduleSettings) -> str:
    """Plan the event once and put the result before the organiser; return the version. Sends nothing."""
    folder = settings.workspace
    require_sound_base(folder, judge(folder))
    problem = freeze_problem(folder, settings.free_tables)
    plan = solve_problem(problem, settings.effort, settings.seed, settings.time_limit_seconds)
    version_id = store_version(folder, problem, plan)
    render_documents(folder, version_id)
    write_start_page(folder)
    show_plan(folder, version_id)
    return version_id
