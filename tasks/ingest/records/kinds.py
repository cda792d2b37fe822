"""From a raw row to the records it holds: which function reads which kind of export."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from tasks.ingest.formats.columns import BEYOND_HEADER
from tasks.ingest.formats.sources import Kind
from tasks.ingest.records.afternoon import (
    CheckIn,
    DealAnswer,
    PairOutcome,
    Stand,
    SurveyAnswer,
    read_check_in,
    read_deal,
    read_outcome,
    read_stand,
    read_survey,
)
from tasks.ingest.records.answers import Answer, read_answer, read_ticket_answer
from tasks.ingest.records.given import GivenCell, GivenVerdict, read_given
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.tickets import Ticket, read_ticket

Record: TypeAlias = (
    Ticket | Answer | Stand | CheckIn | PairOutcome | SurveyAnswer | DealAnswer | GivenCell | GivenVerdict
)

_READERS: Final[Mapping[Kind, Callable[[Reader], Record | None]]] = {
    "registration": read_ticket,
    "wishes": read_answer,
    "exhibitors": read_stand,
    "checkin": read_check_in,
    "outcomes": read_outcome,
    "survey": read_survey,
    "deals": read_deal,
    "corrections": read_given,
}


def read_records(reader: Reader) -> tuple[Record, ...]:
    """Return the records of a row, none where the row as a whole was refused; ``reader.rejections`` says why.

    A row of registration may be a ticket and an answer: some organisers ask for wishes where they sell tickets.
    """
    if BEYOND_HEADER in reader.content:
        # More cells than headers: a separator inside a value has moved all that follows into wrong columns.
        reader.refuse_row("cells_beyond_header")
        return ()
    record = _READERS[reader.source.kind](reader)
    if record is None:
        return ()
    answer = read_ticket_answer(reader, record) if isinstance(record, Ticket) else None
    return (record, answer) if answer else (record,)
