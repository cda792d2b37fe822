"""All gates, in the order in which a reader meets them: what stops, then what warns."""

from tasks.event import Event
from tasks.validate.gate import Gate, Limits
from tasks.validate.suites.base import base_gates, edition_gates
from tasks.validate.suites.company import company_gates
from tasks.validate.suites.leader import leader_gates
from tasks.validate.suites.request import exclusion_gates, request_gates
from tasks.validate.suites.unavailability import unavailability_gates


def limits_of(event: Event) -> Limits:
    """Return what an event's decisions ask of its registration base."""
    return Limits(minimum=event.meetings.minimum)


def all_gates(limits: Limits) -> tuple[Gate, ...]:
    """Return every gate once."""
    gates = (
        *base_gates(limits),
        *leader_gates(limits),
        *company_gates(),
        *request_gates(),
        *exclusion_gates(),
        *unavailability_gates(),
        *edition_gates(),
    )
    return tuple(sorted(gates, key=lambda gate: gate.severity != "stop"))
