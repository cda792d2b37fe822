"""What is wrong with a refused line and what to do about it, in words for an organiser."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from tasks.messages import Message, message, plural

if TYPE_CHECKING:  # the process that draws the workbook does without DuckDB and Polars
    from tasks.store import Database

_RETYPE: Final = message("Type the right value into the workbook of rejects, or correct the export.")
_AS_TEXT: Final = message(
    "Type the whole number into the workbook of rejects, or format the column as text and export again."
)
_COMPLETE: Final = message("Complete the line in the workbook of rejects, or in the export.")
_IDENTIFY: Final = message("Check the number, name or address of this line, or register the person.")
_UNKNOWN_RULE: Final = message("The value could not be read.")
_ANSWER_AGAIN: Final = message("Choose one of the answers offered, and drop the workbook into the inbox again.")

# The rules of ingestion, as it writes them in audit.rejected_row: what is wrong, what to do.
_RULES: Final[Mapping[str, tuple[Message, Message]]] = {
    "not_an_email": (message("This is no e-mail address."), _RETYPE),
    "not_a_phone": (message("This is no telephone number."), _RETYPE),
    "not_a_siret": (message("This is neither a SIRET nor a SIREN: its check digit is wrong."), _RETYPE),
    "lost_digits": (message("The number has lost its digits in the spreadsheet."), _AS_TEXT),
    "not_a_postcode": (message("This is no postcode."), _AS_TEXT),
    "not_a_date": (message("This is no date."), _RETYPE),
    "not_a_time": (message("This is no time of day."), _RETYPE),
    "not_a_span": (message("This is no span of time, such as 15:40-16:00."), _RETYPE),
    "not_an_amount": (message("This is no amount of money."), _RETYPE),
    "not_a_number": (message("This is no number."), _RETYPE),
    "out_of_range": (message("The number is outside what is possible."), _RETYPE),
    "unknown_word": (message("This answer is not one of those offered."), _RETYPE),
    "unknown_status": (
        message("This status of a ticket is not known."),
        message("Check in the ticket office whether the ticket is valid, then correct the cell."),
    ),
    "cells_beyond_header": (
        message("The line has more cells than the header."),
        message("A separator or a quotation mark stands too much in the line: export again, or correct the line."),
    ),
    "no_identity": (message("Nothing says who the line is about."), _COMPLETE),
    "no_pair": (message("The line does not name two leaders."), _COMPLETE),
    "replaced_by_later_answer": (
        message("The same person answered again later."),
        message("Nothing to do: the last answer counts."),
    ),
    "set_aside_by_hand": (
        message("You have said to leave this line out."),
        message("Nothing to do; to take it back, change your answer in the workbook."),
    ),
    "unknown_person": (message("Nobody of this edition is meant by this line."), _IDENTIFY),
    "unknown_partner": (message("The partner named is no leader of this edition."), _IDENTIFY),
    "unknown_ticket": (message("No ticket of this edition bears this number."), _IDENTIFY),
    "unknown_catalogue_number": (message("No leader of this edition bears this catalogue number."), _IDENTIFY),
    "incomplete_deal": (message("The line does not say with whom or for how much."), _COMPLETE),
    "ticket_not_valid": (
        message("The ticket shown at the door is not valid."),
        message("Check in the ticket office whether the ticket was paid or cancelled, then correct its status."),
    ),
    "several_tickets": (
        message("The line stands for several tickets and names one person."),
        message("Ask who else comes, and register each of them on a line of their own."),
    ),
    "not_submitted": (
        message("The answer was begun and never sent."),
        message("Ask the leader to finish the form; until then the answer is left out."),
    ),
    "too_many_names": (message("The cell holds more names than anybody types."), _RETYPE),
    "unknown_answer": (message("This answer is not one of those offered, or names nobody."), _ANSWER_AGAIN),
    "changed_key": (
        message("The grey key of this line was changed: what was answered is not known."),
        message("Fill in the line once more in the newest workbook, and leave the grey column as it is."),
    ),
}
_COLUMNS: Final[Mapping[str, Message]] = {
    "family_name": message("Family name"),
    "given_name": message("Given name"),
    "full_name": message("Full name"),
    "company": message("Company"),
    "job_title": message("Job title"),
    "email": message("E-mail"),
    "payer_email": message("Payer's e-mail"),
    "siret": message("SIRET"),
    "phone": message("Telephone"),
    "postcode": message("Postcode"),
    "town": message("Town"),
    "language": message("Language"),
    "ticket_number": message("Ticket number"),
    "status": message("Ticket status"),
    "is_paid": message("Paid"),
    "is_valid": message("Valid"),
    "ordered_at": message("Order date"),
    "ordered_on": message("Order date"),
    "answered_at": message("Date of the answer"),
    "checked_in_at": message("Time of check-in"),
    "amount": message("Amount"),
    "refunded": message("Refunded"),
    "role": message("Buyer or supplier"),
    "arrives_at": message("Time of arrival"),
    "leaves_at": message("Time of departure"),
    "available": message("Hours of presence"),
    "pause": message("Pause"),
    "max_meetings": message("Maximum of meetings"),
    "numbers": message("Catalogue numbers"),
    "number_a": message("First catalogue number"),
    "number_b": message("Second catalogue number"),
    "is_held": message("Held"),
    "rating_a": message("Rating of the first"),
    "rating_b": message("Rating of the second"),
    "partner": message("Partner"),
    "attribution": message("Share due to the meetings"),
    "confidence": message("Certainty"),
    "satisfaction": message("Satisfaction"),
    "recommendation": message("Recommendation"),
    "answer": message("Answer"),
}
_VALUE_CLASSES: Final[Mapping[str, Message]] = {
    "empty": message("empty cell"),
    "scientific notation": message("scientific notation"),
    "decimal number": message("decimal number"),
    "e-mail": message("e-mail"),
    "date or time": message("date or time"),
    "row": message("whole line"),
}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One refused cell, or line: where it stands, and what kind of value stood there, never the value.

    ``is_fault`` is false where nothing is to be done: an answer that a later one replaced.
    """

    file_name: str
    sheet: str
    row_number: int
    column_name: str
    rule: str
    value_class: str
    is_fault: bool

    @property
    def is_whole_row(self) -> bool:
        """Whether the line as such was refused rather than one of its cells."""
        return self.value_class == "row"

    @property
    def column(self) -> Message | str:
        """The column in words, or by its name in the data where there are none."""
        return message("whole line") if self.is_whole_row else column_in_words(self.column_name)

    @property
    def reason(self) -> Message:
        """What is wrong, in words."""
        return _RULES.get(self.rule, (_UNKNOWN_RULE, _RETYPE))[0]

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        return _RULES.get(self.rule, (_UNKNOWN_RULE, _RETYPE))[1]

    @property
    def found(self) -> Message:
        """What kind of value stood there: ``13 digits``, ``text``."""
        amount, _, unit = self.value_class.partition(" ")
        if unit == "digits" and amount.isdecimal():
            return plural("{count} digit", "{count} digits", count=int(amount))
        return _VALUE_CLASSES.get(self.value_class, message("text"))


def column_in_words(name: str) -> Message | str:
    """Return a field as people call it, or by its name in the data where there are no words for it."""
    return _COLUMNS.get(name, name)


def refused_rows(database: "Database", edition_id: str) -> tuple[RefusedRow, ...]:
    """Return the refused lines of the files that count, in the order of the files."""
    rows = database.frame("audit/select_refused_rows", edition_id=edition_id).to_dicts()
    return tuple(refused_row(row) for row in rows)


def refused_row(row: Mapping[str, Any]) -> RefusedRow:
    """Return the refused row that some columns of a query tell."""
    return RefusedRow(**{field.name: row[field.name] for field in fields(RefusedRow)})
