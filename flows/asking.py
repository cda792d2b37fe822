"""A run that waits for a person: it suspends, its process ends, and it goes on when somebody answers in Prefect."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from prefect import runtime
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from pydantic import create_model

from tasks import clock
from tasks.messages import message, user_language
from tasks.publish.tasks import describe_version
from tasks.schedule.tasks import tell_doubts
from tasks.schedule.turns import Turn
from tasks.settings import Decision, FreeTables, Maximum
from tasks.workspace import Workspace

_LEAST_WAIT_SECONDS: Final = 3600


def run_that_asks() -> str | None:
    """Return the id of this run where it can wait for an answer: a deployment's, since it takes a worker to go on."""
    return None if runtime.deployment.id is None else str(runtime.flow_run.id)


def asked(folder: Path, turn: Turn) -> Decision | None:
    """Suspend the run until a person has decided, then return the decision; None where there is nobody to ask.

    It waits until the event closes. Asked again with the same turn, after the run was resumed, it returns the answer
    at once.
    """
    if run_that_asks() is None:
        return None
    answer = suspend_flow_run(
        wait_for_input=_form(folder, turn), key=f"turn-{turn.number}", timeout=_seconds_to_wait(folder, clock.now())
    )
    return cast("Decision", answer)


def _form(folder: Path, turn: Turn) -> type[RunInput]:
    """Return the form: what the plan was made with is filled in, the summary and every doubt stand above it."""
    # Not by with_initial_data: that would lose titles and bounds of what it fills in.
    filled_in: dict[str, Any] = {"free_tables": (FreeTables, turn.free_tables), "maximum": (Maximum, turn.maximum)}
    form = create_model("Decision", __base__=RunInput.subclass_from_base_model_type(Decision), **filled_in)
    language = user_language()
    doubts = [f"**{doubt.translated(language)}**" for doubt in tell_doubts(folder, turn.version_id)]
    if doubts:
        doubts.append(message("To approve nevertheless, tick the box.").translated(language))
    if turn.refusal:
        doubts.insert(0, "**{}**".format(message("Nothing was changed: {why}", why=turn.refusal).translated(language)))
    above = "\n\n".join([*doubts, describe_version(folder, turn.version_id)])
    return cast("type[RunInput]", form).with_initial_data(description=above)


def _seconds_to_wait(folder: Path, now: datetime) -> int:
    event = Workspace(folder).event
    return max(_LEAST_WAIT_SECONDS, int((event.at(event.meetings.closes) - now).total_seconds()))
