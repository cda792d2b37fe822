"""Send: the agendas of the approved plan version, each mail once, to those whose agenda changed."""

from prefect import flow

from tasks.publish.outbox.ledger import OutboxSummary
from tasks.publish.tasks import deliver, fill_outbox, show_outbox, write_start_page
from tasks.settings import SendSettings


@flow(name="send-outbox", flow_run_name="{settings.workspace.name}")
def send_outbox(settings: SendSettings) -> OutboxSummary:
    """Write the messages of the newest approved version and, only if really asked, deliver them."""
    folder = settings.workspace
    fill_outbox(folder)
    summary = deliver(folder, settings.really)
    show_outbox(folder)
    write_start_page(folder)
    return summary
