"""What people say they sell and seek, to the codes of the nomenclature; unclear labels are asked about once."""

import json

import pytest

from tasks.demo.words import trades
from tasks.errors import ConfigurationError
from tasks.event_choices import Category
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.values.folding import fold
from tasks.ingest.wishes.nomenclature import Nomenclature, Unclear
from tasks.ingest.wishes.wishes import Wishes, derive_wishes
from tasks.workspace import Workspace
from tests.ingest.builders import directory_of, event_of, ingest, rows_of, ticket, write_tickets, write_wishes
from tests.ingest.wishing import afternoon, answer_of, decided

PEOPLE = (("Ana", "Morel", "Ateliers Morel"), ("Bob", "Dupont", "Tôlerie Dupont"))
ANA = "ana.morel@ateliers-morel.example"
BOB = "bob.dupont@tôlerie-dupont.example"
BEES = Category(code="bees", name="Apiculture", name_en="Bee-keeping", words=("miel", "ruches"))
OWN = Nomenclature.of([BEES, Category(code="wax", name="Cire")])


def offered(*contents: dict[str, str], decisions: Decisions | None = None, own: Nomenclature | None = None) -> Wishes:
    answers = [
        answer_of(content, email, row) for content, email, row in zip(contents, (ANA, BOB), (2, 3), strict=False)
    ]
    return derive_wishes(directory_of(*PEOPLE), answers, afternoon(), decisions, own)


def codes(wishes: Wishes) -> list[tuple[str, str, str, str | None]]:
    return [(offer.leader_id, offer.side, offer.category, offer.code) for offer in wishes.offers]


def test_no_word_stands_in_two_categories() -> None:
    entries = Nomenclature.standard().entries.values()
    named = [name for entry in entries for name in {fold(name) for name in (entry.name, entry.name_en, *entry.words)}]
    assert len(named) == len(set(named))
    assert all(named)


def test_every_trade_of_the_demo_is_known() -> None:
    labels = [trade.label for trade in trades()]
    found = {Nomenclature.standard().code_named(label) for label in labels}
    assert None not in found
    assert len(found) == len(labels)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Usinage et mécanique de précision", "machining"),
        ("USINAGE", "machining"),
        ("machining", "machining"),
        ("Precision engineering", "machining"),
        ("Usinnage", "machining"),
        ("Tôlerie fine", "metalwork"),
        ("Transport de marchandises", "logistics"),
        ("It", "software"),
    ],
)
def test_a_label_is_known_by_its_name_or_a_word_for_it(label: str, code: str) -> None:
    assert Nomenclature.standard().classify(label) == code


@pytest.mark.parametrize("label", ["sécurité informatique", "Logiciel de gestion", "Zorglub", "???", "usinage " * 20])
def test_what_two_categories_could_mean_or_none_is_unclear(label: str) -> None:
    assert isinstance(Nomenclature.standard().classify(label), Unclear)


def test_candidates_are_the_three_nearest() -> None:
    found = Nomenclature.standard().classify("Nettoyage de bureaux")
    assert found == Unclear((("cleaning", 90.0), ("machining", 85.5), ("joinery", 71.4)))


def test_an_organiser_s_own_categories_replace_those_of_the_house(workspace: Workspace) -> None:
    assert OWN.code_named("Miel") == "bees"
    assert OWN.code_named("Usinage") is None
    assert isinstance(OWN.classify("Usinage"), Unclear)
    assert Nomenclature.of(event_of(workspace).categories) is Nomenclature.standard()


def test_two_categories_of_one_code_are_refused(workspace: Workspace) -> None:
    file = workspace.folder / "event.toml"
    twice = '\n[[categories]]\ncode = "bees"\nname = "Miel"\n' * 2
    file.write_text(file.read_text(encoding="utf-8") + twice, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="the code bees stands for two categories"):
        event_of(workspace)


def test_offers_keep_what_was_typed_beside_the_code(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Ateliers Morel")])
    write_wishes(
        workspace,
        [
            {
                "Adresse de messagerie": ANA,
                "Ce que vous vendez": "Usinage;Tôlerie, soudure",
                "Ce que vous recherchez": "Impression;Zorglub",
            }
        ],
    )
    ingest(workspace)
    assert rows_of(workspace, "select side, category, code from core.offer order by all") == [
        ("seeks", "Impression", "printing"),
        ("seeks", "Zorglub", None),
        ("sells", "Tôlerie", "metalwork"),
        ("sells", "Usinage", "machining"),
        ("sells", "soudure", "metalwork"),
    ]
    assert rows_of(workspace, "select kind, leader_id, typed, reason from audit.review_item") == [
        ("category", "L001", "Zorglub", "unknown_category")
    ]


def test_a_text_with_commas_is_a_list_where_one_part_is_a_category() -> None:
    assert codes(offered({"sells": "Usinage, Zorglub", "seeks": "Bric, broc"})) == [
        ("L001", "seeks", "Bric, broc", None),
        ("L001", "sells", "Usinage", "machining"),
        ("L001", "sells", "Zorglub", None),
    ]


def test_a_label_is_asked_about_once_of_the_first_who_typed_it() -> None:
    wishes = offered({"sells": "Zorglub"}, {"sells": "ZORGLUB", "seeks": "zorglub;Chose"})
    assert [(item.leader_id, item.typed, item.row_number) for item in wishes.review_items] == [
        ("L001", "Zorglub", 2),
        ("L002", "Chose", 3),
    ]


def test_a_question_names_the_nearest_categories() -> None:
    ((candidates),) = [json.loads(item.candidates) for item in offered({"sells": "Nettoyage de bureaux"}).review_items]
    assert candidates[0] == {
        "code": "cleaning",
        "name": "Nettoyage et propreté",
        "name_en": "Cleaning",
        "score": 90.0,
    }


def test_a_sentence_is_kept_and_nobody_is_asked_about_it() -> None:
    sentence = "Nous accompagnons depuis quarante ans les entreprises de la région dans tous leurs projets"
    wishes = offered({"sells": sentence})
    assert (codes(wishes), wishes.review_items) == ([("L001", "sells", sentence, None)], ())


@pytest.mark.parametrize("asked", ["L001", "L002"])
def test_a_verdict_on_a_label_holds_for_all_who_typed_it(asked: str) -> None:
    decisions = decided(("category", asked, "Zorglub", "chosen", ["food"]), ("category", asked, "Rien", "nobody", []))
    wishes = offered({"sells": "zorglub;rien"}, {"sells": "ZORGLUB", "seeks": "Usinage"}, decisions=decisions)
    assert codes(wishes) == [
        ("L001", "sells", "rien", None),
        ("L001", "sells", "zorglub", "food"),
        ("L002", "seeks", "Usinage", "machining"),
        ("L002", "sells", "ZORGLUB", "food"),
    ]
    assert wishes.review_items == ()
    assert decisions.used == set(decisions.all)


def test_a_verdict_for_a_code_that_is_gone_asks_again() -> None:
    decisions = decided(("category", "L001", "Zorglub", "chosen", ["food"]))
    wishes = offered({"sells": "Zorglub;miel"}, decisions=decisions, own=OWN)
    assert codes(wishes) == [("L001", "sells", "Zorglub", None), ("L001", "sells", "miel", "bees")]
    assert [item.typed for item in wishes.review_items] == ["Zorglub"]


def test_options_with_a_column_each_are_offers_where_they_are_ticked() -> None:
    content = {"sells_of:Usinage": "Oui", "sells_of:Tôlerie": "Non", "seeks_of:Impression": "impression"}
    assert codes(offered(content)) == [
        ("L001", "seeks", "Impression", "printing"),
        ("L001", "sells", "Usinage", "machining"),
    ]


def test_a_cell_of_a_hundred_thousand_characters_or_labels_costs_no_time() -> None:
    wishes = offered({"sells": "usinage, " * 12_500, "seeks": "\n".join(f"Offre {n}" for n in range(50_000))})
    assert [(offer.side, offer.code) for offer in wishes.offers] == [("sells", None)]
    assert wishes.review_items == ()
