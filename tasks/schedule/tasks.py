"""The tasks of scheduling: thin coats over the functions of this room."""

from dataclasses import replace
from pathlib import Path
from typing import Final, cast
from uuid import UUID

from prefect import task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from tasks import clock, progress
from tasks.errors import DataError, InfeasibleError
from tasks.messages import Message, message, plural, user_language
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.schedule import decisions, freezing, preliminary, rulings, summary, turns, versions
from tasks.schedule.change import Change
from tasks.schedule.conflicts import sentence_of
from tasks.schedule.freezing import Frozen
from tasks.schedule.history import Kind
from tasks.schedule.plan import Plan
from tasks.schedule.repair import Repair, repair
from tasks.schedule.solver import STAGES, solve
from tasks.schedule.turns import Turn
from tasks.settings import Decision, FinalScheduleSettings, PlanSettings, PreliminaryPlanSettings, SameDaySettings
from tasks.workspace import Workspace

_WHOLE: Final = 100.0


@task(
    name="freeze-problem",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def freeze_problem(settings: PlanSettings) -> Frozen:
    """Return the problem of the registrations as they are now, with what the organiser has ruled.

    Raises DataError, ConfigurationError, InfeasibleError for a locked pair that cannot meet.
    """
    return _frozen(settings)


@task(
    name="freeze-change",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def freeze_change(settings: FinalScheduleSettings) -> Frozen | str:
    """Return the problem with a change that a person asks for, or why it cannot be made; nothing is kept then.

    Whoever typed a wrong number can type another one: that is no reason for a run to fail.
    """
    try:
        return _frozen(settings)
    except DataError as refusal:
        return refusal.in_language(user_language())


def _frozen(settings: PlanSettings) -> Frozen:
    workspace = Workspace(settings.workspace)
    # One transaction: a ruling that no plan can keep is not kept either.
    with progress.step(message("Freezing the registrations")) as step, workspace.writing() as database:
        earlier_id, event_id = None, workspace.event.id
        if isinstance(settings, FinalScheduleSettings):
            rulings.rule_as_told(database, event_id, settings, clock.now())
            earlier_id = None if settings.afresh else versions.version_to_keep(database, event_id, settings.change)
        frozen = freezing.freeze(
            database,
            workspace.event,
            free_tables=settings.free_tables,
            maximum=settings.maximum,
            seed=settings.seed,
            time_limit_seconds=settings.time_limit_seconds,
            earlier=versions.read_version(database, earlier_id)[1] if earlier_id else None,
        )
        step.result = summary.sentence_of_problem(frozen.problem)
    return replace(frozen, earlier_version_id=earlier_id)


@task(name="solve-problem", cache_policy=NO_CACHE)
def solve_problem(frozen: Frozen, settings: PlanSettings) -> Plan:
    """Plan the event; a progress artifact follows the stages. Raises InfeasibleError with the smallest conflict."""
    artifact = cast("UUID", create_progress_artifact(0.0, key="solve", description=""))
    with progress.step(message("Choosing and placing the meetings")) as step:

        def report(stage: str, reached: int, bound: int) -> None:
            done = STAGES.index(stage) + 1
            note = str(summary.sentence_of_stage(stage, reached, bound))
            step.moved(done, len(STAGES), note)
            update_progress_artifact(artifact, _WHOLE * done / len(STAGES), description=note)

        plan = solve(
            frozen.problem,
            seed=settings.seed,
            effort=settings.effort,
            time_limit_seconds=settings.time_limit_seconds,
            report=report,
            earlier=frozen.earlier,
            locked=frozen.locked,
        )
        if plan.conflict is not None:
            raise InfeasibleError(
                sentence_of(frozen.problem, plan.conflict),
                where=plan.conflict.rule,
                remedy=message("Give up one of them and call again."),
            )
        step.result = summary.sentence_of_plan(plan)
        if frozen.earlier is not None:
            step.result = summary.sentence_of_kept(plan, frozen.earlier, str(frozen.earlier_version_id))
    return plan


@task(
    name="store-version",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def store_version(
    folder: Path, frozen: Frozen, plan: Plan, kind: Kind = "final", parent_version_id: str | None = None
) -> str:
    """Let the referee check a plan and store it; return its version id. Raises DataError when it is refused."""
    workspace = Workspace(folder)
    with progress.step(message("Storing the plan")) as step, workspace.writing() as database:
        version_id = versions.store(
            database,
            workspace.event,
            frozen,
            plan,
            at=clock.now(),
            kind=kind,
            parent_version_id=parent_version_id,
        )
        step.result = message("version {version}", version=version_id)
    return version_id


@task(
    name="repair-plan",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def repair_plan(folder: Path, settings: SameDaySettings) -> Repair:
    """Change the plan that people hold, with what waits for approval, by as few moves as can be.

    Raises DataError when there is none, or when the form names what cannot be changed.
    """
    workspace = Workspace(folder)
    with progress.step(message("Repairing the plan")) as step, workspace.opened() as database:
        parent = versions.version_to_change(database, workspace.event.id)
        problem, plan = versions.read_version(database, parent)
        change = Change(
            absent=settings.absent,
            cancelled=settings.cancelled,
            added=settings.added,
            first_slot=sum(f"{slot.start:%H:%M}" < settings.from_time for slot in problem.slots),
        )
        repaired = repair(problem, plan, change, seed=settings.seed)
        count = len(set(plan.meetings) ^ set(repaired.plan.meetings))
        step.result = plural("{count} meeting changes.", "{count} meetings change.", count=count)
    return replace(repaired, parent_version_id=parent)


@task(
    name="find-turn",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def find_turn(folder: Path, run_id: str | None) -> Turn | None:
    """Return the question that a run asked before it was resumed, None for a run that begins or asks nobody."""
    if run_id is None:
        return None
    with Workspace(folder).opened() as database:
        return turns.last_turn(database, run_id)


@task(
    name="keep-turn",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def keep_turn(folder: Path, run_id: str | None, turn: Turn) -> Turn:
    """Write down the question that a run is about to ask, and return it; without a run nobody can be asked."""
    if run_id is None:
        return turn
    with Workspace(folder).writing() as database:
        return turns.keep_turn(database, run_id, turn)


@task(
    name="tell-doubts",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def tell_doubts(folder: Path, version_id: str) -> list[Message]:
    """Return what a person should know before approving a version. Raises DataError, ConfigurationError."""
    workspace = Workspace(folder)
    with workspace.opened() as database:
        return decisions.doubts(database, workspace.event, version_id)


@task(
    name="decide",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def decide(folder: Path, version_id: str, decision: Decision) -> bool:
    """Record a person's decision; False where it has to be asked for again, because doubts stand against it.

    What was decided at the command line meanwhile stands. Raises DataError where the version cannot be approved at all.
    """
    workspace = Workspace(folder)
    with progress.step(message("Recording the decision")) as step, workspace.writing() as database:
        decided = decisions.settle(database, workspace.event, version_id, decision, clock.now())
        step.is_warning = decided is None
        step.result = message("doubts stand against it") if decided is None else decided.sentence
    return decided is not None


@task(
    name="is-preliminary-due",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def is_preliminary_due(settings: PreliminaryPlanSettings) -> bool:
    """Say whether a preliminary plan is wanted now, and why not where it is not."""
    workspace = Workspace(settings.workspace)
    with progress.step(message("Looking whether a preliminary plan is due")) as step, workspace.opened() as database:
        why_not = preliminary.why_not(database, workspace.event, clock.now(), if_nightly=settings.if_nightly)
        step.result = why_not
    return why_not is None


@task(
    name="is-planned",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def is_planned(folder: Path, frozen: Frozen) -> bool:
    """Say whether the newest plan version was made from these very registrations."""
    workspace = Workspace(folder)
    with progress.step(message("Comparing with the newest plan")) as step, workspace.opened() as database:
        is_same = preliminary.is_planned(database, workspace.event.id, frozen.registrations_sha256)
        step.result = message("no registration has changed") if is_same else message("registrations have changed")
    return is_same
