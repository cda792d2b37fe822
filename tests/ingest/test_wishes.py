"""The wishes form: typed names to requests, what is unclear to questions."""

import json
from dataclasses import replace

import pytest

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.answers import read_answer
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.wishes.wishes import Wishes, derive_wishes
from tasks.workspace import Workspace
from tests.ingest.builders import (
    directory_of,
    ingest,
    reader,
    rows_of,
    table,
    ticket,
    write_text,
    write_tickets,
    write_wishes,
)
from tests.ingest.wishing import afternoon, answer_of, decided

PEOPLE = [
    ticket(1, "Ana", "Morel", "Ateliers Morel"),
    ticket(2, "Bob", "Dupont", "Tôlerie Dupont SARL"),
    ticket(3, "Cléo", "Dupont", "Tôlerie Dupont"),
    ticket(4, "Dan", "Roux", "Imprimerie du Beffroi"),
    ticket(5, "Eva", "Vasseur", "Imprimerie Vasseur"),
]
NAMES = (
    ("Ana", "Morel", "Ateliers Morel"),
    ("Bob", "Dupont", "Tôlerie Dupont SARL"),
    ("Cléo", "Dupont", "Tôlerie Dupont"),
    ("Dan", "Roux", "Imprimerie du Beffroi"),
    ("Eva", "Vasseur", "Imprimerie Vasseur"),
)
ANA = {"Adresse de messagerie": "ana.morel@ateliers-morel.example"}
REQUESTS = "select from_leader_id, to_leader_id, rank, match_rule from core.request order by all"
REVIEW = "select kind, leader_id, typed, reason from audit.review_item order by all"


def asked(workspace: Workspace, *rows: dict[str, object]) -> list[tuple[object, ...]]:
    write_tickets(workspace, PEOPLE)
    write_wishes(workspace, rows)
    ingest(workspace)
    return rows_of(workspace, REQUESTS)


def wishes_of(directory: Directory, content: dict[str, str], decisions: Decisions | None = None) -> Wishes:
    """Return the wishes of an edition in which only Ana answers."""
    return derive_wishes(directory, [answer_of(content)], afternoon(), decisions)


def test_a_wish_for_one_s_own_company_becomes_a_question(workspace: Workspace) -> None:
    assert asked(workspace, {**ANA, "Souhait n° 1": "Ateliers Morel", "Souhait n° 2": "voir liste"}) == []
    assert rows_of(workspace, REVIEW) == [
        ("request", "L001", "Ateliers Morel", "own_company"),
        ("request", "L001", "voir liste", "not_a_name"),
    ]


def test_a_question_keeps_three_leaders_of_three_companies_by_id_and_no_name(workspace: Workspace) -> None:
    asked(workspace, {**ANA, "Souhait n° 1": "Imprimerie"})
    ((candidates,),) = rows_of(workspace, "select candidates from audit.review_item")
    found = json.loads(str(candidates))
    assert [candidate["leader_id"] for candidate in found] == ["L005", "L004", "L001"]
    assert {key for candidate in found for key in candidate} == {"leader_id", "score"}


def test_ranks_are_typed_places_and_a_repeated_name_counts_where_it_came_first(workspace: Workspace) -> None:
    found = asked(
        workspace,
        {
            **ANA,
            "Souhait n° 1": "Imprimerie Vasseur",
            "Souhait n° 2": "Eva Vasseur",
            "Souhait n° 3": "Imprimerie du Beffroi",
            "Autres souhaits (un par ligne)": "aucun\n- Tôlerie Dupont\n\n",
        },
    )
    assert found == [("L001", "L002", 4, "exact"), ("L001", "L004", 3, "exact"), ("L001", "L005", 1, "exact")]


def test_a_request_for_a_company_goes_to_whom_complements_the_asker(workspace: Workspace) -> None:
    found = asked(
        workspace,
        {**ANA, "Vous venez plutôt pour": "Acheter", "Souhait n° 1": "Tôlerie Dupont"},
        {"Nom": "Bob Dupont", "Votre société": "Tôlerie Dupont", "Vous venez plutôt pour": "Acheter"},
        {"Nom": "Cléo Dupont", "Votre société": "Tôlerie Dupont", "Vous venez plutôt pour": "Vendre"},
        {"Adresse de messagerie": "dan.roux@imprimerie-du-beffroi.example", "Souhait n° 1": "Tôlerie Dupont"},
    )
    assert found == [("L001", "L003", 1, "exact"), ("L004", "L002", 1, "exact")]


def test_the_last_answer_counts_and_strangers_are_asked_about(workspace: Workspace) -> None:
    found = asked(
        workspace,
        {**ANA, "Heure de fin": 46312.0, "Souhait n° 1": "Imprimerie Vasseur"},
        {**ANA, "Heure de fin": 46311.0, "Souhait n° 1": "Imprimerie du Beffroi"},
        {"Adresse de messagerie": "inconnu@ailleurs.example", "Nom": "Ivan Inconnu"},
        {"Souhait n° 1": "Imprimerie Vasseur"},
    )
    assert found == [("L001", "L005", 1, "exact")]
    assert rows_of(
        workspace, "select row_number, column_name, rule, value_class from audit.rejected_row order by 1"
    ) == [
        (3, "(row)", "replaced_by_later_answer", "row"),
        (5, "(row)", "no_identity", "row"),
    ]
    assert rows_of(workspace, REVIEW) == [("asker", "", "Ivan Inconnu", "unknown_asker")]


def test_an_answer_from_a_shared_letter_box_is_known_where_only_one_leader_has_it(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel", Email_participant="contact@morel.example"), PEOPLE[3]])
    write_wishes(workspace, [{"Adresse de messagerie": "contact@morel.example", "Souhait n° 1": "Dan Roux"}])
    ingest(workspace)
    assert rows_of(workspace, REQUESTS) == [("L001", "L002", 1, "exact")]


@pytest.mark.parametrize(
    ("own_email", "more", "found"),
    [
        ("", {}, [("L001", "L002", 1, "exact")]),
        ("", {"Nom": "Ivan Inconnu"}, []),
        ("ana@autre.example", {}, []),
    ],
)
def test_an_answer_that_names_only_a_company_is_that_of_its_only_leader_if_their_e_mail_is_not_known(
    workspace: Workspace, own_email: str, more: dict[str, str], found: list[tuple[object, ...]]
) -> None:
    paid = {"Nom payeur": "Payeur", "Prénom payeur": "Paul", "Email payeur": "paul@payeur.example"}
    ana = ticket(1, "Ana", "Morel", "Ateliers Morel") | paid | {"Email participant": own_email}
    write_tickets(workspace, [ana, PEOPLE[3]])
    answer = {"Adresse de messagerie": "a.morel@ateliers-morel.example", "Votre société": "SARL Ateliers Morel"}
    write_wishes(workspace, [answer | more | {"Souhait n° 1": "Dan Roux"}])
    ingest(workspace)
    assert rows_of(workspace, REQUESTS) == found
    questions = rows_of(workspace, "select kind, candidates->>'$[0].leader_id' from audit.review_item")
    assert questions == ([] if found else [("asker", "L001")])


def test_what_a_leader_says_of_themselves_is_kept(workspace: Workspace) -> None:
    asked(
        workspace,
        {
            **ANA,
            "Vous venez plutôt pour": "Acheter et vendre",
            "Ce que vous vendez": "Usinage;Tôlerie",
            "Ce que vous recherchez": "Impression",
            "Votre activité en une phrase": "Nous usinons.",
            "Langue": "English",
            "Nombre maximum de rendez-vous": 8,
        },
        {"Nom": "Dan Roux", "Vous venez plutôt pour": "Rêver", "Nombre maximum de rendez-vous": 900},
    )
    leaders = "select leader_id, role, presentation, language, max_meetings from core.leader"
    assert rows_of(workspace, leaders + " where leader_id in ('L001', 'L004') order by all") == [
        ("L001", "both", "Nous usinons.", "en", 8),
        ("L004", "both", None, "fr", None),
    ]
    assert rows_of(workspace, "select leader_id, side, category from core.offer order by all") == [
        ("L001", "seeks", "Impression"),
        ("L001", "sells", "Tôlerie"),
        ("L001", "sells", "Usinage"),
    ]
    assert rows_of(workspace, "select column_name, rule, value_class from audit.rejected_row order by all") == [
        ("max_meetings", "out_of_range", "3 digits"),
        ("role", "unknown_word", "text"),
    ]


def test_exclusions_hold_for_all_leaders_of_a_company_and_not_for_oneself(workspace: Workspace) -> None:
    asked(
        workspace,
        {**ANA, "Je ne souhaite pas rencontrer": "Tôlerie Dupont;Dan Roux;Nessie;aucun"},
        {"Nom": "Bob Dupont", "Votre société": "Tôlerie Dupont", "Je ne souhaite pas rencontrer": "Tôlerie Dupont"},
    )
    assert rows_of(workspace, "select leader_a, leader_b from core.exclusion order by all") == [
        ("L001", "L002"),
        ("L001", "L003"),
        ("L001", "L004"),
        ("L002", "L003"),
    ]
    assert rows_of(workspace, REVIEW) == [("exclusion", "L001", "Nessie", "no_near_name")]


@pytest.mark.parametrize("mark", ["\n", ";", ", ", " / ", " et "])
def test_the_only_cell_that_is_filled_may_hold_all_wishes_in_order(workspace: Workspace, mark: str) -> None:
    found = asked(workspace, {**ANA, "Souhait n° 1": mark.join(["Imprimerie Vasseur", "Dan Roux"])})
    assert found == [("L001", "L004", 2, "exact"), ("L001", "L005", 1, "exact")]


def test_names_in_one_of_several_cells_share_its_rank(workspace: Workspace) -> None:
    found = asked(workspace, {**ANA, "Souhait n° 1": "Imprimerie Vasseur, Dan Roux", "Souhait n° 2": "Tôlerie Dupont"})
    assert found == [
        ("L001", "L002", 2, "exact"),
        ("L001", "L004", 1, "exact"),
        ("L001", "L005", 1, "exact"),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"Souhait n° 1": "5, 2 et 4"},
        {"Souhait n° 1": "n° 5", "Souhait n° 2": "2", "Souhait n° 3": "N°4"},
        {"Souhait n° 1": 5, "Souhait n° 2": 2, "Souhait n° 3": 4.0},
        {"Souhait n° 1": "5", "Souhait n° 2": "2", "Souhait n° 3": "4", "Autres souhaits (un par ligne)": "idem"},
        {"Autres souhaits (un par ligne)": "1) 5\n2) 2\n3) 4"},
    ],
)
def test_an_answer_of_nothing_but_numbers_holds_catalogue_numbers(
    workspace: Workspace, cells: dict[str, object]
) -> None:
    assert asked(workspace, {**ANA, **cells}) == [
        ("L001", "L002", 2, "catalogue_number"),
        ("L001", "L004", 3, "catalogue_number"),
        ("L001", "L005", 1, "catalogue_number"),
    ]


@pytest.mark.parametrize(
    ("cells", "requests", "questions"),
    [
        (
            {"Souhait n° 1": "5", "Souhait n° 2": "Dan Roux"},
            [("L001", "L004", 2, "exact")],
            [("request", "L001", "5", "number_among_names")],
        ),
        (
            {"Souhait n° 1": "5", "Souhait n° 2": "n° 59500"},
            [],
            [("request", "L001", "5", "number_out_of_range"), ("request", "L001", "n° 59500", "number_out_of_range")],
        ),
        ({"Souhait n° 1": "1"}, [], [("request", "L001", "1", "own_company")]),
        (
            {"Souhait n° 1": "2, 99, 5 ; 4"},
            [
                ("L001", "L002", 1, "catalogue_number"),
                ("L001", "L004", 4, "catalogue_number"),
                ("L001", "L005", 3, "catalogue_number"),
            ],
            [("request", "L001", "99", "number_out_of_range")],
        ),
    ],
)
def test_a_number_that_may_be_something_else_becomes_a_question(
    workspace: Workspace,
    cells: dict[str, object],
    requests: list[tuple[object, ...]],
    questions: list[tuple[object, ...]],
) -> None:
    assert asked(workspace, {**ANA, **cells}) == requests
    assert rows_of(workspace, REVIEW) == questions


@pytest.mark.parametrize(
    ("content", "ranks"),
    [
        ({"numbers": "3, 5;4"}, {"L003": 1, "L005": 2, "L004": 3}),
        ({"numbers": "3\n5 et 4"}, {"L003": 1, "L005": 2, "L004": 3}),
        ({"wish_1": "Bob Dupont", "numbers": "5, 4;3"}, {"L002": 1, "L005": 2, "L004": 3, "L003": 4}),
        ({"more_wishes": "Dan Roux, Eva Vasseur\nBob Dupont"}, {"L004": 1, "L005": 2, "L002": 3}),
        ({"wish_1": "Dan Roux, Eva Vasseur", "wish_2": "Bob Dupont"}, {"L004": 1, "L005": 1, "L002": 2}),
        ({"wish_1": "aucun", "more_wishes": "3, 99\n5"}, {"L003": 1, "L005": 3}),
    ],
)
def test_what_is_counted_on_has_a_rank_each_and_what_shares_a_cell_with_a_rank_shares_it(
    content: dict[str, str], ranks: dict[str, int]
) -> None:
    found = wishes_of(directory_of(*NAMES), content)
    assert {request.to_leader_id: request.rank for request in found.requests} == ranks


def test_what_is_said_of_a_number_that_is_not_in_the_catalogue_takes_its_rank() -> None:
    decisions = decided(("request", "L001", "99", "chosen", ["L002"]))
    found = wishes_of(directory_of(*NAMES), {"numbers": "3, 99, 5"}, decisions)
    assert [(request.to_leader_id, request.rank) for request in found.requests] == [
        ("L002", 2),
        ("L003", 1),
        ("L005", 3),
    ]
    assert found.review_items == ()


def test_a_refusal_by_numbers_asks_only_about_those_that_are_not_in_the_catalogue() -> None:
    found = wishes_of(directory_of(*NAMES), {"excluded": "3, 99, 1"})
    assert [(pair.leader_a, pair.leader_b) for pair in found.exclusions] == [("L001", "L003")]
    assert [(item.kind, item.typed, item.reason) for item in found.review_items] == [
        ("exclusion", "99", "number_out_of_range")
    ]


def test_a_question_about_a_number_offers_whoever_bears_it(workspace: Workspace) -> None:
    asked(workspace, {**ANA, "Souhait n° 1": "5", "Souhait n° 2": "Dan Roux"})
    ((candidates,),) = rows_of(workspace, "select candidates from audit.review_item")
    assert json.loads(str(candidates)) == [{"leader_id": "L005", "score": 50.0}]


def test_a_name_of_digits_is_a_name() -> None:
    directory = directory_of(*NAMES, ("Zoé", "Abel", "360"))
    wishes = wishes_of(directory, {"wish_1": "360", "wish_2": "Dan Roux"})
    assert [(r.to_leader_id, r.match_rule) for r in wishes.requests] == [("L004", "exact"), ("L006", "exact")]


def test_a_column_for_numbers_is_judged_alone() -> None:
    wishes = wishes_of(directory_of(*NAMES), {"wish_1": "Dan Roux", "numbers": "5, 2"})
    assert [(r.to_leader_id, r.rank, r.match_rule) for r in wishes.requests] == [
        ("L002", 3, "catalogue_number"),
        ("L004", 1, "exact"),
        ("L005", 2, "catalogue_number"),
    ]


def test_a_matrix_gives_requests_by_its_labels_and_exclusions() -> None:
    wishes = wishes_of(
        directory_of(*NAMES),
        {
            "wish_of:Imprimerie Vasseur": "1er choix",
            "wish_of:Imprimerie du Beffroi": "Choix 2",
            "wish_of:Zorglub": "x",
            "wish_of:Tôlerie Dupont": "à éviter",
        },
    )
    assert [(r.to_leader_id, r.rank) for r in wishes.requests] == [("L004", 2), ("L005", 1)]
    assert [(e.leader_a, e.leader_b) for e in wishes.exclusions] == [("L001", "L002"), ("L001", "L003")]
    assert [(item.typed, item.reason) for item in wishes.review_items] == [("Zorglub", "no_near_name")]


def test_an_address_is_a_wish_too(workspace: Workspace) -> None:
    found = asked(
        workspace,
        {**ANA, "Souhait n° 1": "contact@imprimerie-vasseur.example", "Souhait n° 2": "x@ailleurs.example"},
    )
    assert found == [("L001", "L005", 1, "email")]
    assert rows_of(workspace, REVIEW) == [("request", "L001", "x@ailleurs.example", "no_near_name")]


def test_the_address_of_whoever_paid_is_nobody_s_neither_asking_nor_asked_for(workspace: Workspace) -> None:
    paid = {"Nom payeur": "Payeur", "Prénom payeur": "Paul", "Email payeur": "paul@payeur.example"}
    eva = PEOPLE[4] | paid | {"Email participant": ""}
    write_tickets(workspace, [*PEOPLE[:4], eva])
    paul = {"Adresse de messagerie": "paul@payeur.example"}
    write_wishes(workspace, [{**ANA, "Souhait n° 1": "paul@payeur.example"}, {**paul, "Souhait n° 1": "Dan Roux"}])
    ingest(workspace)
    assert rows_of(workspace, REQUESTS) == []
    assert rows_of(workspace, REVIEW) == [
        ("asker", "", "paul@payeur.example", "unknown_asker"),
        ("request", "L001", "paul@payeur.example", "no_near_name"),
    ]
    candidates = rows_of(workspace, "select candidates->>'$[*].leader_id' from audit.review_item where kind = 'asker'")
    assert candidates == [(["L005"],)]


def test_what_a_person_chose_wins_over_every_rule() -> None:
    directory = directory_of(*NAMES)
    decisions = decided(
        ("request", "L001", "Imprimerie", "chosen", ["L005", "L004"]),
        ("request", "L001", "Imprimerie Vasseur", "chosen", ["L002"]),
        ("request", "L001", "Zorglub", "nobody", []),
        ("request", "L001", "Nessie", "chosen", ["L099"]),
        ("request", "L001", "Ateliers Morel", "chosen", ["L001"]),
        ("request", "L002", "Nessie", "nobody", []),
        ("exclusion", "L001", "mes concurrents", "chosen", ["L003"]),
        ("exclusion", "L001", "la concurrence", "nobody", []),
    )
    wishes = wishes_of(
        directory,
        {
            "wish_1": "Imprimerie",
            "wish_2": "Imprimerie Vasseur",
            "wish_3": "Zorglub",
            "wish_4": "Nessie",
            "wish_5": "Ateliers Morel",
            "excluded": "mes concurrents;la concurrence",
        },
        decisions,
    )
    assert [(r.to_leader_id, r.rank, r.match_rule, r.match_score) for r in wishes.requests] == [
        ("L002", 2, "decision", 100.0),
        ("L004", 1, "decision", 100.0),
        ("L005", 1, "decision", 100.0),
    ]
    assert [(item.typed, item.reason) for item in wishes.review_items] == [
        ("Ateliers Morel", "own_company"),
        ("Nessie", "no_near_name"),
    ]
    assert [(e.leader_a, e.leader_b) for e in wishes.exclusions] == [("L001", "L003")]
    assert decisions.used == {key for key in decisions.all if key[1] == "L001"}


def test_a_person_may_decide_about_one_part_of_a_list() -> None:
    directory = directory_of(*NAMES)
    typed = {"wish_1": "Imprimerie Vasseur, Ateliers Morel"}
    asked_once = wishes_of(directory, typed)
    assert [(item.typed, item.reason) for item in asked_once.review_items] == [("Ateliers Morel", "own_company")]
    settled = wishes_of(directory, typed, decided(("request", "L001", "Ateliers Morel", "nobody", [])))
    assert settled.review_items == ()
    assert [r.to_leader_id for r in settled.requests] == ["L005"]


def test_a_cell_of_a_hundred_thousand_characters_or_names_costs_no_time() -> None:
    endless = wishes_of(directory_of(*NAMES), {"wish_1": "Vasseur " * 12_500, "excluded": "a@" * 50_000})
    assert [(item.kind, item.reason) for item in endless.review_items] == [
        ("exclusion", "no_near_name"),
        ("request", "no_near_name"),
    ]
    row = reader("forms-wishes", email="ana@morel.example", more_wishes="\n".join(f"Nom {n}" for n in range(50_000)))
    found = read_answer(row)
    assert found is not None
    assert found.cells.wishes == ()
    assert [(each.column_name, each.rule) for each in row.rejections] == [("more_wishes", "too_many_names")]


def test_names_in_two_columns_say_whose_answer_it_is() -> None:
    found = read_answer(reader("forms-wishes", given_name="Ana", family_name="Morel"))
    assert found is not None
    assert found.full_name == "Ana Morel"


def test_a_google_form_with_a_matrix_and_names_in_two_columns_is_read(workspace: Workspace) -> None:
    write_tickets(workspace, PEOPLE)
    question = "Qui souhaitez-vous rencontrer ?"
    header = [
        *("Horodateur", "Nom", "Prénom", "Société", "Langue", "Que vendez-vous ?", "Souhaitez-vous une pause ?"),
        *(f"{question} [{name}]" for name in ("Imprimerie Vasseur", "Imprimerie du Beffroi", "Tôlerie Dupont")),
        "Je ne souhaite pas rencontrer",
    ]
    rows = [
        ["20/11/2026 09:12:31", "MOREL", "Ana", "Ateliers Morel", "Anglais et français", "Usinage, Tôlerie",
         "15h-15h20 et 17h-17h20", "2e choix", "1er choix", "", ""],
        ["20/11/2026 10:12:31", "Roux", "Dan", "Imprimerie du Beffroi", "", "", "aucune", "non", "", "x",
         "Imprimerie Vasseur, Ana Morel"],
    ]  # fmt: skip
    write_text(workspace, "reponses.csv", table(header, [dict(zip(header, row, strict=True)) for row in rows], ","))
    ingest(workspace)
    assert rows_of(workspace, REQUESTS) == [
        ("L001", "L004", 1, "exact"),
        ("L001", "L005", 2, "exact"),
        ("L004", "L002", 1, "exact"),
    ]
    assert rows_of(workspace, "select leader_a, leader_b from core.exclusion order by all") == [
        ("L001", "L004"),
        ("L004", "L005"),
    ]
    assert rows_of(workspace, "select category, code from core.offer order by all") == [
        ("Tôlerie", "metalwork"),
        ("Usinage", "machining"),
    ]
    assert rows_of(workspace, "select language from core.leader where leader_id = 'L001'") == [("en",)]
    assert rows_of(workspace, "select count(*) from core.unavailability") == [(2,)]
    assert rows_of(workspace, "select * from audit.rejected_row") == []


@pytest.mark.parametrize("typed", ["mes concurrents", "Pas mon concurrent direct", "not with my competitor"])
def test_not_with_my_competitor_becomes_a_question_that_offers_who_sells_the_same(typed: str) -> None:
    sold = ["Usinage;Tôlerie;Nettoyage", "Usinage", "Impression", "Impression;Nettoyage", "Usinage;soudure"]
    named = [
        replace(answer_of({"sells": sells, "excluded": typed if row == 2 else ""}, row=row), email=None, full_name=name)
        for row, (sells, name) in enumerate(zip(sold, [f"{g} {f}" for g, f, _ in NAMES], strict=True), start=2)
    ]
    wishes = derive_wishes(directory_of(*NAMES), named, afternoon())
    assert wishes.exclusions == ()
    (question,) = wishes.review_items
    assert (question.kind, question.leader_id, question.typed, question.reason) == (
        "exclusion", "L001", typed, "not_a_name",
    )  # fmt: skip
    assert [(each["leader_id"], each["score"]) for each in json.loads(question.candidates)] == [
        ("L005", 66.7), ("L002", 33.3), ("L004", 33.3),
    ]  # fmt: skip


def test_a_competitor_is_looked_for_only_where_it_is_known_what_is_sold() -> None:
    (question,) = wishes_of(directory_of(*NAMES), {"excluded": "mes concurrents"}).review_items
    assert question.candidates == "[]"
