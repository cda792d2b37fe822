"""The digest in words: what happened to leaders, which field changed, what waits."""

from collections.abc import Mapping
from typing import Final

from tasks.messages import Message, message, plural

# The kinds of audit.change, in the order in which an organiser asks.
CHANGES: Final[Mapping[str, Message]] = {
    "registered": plural("{count} newcomer", "{count} newcomers", count=0),
    "withdrawn": plural("{count} withdrawal", "{count} withdrawals", count=0),
    "vanished": plural("{count} gone from the export", "{count} gone from the export", count=0),
    "returned": plural("{count} return", "{count} returns", count=0),
    "changed": plural("{count} changed", "{count} changed", count=0),
}
# What waits for a person: the kinds of audit.review_item first, then cells, files, and checks by severity.
OPEN: Final[Mapping[str, Message]] = {
    "stop": plural("{count} check that forbids a plan", "{count} checks that forbid a plan", count=0),
    "withdrawal": plural(
        "{count} leader gone from the export, to confirm", "{count} leaders gone from the export, to confirm", count=0
    ),
    "request": plural(
        "{count} wish for somebody who was not recognised",
        "{count} wishes for somebody who was not recognised",
        count=0,
    ),
    "asker": plural(
        "{count} answer whose author was not recognised",
        "{count} answers whose author was not recognised",
        count=0,
    ),
    "exclusion": plural(
        "{count} refusal that was not recognised", "{count} refusals that were not recognised", count=0
    ),
    "duplicate": plural("{count} possible double registration", "{count} possible double registrations", count=0),
    "company": plural(
        "{count} SIREN under two names: one company or two?",
        "{count} SIREN under two names each: one company or two?",
        count=0,
    ),
    "identity": plural(
        "{count} possible participant of an earlier edition",
        "{count} possible participants of earlier editions",
        count=0,
    ),
    "category": plural(
        "{count} product or service without category", "{count} products or services without category", count=0
    ),
    "refused": plural("{count} refused value", "{count} refused values", count=0),
    "set_aside": plural("{count} file set aside", "{count} files set aside", count=0),
    "gone": plural("{count} export gone from the inbox", "{count} exports gone from the inbox", count=0),
    "warn": plural("{count} check worth a look", "{count} checks worth a look", count=0),
}
DECISIONS: Final = frozenset(OPEN) - {"stop", "gone", "warn"}
_FIELDS: Final[Mapping[str, Message]] = {
    "family_name": message("Family name"),
    "given_name": message("Given name"),
    "company": message("Company"),
    "siren": message("SIREN"),
    "postcode": message("Postcode"),
    "town": message("Town"),
    "job_title": message("Job title"),
    "email": message("E-mail"),
    "payer_email": message("Payer's e-mail"),
    "phone": message("Telephone"),
    "language": message("Language"),
    "role": message("Buyer or supplier"),
    "presentation": message("Presentation"),
    "max_meetings": message("Maximum of meetings"),
    "wishes": message("Number of wishes"),
    "wish_list": message("Wishes, by catalogue number"),
    "availability": message("Away"),
    "merged_into": message("Same person as no."),
}
_VALUES: Final[Mapping[tuple[str, str], Message]] = {
    ("language", "fr"): message("French"),
    ("language", "en"): message("English"),
    ("role", "buyer"): message("buyer"),
    ("role", "supplier"): message("supplier"),
    ("role", "both"): message("buyer and supplier"),
}
_NOTHING: Final = message("nothing")


def field_in_words(name: str) -> Message | str:
    """Return a field as people call it, or its name where there are no words for it."""
    return _FIELDS.get(name, name)


def value_in_words(field: str, value: str) -> Message | str:
    """Return a value as people would say it; an empty one is ``nothing``."""
    return _VALUES.get((field, value), value) if value else _NOTHING
