"""The afternoon as it might have gone: who came, which meetings were held, which were fixed at the coffee table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Final

from tasks.demo.world import scaled

Span = tuple[datetime, datetime]

_ABSENT_SHARE: Final = 0.07
_HELD_SHARE: Final = 0.97
_SAME_DAY: Final = (10, 20)


@dataclass(frozen=True, slots=True)
class Guest:
    """A registered leader; ``ticket`` and ``email`` may be missing."""

    leader_id: str
    catalogue_number: int
    family_name: str
    given_name: str
    email: str | None
    company_id: str
    company: str
    ticket: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of two leaders, planned or fixed the same day; ``is_held`` is what happened."""

    leader_a: str
    leader_b: str
    starts_at: datetime
    table_id: str
    is_held: bool = False
    is_same_day: bool = False


@dataclass(frozen=True, slots=True)
class Hall:
    """What an afternoon needs to be played: the slots, the tables, and when somebody is away."""

    starts: tuple[datetime, ...]
    length: timedelta
    tables: tuple[str, ...]
    away: Mapping[str, Sequence[Span]]

    def is_away(self, leader_id: str, start: datetime) -> bool:
        """Say whether a leader is away during any part of the slot that begins at ``start``."""
        return any(begins < start + self.length and start < ends for begins, ends in self.away.get(leader_id, ()))


def who_came(rng: Random, *groups: Sequence[Guest]) -> frozenset[str]:
    """Return the leaders who came: all but seven in a hundred of each group."""
    came: list[str] = []
    for group in groups:
        stayed_away = rng.sample(range(len(group)), round(_ABSENT_SHARE * len(group)))
        came += [guest.leader_id for position, guest in enumerate(group) if position not in stayed_away]
    return frozenset(came)


def hold(rng: Random, planned: Sequence[Meeting], present: frozenset[str]) -> list[Meeting]:
    """Return the planned meetings with what became of them: most are held if both came."""
    return [
        Meeting(
            meeting.leader_a,
            meeting.leader_b,
            meeting.starts_at,
            meeting.table_id,
            is_held={meeting.leader_a, meeting.leader_b} <= present and rng.random() < _HELD_SHARE,
        )
        for meeting in planned
    ]


def fix_same_day(
    rng: Random, hall: Hall, guests: Sequence[Guest], planned: Sequence[Meeting], present: frozenset[str]
) -> list[Meeting]:
    """Return ten to twenty meetings (of 180 leaders) between people who came, are free together and find a table.

    Where a partner stayed away, the other one and the table are free.
    """
    standing = [meeting for meeting in planned if {meeting.leader_a, meeting.leader_b} <= present]
    busy = {(leader, meeting.starts_at) for meeting in standing for leader in (meeting.leader_a, meeting.leader_b)}
    taken = {(meeting.table_id, meeting.starts_at) for meeting in standing}
    known = {(meeting.leader_a, meeting.leader_b) for meeting in planned}
    here = [guest for guest in guests if guest.leader_id in present]
    pairs = [
        (one.leader_id, other.leader_id)
        for one, other in combinations(here, 2)
        if one.company_id != other.company_id and (one.leader_id, other.leader_id) not in known
    ]
    wanted = scaled(rng.randint(*_SAME_DAY), len(guests))
    fixed: list[Meeting] = []
    for pair in rng.sample(pairs, len(pairs)):
        if len(fixed) == wanted:
            break
        place = _free_place(hall, pair, busy, taken)
        if place:
            fixed.append(Meeting(*pair, *place, is_held=True, is_same_day=True))
            busy |= {(leader, place[0]) for leader in pair}
            taken.add((place[1], place[0]))
    return fixed


def _free_place(
    hall: Hall, pair: tuple[str, str], busy: set[tuple[str, datetime]], taken: set[tuple[str, datetime]]
) -> tuple[datetime, str] | None:
    """Return the first start and table at which both are free."""
    for start in hall.starts:
        if any((leader, start) in busy or hall.is_away(leader, start) for leader in pair):
            continue
        table = next((table for table in hall.tables if (table, start) not in taken), None)
        if table:
            return start, table
    return None
