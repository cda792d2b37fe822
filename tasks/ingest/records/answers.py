"""A row of the wishes form: what a leader sells and seeks, when they are there, whom they wish to meet."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from tasks.ingest.records.availability import Presence, read_presence
from tasks.ingest.records.choices import is_ticked
from tasks.ingest.records.declared import Role, read_language, read_max_meetings, read_role
from tasks.ingest.records.naming import full_name_of
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.statuses import status_of
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.records.wish_cells import WishCells, read_wish_cells
from tasks.ingest.values import normalise
from tasks.messages import Language

# The fields by which a row of registrations holds an answer too; besides them, numbered wishes and a matrix.
_ANSWERING: Final = frozenset(
    {
        *("role", "sells", "seeks", "presentation", "max_meetings", "arrives_at", "leaves_at", "available"),
        *("pause", "more_wishes", "numbers", "excluded"),
    }
)
_MOST_LABELS: Final = 100
_ANSWERING_SERIES: Final = ("wish_", "wish_of:", "sells_of:", "seeks_of:")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the form, or what a ticket's row holds of one (``is_of_ticket``).

    Times are local to the event; whoever answered is known by e-mail, name and company.
    """

    place: Place
    answered_at: datetime | None
    email: str | None
    full_name: str
    company: str
    role: Role | None
    sells: tuple[str, ...]
    seeks: tuple[str, ...]
    presentation: str
    language: Language | None
    max_meetings: int | None
    presence: Presence
    cells: WishCells
    is_of_ticket: bool = False


def read_answer(reader: Reader) -> Answer | None:
    """Return the answer of a row, None (and the row refused) where nothing says whose it is, or it was never sent."""
    email = reader.value("email", normalise.email)
    full_name = full_name_of(reader)
    if not email and not full_name:
        reader.refuse_row("no_identity")
        return None
    if status_of(reader)[0] != "valid":
        reader.refuse_row("not_submitted")
        return None
    return _answer(reader, reader.instant("answered_at"), email, full_name, reader.text("company"))


def read_ticket_answer(reader: Reader, ticket: Ticket) -> Answer | None:
    """Return what a row of registrations says beside its ticket, None where it holds no wish or the ticket is void."""
    if ticket.status != "valid" or not _is_answering(reader):
        return None
    full_name = f"{ticket.given_name} {ticket.family_name}".strip()
    email = ticket.own_email or ticket.email
    return _answer(reader, ticket.ordered_at, email, full_name, ticket.company, is_of_ticket=True)


def _is_answering(reader: Reader) -> bool:
    return any(reader.content[name].strip() for name in _of_answer(tuple(reader.content)))


@lru_cache(maxsize=4096)  # most rows of an export have the same fields filled
def _of_answer(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the fields of a row that belong to an answer."""
    return tuple(name for name in names if name in _ANSWERING or name.startswith(_ANSWERING_SERIES))


def _answer(
    reader: Reader,
    answered_at: datetime | None,
    email: str | None,
    full_name: str,
    company: str,
    *,
    is_of_ticket: bool = False,
) -> Answer:
    return Answer(
        place=reader.place,
        answered_at=answered_at,
        email=email,
        full_name=full_name,
        company=company,
        role=read_role(reader),
        sells=_labels(reader, "sells"),
        seeks=_labels(reader, "seeks"),
        presentation=reader.text("presentation"),
        language=read_language(reader),
        max_meetings=read_max_meetings(reader),
        presence=read_presence(reader),
        cells=read_wish_cells(reader),
        is_of_ticket=is_of_ticket,
    )


def _labels(reader: Reader, name: str) -> tuple[str, ...]:
    """Return what a cell lists, and the options that were ticked where each has a column of its own."""
    ticked = (label for label, cell in reader.matrix(name) if is_ticked(label, cell))
    found = tuple(dict.fromkeys((*reader.lines(name), *ticked)))
    if len(found) > _MOST_LABELS:
        reader.refuse(name, "too_many_names")
        return ()
    return found
