"""Who asks to meet whom: complementary trades, popular people, and a few who ask for half the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, TypeAlias

from tasks.demo.words import pick
from tasks.demo.world import Visit, scaled

Role: TypeAlias = Literal["buyer", "supplier", "both"]

MUTUAL_SHARE: Final = 0.175
_MUTUAL_TOLERANCE: Final = 0.005
_USUAL_COUNTS: Final = (3, 4, 5, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 10, 10, 11, 12, 14)
# (requests of 180 leaders, least in a small event), twice about fifty and twice about thirty.
_INSATIABLE: Final = ((51, 12), (48, 11), (31, 10), (29, 9))
_SILENT: Final = 8
_POPULARITY_SIGMA: Final = 0.8
_COMPLEMENT_FACTOR: Final = 12.0
# Below so many possible partners a leader could miss the minimum of four meetings.
_FEWEST_PARTNERS: Final = 8


@dataclass(frozen=True, slots=True)
class _RoleShare:
    role: Role
    weight: int


_ROLES: Final = (_RoleShare("buyer", 20), _RoleShare("supplier", 35), _RoleShare("both", 45))


@dataclass(frozen=True, slots=True)
class Wisher:
    """A leader as a party to requests. Positions are those of the visits of the edition."""

    visit: Visit
    role: Role
    sells: tuple[str, ...]
    seeks: tuple[str, ...]
    popularity: float
    answers: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """All requests: for each leader's position, the positions of those asked for, best first."""

    wishers: tuple[Wisher, ...]
    requests: tuple[tuple[int, ...], ...]

    def mutual_share(self) -> float:
        """Return the share of requests that are returned."""
        return _returned_count(self.requests) / sum(map(len, self.requests))


def draw_wishes(rng: Random, visits: tuple[Visit, ...]) -> Wishes:
    """Return the requests of an edition.

    Mutual requests are brought to their share by giving up or adding single requests, the least wanted first.
    """
    count = len(visits)
    french = [position for position, visit in enumerate(visits) if visit.person.language == "fr"]
    silent = set(rng.sample(french, scaled(_SILENT, count)))
    wishers = tuple(_wisher(rng, visit, answers=position not in silent) for position, visit in enumerate(visits))
    requests: list[list[int]] = [[] for _ in wishers]
    talkers = [position for position in range(count) if wishers[position].answers]
    for position, size in zip(rng.sample(talkers, len(talkers)), _sizes(rng, count, len(talkers)), strict=True):
        requests[position] = _wanted(rng, wishers, position, size)
    _settle_mutual(rng, wishers, requests, talkers)
    _introduce(rng, wishers, requests, talkers)
    return Wishes(wishers, tuple(map(tuple, requests)))


def _wisher(rng: Random, visit: Visit, *, answers: bool) -> Wisher:
    role = pick(rng, _ROLES).role
    trade = visit.company.trade
    seeks = tuple(rng.sample(trade.seeks, min(len(trade.seeks), rng.choice((1, 2, 2, 3)))))
    return Wisher(
        visit=visit,
        role=role,
        sells=() if role == "buyer" else (trade.label,),
        seeks=() if role == "supplier" else seeks,
        popularity=rng.lognormvariate(0, _POPULARITY_SIGMA) * (2 if role == "buyer" else 1),
        answers=answers,
    )


def _sizes(rng: Random, leader_count: int, size: int) -> list[int]:
    """Return how many requests each of ``size`` leaders makes; the median is eight."""
    many = [
        min(reference, leader_count // 2, scaled(reference, leader_count, least)) for reference, least in _INSATIABLE
    ]
    usual = [_USUAL_COUNTS[position % len(_USUAL_COUNTS)] for position in range(size - len(many))]
    return many + rng.sample(usual, len(usual))


def _attraction(one: Wisher, other: Wisher) -> float:
    """Return how much ``one`` wants to meet ``other``; zero within a company."""
    if one.visit.company == other.visit.company:
        return 0.0
    fits = set(one.seeks) & set(other.sells) or set(one.sells) & set(other.seeks)
    return other.popularity * (_COMPLEMENT_FACTOR if fits else 1.0)


def _wanted(rng: Random, wishers: tuple[Wisher, ...], position: int, size: int) -> list[int]:
    """Draw ``size`` others without repetition, the attractive ones earlier (Efraimidis and Spirakis, 2006)."""
    keys = [
        (rng.random() ** (1 / attraction), other)
        for other, wisher in enumerate(wishers)
        if (attraction := _attraction(wishers[position], wisher))
    ]
    return [other for _, other in sorted(keys, reverse=True)[:size]]


def _introduce(rng: Random, wishers: tuple[Wisher, ...], requests: list[list[int]], talkers: list[int]) -> None:
    """Let others ask for those who would have too few possible partners."""
    for position, wisher in enumerate(wishers):
        partners = {*requests[position], *(other for other in talkers if position in requests[other])}
        askers = [o for o in talkers if o not in partners and wishers[o].visit.company != wisher.visit.company]
        missing = max(0, _FEWEST_PARTNERS - len(partners))
        for asker in rng.sample(askers, min(missing, len(askers))):
            requests[asker].append(position)


def _returned_count(requests: Sequence[Sequence[int]]) -> int:
    return sum(asker in requests[asked] for asker, wanted in enumerate(requests) for asked in wanted)


def _settle_mutual(rng: Random, wishers: tuple[Wisher, ...], requests: list[list[int]], talkers: list[int]) -> None:
    """Exchange single requests until the share of mutual ones is right; nobody's number of requests changes."""
    total, returned_count = sum(map(len, requests)), _returned_count(requests)
    for _ in range(50 * len(talkers)):
        excess = returned_count / total - MUTUAL_SHARE
        if abs(excess) <= _MUTUAL_TOLERANCE:
            return
        asker = rng.choice(talkers)
        company = wishers[asker].visit.company
        new = [o for o in range(len(wishers)) if o not in requests[asker] and wishers[o].visit.company != company]
        if excess > 0:
            old = [asked for asked in requests[asker] if asker in requests[asked]]
            fresh = [other for other in new if asker not in requests[other]]
        else:
            old = [asked for asked in requests[asker] if asker not in requests[asked]]
            fresh = [other for other in new if asker in requests[other]]
        if old and fresh:
            requests[asker][requests[asker].index(old[-1])] = rng.choice(fresh)
            returned_count += -2 if excess > 0 else 2
