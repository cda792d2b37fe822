"""Gates on wishes: requests and exclusions."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, at_least, holds


def _request(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    keys = ("from_leader_id", "to_leader_id")
    return Gate(code, severity, "core.request", "requests", keys, rule, remedy, expectation)


def _exclusion(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    keys = ("leader_a", "leader_b")
    return Gate(code, severity, "core.exclusion", "exclusions", keys, rule, remedy, expectation)


def request_gates() -> tuple[Gate, ...]:
    """Return the gates on requests, what stops first."""
    return (
        _request(
            "rank_below_one",
            "stop",
            at_least("rank", 1),
            rule=message("The ranks of the wishes count from 1."),
            remedy=message("Correct the wish number in the wishes export, then call: rencontres ingest"),
        ),
        _request(
            "request_from_unknown_leader",
            "stop",
            holds("is_from_known_leader"),
            rule=message("Every wish comes from a leader of this edition."),
            remedy=message("Register the leader, or take the answer out of the wishes export."),
        ),
        _request(
            "request_of_oneself",
            "stop",
            holds("is_to_someone_else"),
            rule=message("Nobody asks to meet themselves."),
            remedy=message("Take the wish out of the wishes export, then call: rencontres ingest"),
        ),
        _request(
            "request_to_unregistered_leader",
            "warn",
            holds("is_to_registered_leader"),
            rule=message("Every wish is for a leader who is registered."),
            remedy=message("These wishes cannot be fulfilled: suggest another partner to whoever asked."),
        ),
        _request(
            "request_within_company",
            "warn",
            holds("is_to_another_company"),
            rule=message("Every wish is for a leader of another company."),
            remedy=message("These wishes cannot be fulfilled: two leaders of one company do not meet."),
        ),
        _request(
            "request_of_excluded_leader",
            "warn",
            holds("is_allowed"),
            rule=message("Nobody asks for a leader whom one of the two does not wish to meet."),
            remedy=message("The refusal counts. Ask both leaders if it surprises you."),
        ),
    )


def exclusion_gates() -> tuple[Gate, ...]:
    """Return the gates on exclusions, what stops first."""
    return (
        _exclusion(
            "exclusion_of_oneself",
            "stop",
            holds("is_of_two_leaders"),
            rule=message("Nobody refuses to meet themselves."),
            remedy=message("Take the name out of the wishes export, then call: rencontres ingest"),
        ),
        _exclusion(
            "exclusion_of_unknown_leader",
            "warn",
            holds("is_of_known_leaders"),
            rule=message("Every refusal is between two leaders of this edition."),
            remedy=message("Nothing to do unless the leader should be registered: the refusal has no effect."),
        ),
    )
