"""Gates on tickets that were taken for another ticket of the same leader."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, holds


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, severity, "core.merge", "merges", ("registration_id",), rule, remedy, expectation)


def merge_gates() -> tuple[Gate, ...]:
    """Return the gates on tickets that were taken for another ticket of the same leader, what stops first."""
    return (
        _gate(
            "merge_of_unknown_ticket",
            "stop",
            holds("is_of_known_tickets"),
            rule=message("Every merge joins two tickets that exist."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the merges."),
        ),
        _gate(
            "merge_into_itself",
            "stop",
            holds("is_of_two_tickets"),
            rule=message("No ticket is merged into itself."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the merges."),
        ),
        _gate(
            "merge_of_two_leaders",
            "stop",
            holds("is_of_one_leader"),
            rule=message("The tickets that a merge joins belong to one leader."),
            remedy=message("Call rencontres ingest again; if it stays, report it: the program makes the merges."),
        ),
        _gate(
            "merge_without_evidence",
            "warn",
            holds("has_evidence"),
            rule=message("Every merge says what speaks for it."),
            remedy=message("Look at these merges in the workbook of rejects; undo there what is wrong."),
        ),
    )
