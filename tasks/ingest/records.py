"""From a raw row to a record of its kind: which function reads which kind of export."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from tasks.ingest.afternoon import (
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
from tasks.ingest.answers import Answer, read_answer
from tasks.ingest.columns import BEYOND_HEADER
from tasks.ingest.reader import Reader
from tasks.ingest.sources import Kind
from tasks.ingest.tickets import Ticket, read_ticket

Record: TypeAlias = Ticket | Answer | Stand | CheckIn | PairOutcome | SurveyAnswer | DealAnswer

_READERS: Final[Mapping[Kind, Callable[[Reader], Record | None]]] = {
    "registration": read_ticket,
    "wishes": read_answer,
    "exhibitors": read_stand,
    "checkin": read_check_in,
    "outcomes": read_outcome,
    "survey": read_survey,
    "deals": read_deal,
}


def read_record(reader: Reader) -> Record | None:
    """Return the record of a row, None where the row as a whole was refused; ``reader.rejections`` says why."""
    if BEYOND_HEADER in reader.content:
        # More cells than headers: a separator inside a value has moved all that follows into wrong columns.
        reader.refuse_row("cells_beyond_header")
        return None
    return _READERS[reader.source.kind](reader)
