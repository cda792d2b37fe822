"""Which leaders are of one company, and which number a company keeps."""

from tasks.ingest.people.memory import Memory
from tasks.ingest.people.people import People, derive_people
from tests.ingest.builders import CURRENT
from tests.ingest.people import a_ticket, memory_of

SIREN = "732829320"
OTHER_SIREN = "552100554"


def people_of(*companies: tuple[str, str], memory: Memory | None = None) -> People:
    """Return people of these companies (name, SIRET as typed), one each."""
    tickets = [
        a_ticket(number, family_name=f"Nom{'abcdefgh'[number]}", given_name="Ana", company=name, siret=siret)
        for number, (name, siret) in enumerate(companies)
    ]
    return derive_people(CURRENT, tickets, memory or Memory())


def companies(people: People) -> list[tuple[str, str, str | None]]:
    return [(company.company_id, company.name, company.siren) for company in people.companies]


def homes(people: People) -> list[str]:
    return [leader.company_id for leader in people.leaders]


def test_one_siren_is_one_company_however_it_is_spelt() -> None:
    people = people_of(("Ateliers Morel", "732 829 320 00074"), ("Morel SAS", SIREN))
    assert companies(people) == [("C001", "Ateliers Morel", SIREN)]
    assert homes(people) == ["C001", "C001"]


def test_one_name_with_two_sirens_is_two_companies() -> None:
    people = people_of(("Transports Morel", SIREN), ("Transports Morel", OTHER_SIREN), ("SARL Transports Morel", ""))
    assert homes(people) == ["C001", "C002", "C003"]


def test_a_name_alone_belongs_to_the_only_siren_that_bears_it() -> None:
    people = people_of(("SAS Morel", ""), ("Morel", SIREN), ("Durand", ""), ("Durand SARL", ""))
    assert companies(people) == [("C001", "SAS Morel", SIREN), ("C002", "Durand", None)]
    assert homes(people) == ["C001", "C001", "C002", "C002"]


def test_who_names_no_company_is_of_the_one_whose_siren_they_give() -> None:
    people = people_of(("", SIREN), ("Morel", SIREN), ("", ""))
    assert companies(people) == [("C001", "Morel", SIREN), ("C002", "Ana Nomc", None)]


def test_a_company_keeps_its_number_when_it_gives_or_loses_its_siren() -> None:
    first = people_of(("Petit", ""), ("Morel", ""))
    second = people_of(("Petit", ""), ("Morel", SIREN), memory=memory_of(first))
    assert companies(second) == [("C001", "Petit", None), ("C002", "Morel", SIREN)]
    third = people_of(("Petit", ""), ("Morel", ""), memory=memory_of(second))
    assert companies(third) == companies(first)


def test_another_siren_never_takes_the_number_of_a_namesake() -> None:
    first = people_of(("Morel", SIREN))
    second = people_of(("Morel", OTHER_SIREN), memory=memory_of(first))
    assert homes(second) == ["C002"]


def test_a_company_with_several_tickets_of_one_leader_is_that_of_the_first_that_names_one() -> None:
    ana = {"family_name": "Morel", "given_name": "Ana", "email": "ana@morel.example"}
    tickets = [
        a_ticket(1, **ana),
        a_ticket(2, **ana, company="Morel"),
        a_ticket(3, **ana, company="Morel", siret=SIREN),
    ]
    assert companies(derive_people(CURRENT, tickets, Memory())) == [("C001", "Morel", SIREN)]
