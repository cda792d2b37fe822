"""Gates on the partners proposed to leaders with few wishes."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, holds


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(
        code, severity, "core.suggestion", "suggestions", ("from_leader_id", "to_leader_id"), rule, remedy, expectation
    )


def suggestion_gates() -> tuple[Gate, ...]:
    """Return the gates on the partners proposed to leaders with few wishes, what stops first."""
    return (
        _gate(
            "suggestion_of_unknown_leader",
            "stop",
            holds("is_between_registered_leaders"),
            rule=message("Every suggestion joins two registered leaders."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the suggestions."),
        ),
        _gate(
            "suggestion_within_company",
            "stop",
            holds("is_between_companies"),
            rule=message("Every suggestion joins leaders of two companies."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the suggestions."),
        ),
        _gate(
            "suggestion_of_excluded_leader",
            "stop",
            holds("is_allowed"),
            rule=message("No suggestion joins two leaders of whom one does not wish to meet the other."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the suggestions."),
        ),
        _gate(
            "suggestion_of_a_wish",
            "warn",
            holds("is_new"),
            rule=message("No suggestion repeats a wish of either leader."),
            remedy=message("Nothing to do: the wish counts."),
        ),
    )
