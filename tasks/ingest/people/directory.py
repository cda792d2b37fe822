"""The leaders of an edition, to be found by e-mail, by name and company, or by what somebody typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.ingest.people.people import People
from tasks.ingest.rows.core import Company, Leader
from tasks.ingest.values.folding import company_key, fold, person_key
from tasks.ingest.values.lexicon import PUBLIC_MAIL
from tasks.ingest.values.names import is_same_name


@dataclass(frozen=True)
class Directory:
    """Who takes part in an edition. Where several fit, nobody is found: better none than the wrong one."""

    people: People

    @cached_property
    def leaders(self) -> Mapping[str, Leader]:
        """Return the leaders by id, in the order of the catalogue."""
        return {leader.leader_id: leader for leader in self.people.leaders}

    @cached_property
    def companies(self) -> Mapping[str, Company]:
        """Return the companies by id."""
        return {company.company_id: company for company in self.people.companies}

    @cached_property
    def of_company(self) -> Mapping[str, tuple[str, ...]]:
        """Return the leaders of each company, those registered first, then by catalogue number."""
        ordered = sorted(self.leaders.values(), key=lambda leader: (leader.status, leader.catalogue_number))
        return _grouped((leader.company_id, leader.leader_id) for leader in ordered)

    @cached_property
    def by_number(self) -> Mapping[int, str]:
        """Return the leaders by catalogue number, by those too that went to a double of theirs."""
        own = {leader.catalogue_number: leader.leader_id for leader in self.leaders.values()}
        return {**self.people.former_numbers, **own}

    @cached_property
    def towns(self) -> frozenset[str]:
        """Return the folded towns of all companies: what stands beside a name may be one."""
        return frozenset(fold(company.town) for company in self.people.companies if company.town)

    @cached_property
    def _by_own_email(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped(
            (leader.email, leader.leader_id)
            for leader in self.leaders.values()
            if leader.has_own_email and leader.email
        )

    @cached_property
    def _by_email(self) -> Mapping[str, tuple[str, ...]]:
        several = self.people.addresses
        return _grouped(
            (address, leader_id)
            for leader_id, leader in self.leaders.items()
            for address in several.get(leader_id, (leader.email,))
            if address
        )

    @cached_property
    def _by_payer_email(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped(
            (leader.payer_email, leader.leader_id) for leader in self.leaders.values() if leader.payer_email
        )

    @cached_property
    def _companies_by_domain(self) -> Mapping[str, tuple[str, ...]]:
        """Return the companies whose leaders have an own e-mail at a domain that is not open to anybody."""
        pairs = {
            (domain, leader.company_id): None
            for leader in self.leaders.values()
            if leader.has_own_email and leader.email and (domain := _domain(leader.email)) not in PUBLIC_MAIL
        }
        return _grouped(pairs)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Return the leaders by folded name."""
        return _grouped(
            (person_key(leader.family_name, leader.given_name), leader.leader_id) for leader in self.leaders.values()
        )

    @cached_property
    def _by_company_name(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((company.name_key, company.company_id) for company in self.people.companies)

    def find(self, email: str | None, full_name: str = "", company: str = "") -> str | None:
        """Return whose answer this is: by own e-mail, name and company, name alone, or an e-mail that others read.

        Where only the company is said, it is that of its only leader, if nobody knows that one's own e-mail: tickets
        often bear the address of whoever paid.
        """
        own = _only(self._by_own_email.get(email or "", ()))
        named = self.by_name.get(person_key(full_name), ()) if full_name else ()
        colleagues = self.of_company_named(company_key(company)) if full_name and company else ()
        exact = [found for found in named if found in colleagues]
        close = [found for found in colleagues if is_same_name(person_key(full_name), self.name_key_of(found))]
        found = own or _only(exact) or _only(close) or _only(named) or _only(self._by_email.get(email or "", ()))
        return found or (self._alone_in(company) if company and not full_name else None)

    def _alone_in(self, company: str) -> str | None:
        """Return the only leader of a company, None where their own e-mail is known: then another one is another's."""
        found = _only(self.of_company_named(company_key(company)))
        return None if found is None or self.leaders[found].has_own_email else found

    def addressed(self, email: str) -> tuple[str, ...]:
        """Return whom an address reaches: its owner, else the leaders of the one company whose domain it is at."""
        found = self.find(email)
        if found:
            return (found,)
        company_id = _only(self._companies_by_domain.get(_domain(email), ()))
        return self.of_company[company_id] if company_id else ()

    def paid_from(self, email: str) -> tuple[str, ...]:
        """Return the leaders without an address for whom somebody paid who has this one."""
        return self._by_payer_email.get(email, ())

    def of_company_named(self, name_key: str) -> tuple[str, ...]:
        """Return the leaders of all companies of a folded name."""
        same = self._by_company_name.get(name_key, ())
        return tuple(leader_id for company_id in same for leader_id in self.of_company.get(company_id, ()))

    def name_key_of(self, leader_id: str) -> str:
        """Return a leader's folded name."""
        leader = self.leaders[leader_id]
        return person_key(leader.family_name, leader.given_name)


def _domain(email: str) -> str:
    return email.rpartition("@")[2]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _only(found: Sequence[str]) -> str | None:
    return found[0] if len(found) == 1 else None
