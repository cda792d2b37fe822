"""Who is meant by what was typed: ids, names of people and companies, without accents, and never a guess."""

import pytest

from tasks.errors import DataError
from tasks.messages import message
from tasks.schedule.explain import Person
from tasks.schedule.naming import leaders_of_files, named_leaders, person_named
from tasks.store import Database
from tests.rows import insert
from tests.schedule.builders import a_problem
from tests.schedule.conftest import EDITION, leader_row


def found(database: Database, typed: str) -> Person:
    return person_named(named_leaders(database, EDITION), typed, message("first name"))


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("L003", "L003"),
        ("l003", "L003"),
        ("equipements nord", "L003"),
        ("ÉQUIPEMENTS NORD", "L003"),
        ("Nord", "L003"),
        ("brasserie oeillet", "L002"),
        ("Family4", "L004"),
        ("given4 family4", "L004"),
        ("FAMILY4, Given4", "L004"),
        ("D", "L004"),
    ],
)
def test_a_leader_is_found_by_id_name_or_company(database: Database, typed: str, who: str) -> None:
    assert found(database, typed).id == who


def test_a_found_leader_is_shown_by_company_and_whether_withdrawn(database: Database) -> None:
    assert [found(database, name) for name in ("L001", "L006")] == [
        Person("L001", "Ateliers Morel"),
        Person("L006", "F", is_withdrawn=True),
    ]


def test_a_company_of_two_leaders_is_no_answer_and_names_both(database: Database) -> None:
    insert(database, "core.leader", [leader_row(7, company_id="C001")])
    with pytest.raises(DataError) as refused:
        found(database, "morel")
    assert str(refused.value) == (
        "first name: this name fits several leaders: L001, L007.\n"
        "Give the number of the one who is meant, for example L001."
    )


def test_a_leader_who_turned_out_to_be_another_is_not_found(database: Database) -> None:
    insert(database, "core.leader", [leader_row(7, company_id="C001", merged_into="L001")])
    assert found(database, "morel").id == "L001"


@pytest.mark.parametrize("typed", ["nobody", "", "---", "L999"])
def test_a_name_that_fits_nobody_is_said_without_repeating_it(database: Database, typed: str) -> None:
    with pytest.raises(DataError) as refused:
        found(database, typed)
    assert str(refused.value) == (
        "first name: this name fits no leader.\nGive a number such as L012, or the name as in the registrations."
    )


def test_files_know_ids_also_of_those_who_are_only_asked_for() -> None:
    leaders = leaders_of_files(a_problem(requests=[("Ana", "Bob"), ("Ana", "Gus")]))
    assert [person_named(leaders, name, message("first name")) for name in ("ana", "GUS")] == [
        Person("Ana"),
        Person("Gus"),
    ]
