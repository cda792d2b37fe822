"""Gates on the registration base as a whole, and on the exports that it came from."""

from typing import Final

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Limits, Severity, at_least, at_most, holds, reaches

_SURELY_RECOGNISED_PERCENT: Final = 80
# Forms have questions of their own; where most columns are unknown, the export is likely another one than it seems.
_KNOWN_COLUMNS_PERCENT: Final = 50


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
            "unknown_wishes",
            "warn",
            ("unknown_wish_count", "typed_wish_count"),
            reaches("allowed_wish_count", "unknown_wish_count"),
            rule=message(
                "Wishes whose company or person was not recognised: at most {share}%.",
                share=round(limits.unknown_share * 100),
            ),
            remedy=message("Many leaders wish for who is not registered: answer the questions below, or invite them."),
        ),
        _gate(
            "set_aside_files",
            "warn",
            ("set_aside_count",),
            at_most("set_aside_count", 0),
            rule=message("Every file of the inbox could be taken in."),
            remedy=message("The list of files says what is wrong with each; mend it, or take it out of the inbox."),
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


def file_gates() -> tuple[Gate, ...]:
    """Return the gates on the exports that count."""
    return (
        _file(
            "doubtful_recognition",
            at_least("recognition_percent", _SURELY_RECOGNISED_PERCENT),
            rule=message("It is clear from which tool every export comes."),
            remedy=message('Name the source under [exports."file"] in event.toml; the list of files shows which one.'),
        ),
        _file(
            "unknown_columns",
            at_least("known_percent", _KNOWN_COLUMNS_PERCENT),
            rule=message("At least half of the columns of every export are known."),
            remedy=message('Say under [exports."file".columns] in event.toml what the columns of the list below hold.'),
        ),
        _file(
            "other_event",
            holds("is_of_one_event"),
            rule=message("Exports that count side by side have a rate in common: they are of one event."),
            remedy=message(
                'Say under [exports."file"] in event.toml: edition = "its id" if it is ours, is_ignored = true if not.'
            ),
        ),
    )


def _file(code: str, expectation: Expectation, *, rule: Message, remedy: Message) -> Gate:
    return Gate(code, "warn", "raw.file", "files", ("file",), rule, remedy, expectation)
