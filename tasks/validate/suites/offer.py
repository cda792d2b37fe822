"""Gates on what leaders sell and seek."""

from typing import Final

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, holds, mostly_holds

_WITH_CODE_SHARE: Final = 0.8


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, severity, "core.offer", "offers", ("leader_id", "side", "number"), rule, remedy, expectation)


def offer_gates() -> tuple[Gate, ...]:
    """Return the gates on what leaders sell and seek, what stops first."""
    return (
        _gate(
            "offer_of_unknown_leader",
            "stop",
            holds("is_of_known_leader"),
            rule=message("Every offer is that of a leader of this edition."),
            remedy=message(
                "Call rencontres ingest again; if it stays, report it: the program derives offers from answers."
            ),
        ),
        _gate(
            "offer_without_code",
            "warn",
            mostly_holds("has_code", _WITH_CODE_SHARE),
            rule=message("Products and services found in the list of categories: at least {share}%.", share=80),
            remedy=message(
                "Add the missing words under [[categories]] in event.toml, or answer in the workbook of rejects."
            ),
        ),
    )
