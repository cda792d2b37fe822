"""Gates on the editions of the memory."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, at_least, holds, is_unique


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, severity, "core.edition", "editions", ("edition_id",), rule, remedy, expectation)


def edition_gates() -> tuple[Gate, ...]:
    """Return the gates on the editions of the memory, what stops first."""
    return (
        _gate(
            "edition_without_export",
            "warn",
            at_least("file_count", 1),
            rule=message("Every edition of event.toml has at least one export."),
            remedy=message("Drop the exports of these editions into the inbox, or take them out of event.toml."),
        ),
        _gate(
            "edition_number_twice",
            "warn",
            is_unique("number"),
            rule=message("No two editions bear the same number."),
            remedy=message("Correct the numbers of the editions in event.toml."),
        ),
        _gate(
            "edition_out_of_order",
            "warn",
            holds("is_in_order"),
            rule=message("Later editions bear higher numbers."),
            remedy=message("Correct the number or the date of these editions in event.toml."),
        ),
    )
