"""A row of the wishes form: what a leader sells and seeks, when they are there, whom they wish to meet."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final, Literal, cast

from tasks.ingest import normalise, quantities
from tasks.ingest.folding import fold
from tasks.ingest.reader import Reader
from tasks.ingest.rejection import Place
from tasks.messages import Language

_BULLET: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,2}\s*[.)/°-])\s+")  # noqa: RUF001 -- people type dashes
_NOBODY: Final = frozenset({"", "aucun", "aucune", "neant", "rien", "non", "na", "n a", "x", "personne", "sans objet"})
_MAX_MEETINGS: Final = 50

Role = Literal["buyer", "supplier", "both"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A name as typed, at its place in the list: 1 for the first."""

    rank: int
    typed: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the form. Times are local to the event; whoever answered is known by e-mail, name and company."""

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
    arrives_at: time | None
    leaves_at: time | None
    pause: tuple[time, time] | None
    wishes: tuple[Wish, ...]
    excluded: tuple[str, ...]


def read_answer(reader: Reader) -> Answer | None:
    """Return the answer of a row, None (and the row refused) where nothing says whose it is."""
    email = reader.value("email", normalise.email)
    full_name = reader.text("full_name")
    if not email and not full_name:
        reader.refuse_row("no_identity")
        return None
    return Answer(
        place=reader.place,
        answered_at=reader.instant("answered_at"),
        email=email,
        full_name=full_name,
        company=reader.text("company"),
        role=cast("Role | None", reader.code("role")),
        sells=_labels(reader, "sells"),
        seeks=_labels(reader, "seeks"),
        presentation=reader.text("presentation"),
        language=cast("Language | None", reader.code("language")),
        max_meetings=reader.value("max_meetings", lambda text: quantities.integer_between(text, 1, _MAX_MEETINGS)),
        arrives_at=reader.value("arrives_at", quantities.time_of_day),
        leaves_at=reader.value("leaves_at", quantities.time_of_day),
        pause=reader.value("pause", quantities.span),
        wishes=_wishes(reader),
        excluded=tuple(name for name in reader.lines("excluded") if fold(name) not in _NOBODY),
    )


def _labels(reader: Reader, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reader.lines(name)))


def _wishes(reader: Reader) -> tuple[Wish, ...]:
    """Return all wishes: the numbered fields, then the cell with one a line, counted on from the last number."""
    numbered = [(number, name) for number, cell in reader.series("wish") for name in _names(cell)]
    last = max((number for number, _ in numbered), default=0)
    more = enumerate(_names("\n".join(reader.lines("more_wishes"))), start=last + 1)
    return tuple(Wish(rank, typed) for rank, typed in (*numbered, *more))


def _names(cell: str) -> tuple[str, ...]:
    """Split a cell into the names it holds, without bullets; what says "nobody" is no name."""
    lines = (" ".join(_BULLET.sub("", line).split()) for line in cell.replace(";", "\n").splitlines())
    return tuple(line for line in lines if fold(line) not in _NOBODY)
