"""Typed names to leaders: alone where it is clear, else a question."""

import pytest

from tasks.ingest.directory import Directory
from tasks.ingest.recognition import Doubt, Recogniser
from tests.ingest.builders import directory_of

PEOPLE = (
    ("Ana", "Morel", "Ateliers Morel"),
    ("Bob", "Dupont", "Tôlerie Dupont SARL"),
    ("Cléo", "Dupont", "Tôlerie Dupont"),
    ("Dan", "Roux", "Imprimerie du Beffroi"),
    ("Eva", "Vasseur", "Imprimerie Vasseur"),
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return directory_of(*PEOPLE)


@pytest.mark.parametrize(
    ("typed", "partners", "rule"),
    [
        ("TOLERIE DUPONT", ("L002", "L003"), "exact"),
        ("Imprimerie-du-beffroi SAS", ("L004",), "exact"),
        ("ImprimerieVasseur", ("L005",), "exact"),
        ("Roux Dan", ("L004",), "exact"),
        ("Mme Cléo Dupont", ("L003",), "exact"),
        ("Tôlerie Dupont (Cléo Dupont)", ("L003",), "exact"),
        ("Dan Roux - Imprimerie du Beffroi", ("L004",), "exact"),
        ("Imprimerie Vasseur, Douai", ("L005",), "exact"),
        ("Imprimerie du Befroi", ("L004",), "close"),
        ("Eva.Vasseur@imprimerie-vasseur.example", ("L005",), "email"),
    ],
)
def test_a_clear_name_is_recognised(directory: Directory, typed: str, partners: tuple[str, ...], rule: str) -> None:
    found = Recogniser(directory).recognise(typed)
    assert not isinstance(found, Doubt)
    assert (found.leader_ids, found.rule) == (partners, rule)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("idem", "not_a_name"),
        ("idem que l'an dernier", "not_a_name"),
        ("Tous", "not_a_name"),
        ("voir liste", "not_a_name"),
        ("12", "not_a_name"),
        ("Imprimerie", "several_near_names"),
        ("Chaudronnerie inconnue", "no_near_name"),
        ("Dupont (Imprimerie Vasseur, Imprimerie du Beffroi)", "several_near_names"),
        ("nemo@ailleurs.example", "no_near_name"),
    ],
)
def test_what_is_unclear_becomes_a_question(directory: Directory, typed: str, reason: str) -> None:
    found = Recogniser(directory).recognise(typed)
    assert isinstance(found, Doubt)
    assert found.reason == reason


def test_a_name_that_two_companies_bear_becomes_a_question() -> None:
    directory = directory_of(*PEOPLE, ("Dan", "Roux", "Roux Conseil"))
    found = Recogniser(directory).recognise("Dan Roux")
    assert found == Doubt("several_near_names", (("L004", 100.0), ("L006", 100.0)))


@pytest.mark.parametrize(
    ("email", "name", "company"),
    [
        ("ana.morel@ateliers-morel.example", "", ""),
        (None, "MOREL Ana", "Ateliers Morel SAS"),
        (None, "Ana Morell", "Ateliers Morel"),
        ("autre@ailleurs.example", "Ana Morel", ""),
    ],
)
def test_an_answer_is_known_by_email_else_by_name(
    directory: Directory, email: str | None, name: str, company: str
) -> None:
    assert directory.find(email, name, company) == "L001"


@pytest.mark.parametrize(
    ("name", "company"), [("Zoé Morel", "Ateliers Morel"), ("", "Ateliers Morel"), ("Zoé Abel", "")]
)
def test_a_stranger_is_nobody(directory: Directory, name: str, company: str) -> None:
    assert directory.find("autre@ailleurs.example", name, company) is None
