"""Gates on the wishes."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, at_least, holds


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    keys = ("from_leader_id", "to_leader_id")
    return Gate(code, severity, "core.request", "requests", keys, rule, remedy, expectation)


def request_gates() -> tuple[Gate, ...]:
    """Return the gates on requests, what stops first."""
    return (
        _gate(
            "rank_below_one",
            "stop",
            at_least("rank", 1),
            rule=message("The ranks of the wishes count from 1."),
            remedy=message("Correct the wish number in the wishes export, then call: rencontres ingest"),
        ),
        _gate(
            "request_from_unknown_leader",
            "stop",
            holds("is_from_known_leader"),
            rule=message("Every wish comes from a leader of this edition."),
            remedy=message("Register the leader, or take the answer out of the wishes export."),
        ),
        _gate(
            "request_without_raw_row",
            "stop",
            holds("has_raw_row"),
            rule=message("Every wish leads back to the line of the export it came from."),
            remedy=message("Drop the wishes export into the inbox again, then call: rencontres ingest"),
        ),
        _gate(
            "request_of_oneself",
            "stop",
            holds("is_to_someone_else"),
            rule=message("Nobody asks to meet themselves."),
            remedy=message("Take the wish out of the wishes export, then call: rencontres ingest"),
        ),
        _gate(
            "request_to_unregistered_leader",
            "warn",
            holds("is_to_registered_leader"),
            rule=message("Every wish is for a leader who is registered."),
            remedy=message("These wishes cannot be fulfilled: suggest another partner to whoever asked."),
        ),
        _gate(
            "request_within_company",
            "warn",
            holds("is_to_another_company"),
            rule=message("Every wish is for a leader of another company."),
            remedy=message("These wishes cannot be fulfilled: two leaders of one company do not meet."),
        ),
        _gate(
            "request_of_excluded_leader",
            "warn",
            holds("is_allowed"),
            rule=message("Nobody asks for a leader whom one of the two does not wish to meet."),
            remedy=message("The refusal counts. Ask both leaders if it surprises you."),
        ),
    )
