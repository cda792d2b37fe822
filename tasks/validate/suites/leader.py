"""Gates on the registered leaders."""

from typing import Final

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Limits, Severity, at_least, holds, is_unique, matches, mostly_holds

# Loose on purpose: ingestion has read every address with email-validator; this catches what came another way.
_EMAIL: Final = r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$"
_WITH_REQUESTS_SHARE: Final = 0.9
_WITH_PARTNERS_SHARE: Final = 0.9
# In real exports a quarter of the tickets carry the payer's address; above that the agendas go astray.
_OWN_EMAIL_SHARE: Final = 0.75


def _gate(code: str, severity: Severity, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, severity, "core.leader", "leaders", ("leader_id",), rule, remedy, expectation)


def leader_gates(limits: Limits) -> tuple[Gate, ...]:
    """Return the gates on leaders, what stops first."""
    return (*_stopping(), *_warning(limits))


def _stopping() -> tuple[Gate, ...]:
    return (
        _gate(
            "leader_without_company",
            "stop",
            holds("has_company"),
            rule=message("Every leader belongs to a company of this edition."),
            remedy=message("Fill in the company in the registration export, then call: rencontres ingest"),
        ),
        _gate(
            "leader_without_ticket",
            "stop",
            holds("has_ticket"),
            rule=message("Every registered leader has a ticket."),
            remedy=message(
                "Call rencontres ingest again; if it stays, report it: the program links tickets and leaders."
            ),
        ),
        _gate(
            "leader_twice",
            "stop",
            is_unique("person_key"),
            rule=message("No person is registered twice."),
            remedy=message(
                "Cancel one of the two tickets, or correct the name or the e-mail that makes them look alike."
            ),
        ),
        _gate(
            "catalogue_number_twice",
            "stop",
            is_unique("catalogue_number"),
            rule=message("Every leader has a catalogue number of their own."),
            remedy=message(
                "Call rencontres ingest again; if it stays, report it: the numbers are given by the program."
            ),
        ),
        _gate(
            "malformed_email",
            "stop",
            matches("email", _EMAIL),
            rule=message("Every e-mail address has the form of an address."),
            remedy=message("Correct the address in the registration export, then call: rencontres ingest"),
        ),
    )


def _warning(limits: Limits) -> tuple[Gate, ...]:
    return (
        _gate(
            "leader_vanished",
            "warn",
            holds("is_in_last_export"),
            rule=message("Every leader is still in the last export of the registrations."),
            remedy=message(
                "Confirm in the workbook of rejects who has withdrawn; until then these leaders are planned."
            ),
        ),
        _gate(
            "leader_without_name",
            "warn",
            holds("has_name"),
            rule=message("Every leader has a name."),
            remedy=message("Ask who comes for this company and correct the name in the registration export."),
        ),
        _gate(
            "no_own_email",
            "warn",
            mostly_holds("has_own_email", _OWN_EMAIL_SHARE),
            rule=message("Leaders with an e-mail address of their own: at least {share}%.", share=75),
            remedy=message("Ask these leaders for their address: their agenda would go to whoever paid, or nowhere."),
        ),
        _gate(
            "no_request",
            "warn",
            at_least("request_count", 1, share=_WITH_REQUESTS_SHARE),
            rule=message("Leaders who have sent their wishes: at least {share}%.", share=90),
            remedy=message("Remind these leaders to send their wishes: without any, they only meet who asks for them."),
        ),
        _gate(
            "few_partners",
            "warn",
            at_least("partner_count", limits.minimum, share=_WITH_PARTNERS_SHARE),
            rule=message(
                "Leaders with {minimum} possible partners or more: at least {share}%.",
                share=90,
                minimum=limits.minimum,
            ),
            remedy=message("Suggest further companies to these leaders: they cannot reach the minimum of meetings."),
        ),
        _gate(
            "no_free_slot",
            "warn",
            at_least("free_slot_count", 1),
            rule=message("Every leader is free for at least one meeting."),
            remedy=message("Check the hours that these leaders gave: they are away the whole afternoon."),
        ),
        _gate(
            "own_maximum_below_one",
            "warn",
            at_least("max_meetings", 1),
            rule=message("Whoever limits their meetings allows at least one."),
            remedy=message("Check the maximum that these leaders gave: with zero they meet nobody."),
        ),
    )
