"""The words of the workbook of rejects: titles that are found again when it comes back, questions, rules."""

from collections.abc import Mapping
from typing import Final

from tasks.messages import Message, message
from tasks.questionnaire import QuestionKind

KEY_TITLE: Final = message("Key — do not change")
CORRECTED_TITLE: Final = message("Corrected value")
DECISION_TITLE: Final = message("Decision")
SEPARATE_TITLE: Final = message("Separate?")
ANSWER_TITLES: Final = (CORRECTED_TITLE, DECISION_TITLE, SEPARATE_TITLE)

ASKS: Final[Mapping[QuestionKind, Message]] = {
    "request": message("Wish: who is meant?"),
    "exclusion": message("Refusal to meet: who is meant?"),
    "identity": message("Same person as in an earlier edition?"),
    "withdrawal": message("No longer in the export: withdrawn?"),
    "duplicate": message("Two registrations: one person?"),
    "company": message("One SIREN, two names: one company?"),
    "category": message("Which category?"),
    "asker": message("Answer to the form: whose is it?"),
}
# The rules of ingestion, as it writes them in core.merge, and the fields that agree.
MERGED_BY: Final[Mapping[str, Message]] = {
    "own_email": message("Same personal e-mail"),
    "name_and_company": message("Same name and company"),
    "name_and_siren": message("Same name and SIREN"),
    "mobile_and_name": message("Same mobile and family name"),
    "ticket_number": message("Same ticket number"),
    "decision": message("Your decision"),
}
AGREEING: Final[Mapping[str, Message]] = {
    "email": message("e-mail"),
    "name": message("name"),
    "company": message("company"),
    "siren": message("SIREN"),
    "phone": message("telephone"),
    "postcode": message("postcode"),
    "ticket_number": message("ticket number"),
}
