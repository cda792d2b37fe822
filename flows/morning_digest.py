"""Morning digest: one mail to the organiser about what the night changed, once."""

from prefect import flow

from tasks.publish.digest.delivery import NightlyDigest
from tasks.publish.tasks import deliver_digest
from tasks.settings import MorningDigestSettings


@flow(name="morning-digest", flow_run_name="{settings.workspace.name}")
def morning_digest(settings: MorningDigestSettings) -> NightlyDigest:
    """Send the digest that the last ingestion wrote, where that was really asked or event.toml says so."""
    return deliver_digest(settings.workspace, settings.really, settings.if_mailed)
