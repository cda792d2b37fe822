"""The tasks of scheduling: thin coats over the functions of this room."""

from dataclasses import replace
from pathlib import Path
from typing import Final, cast
from uuid import UUID

from prefect import task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE

from tasks import clock, progress
from tasks.errors import InfeasibleError
from tasks.messages import message, plural, user_language
from tasks.retries import RETRY_SECONDS, is_retryable
from tasks.schedule import build, summary, versions
from tasks.schedule.change import Change
from tasks.schedule.conflicts import sentence_of
from tasks.schedule.history import Kind
from tasks.schedule.plan import Plan
from tasks.schedule.problem import Problem
from tasks.schedule.repair import Repair, repair
from tasks.schedule.solver import STAGES, solve
from tasks.settings import Effort, SameDaySettings
from tasks.workspace import Workspace

_WHOLE: Final = 100.0


@task(
    name="freeze-problem",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def freeze_problem(folder: Path, free_tables: int = 0) -> Problem:
    """Return the problem of the registrations as they are now. Raises DataError, ConfigurationError."""
    workspace = Workspace(folder)
    with progress.step(message("Freezing the registrations")) as step, workspace.opened() as database:
        problem = build.problem_of_event(database, workspace.event, free_tables)
        step.result = summary.sentence_of_problem(problem)
    return problem


@task(name="solve-problem", cache_policy=NO_CACHE)
def solve_problem(problem: Problem, effort: Effort = "normal", seed: int = 1, time_limit_seconds: int = 300) -> Plan:
    """Plan the event; a progress artifact follows the stages. Raises InfeasibleError with the smallest conflict."""
    artifact = cast("UUID", create_progress_artifact(0.0, key="solve", description=STAGES[0]))
    with progress.step(message("Choosing and placing the meetings")) as step:

        def report(stage: str, reached: int, bound: int) -> None:
            done = STAGES.index(stage) + 1
            note = f"{stage} {reached} / {bound}"
            step.moved(done, len(STAGES), note)
            update_progress_artifact(artifact, _WHOLE * done / len(STAGES), description=note)

        plan = solve(problem, seed=seed, effort=effort, time_limit_seconds=time_limit_seconds, report=report)
        if plan.conflict is not None:
            raise InfeasibleError(
                sentence_of(plan.conflict),
                where=plan.conflict.rule,
                remedy=message("Give up one of them and call again."),
            )
        step.result = summary.sentence_of_plan(plan)
    return plan


@task(
    name="store-version",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def store_version(
    folder: Path, problem: Problem, plan: Plan, kind: Kind = "final", parent_version_id: str | None = None
) -> str:
    """Let the referee check a plan and store it; return its version id. Raises DataError when it is refused."""
    workspace = Workspace(folder)
    with progress.step(message("Storing the plan")) as step, workspace.writing() as database:
        version_id = versions.store(
            database,
            workspace.event,
            problem,
            plan,
            at=clock.now(),
            kind=kind,
            parent_version_id=parent_version_id,
        )
        step.result = message("version {version}", version=version_id)
    return version_id


@task(
    name="approve-version",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def approve_version(folder: Path, version_id: str, by: str) -> None:
    """Record a person's decision. Raises DataError when there is no such version, or a newer one is approved."""
    with Workspace(folder).writing() as database:
        versions.approve(database, version_id, by, clock.now())


@task(
    name="show-plan",
    retries=2,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=is_retryable,
    cache_policy=NO_CACHE,
)
def show_plan(folder: Path, version_id: str) -> None:
    """Leave the figures of a version, and who has fewer meetings than the minimum, as artifacts; ids only."""
    language = user_language()
    with Workspace(folder).opened() as database:
        problem, plan = versions.read_version(database, version_id)
        reasons = database.rows("plan/select_unmet_reasons", version_id=version_id)
    create_markdown_artifact(
        summary.markdown_of(version_id, problem, plan, reasons, language), key="plan", description=version_id
    )
    create_table_artifact(summary.below_minimum(problem, plan, language), key="below-minimum", description=version_id)


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
