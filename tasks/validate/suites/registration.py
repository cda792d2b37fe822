"""Gates on the tickets."""

from typing import Final

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, at_least, holds, mostly_holds

# Early birds and vouchers are normal; above a tenth, the price of event.toml is likely out of date.
_OF_KNOWN_PRICE_SHARE: Final = 0.9


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, severity, "core.registration", "registrations", ("registration_id",), rule, remedy, expectation)


def registration_gates() -> tuple[Gate, ...]:
    """Return the gates on the tickets, what stops first."""
    return (
        _gate(
            "registration_without_raw_row",
            "stop",
            holds("has_raw_row"),
            rule=message("Every ticket leads back to the line of the export it came from."),
            remedy=message("Drop the registration export into the inbox again, then call: rencontres ingest"),
        ),
        _gate(
            "registration_of_unknown_leader",
            "stop",
            holds("is_of_known_leader"),
            rule=message("Every ticket is nobody's or that of a leader of this edition."),
            remedy=message(
                "Call rencontres ingest again; if it stays, report it: the program links tickets and leaders."
            ),
        ),
        _gate(
            "registration_without_leader",
            "stop",
            holds("is_of_someone"),
            rule=message("Every ticket that counts belongs to a leader."),
            remedy=message(
                "Call rencontres ingest again; if it stays, report it: the program links tickets and leaders."
            ),
        ),
        _gate(
            "negative_amount",
            "warn",
            at_least("amount_cents", 0),
            rule=message("No ticket has a negative amount."),
            remedy=message("Check these tickets in the ticket office: a refund belongs into its own column."),
        ),
        _gate(
            "refund_above_amount",
            "warn",
            holds("is_refund_within_amount"),
            rule=message("No refund is above the amount that was paid."),
            remedy=message("Check these tickets in the ticket office, then export again."),
        ),
        _gate(
            "unknown_price",
            "warn",
            mostly_holds("is_of_known_price", _OF_KNOWN_PRICE_SHARE),
            rule=message("Tickets at the price of event.toml, or free: at least {share}%.", share=90),
            remedy=message(
                "Correct [price] in event.toml, or check the amounts of these tickets in the ticket office."
            ),
        ),
        _gate(
            "unlikely_order_date",
            "warn",
            holds("is_of_this_season"),
            rule=message("Every ticket was ordered in the thirteen months before the event."),
            remedy=message("Day and month may have been mistaken for each other: check the order dates of the export."),
        ),
    )
