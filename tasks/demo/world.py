"""Who came to which edition: people, their companies, and what changed for them from one year to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from tasks.demo.companies import Company, CompanyRegister, slug
from tasks.demo.people import Person, Population, business_address, private_address

REFERENCE_COUNT: Final = 180


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the made-up event; ``per_leader`` is its size beside the current one."""

    number: int
    id: str
    held_on: date
    per_leader: float


EDITIONS: Final = {
    17: Edition(17, "artois-douaisis-2024", date(2024, 12, 5), 211 / REFERENCE_COUNT),
    18: Edition(18, "artois-douaisis-2025", date(2025, 12, 4), 193 / REFERENCE_COUNT),
    19: Edition(19, "artois-douaisis-2026", date(2026, 12, 3), 1.0),
}
REPEAT_SHARES: Final = {18: 0.40, 19: 0.62}
_ATTENDED_SHARE: Final = 0.93
_FROM_LAST_YEAR_SHARE: Final = 0.85
_PRIVATE_ADDRESS_SHARE: Final = 0.18
_CHANGES_COMPANY_SHARE: Final = 0.06
_CHANGES_ADDRESS_SHARE: Final = 0.07
_REPLACES_COLLEAGUE_SHARE: Final = 0.06


@dataclass(frozen=True, slots=True)
class Visit:
    """A person's registration for an edition. ``attended`` is None where nobody noted it."""

    edition: int
    person: Person
    company: Company
    email: str
    attended: bool | None


@dataclass(frozen=True, slots=True)
class World:
    """All visits of the three editions, and spare people who register and do not come."""

    visits: dict[int, tuple[Visit, ...]]
    spares: dict[int, tuple[Visit, ...]]


def scaled(reference: int, leader_count: int, least: int = 1) -> int:
    """Return a number that is meant for 180 leaders, for an event of another size."""
    return max(least, round(reference * leader_count / REFERENCE_COUNT))


def build_world(rng: Random, leader_count: int) -> World:
    """Return a world whose current edition has ``leader_count`` leaders."""
    return _Builder(rng, leader_count).build()


class _Builder:
    def __init__(self, rng: Random, leader_count: int) -> None:
        self._rng = rng
        self._leader_count = leader_count
        self._register = CompanyRegister(rng)
        self._population = Population(rng)

    def build(self) -> World:
        """Fill the editions one after the other."""
        first = self._newcomers(17, self._size(17))
        second = self._second(first)
        third = self._third(first, second)
        visits = {17: first, 18: second, 19: third}
        spares = {number: self._newcomers(number, scaled(10, self._leader_count, least=6)) for number in EDITIONS}
        return World(
            {number: tuple(self._rng.sample(who, len(who))) for number, who in visits.items()},
            {number: tuple(who) for number, who in spares.items()},
        )

    def _size(self, number: int) -> int:
        return round(EDITIONS[number].per_leader * self._leader_count)

    def _second(self, first: list[Visit]) -> list[Visit]:
        """Fill edition 18 so that the share of repeaters is the same among those present and those absent."""
        size = self._size(18)
        present_count = round(_ATTENDED_SHARE * size)
        repeat_present = round(REPEAT_SHARES[18] * present_count)
        repeat_absent = round(REPEAT_SHARES[18] * (size - present_count))
        back = [self._returning(18, old) for old in self._rng.sample(first, repeat_present + repeat_absent)]
        new = self._newcomers(18, size - len(back), colleagues=_not_in(first, back))
        absent = [*back[:repeat_absent], *new[: size - present_count - repeat_absent]]
        return [_seen(visit, attended=visit not in absent) for visit in (*back, *new)]

    def _third(self, first: list[Visit], second: list[Visit]) -> list[Visit]:
        repeat_count = round(REPEAT_SHARES[19] * self._leader_count)
        last_year = [visit for visit in second if visit.attended]
        longer_ago = _not_in(first, second)
        from_last_year = round(_FROM_LAST_YEAR_SHARE * repeat_count)
        old = self._rng.sample(last_year, from_last_year) + self._rng.sample(longer_ago, repeat_count - from_last_year)
        back = [self._returning(19, visit) for visit in old]
        strangers = _not_in((*first, *second), back)
        homonym = self._at_new_company(19, self._population.draw_homonym(self._rng.choice(strangers).person))
        english = [self._at_new_company(19, self._population.draw_english_speaker()) for _ in range(2)]
        pairs = [self._second_leader(visit) for visit in self._rng.sample(back, scaled(2, self._leader_count))]
        rest = self._leader_count - len(back) - len(pairs) - 3
        return [*back, *pairs, homonym, *english, *self._newcomers(19, rest, colleagues=strangers)]

    def _newcomers(self, number: int, size: int, colleagues: Sequence[Visit] = ()) -> list[Visit]:
        """Draw people who come for the first time, a few of them for the company of someone who came before."""
        replaced = self._rng.sample(colleagues, round(_REPLACES_COLLEAGUE_SHARE * size)) if colleagues else []
        companies = [visit.company for visit in replaced]
        companies += [self._register.draw() for _ in range(size - len(companies))]
        return [self._visit(number, self._population.draw(company), company) for company in companies]

    def _at_new_company(self, number: int, person: Person) -> Visit:
        return self._visit(number, person, self._register.draw())

    def _second_leader(self, visit: Visit) -> Visit:
        """Draw a brother, a daughter: same family name, same company."""
        person = self._population.draw(visit.company, family=visit.person.family)
        email = f"{slug(person.given)}.{slug(person.family)}@{visit.company.domain}"
        return Visit(19, person, visit.company, email, None)

    def _visit(self, number: int, person: Person, company: Company) -> Visit:
        if self._rng.random() < _PRIVATE_ADDRESS_SHARE:
            return Visit(number, person, company, private_address(self._rng, person), None)
        return Visit(number, person, company, business_address(self._rng, person, company), None)

    def _returning(self, number: int, old: Visit) -> Visit:
        luck = self._rng.random()
        if luck < _CHANGES_COMPANY_SHARE:
            return self._at_new_company(number, old.person)
        if luck < _CHANGES_COMPANY_SHARE + _CHANGES_ADDRESS_SHARE:
            return Visit(number, old.person, old.company, private_address(self._rng, old.person), None)
        return Visit(number, old.person, old.company, old.email, None)


def _not_in(visits: Sequence[Visit], others: Sequence[Visit]) -> list[Visit]:
    """Return the visits of people who are not among ``others``, each person once."""
    known = {visit.person.key for visit in others}
    by_person = {visit.person.key: visit for visit in visits if visit.person.key not in known}
    return list(by_person.values())


def _seen(visit: Visit, *, attended: bool) -> Visit:
    return Visit(visit.edition, visit.person, visit.company, visit.email, attended)
