"""Gates on the exhibitors."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, is_unique, matches


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, severity, "core.exhibitor", "exhibitors", ("exhibitor_id",), rule, remedy, expectation)


def exhibitor_gates() -> tuple[Gate, ...]:
    """Return the gates on the exhibitors, what stops first."""
    return (
        _gate(
            "exhibitor_without_name",
            "warn",
            matches("name", r"\S"),
            rule=message("Every exhibitor has a name."),
            remedy=message("Fill in the name in the list of exhibitors, then call: rencontres ingest"),
        ),
        _gate(
            "exhibitor_twice",
            "warn",
            is_unique("name_key"),
            rule=message("No exhibitor is listed twice."),
            remedy=message("Take one of the two lines out of the list of exhibitors."),
        ),
    )
