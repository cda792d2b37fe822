"""All gates, in the order in which a reader meets them: what stops, then what warns."""

from tasks.event import Event
from tasks.validate.gate import Gate, Limits
from tasks.validate.suites.base import base_gates, file_gates
from tasks.validate.suites.company import company_gates
from tasks.validate.suites.edition import edition_gates
from tasks.validate.suites.exclusion import exclusion_gates
from tasks.validate.suites.exhibitor import exhibitor_gates
from tasks.validate.suites.identity_link import identity_link_gates
from tasks.validate.suites.leader import leader_gates
from tasks.validate.suites.merge import merge_gates
from tasks.validate.suites.offer import offer_gates
from tasks.validate.suites.registration import registration_gates
from tasks.validate.suites.request import request_gates
from tasks.validate.suites.suggestion import suggestion_gates
from tasks.validate.suites.unavailability import unavailability_gates


def limits_of(event: Event) -> Limits:
    """Return what an event's decisions ask of its registration base."""
    return Limits(minimum=event.meetings.minimum)


def all_gates(limits: Limits) -> tuple[Gate, ...]:
    """Return every gate once."""
    gates = (
        *base_gates(limits),
        *file_gates(),
        *registration_gates(),
        *leader_gates(limits),
        *company_gates(),
        *request_gates(),
        *offer_gates(),
        *exclusion_gates(),
        *unavailability_gates(),
        *suggestion_gates(),
        *merge_gates(),
        *identity_link_gates(),
        *exhibitor_gates(),
        *edition_gates(),
    )
    return tuple(sorted(gates, key=lambda gate: gate.severity != "stop"))
