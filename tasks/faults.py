"""What pydantic refuses, in sentences that can be translated: for event.toml, for forms, for the environment."""

from collections.abc import Mapping
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tasks.errors import UsageError
from tasks.messages import Message, message

# pydantic's own refusals that a person can meet, in sentences of ours; the names in braces are pydantic's.
SENTENCES: Final[Mapping[str, str]] = {
    fault: sentence.text
    for fault, sentence in {
        "missing": message("this key is missing"),
        "greater_than_equal": message("must be {ge} or more"),
        "greater_than": message("must be more than {gt}"),
        "less_than_equal": message("must be {le} or less"),
        "int_type": message("must be a whole number"),
        "int_from_float": message("must be a whole number"),
        "int_parsing": message("must be a whole number"),
        "string_type": message("must be a text between quotation marks"),
        "string_pattern_mismatch": message("may hold lower-case letters, digits and hyphens only"),
        "time_type": message("must be a time such as 14:00:00"),
        "time_parsing": message("must be a time such as 14:00:00"),
        "date_type": message("must be a date such as 2026-12-03"),
        "date_parsing": message("must be a date such as 2026-12-03"),
        "date_from_datetime_parsing": message("must be a date such as 2026-12-03"),
        "decimal_parsing": message('must be an amount such as "36.00"'),
        "decimal_max_places": message("must not have more than {decimal_places} decimals"),
        "literal_error": message("must be one of: {expected}"),
    }.items()
}


def sentence_of(fault: ErrorDetails) -> Message | str:
    """Return our sentence for a fault, else pydantic's own, in English."""
    context = fault.get("ctx", {})
    reason = context.get("reason")
    if isinstance(reason, Message):
        return reason
    sentence = SENTENCES.get(fault["type"])
    return fault["msg"] if sentence is None else Message(sentence, context)


def usage_error(error: ValidationError, kind: type[UsageError] = UsageError, variables: str = "") -> UsageError:
    """Return the first refusal of a form or of the environment as an error that names the field.

    ``variables`` is how the names of the environment's variables begin.
    """
    fault = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in fault["loc"])
    return kind(
        message(
            "{key}: {detail}.", key=f"{variables}{field.upper()}" if variables else field, detail=sentence_of(fault)
        ),
        remedy=message("See: rencontres --help"),
    )
