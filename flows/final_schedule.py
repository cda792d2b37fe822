"""Final schedule: from the registrations to a plan version that a person has decided about."""

from prefect import flow

from flows.asking import asked, run_that_asks
from tasks.publish.tasks import render_documents, write_start_page, write_summary
from tasks.schedule.freezing import Frozen
from tasks.schedule.tasks import (
    decide,
    find_turn,
    freeze_change,
    freeze_problem,
    keep_turn,
    solve_problem,
    store_version,
)
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
    turn = find_turn(folder, run_id) or _planned(settings, _frozen(settings), run_id, 1)
    while decision := asked(folder, turn):
        if decision.verdict == "change":
            turn = _changed(settings.changed_by(decision, turn.version_id), run_id, turn)
        elif decide(folder, turn.version_id, decision):
            write_summary(folder, turn.version_id)
            write_start_page(folder)
            break
        else:
            turn = keep_turn(folder, run_id, turn.again())
    return turn.version_id


def _frozen(settings: FinalScheduleSettings) -> Frozen:
    require_sound_base(settings.workspace, judge(settings.workspace))
    return freeze_problem(settings)


def _changed(settings: FinalScheduleSettings, run_id: str | None, turn: Turn) -> Turn:
    """Plan what a person wants to be otherwise; what cannot be is said, and asked about again."""
    require_sound_base(settings.workspace, judge(settings.workspace))
    frozen = freeze_change(settings)
    if isinstance(frozen, str):
        return keep_turn(settings.workspace, run_id, turn.again(frozen))
    return _planned(settings, frozen, run_id, turn.number + 1)


def _planned(settings: FinalScheduleSettings, frozen: Frozen, run_id: str | None, number: int) -> Turn:
    """Make a plan version with everything that a person needs to decide about it."""
    folder = settings.workspace
    plan = solve_problem(frozen, settings)
    version_id = store_version(folder, frozen, plan, parent_version_id=frozen.earlier_version_id)
    render_documents(folder, version_id)
    write_summary(folder, version_id)
    write_start_page(folder)
    return keep_turn(folder, run_id, Turn(number, version_id, settings.free_tables, settings.maximum))
