"""Full names: family and given name told apart."""

import pytest

from tasks.ingest.records.answers import read_answer
from tasks.ingest.records.row_key import row_key
from tasks.ingest.records.tickets import read_ticket
from tasks.ingest.values.full_names import family_name_of, split_name, untitled
from tests.ingest.builders import reader


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("DE LUCA Marie-Anne", ("DE LUCA", "Marie-Anne")),
        ("Marie-Anne De Luca", ("De Luca", "Marie-Anne")),
        ("Dupont", ("Dupont", "")),
        ("JEAN DUPONT", ("DUPONT", "JEAN")),
        ("Dupont, Jean", ("Dupont", "Jean")),
        ("GARCIA LOPEZ, Mme Maria", ("GARCIA LOPEZ", "Maria")),
        ("Dupont,", ("Dupont,", "")),
        ("M. Paul de La Tour", ("de La Tour", "Paul")),
        ("Mme Claire Roy", ("Roy", "Claire")),
        ("Monsieur le Roy", ("Roy", "le")),
        ("Dr. Mme ROY Claire", ("ROY", "Claire")),
        ("M. DUPONT", ("DUPONT", "")),
        ("M.", ("M.", "")),
        ("J. Dupont", ("Dupont", "J.")),
        ("J.-P. Dupont", ("Dupont", "J.-P.")),
        ("DUPONT J.P.", ("DUPONT", "J.P.")),
    ],
)
def test_a_full_name_is_split(typed: str, names: tuple[str, str]) -> None:
    assert split_name(typed) == names


def test_a_title_goes_and_a_name_that_only_begins_like_one_stays() -> None:
    assert [untitled(name) for name in ("Mme  Roy", "Maitrejean Paul", "Me")] == ["Roy", "Maitrejean Paul", "Me"]


@pytest.mark.parametrize(
    ("full_name", "given_name", "family_name"),
    [
        ("Dupont", "Camille", "Dupont"),
        ("Camille Dupont", "camille", "Dupont"),
        ("DUPONT Camille", "Camille", "DUPONT"),
        ("Jean-Michel de La Tour", "Jean Michel", "de La Tour"),
        ("Mme Dupont", "Camille", "Dupont"),
        ("Martin", "Martin", "Martin"),
        ("Dupont Durand", "Camille", "Dupont Durand"),
    ],
)
def test_beside_a_given_name_the_rest_is_the_family_name(full_name: str, given_name: str, family_name: str) -> None:
    assert family_name_of(full_name, given_name) == family_name


@pytest.mark.parametrize(
    "source",
    [
        "google-forms-registration", "microsoft-forms-registration", "typeform-registration",
        "limesurvey-registration", "list",
    ],
)  # fmt: skip
def test_your_name_beside_your_first_name_is_the_family_name(source: str) -> None:
    row = reader(source, full_name="Dupont", given_name="Camille", company="Ateliers Morel")
    ticket = read_ticket(row)
    assert ticket is not None
    assert (ticket.family_name, ticket.given_name) == ("Dupont", "Camille")
    assert row_key(row) == "|camille dupont|ateliers morel"


def test_whoever_answers_is_known_by_both_names_too() -> None:
    names = {"full_name": "Dupont", "given_name": "Camille"}
    told = [
        read_answer(reader("google-forms-wishes", email="a@b.example", **fields))
        for fields in (names, {"full_name": "Mme Dupont"}, {"family_name": "Dupont", "given_name": "Camille"})
    ]
    assert [answer and answer.full_name for answer in told] == ["Camille Dupont", "Mme Dupont", "Camille Dupont"]
