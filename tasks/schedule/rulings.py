"""The organiser's rulings: pairs that must meet, pairs that must not. They hold for every later plan until lifted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

from tasks.errors import DataError, UsageError
from tasks.messages import Message, message
from tasks.schedule.problem import Pair, pair_of
from tasks.settings import FinalScheduleSettings
from tasks.store import Database

RulingKind: TypeAlias = Literal["lock", "forbid"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of ``plan/select_rulings``."""

    leader_a: str
    leader_b: str
    ruling: RulingKind
    ruled_by: str
    ruled_at: datetime

    @property
    def pair(self) -> Pair:
        """The two leaders, unordered."""
        return self.leader_a, self.leader_b

    @property
    def row(self) -> dict[str, object]:
        """The ruling under its names, for machines."""
        return asdict(self)

    def sentence(self, one: Message, other: Message) -> Message:
        """One line for people about two leaders, named as the reader knows them."""
        values = {"one": one, "other": other, "by": self.ruled_by, "on": f"{self.ruled_at:%Y-%m-%d}"}
        if self.ruling == "lock":
            return message("{one} and {other} must meet ({by}, {on})", **values)
        return message("{one} and {other} must not meet ({by}, {on})", **values)


_RULINGS: Final = TypeAdapter(list[Ruling])


def rulings_of(db: Database, edition_id: str) -> list[Ruling]:
    """Return the rulings of an edition, forbidden pairs first."""
    return _RULINGS.validate_python(db.rows("plan/select_rulings", edition_id=edition_id))


def pairs_in(texts: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return the pairs that are written ``L012-L034``, as a form or the command line takes them."""
    halves = ([half.strip().upper() for half in text.split("-")] for text in texts)
    return tuple(pair_of(one, other) for one, other in halves)


def rule(db: Database, edition_id: str, ruling: RulingKind, pairs: tuple[Pair, ...], by: str, at: datetime) -> None:
    """Lock or forbid pairs; a pair has one ruling, the last one. Raises DataError for an id that no leader has."""
    names = sorted({name for pair in pairs for name in pair})
    unknown = db.rows("plan/select_unknown_leaders", edition_id=edition_id, leader_ids=names) if names else []
    if unknown:
        raise DataError(
            message("no leader of this edition has the id {leader}.", leader=str(unknown[0]["leader_id"])),
            remedy=message("Ids stand in the list of agendas: L001, L002 and so on."),
        )
    for pair in pairs:
        leader_a, leader_b = pair_of(*pair)
        if leader_a == leader_b:
            raise DataError(
                message("both names mean {leader}.", leader=leader_a), remedy=message("Name two different leaders.")
            )
        db.run(
            "plan/upsert_ruling",
            edition_id=edition_id,
            leader_a=leader_a,
            leader_b=leader_b,
            ruling=ruling,
            ruled_by=by,
            ruled_at=at,
        )


def rule_as_told(db: Database, edition_id: str, told: FinalScheduleSettings, at: datetime) -> None:
    """Lift, lock and forbid what a form says.

    Raises DataError for ids and rulings that are not known, UsageError for a pair that is locked and forbidden at once.
    """
    for pair in sorted(set(pairs_in(told.lock)).intersection(pairs_in(told.forbid))):
        raise UsageError(
            message("{pair} cannot be locked and forbidden at once.", pair="-".join(pair)),
            remedy=message("Leave one of the two out."),
        )
    lift(db, edition_id, pairs_in(told.lift))
    rule(db, edition_id, "lock", pairs_in(told.lock), told.by, at)
    rule(db, edition_id, "forbid", pairs_in(told.forbid), told.by, at)


def lift(db: Database, edition_id: str, pairs: tuple[Pair, ...]) -> None:
    """Take rulings back. Raises DataError for a pair that has none."""
    known = {ruling.pair for ruling in rulings_of(db, edition_id)}
    for pair in pairs:
        leader_a, leader_b = pair_of(*pair)
        if (leader_a, leader_b) not in known:
            raise DataError(
                message("nothing was ruled about {pair}.", pair="-".join(pair)),
                remedy=message("List what was ruled with: rencontres rulings"),
            )
        db.run("plan/delete_ruling", edition_id=edition_id, leader_a=leader_a, leader_b=leader_b)
