"""Gates on the registration base as a whole, and on the memory of earlier editions."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Limits, Severity, at_least, at_most, reaches


def _gate(
    code: str, severity: Severity, figures: tuple[str, ...], expectation: Expectation, *, rule: Message, remedy: Message
) -> Gate:
    return Gate(code, severity, "core.leader", "base", figures, rule, remedy, expectation)


def base_gates(limits: Limits) -> tuple[Gate, ...]:
    """Return the gates on the whole base, what stops first."""
    return (*_stopping(), *_warning(limits))


def _stopping() -> tuple[Gate, ...]:
    return (
        _gate(
            "no_leader",
            "stop",
            ("registered_count",),
            at_least("registered_count", 1),
            rule=message("At least one leader is registered."),
            remedy=message("Drop the registration export into the inbox, then call: rencontres ingest"),
        ),
        _gate(
            "too_few_leaders",
            "stop",
            ("registered_count",),
            at_least("registered_count", 2),
            rule=message("There are two leaders or more: nobody meets alone."),
            remedy=message("Check that the registration export is complete and that its edition is this one."),
        ),
    )


def _warning(limits: Limits) -> tuple[Gate, ...]:
    return (
        _gate(
            "too_few_tables",
            "warn",
            ("wanted_meeting_count", "possible_meeting_count"),
            reaches("possible_meeting_count", "wanted_meeting_count"),
            rule=message("The tables offer a place for every meeting that could be wanted."),
            remedy=message(
                "Add tables in event.toml, lengthen the afternoon, or accept that the last wishes give way."
            ),
        ),
        _gate(
            "fewer_registrations",
            "warn",
            ("registered_count", "last_year_count"),
            reaches("registered_count", "expected_count"),
            rule=message(
                "Leaders, against as long before the event last year: at least {share}%.",
                share=round(limits.earlier_share * 100),
            ),
            remedy=message("Remind last year's participants, and check that no registration export is missing."),
        ),
        _gate(
            "waiting_items",
            "warn",
            ("review_count",),
            at_most("review_count", 0),
            rule=message("No question waits for a person's decision."),
            remedy=message("Decide the questions of the list below; until then these wishes are left out."),
        ),
        _gate(
            "refused_rows",
            "warn",
            ("refused_count",),
            at_most("refused_count", 0),
            rule=message("No line of the exports was refused."),
            remedy=message("Correct the lines listed below and drop them into the inbox again."),
        ),
    )


def edition_gates() -> tuple[Gate, ...]:
    """Return the gates on the editions of the memory."""
    return (
        Gate(
            "edition_without_export",
            "warn",
            "raw.file",
            "editions",
            ("edition_id",),
            message("Every edition of event.toml has at least one export."),
            message("Drop the exports of these editions into the inbox, or take them out of event.toml."),
            at_least("file_count", 1),
        ),
    )
