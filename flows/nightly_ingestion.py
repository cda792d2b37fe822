"""Nightly ingestion: whatever lies in the inbox becomes leaders, companies and requests, and is judged."""

from prefect import flow

from tasks.ingest.tasks import (
    find_exports,
    link_editions,
    rebuild_core,
    require_all_read,
    settle_inbox,
    show_ingestion,
    take_in,
)
from tasks.publish.tasks import write_digest, write_start_page
from tasks.settings import NightlyIngestionSettings
from tasks.validate.tasks import judge, require_sound_base


@flow(name="nightly-ingestion", flow_run_name="{settings.workspace.name}")
def nightly_ingestion(settings: NightlyIngestionSettings) -> None:
    """Take in the inbox, rebuild what follows from it, judge it. Never sends anything.

    What cannot be read or may not be planned is said at the end, when everything else is in place.
    """
    folder = settings.workspace
    read = [take_in(folder, found) for found in find_exports(folder)]
    files = settle_inbox(folder, read)
    core = rebuild_core(folder)
    link_editions(folder)
    verdict = judge(folder)
    show_ingestion(folder, files, core)
    write_digest(folder)
    write_start_page(folder)
    require_all_read(files)
    require_sound_base(folder, verdict)
