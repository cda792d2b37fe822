"""Who could meet whom: partners for leaders with too few requests, from what both sides sell and seek."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tasks.ingest.wishes.asking import distance

Pair: TypeAlias = tuple[str, str]

# Of 100 points: one side needs what the other has, both do, each further category in common, and the roles go together.
_ONE_WAY: Final = 50.0
_BOTH_WAYS: Final = 75.0
_FURTHER: Final = 3.0
_MOST_FURTHER: Final = 5
_ROLES: Final[Mapping[int, float]] = {0: 10.0, 1: 5.0, 2: 0.0}


@dataclass(frozen=True, slots=True)
class Profile:
    """A leader as a possible partner: codes of what they sell and seek, and the slots (by position) they are there."""

    leader_id: str
    company_id: str
    role: str
    sells: frozenset[str] = frozenset()
    seeks: frozenset[str] = frozenset()
    free: frozenset[int] = frozenset()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A partner for a leader, the best at rank 1; ``sells`` are codes that the leader sells and the partner seeks."""

    leader_id: str
    partner_id: str
    rank: int
    score: float
    sells: frozenset[str]
    seeks: frozenset[str]


@dataclass(slots=True)
class _Fair:
    """The profiles by what they sell and seek; ``demand`` counts who asks for a leader or is pointed to them."""

    profiles: Sequence[Profile]
    demand: Counter[str]
    sellers: dict[str, list[Profile]] = field(default_factory=lambda: defaultdict(list))
    seekers: dict[str, list[Profile]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for profile in self.profiles:
            for code in profile.sells if profile.is_open else ():
                self.sellers[code].append(profile)
            for code in profile.seeks if profile.is_open else ():
                self.seekers[code].append(profile)

    def complements(self, profile: Profile) -> dict[str, Profile]:
        """Return whoever sells what a leader seeks, or seeks what they sell."""
        by_seeking = (partner for code in profile.seeks for partner in self.sellers.get(code, ()))
        by_selling = (partner for code in profile.sells for partner in self.seekers.get(code, ()))
        return {partner.leader_id: partner for found in (by_seeking, by_selling) for partner in found}


def suggest(
    profiles: Iterable[Profile], requested: AbstractSet[Pair], excluded: AbstractSet[Pair], *, minimum: int, count: int
) -> tuple[Proposal, ...]:
    """Return up to ``count`` partners for each leader whose own requests can give fewer than ``minimum`` meetings.

    ``requested`` holds (asking, asked), ``excluded`` pairs in either order. Proposed is whoever is open, works
    elsewhere, is not excluded, is free at the same time, and where neither has asked for the other. Best first:
    categories that fit both ways, one way, roles that go together; between equals whoever is least in demand.
    """
    ordered = sorted(profiles, key=lambda profile: profile.leader_id)
    barred = {*excluded, *((other, one) for one, other in excluded)}
    company_of = {profile.leader_id: profile.company_id for profile in ordered if profile.is_open}
    asked = Counter(
        one
        for one, other in requested
        if other in company_of and (one, other) not in barred and company_of.get(one) != company_of[other]
    )
    fair = _Fair(ordered, Counter(other for _, other in requested))
    barred |= {pair for one, other in requested for pair in ((one, other), (other, one))}
    return tuple(
        proposal
        for profile in ordered
        if asked[profile.leader_id] < minimum
        for proposal in _proposals(fair, profile, barred, count)
    )


def _proposals(fair: _Fair, profile: Profile, barred: AbstractSet[Pair], count: int) -> Iterator[Proposal]:
    possible = (
        partner
        for partner in fair.complements(profile).values()
        if partner.company_id != profile.company_id
        and (profile.leader_id, partner.leader_id) not in barred
        and not profile.free.isdisjoint(partner.free)
    )
    ordered = ((-score_of(profile, each), fair.demand[each.leader_id], each.leader_id, each) for each in possible)
    best = heapq.nsmallest(count, ordered, key=lambda found: found[:3])
    for rank, (minus_score, _, _, partner) in enumerate(best, start=1):
        # Who is proposed here is less likely to be proposed next: the little-asked are not all sent to one.
        fair.demand[partner.leader_id] += 1
        sells, seeks = profile.sells & partner.seeks, profile.seeks & partner.sells
        yield Proposal(profile.leader_id, partner.leader_id, rank, -minus_score, sells, seeks)


def score_of(profile: Profile, partner: Profile) -> float:
    """Return how well two leaders complement one another, from 0 to 100."""
    sells, seeks = len(profile.sells & partner.seeks), len(profile.seeks & partner.sells)
    if not sells + seeks:
        return 0.0
    fit, further = (_BOTH_WAYS, sells + seeks - 2) if sells and seeks else (_ONE_WAY, sells + seeks - 1)
    return fit + _FURTHER * min(further, _MOST_FURTHER) + _ROLES[distance(profile.role, partner.role)]
