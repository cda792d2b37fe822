"""Why a request was not met: exactly one true reason for each, in the order in which they exclude one another."""

from collections import Counter

from tasks.schedule.candidates import Arena
from tasks.schedule.plan import Reason, Unmet
from tasks.schedule.problem import Request


class Reasons:
    """The reasons of one plan: candidates with their slots and tables."""

    def __init__(self, arena: Arena, slots: dict[int, int], tables: dict[int, int]) -> None:
        self._arena = arena
        self._met = {arena.pair_ids(arena.candidates[position]) for position in slots}
        self._count = Counter[int]()
        self._busy = [0] * len(arena.available)
        self._seats: dict[int, set[int]] = {}
        for position, slot in slots.items():
            candidate = arena.candidates[position]
            for leader in (candidate.one, candidate.other):
                self._count[leader] += 1
                self._busy[leader] |= 1 << slot
            self._seats.setdefault(slot, set()).add(tables[position])

    def unmet(self) -> tuple[Unmet, ...]:
        """Return every request that is not fulfilled, with its reason."""
        open_requests = (request for request in self._arena.problem.requests if request.pair not in self._met)
        return tuple(Unmet(r.asking, r.asked, *self.reason_of(r)) for r in open_requests)

    def reason_of(self, request: Request) -> tuple[Reason, str]:
        """Return the first reason that holds, and a short detail of ids and numbers."""
        if request.asked not in self._arena.leader_position:
            return "unknown_partner", request.asked
        one, other = (self._arena.leader_position[name] for name in (request.asking, request.asked))
        return self._never_possible(request, one, other) or self._full(one, other) or self._lost(request, one, other)

    def _never_possible(self, request: Request, one: int, other: int) -> tuple[Reason, str] | None:
        arena = self._arena
        asking, asked = arena.problem.leaders[one], arena.problem.leaders[other]
        if asking.company == asked.company:
            return "same_company", asking.company
        if request.pair in arena.banned:
            return "excluded", "-".join(request.pair)
        if not arena.available[one] & arena.available[other]:
            return "no_common_slot", f"{asking.id} {asked.id}"
        return None

    def _full(self, one: int, other: int) -> tuple[Reason, str] | None:
        arena = self._arena
        reasons: tuple[tuple[Reason, int], ...] = (("own_full", one), ("partner_full", other))
        for reason, leader in reasons:
            if self._count[leader] >= arena.caps[leader]:
                return reason, f"{arena.problem.leaders[leader].id} {self._count[leader]}/{arena.caps[leader]}"
        return None

    def _lost(self, request: Request, one: int, other: int) -> tuple[Reason, str]:
        """Both could meet once more: tell a lack of tables from a lack of value."""
        arena = self._arena
        mask = arena.available[one] & arena.available[other] & ~self._busy[one] & ~self._busy[other]
        free = [at for at in range(arena.slot_count) if mask >> at & 1]
        if free and not any(self._has_table(at, arena.own_table(request.pair)) for at in free):
            return "no_table", " ".join(arena.problem.slots[at].id for at in free)
        return "lower_value", f"{request.asking} {request.asked}"

    def _has_table(self, slot: int, table: int) -> bool:
        taken = self._seats.get(slot, set())
        return len(taken) < len(self._arena.problem.tables) and table not in taken
