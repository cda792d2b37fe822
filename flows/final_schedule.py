"""Final schedule: from the registrations to a plan version that a person has decided about."""

from dataclasses import replace

from prefect import flow

from flows.asking import asked, run_that_asks
from tasks.publish.tasks import render_documents, write_start_page, write_summary
from tasks.schedule.tasks import decide, find_turn, freeze_problem, keep_turn, solve_problem, store_version
from tasks.schedule.turns import Turn
from tasks.settings import FinalScheduleSettings
from tasks.validate.tasks import judge, require_sound_base


@flow(name="final-schedule", flow_run_name="{settings.workspace.name}")
def final_schedule(settings: FinalScheduleSettings) -> str:
    """Plan the event, put the result before the organiser and return the version. Sends nothing.

    As a deployment it then waits for the decision, for days if need be: its process ends, and the run that a person
    resumes passes here again from the top. It finds what it planned and asked, and plans anew only to change the plan.
    """
    folder, run_id = settings.workspace, run_that_asks()
    turn = find_turn(folder, run_id) or _planned(settings, run_id, 1)
    while decision := asked(folder, turn):
        if decision.verdict == "change":
            turn = _planned(settings.changed_by(decision), run_id, turn.number + 1)
        elif decide(folder, turn.version_id, decision):
            write_summary(folder, turn.version_id)
            write_start_page(folder)
            break
        else:
            turn = keep_turn(folder, run_id, replace(turn, number=turn.number + 1))
    return turn.version_id


def _planned(settings: FinalScheduleSettings, run_id: str | None, number: int) -> Turn:
    """Make a plan version with everything that a person needs to decide about it."""
    folder = settings.workspace
    require_sound_base(folder, judge(folder))
    frozen = freeze_problem(settings)
    plan = solve_problem(frozen.problem, settings)
    version_id = store_version(folder, frozen, plan)
    render_documents(folder, version_id)
    write_summary(folder, version_id)
    write_start_page(folder)
    return keep_turn(folder, run_id, Turn(number, version_id, settings.free_tables, settings.maximum))
