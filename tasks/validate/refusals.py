"""What is wrong with a refused line and what to do about it, in words for an organiser."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tasks.messages import Message, message, plural
from tasks.store import Database

_RETYPE: Final = message("Correct the cell in the export and drop the file into the inbox again.")
_AS_TEXT: Final = message("Format the column as text in the spreadsheet, type the whole number, export again.")
_COMPLETE: Final = message("Complete the line in the export and drop the file into the inbox again.")
_IDENTIFY: Final = message("Check the number, name or address of this line, or register the person.")
_UNKNOWN_RULE: Final = message("The value could not be read.")

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
    "unknown_person": (message("Nobody of this edition is meant by this line."), _IDENTIFY),
    "unknown_partner": (message("The partner named is no leader of this edition."), _IDENTIFY),
    "unknown_ticket": (message("No ticket of this edition bears this number."), _IDENTIFY),
    "unknown_catalogue_number": (message("No leader of this edition bears this catalogue number."), _IDENTIFY),
    "incomplete_deal": (message("The line does not say with whom or for how much."), _COMPLETE),
}
_COLUMNS: Final[Mapping[str, Message]] = {
    "email": message("E-mail"),
    "payer_email": message("Payer's e-mail"),
    "siret": message("SIRET"),
    "phone": message("Telephone"),
    "postcode": message("Postcode"),
    "status": message("Ticket status"),
    "ordered_at": message("Order date"),
    "amount": message("Amount"),
    "arrives_at": message("Time of arrival"),
    "leaves_at": message("Time of departure"),
    "pause": message("Pause"),
    "max_meetings": message("Maximum of meetings"),
    "satisfaction": message("Satisfaction"),
    "recommendation": message("Recommendation"),
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
        return message("whole line") if self.is_whole_row else _COLUMNS.get(self.column_name, self.column_name)

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


def refused_rows(database: Database, edition_id: str) -> tuple[RefusedRow, ...]:
    """Return the refused lines of the files that count, in the order of the files."""
    rows = database.frame("audit/select_refused_rows", edition_id=edition_id).to_dicts()
    return tuple(RefusedRow(**row) for row in rows)
