"""One SIREN under two names: one company where the names are alike, else apart and asked, as a person says."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tasks.ingest.people.memory import Memory
from tasks.ingest.people.people import People, derive_people
from tasks.ingest.records.decisions import Decisions
from tasks.questionnaire import company_question
from tasks.workspace import Workspace
from tests.ingest.builders import CURRENT, READ_AT, ingest, rows_of, ticket, write_tickets, write_wishes
from tests.ingest.people import a_ticket, asked, decided, memory_of
from tests.ingest.test_corrections_come_back import answer, drop
from tests.ingest.test_corrections_come_back import asked as asked_in_workbook

SIREN, OTHER_SIREN = "732829320", "552100554"
MOREL, PETIT, ROUX = "Transports Morel", "Transports Petit", "Imprimerie Roux"
QUESTION = company_question(SIREN, "transports morel", "transports petit")


def derived(
    *companies: str | dict[str, str], memory: Memory | None = None, decisions: Decisions | None = None
) -> People:
    """Return people of these companies, one each, all with one SIREN unless they say otherwise."""
    given = [{"company": company} if isinstance(company, str) else company for company in companies]
    tickets = [
        a_ticket(number, **({"family_name": f"Nom{'abcdefghijklmnopqrstuvwxyz'[number]}", "siret": SIREN} | content))
        for number, content in enumerate(given)
    ]
    return derive_people(CURRENT, tickets, memory or Memory(), decisions)


def companies(people: People) -> list[tuple[str, str, str | None]]:
    return [(company.company_id, company.name, company.siren) for company in people.companies]


def homes(people: People) -> dict[str, str]:
    """Return the id of each company by its name."""
    return {company.name: company.company_id for company in people.companies}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dupont SARL", "DUPONT"),
        ("Ateliers Morel", "Morel"),
        (MOREL, "Transport Morell Nord"),
        ("Mini Market", "Minimarket"),
        ("B.M.D.", "Boulangerie Martin Douai"),
        ("Boulangerie Martin Douai", "BMD"),
    ],
)
def test_names_that_are_alike_are_one_company_s(one: str, other: str) -> None:
    people = derived(one, other)
    assert companies(people) == [("C001", one, SIREN)]
    assert asked(people) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MOREL, PETIT),
        ("Boulangerie Martin", "Martin traiteur"),
        ("Menuiserie charpente Petit", "Menuiserie charpente Morel"),
        ("Art", MOREL),
        ("!!!", "Morel"),
    ],
)
def test_unlike_names_are_two_companies_and_a_question(one: str, other: str) -> None:
    people = derived(one, other)
    assert companies(people) == [("C001", one, SIREN), ("C002", other, SIREN)]
    ((kind, leader_id, _, reason),) = asked(people)
    assert (kind, leader_id, reason) == ("company", "L002", "one_siren")


def test_the_question_names_the_siren_both_names_and_a_leader_of_each() -> None:
    people = derived(ROUX, PETIT, PETIT, {"company": MOREL, "siret": OTHER_SIREN}, MOREL)
    assert [(item.leader_id, item.typed) for item in people.review_items] == [
        ("L002", company_question(SIREN, "imprimerie roux", "transports petit")),
        ("L005", company_question(SIREN, "imprimerie roux", "transports morel")),
    ]
    assert {item.candidates for item in people.review_items} == {'[{"leader_id": "L001", "score": 38.7}]'}
    assert (people.review_items[0].row_number, company_question(SIREN, "b", "a")) == (1, f"{SIREN} a | b")


def test_people_with_e_mails_of_one_house_are_of_one_company_whatever_they_call_it() -> None:
    people = derived(
        {"company": "La Table d'Ana", "email": "ana@petit.example"}, {"company": PETIT, "email": "bob@petit.example"}
    )
    assert companies(people) == [("C001", "La Table d'Ana", SIREN)]
    public = derived({"company": MOREL, "email": "ana@orange.fr"}, {"company": PETIT, "email": "bob@orange.fr"})
    assert [kind for kind, *_ in asked(public)] == ["company"]


@pytest.mark.parametrize("leader_id", ["L002", "L099"])
def test_what_a_person_says_wins_whichever_leader_was_asked(leader_id: str) -> None:
    first = derived(MOREL, PETIT)
    one = decided(("company", leader_id, QUESTION, "confirmed"))
    people = derived(MOREL, PETIT, memory=memory_of(first), decisions=one)
    assert (companies(people), asked(people)) == ([("C001", MOREL, SIREN)], [])
    assert one.used == {("company", leader_id, QUESTION)}
    two = decided(("company", leader_id, QUESTION, "refused"))
    people = derived(MOREL, PETIT, memory=memory_of(people), decisions=two)
    assert (homes(people), asked(people)) == ({MOREL: "C001", PETIT: "C002"}, [])
    assert two.used == one.used
    apart = decided(("company", leader_id, QUESTION, "refused"))
    assert asked(derived(MOREL, {"company": PETIT, "siret": OTHER_SIREN}, decisions=apart)) == []
    assert apart.used == set()


def test_a_third_name_never_joins_two_that_a_person_has_kept_apart() -> None:
    decisions = decided(("company", "L002", QUESTION, "refused"))
    assert len(homes(derived(MOREL, PETIT, "Transports", decisions=decisions))) == 2
    assert len(homes(derived(MOREL, PETIT, "Transports"))) == 1  # the name that each of them holds makes a chain


def test_who_is_not_of_the_first_company_may_be_of_the_second() -> None:
    first = company_question(SIREN, "transports morel", "imprimerie roux")
    decisions = decided(("company", "L002", QUESTION, "refused"), ("company", "L003", first, "refused"))
    assert asked(derived(MOREL, PETIT, ROUX, decisions=decisions)) == [
        ("company", "L003", company_question(SIREN, "transports petit", "imprimerie roux"), "one_siren")
    ]


def test_companies_with_one_siren_keep_their_ids_whoever_comes_first() -> None:
    first = derived(MOREL, PETIT)
    for other in ((PETIT, MOREL), (PETIT, ROUX, MOREL)):
        found = homes(derived(*other, memory=memory_of(first)))
        assert (found[MOREL], found[PETIT]) == ("C001", "C002")
    # A correction ends the doubt, and the one whose number it is keeps its own.
    corrected = derived({"company": PETIT, "siret": OTHER_SIREN}, MOREL, memory=memory_of(first))
    assert homes(corrected)[MOREL] == "C001"
    assert asked(corrected) == []


def test_the_company_that_bore_the_siren_alone_keeps_its_id_when_another_claims_it() -> None:
    first = derived(MOREL)
    assert homes(derived(PETIT, MOREL, memory=memory_of(first))) == {MOREL: "C001", PETIT: "C002"}


def test_who_names_no_company_is_a_third_where_two_claim_the_siren() -> None:
    nameless = {"given_name": "Ana", "company": ""}
    assert len(homes(derived(MOREL, nameless, nameless | {"family_name": "Roux"}))) == 1
    people = derived(MOREL, PETIT, nameless)
    assert [leader.company_id for leader in people.leaders] == ["C001", "C002", "C003"]
    assert [leader_id for _, leader_id, *_ in asked(people)] == ["L002", "L003"]


def test_a_number_that_fills_a_column_is_nobody_s_and_asked_of_nobody() -> None:
    letters = "abcdefghijklmnopqrstu"
    people = derived(*(f"Société {letter * 4}" for letter in letters))
    assert (len(people.companies), asked(people)) == (21, [])
    assert len(asked(derived(*(f"Société {letter * 4}" for letter in letters[1:])))) == 19


def test_nobody_is_asked_about_a_company_of_which_nobody_comes() -> None:
    people = derived(MOREL, {"company": PETIT, "status": "Annulé"}, memory=memory_of(derived(MOREL, PETIT)))
    assert ([leader.status for leader in people.leaders], asked(people)) == (["registered", "withdrawn"], [])


def test_names_of_any_length_are_compared_and_asked() -> None:
    people = derived("a b " * 30_000, "c d " * 30_000)
    ((_, _, typed, _),) = asked(people)
    assert len(typed) < 250


COMPANIES = "select company_id, name, siren from core.company order by all"
REQUESTS = "select from_leader_id, to_leader_id, match_rule from core.request order by all"
QUESTIONS = "select kind, leader_id, reason from audit.review_item order by all"


def two_competitors(workspace: Workspace) -> Sequence[tuple[object, ...]]:
    """Let Bob of Petit, with the SIREN of Ana's line, and Dan ask for Ana and for Bob; return the companies."""
    rows = [
        ticket(1, "Ana", "Morel", MOREL, SIRET=SIREN),
        ticket(2, "Bob", "Petit", PETIT, SIRET=SIREN),
        ticket(3, "Dan", "Roux", ROUX),
    ]
    write_tickets(workspace, rows)
    wishes = ((rows[1], MOREL), (rows[2], PETIT))
    write_wishes(
        workspace,
        [{"Adresse de messagerie": row["Email participant"], "Souhait n° 1": typed} for row, typed in wishes],
    )
    ingest(workspace)
    return rows_of(workspace, COMPANIES)


def test_two_competitors_may_ask_for_each_other_and_the_organiser_is_asked(workspace: Workspace) -> None:
    assert two_competitors(workspace) == [("C001", MOREL, SIREN), ("C002", PETIT, SIREN), ("C003", ROUX, None)]
    assert rows_of(workspace, REQUESTS) == [("L002", "L001", "exact"), ("L003", "L002", "exact")]
    assert rows_of(workspace, QUESTIONS) == [("company", "L002", "one_siren")]
    before = rows_of(workspace, COMPANIES)
    ingest(workspace, READ_AT + timedelta(days=1))
    assert rows_of(workspace, COMPANIES) == before


def test_one_company_says_the_workbook_and_it_is_found_under_both_names(workspace: Workspace) -> None:
    two_competitors(workspace)
    drop(workspace, answer(asked_in_workbook(workspace), lambda _: "Une seule société"))
    ingest(workspace, READ_AT + timedelta(days=1))
    one = ([("C001", MOREL, SIREN), ("C003", ROUX, None)], [("L003", "L002", "exact")])
    assert (rows_of(workspace, COMPANIES), rows_of(workspace, REQUESTS)) == one
    assert rows_of(workspace, QUESTIONS) == [("request", "L002", "own_company")]
    assert rows_of(workspace, "select kind, verdict, is_used from audit.decision") == [("company", "confirmed", True)]
    workspace.database.unlink()
    ingest(workspace, READ_AT + timedelta(days=2))
    assert rows_of(workspace, REQUESTS) == one[1]


def test_two_companies_says_the_workbook_and_nobody_is_asked_again(workspace: Workspace) -> None:
    before = two_competitors(workspace)
    drop(workspace, answer(asked_in_workbook(workspace), lambda _: "Two companies"))
    ingest(workspace, READ_AT + timedelta(days=1))
    assert rows_of(workspace, COMPANIES) == before
    assert rows_of(workspace, QUESTIONS) == []
    assert asked_in_workbook(workspace) == {}
