from dataclasses import dataclass
from importlib import import_module

from prefect import Task

from tasks.errors import DatabaseBusy, DataError, MailServerDown
from tasks.messages import message
from tasks.retries import RETRY_SECONDS, is_retryable


@dataclass(frozen=True)
class Ended:
    outcome: object

    def result(self, *, raise_on_failure: bool) -> object:
        assert not raise_on_failure
        return self.outcome


def test_only_what_may_work_later_is_tried_again() -> None:
    outcomes = [DatabaseBusy(message("busy")), MailServerDown(message("down")), DataError(message("no")), KeyError(), 1]
    assert [is_retryable(None, None, Ended(outcome)) for outcome in outcomes] == [True, True, False, False, False]


def test_every_task_that_opens_the_database_is_tried_again_and_no_other() -> None:
    tried_again = {
        room: {
            name
            for name, task in vars(import_module(f"tasks.{room}.tasks")).items()
            if isinstance(task, Task)
            and (task.retries, task.retry_delay_seconds, task.retry_condition_fn) == (2, RETRY_SECONDS, is_retryable)
        }
        for room in ("ingest", "validate", "schedule", "publish", "report")
    }
    assert tried_again == {
        "ingest": {"take_in", "settle_inbox", "rebuild_core", "link_editions"},
        "validate": {"judge"},
        "schedule": {
            "freeze_problem",
            "freeze_change",
            "store_version",
            "repair_plan",
            "find_turn",
            "keep_turn",
            "tell_doubts",
            "decide",
            "is_preliminary_due",
            "is_planned",
        },
        "publish": {
            "render_documents",
            "write_summary",
            "describe_version",
            "fill_outbox",
            "deliver",
            "show_outbox",
            "write_start_page",
            "write_digest",
            "deliver_digest",
        },
        "report": {"compute_figures", "render_report"},
    }
