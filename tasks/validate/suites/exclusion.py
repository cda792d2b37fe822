"""Gates on the refusals: who does not wish to meet whom."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, holds


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    keys = ("leader_a", "leader_b")
    return Gate(code, severity, "core.exclusion", "exclusions", keys, rule, remedy, expectation)


def exclusion_gates() -> tuple[Gate, ...]:
    """Return the gates on exclusions, what stops first."""
    return (
        _gate(
            "exclusion_of_oneself",
            "stop",
            holds("is_of_two_leaders"),
            rule=message("Nobody refuses to meet themselves."),
            remedy=message("Take the name out of the wishes export, then call: rencontres ingest"),
        ),
        _gate(
            "exclusion_of_unknown_leader",
            "warn",
            holds("is_of_known_leaders"),
            rule=message("Every refusal is between two leaders of this edition."),
            remedy=message("Nothing to do unless the leader should be registered: the refusal has no effect."),
        ),
    )
