"""The demo: a made-up event played from exports to report, through the very jobs that a real one runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

from prefect import flow

from flows.event_report import event_report
from flows.final_schedule import final_schedule
from flows.nightly_ingestion import nightly_ingestion
from flows.send_outbox import send_outbox
from tasks import clock
from tasks.demo.tasks import catch_mail, show_mail, write_afternoon, write_workspace
from tasks.publish.tasks import write_summary
from tasks.schedule.tasks import decide
from tasks.settings import (
    Decision,
    DemoSettings,
    FinalScheduleSettings,
    NightlyIngestionSettings,
    ReportSettings,
    SendSettings,
)
from tasks.workspace import Workspace


@flow(name="demo", flow_run_name="{settings.workspace.name}")
def demo(settings: DemoSettings) -> None:
    """Play the whole way: registrations, plan, approval, mails, afternoon, report."""
    folder = settings.workspace
    write_workspace(folder, settings.seed, settings.leader_count)
    with _days_from_the_event(folder, -10, time(2, 30)):
        nightly_ingestion(NightlyIngestionSettings(workspace=folder))
    with _days_from_the_event(folder, -7, time(10)):
        version_id = final_schedule(FinalScheduleSettings(workspace=folder))
        decide(folder, version_id, Decision(verdict="approve", by="demo"))
        with catch_mail(folder):
            send_outbox(SendSettings(workspace=folder, really=True))
        show_mail(folder)
    # The follow-up survey comes three months after the event, so the last jobs run then.
    with _days_from_the_event(folder, 100, time(2, 30)):
        write_afternoon(folder, settings.seed)
        nightly_ingestion(NightlyIngestionSettings(workspace=folder))
        event_report(ReportSettings(workspace=folder))
        write_summary(folder, version_id)  # the mails have gone, and everybody has been told


@contextmanager
def _days_from_the_event(folder: Path, days: int, moment: time) -> Iterator[None]:
    event = Workspace(folder).event
    instant = datetime.combine(event.date + timedelta(days=days), moment, tzinfo=event.zone)
    with clock.standing_at(instant):
        yield
