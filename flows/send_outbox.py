"""Send: one kind of mail, the agendas of the approved plan by default, each once and only to those it concerns."""

from prefect import flow

from tasks.publish.outbox.ledger import OutboxSummary
from tasks.publish.outbox.once import Meant
from tasks.publish.tasks import deliver, fill_outbox, show_outbox, write_start_page
from tasks.settings import SendSettings


@flow(name="send-outbox", flow_run_name="{settings.workspace.name}")
def send_outbox(settings: SendSettings) -> OutboxSummary:
    """Write the messages that are owed and, only if really asked, deliver them."""
    folder = settings.workspace
    fill_outbox(folder, settings.kind, Meant(settings.really, settings.now_anyway))
    summary = deliver(folder, settings.really, settings.kind)
    show_outbox(folder)
    write_start_page(folder)
    return summary
