"""Gates on the hours at which leaders are away."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, holds


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    keys = ("leader_id", "starts_at", "ends_at")
    return Gate(code, severity, "core.unavailability", "unavailabilities", keys, rule, remedy, expectation)


def unavailability_gates() -> tuple[Gate, ...]:
    """Return the gates on absences, what stops first."""
    return (
        _gate(
            "unavailability_backwards",
            "stop",
            holds("is_forward"),
            rule=message("Every absence ends after it begins."),
            remedy=message("Correct the hours of arrival, departure or pause in the wishes export."),
        ),
        _gate(
            "unavailability_of_unknown_leader",
            "warn",
            holds("is_of_known_leader"),
            rule=message("Every absence is that of a leader of this edition."),
            remedy=message("Nothing to do unless the leader should be registered: the absence has no effect."),
        ),
    )
