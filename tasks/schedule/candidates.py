"""The problem as the solver sees it: positions instead of ids, and every pair that may meet at all.

The referee does not use this module: it reads the problem by itself.
"""

from dataclasses import dataclass
from functools import cached_property

from tasks.schedule.problem import Fixed, Pair, Problem, pair_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may meet.

    ``one`` < ``other`` are positions of leaders, ``askers`` those of the two who asked, ``weight`` is in points
    (ranks and mutuality, not gains), ``slots`` a bit mask of slot positions, ``table`` the position of the table
    that the pair must use (-1: any), ``is_fixed`` whether it must meet.
    """

    one: int
    other: int
    askers: tuple[int, ...]
    weight: int
    slots: int
    table: int
    is_fixed: bool


@dataclass(frozen=True)
class Arena:
    """A problem in positions. Everything is derived from the problem, in its canonical order."""

    problem: Problem

    @cached_property
    def slot_count(self) -> int:
        """How many slots there are."""
        return len(self.problem.slots)

    @cached_property
    def slot_position(self) -> dict[str, int]:
        """Slot ids to positions."""
        return {slot.id: position for position, slot in enumerate(self.problem.slots)}

    @cached_property
    def table_position(self) -> dict[str, int]:
        """Table ids to positions."""
        return {table: position for position, table in enumerate(self.problem.tables)}

    @cached_property
    def leader_position(self) -> dict[str, int]:
        """Leader ids to positions."""
        return {leader.id: position for position, leader in enumerate(self.problem.leaders)}

    @cached_property
    def available(self) -> tuple[int, ...]:
        """For each leader the bit mask of the slots in which the leader is there."""
        everything = (1 << self.slot_count) - 1
        away = [sum(1 << self.slot_position[slot] for slot in leader.unavailable) for leader in self.problem.leaders]
        return tuple(everything & ~mask for mask in away)

    @cached_property
    def caps(self) -> tuple[int, ...]:
        """For each leader the most meetings there can be: the maximum, and no more than available slots."""
        leaders = zip(self.problem.leaders, self.available, strict=True)
        return tuple(min(self.problem.maximum_of(leader), mask.bit_count()) for leader, mask in leaders)

    @cached_property
    def banned(self) -> frozenset[Pair]:
        """The pairs that must not meet."""
        return frozenset(self.problem.excluded)

    @cached_property
    def ranks(self) -> dict[Pair, list[tuple[int, int]]]:
        """For each requested pair that may meet, the askers' positions and ranks."""
        found: dict[Pair, list[tuple[int, int]]] = {}
        for request in self.problem.requests:
            pair = request.pair
            if request.asked not in self.leader_position or pair in self.banned:
                continue
            one, other = (self.problem.leader_by_id[name] for name in pair)
            if one.company != other.company and self._common(pair):
                found.setdefault(pair, []).append((self.leader_position[request.asking], request.rank))
        return found

    @cached_property
    def targets(self) -> tuple[int, ...]:
        """For each leader how many meetings count as enough (t of the contract)."""
        partners = [0] * len(self.problem.leaders)
        for pair in self.ranks:
            for name in pair:
                partners[self.leader_position[name]] += 1
        minimum = self.problem.limits.min_meetings
        return tuple(min(minimum, count, cap) for count, cap in zip(partners, self.caps, strict=True))

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every pair that may meet beside the fixed meetings, and these themselves, sorted by pair."""
        fixed = {item.pair: item for item in self.problem.fixed}
        taken = self._taken_by_fixed()
        found = []
        for pair in sorted(self.ranks.keys() | fixed.keys()):
            slots, table = self._common(pair), self.own_table(pair)
            if pair in fixed:
                slots = 1 << self.slot_position[fixed[pair].slot]
                table = self._table_of_fixed(fixed[pair])
            else:
                slots &= ~(taken.leaders[pair[0]] | taken.leaders[pair[1]] | taken.full)
                if table >= 0:
                    slots &= ~taken.tables.get(table, 0)
            if slots:
                found.append(self._candidate(pair, slots, table, is_fixed=pair in fixed))
        return tuple(found)

    def own_table(self, pair: Pair) -> int:
        """Return the position of the table where one of the two always sits (the first id wins), else -1."""
        for name in pair:
            table = self.problem.leader_by_id[name].table
            if table is not None:
                return self.table_position[table]
        return -1

    def _common(self, pair: Pair) -> int:
        one, other = (self.available[self.leader_position[name]] for name in pair)
        return one & other

    def _table_of_fixed(self, item: Fixed) -> int:
        return self.own_table(item.pair) if item.table is None else self.table_position[item.table]

    def _candidate(self, pair: Pair, slots: int, table: int, *, is_fixed: bool) -> Candidate:
        one, other = (self.leader_position[name] for name in pair)
        asked = self.ranks.get(pair, [])
        weights = self.problem.weights
        weight = sum(weights.of_rank(rank) for _, rank in asked) + weights.mutual * (len(asked) == 2)  # noqa: PLR2004 -- both asked
        return Candidate(one, other, tuple(asker for asker, _ in asked), weight, slots, table, is_fixed)

    def _taken_by_fixed(self) -> "_Taken":
        taken = _Taken({leader.id: 0 for leader in self.problem.leaders}, {}, 0)
        seats = [len(self.problem.tables)] * self.slot_count
        for item in self.problem.fixed:
            slot = self.slot_position[item.slot]
            seats[slot] -= 1
            for name in item.pair:
                taken.leaders[name] |= 1 << slot
            table = self._table_of_fixed(item)
            if table >= 0:
                taken.tables[table] = taken.tables.get(table, 0) | 1 << slot
        full = sum(1 << slot for slot, left in enumerate(seats) if left == 0)
        return _Taken(taken.leaders, taken.tables, full)

    def pair_ids(self, candidate: Candidate) -> Pair:
        """Return the ids of a candidate's two leaders."""
        leaders = self.problem.leaders
        return pair_of(leaders[candidate.one].id, leaders[candidate.other].id)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Slots (bit masks) that fixed meetings take from leaders and tables, and those that they fill."""

    leaders: dict[str, int]
    tables: dict[int, int]
    full: int
