"""Tickets to leaders: who is one person, which number they keep."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.ingest import core
from tasks.ingest.people.identity import find_persons
from tasks.ingest.people.knowing import known_as
from tasks.ingest.people.memory import Memory
from tasks.ingest.people.people import People, derive_people
from tasks.ingest.records.tickets import Ticket
from tasks.workspace import Workspace
from tests.ingest.builders import (
    CURRENT,
    EARLIER,
    READ_AT,
    ingest,
    read_inbox,
    rows_of,
    ticket,
    write_billetweb,
    write_tickets,
)
from tests.ingest.people import a_ticket

LEADERS = "select leader_id, catalogue_number, family_name, company_id, status from core.leader order by leader_id"
NEXT_NIGHT = READ_AT + timedelta(days=1)
STATUSES = "select registration_id, status, leader_id from core.registration order by registration_id"


def sizes(*tickets: Ticket) -> list[int]:
    return sorted(len(person.tickets) for person in find_persons(tickets))


ADDRESSES = "select leader_id, email, payer_email, has_own_email from core.leader order by leader_id"
ANA = {"family_name": "Morel", "given_name": "Ana", "company": "Ateliers Morel", "email": "ana@morel.example"}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (ANA, [2]),
        ({**ANA, "family_name": "Morell", "company": "Autre"}, [2]),  # same own e-mail, a slip in the name
        ({**ANA, "family_name": "ana", "given_name": "MOREL", "email": "", "company": "SAS Ateliers Morel"}, [2]),
        ({"family_name": "Morel", "given_name": "A.", "phone": "0612345678"}, [2]),
        ({**ANA, "email": "", "company": "Autre"}, [1, 1]),
        ({"family_name": "Dupont", "given_name": "Bob", "phone": "0612345678"}, [1, 1]),
    ],
)
def test_two_tickets_are_one_person_by_email_name_and_company_or_mobile(
    other: dict[str, str], found: list[int]
) -> None:
    assert sizes(a_ticket(1, **ANA, phone="06 12 34 56 78"), a_ticket(2, **other)) == found


def test_an_address_shared_by_different_names_is_nobody_s_own() -> None:
    bob = {"family_name": "Dupont", "given_name": "Bob", "company": "Ateliers Morel", "email": "ana@morel.example"}
    persons = find_persons([a_ticket(1, **ANA), a_ticket(2, **bob)])
    assert [[found.own_email for found in person.tickets] for person in persons] == [[None], [None]]


def test_a_chain_of_likenesses_is_one_person() -> None:
    by_mail = {**ANA, "company": "Autre"}
    by_mobile = {"family_name": "Morel", "given_name": "A", "phone": "0612345678"}
    first = a_ticket(1, **by_mobile)
    assert sizes(first, a_ticket(2, **by_mail), a_ticket(3, **ANA, phone="0612345678")) == [3]


def test_test_tickets_are_nobody_s() -> None:
    assert find_persons([a_ticket(1, **ANA, promo_code="TEST")]) == ()


def test_the_memory_knows_each_person_once_and_first_by_the_key_that_made_the_id() -> None:
    assert found_as([("name:x", "email:a"), ("email:a",), ("email:z",)]) == ["L002", "L001", None]
    assert found_as([("email:a",), ("name:x", "email:a")]) == ["L001", "L002"]
    assert found_as([("email:a",), ("name:x",)], taken=["L001"]) == [None, "L002"]
    assert found_as([("name:y",), ("name:x",)]) == ["L001", "L002"]
    assert known_as([("email:a",)], {}, lambda _: {}) == [None]


def found_as(keys: Sequence[Sequence[str]], taken: Sequence[str] = ()) -> list[str | None]:
    memory = {"L001": ("email:a", "name:x", "name:y"), "L002": ("name:x",)}
    best = {known_id: own[0] for known_id, own in memory.items()}
    return known_as(keys, best, lambda left: {each: own for each, own in memory.items() if each in left}, taken)


def test_leaders_are_numbered_in_the_order_of_registration(workspace: Workspace) -> None:
    write_tickets(
        workspace,
        [
            ticket(3, "Cléo", "Petit", "Petit Frères"),
            ticket(1, "Ana", "Morel", "Ateliers Morel"),
            ticket(2, "Bob", "Dupont", "SARL Ateliers Morel"),
        ],
    )
    report = ingest(workspace)
    assert rows_of(workspace, LEADERS) == [
        ("L001", 1, "Morel", "C001", "registered"),
        ("L002", 2, "Dupont", "C001", "registered"),
        ("L003", 3, "Petit", "C002", "registered"),
    ]
    assert (report.leader_count, report.company_count, report.registration_count) == (3, 2, 3)


def test_what_does_not_count_stays_a_registration_without_a_leader(workspace: Workspace) -> None:
    write_tickets(
        workspace,
        [
            ticket(1, "Ana", "Morel", "Ateliers Morel"),
            ticket(2, "Ana", "Morel", "Ateliers Morel"),
            ticket(3, "Bob", "Dupont", "Dupont", Statut_de_la_commande="Annulé"),
            ticket(4, "Cléo", "Petit", "Petit", Statut_de_la_commande="En attente"),
            ticket(5, "Dan", "Roux", "Roux", Code_Promo="TEST"),
        ],
    )
    ingest(workspace)
    assert rows_of(workspace, STATUSES) == [
        ("1", "valid", "L001"),
        ("2", "duplicate", "L001"),
        ("3", "cancelled", None),
        ("4", "unpaid", None),
        ("5", "test", None),
    ]
    assert rows_of(workspace, "select count(*) from core.leader") == [(1,)]


def test_a_leader_who_cancels_later_is_withdrawn_and_keeps_the_number(workspace: Workspace) -> None:
    rows = [ticket(1, "Ana", "Morel", "Morel"), ticket(2, "Bob", "Dupont", "Dupont")]
    write_tickets(workspace, rows)
    ingest(workspace)
    newer = [
        ticket(0, "Zoé", "Abel", "Abel"),
        ticket(1, "Ana", "Morel", "Morel", Statut_de_la_commande="Remboursé"),
        ticket(2, "Bob", "Dupont", "Dupont & Fils", Email_participant="bob.dupont@dupont.example"),
    ]
    write_tickets(workspace, newer, "zz-plus-recent.csv")
    report = ingest(workspace, NEXT_NIGHT)
    assert rows_of(workspace, LEADERS) == [
        ("L001", 1, "Morel", "C001", "withdrawn"),
        ("L002", 2, "Dupont", "C004", "registered"),
        ("L003", 3, "Abel", "C003", "registered"),
    ]
    assert (report.leader_count, report.withdrawn_count) == (2, 1)


def test_a_leader_who_is_in_no_export_any_more_stays_until_a_person_confirms(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel"), ticket(2, "Bob", "Dupont", "Dupont")])
    ingest(workspace)
    write_tickets(workspace, [ticket(2, "Bob", "Dupont", "Dupont")], "zz-plus-recent.csv")
    ingest(workspace, NEXT_NIGHT)
    assert rows_of(workspace, LEADERS) == [
        ("L001", 1, "Morel", "C001", "registered"),
        ("L002", 2, "Dupont", "C002", "registered"),
    ]
    assert rows_of(workspace, "select leader_id from core.leader where is_vanished") == [("L001",)]


NUMBERS = st.lists(st.integers(0, 9), max_size=8)


@settings(max_examples=40, deadline=None)
@given(first=NUMBERS, second=NUMBERS)
def test_whoever_comes_again_keeps_the_number_and_newcomers_get_the_next_ones(
    first: list[int], second: list[int]
) -> None:
    def people(numbers: list[int], memory: Memory) -> People:
        tickets = [
            a_ticket(place, given_name="Ana", family_name=f"Morel{'x' * number}", company=f"Maison {number}")
            for place, number in enumerate(numbers)
        ]
        return derive_people(CURRENT, tickets, memory)

    before = people(first, Memory())
    after = people(second, Memory(before.leaders, before.companies))
    ids = {leader.family_name: (leader.leader_id, leader.company_id) for leader in before.leaders}
    kept = {leader.family_name: (leader.leader_id, leader.company_id) for leader in after.leaders}
    assert not second or {name: kept[name] for name in ids} == ids
    assert [leader.catalogue_number for leader in after.leaders] == list(range(1, len(after.leaders) + 1))
    assert people(second, Memory(after.leaders, after.companies)) == after


def test_an_edition_without_registrations_has_no_leaders() -> None:
    assert derive_people(CURRENT, [], Memory()).leaders == ()


def test_two_tickets_of_one_number_are_told_apart(workspace: Workspace) -> None:
    write_tickets(
        workspace,
        [
            ticket(1, "Ana", "Morel", "Morel"),
            ticket(2, "Bob", "Dupont", "Dupont", Numéro_de_billet="1"),
            ticket(3, "Cléo", "Petit", "Petit", Numéro_de_billet="1"),
            ticket(4, "Dan", "Roux", "Roux", Numéro_de_billet=""),
        ],
    )
    ingest(workspace)
    assert [row[0] for row in rows_of(workspace, STATUSES)][:3] == ["1", "1#2", "1#3"]
    assert [row[2] for row in rows_of(workspace, STATUSES)].count(None) == 0


def test_who_names_no_company_stands_for_themselves(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "x", Société="")])
    ingest(workspace)
    assert rows_of(workspace, "select name, name_key from core.company") == [("Ana Morel", "ana morel")]


def test_companies_are_one_by_siren_where_their_names_are_alike(workspace: Workspace) -> None:
    write_tickets(
        workspace,
        [
            ticket(1, "Ana", "Morel", "Ateliers Morel", SIRET="732 829 320 00074"),
            ticket(2, "Bob", "Dupont", "Morel", SIRET="732829320"),
        ],
    )
    ingest(workspace)
    assert rows_of(workspace, "select company_id, name, siren from core.company") == [
        ("C001", "Ateliers Morel", "732829320")
    ]


def test_the_payer_s_address_is_kept_to_write_to_but_is_not_own(workspace: Workspace) -> None:
    row = ticket(1, "Ana", "Morel", "Morel", Nom_payeur="Petit", Prénom_payeur="Luc", Email_participant="")
    write_tickets(workspace, [row | {"Email payeur": "luc@morel.example"}])
    ingest(workspace)
    assert rows_of(workspace, ADDRESSES) == [("L001", None, "luc@morel.example", False)]


def test_two_people_of_one_payer_are_two_and_neither_has_the_payer_s_address(workspace: Workspace) -> None:
    paid = {"Nom payeur": "Petit", "Prénom payeur": "Luc", "Email payeur": "luc@petit.example", "Email participant": ""}
    rows = [ticket(1, "Ana", "Morel", "Petit") | paid, ticket(2, "Anna", "Morel", "Petit") | paid]
    luc = ticket(3, "Luc", "Petit", "Petit") | paid
    bob = ticket(4, "Bob", "Roux", "Petit") | paid | {"Email participant": "luc@petit.example"}
    write_tickets(workspace, [*rows, luc, bob])
    ingest(workspace)
    assert rows_of(workspace, ADDRESSES) == [
        ("L001", None, "luc@petit.example", False),
        ("L002", None, "luc@petit.example", False),
        ("L003", "luc@petit.example", None, True),
        ("L004", None, "luc@petit.example", False),
    ]
    assert rows_of(workspace, "select typed, reason from audit.review_item") == [("2", "close_names")]


def test_the_address_of_an_order_for_two_is_neither_s_where_no_payer_is_named(workspace: Workspace) -> None:
    order = {"Nom payeur": "", "Prénom payeur": "", "Email payeur": "luc@petit.example", "Email participant": ""}
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Petit") | order, ticket(2, "Bob", "Roux", "Petit") | order])
    ingest(workspace)
    expected = [("L001", None, "luc@petit.example", False), ("L002", None, "luc@petit.example", False)]
    assert rows_of(workspace, ADDRESSES) == expected


def test_scanned_tickets_fill_the_attendance_of_their_edition(workspace: Workspace) -> None:
    common = {"Date de création": "2025-10-01 09:00", "Prix": "36,00", "Payé": "Oui", "Valide": "Oui"}
    write_billetweb(
        workspace,
        [
            {
                **common,
                "Billet": "T1",
                "Nom": "Morel",
                "Prénom": "Ana",
                "Scanné": "Oui",
                "Date utilisation": "2025-12-04 13:45",
            },
            {
                **common,
                "Billet": "T2",
                "Nom": "Dupont",
                "Prénom": "Bob",
                "Scanné": "Non",
                "Date utilisation": "0000-00-00 00:00",
            },
            {**common, "Billet": "T3", "Nom": "Petit", "Prénom": "Cléo", "Scanné": "Oui", "Valide": "Non"},
        ],
    )
    ingest(workspace)
    found = rows_of(
        workspace, "select edition_id, leader_id, is_present, checked_in_at from day.attendance order by all"
    )
    assert [(edition, leader, present) for edition, leader, present, _ in found] == [
        (EARLIER, "L001", True),
        (EARLIER, "L002", False),
    ]
    assert found[0][3] == datetime(2025, 12, 4, 12, 45, tzinfo=UTC)


def test_tickets_that_nobody_scanned_yet_say_nothing_about_attendance(workspace: Workspace) -> None:
    row = {
        "Date de création": "2026-10-01 09:00",
        "Billet": "T1",
        "Nom": "Morel",
        "Payé": "Oui",
        "Valide": "Oui",
        "Scanné": "Non",
    }
    write_billetweb(workspace, [row])
    ingest(workspace)
    assert rows_of(workspace, "select count(*) from day.attendance") == [(0,)]


def test_a_second_run_and_a_second_rebuild_change_nothing(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(number, "Ana", f"Morel{number}", f"Maison {number}") for number in range(1, 9)])
    first = ingest(workspace)
    tables = ["core.leader", "core.company", "core.registration", "core.edition", "raw.file", "raw.row"]
    before = [rows_of(workspace, f"from {table}") for table in tables]
    assert ingest(workspace) == first
    assert [rows_of(workspace, f"from {table}") for table in tables] == before


def test_a_rebuild_that_fails_leaves_everything_as_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    ingest(workspace)
    before = rows_of(workspace, LEADERS)
    write_tickets(workspace, [ticket(2, "Bob", "Dupont", "Dupont")], "zz.csv")
    read_inbox(workspace, NEXT_NIGHT)
    calls = []

    def stops_half_way(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 3:
            raise RuntimeError

    monkeypatch.setattr(core, "replace_all", stops_half_way)
    with pytest.raises(RuntimeError), workspace.writing() as db:
        core.rebuild(db, workspace.event, READ_AT)
    assert rows_of(workspace, LEADERS) == before
