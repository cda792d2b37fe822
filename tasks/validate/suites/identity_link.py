"""Gates on the links to leaders of earlier editions."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, holds


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(
        code,
        severity,
        "core.identity_link",
        "identity_links",
        ("leader_id", "earlier_edition_id", "earlier_leader_id"),
        rule,
        remedy,
        expectation,
    )


def identity_link_gates() -> tuple[Gate, ...]:
    """Return the gates on the links to leaders of earlier editions, what stops first."""
    return (
        _gate(
            "link_to_unknown_leader",
            "stop",
            holds("is_between_known_leaders"),
            rule=message("Every link joins two leaders that exist."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the links."),
        ),
        _gate(
            "link_to_no_earlier_edition",
            "stop",
            holds("is_to_earlier_edition"),
            rule=message("Every link leads to an earlier edition."),
            remedy=message("Check the dates of the editions in event.toml."),
        ),
        _gate(
            "impossible_probability",
            "stop",
            holds("is_probability"),
            rule=message("Every probability of a link lies between 0 and 1."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the links."),
        ),
        _gate(
            "leader_linked_twice",
            "warn",
            holds("is_only_sure_link"),
            rule=message("No leader is surely two different leaders of one earlier edition."),
            remedy=message(
                "Decide in the workbook of rejects which of the two is meant; the report counts the leader once."
            ),
        ),
    )
