"""The wishes form: typed names to requests, what is unclear to questions."""

import json
from datetime import UTC, datetime, time

import pytest

from tasks.ingest.answers import Answer, read_answer
from tasks.ingest.availability import Hours, absences
from tasks.workspace import Workspace
from tests.ingest.builders import ingest, reader, rows_of, ticket, write_tickets, write_wishes

PEOPLE = [
    ticket(1, "Ana", "Morel", "Ateliers Morel"),
    ticket(2, "Bob", "Dupont", "Tôlerie Dupont SARL"),
    ticket(3, "Cléo", "Dupont", "Tôlerie Dupont"),
    ticket(4, "Dan", "Roux", "Imprimerie du Beffroi"),
    ticket(5, "Eva", "Vasseur", "Imprimerie Vasseur"),
]
ANA = {"Adresse de messagerie": "ana.morel@ateliers-morel.example"}
REQUESTS = "select from_leader_id, to_leader_id, rank, match_rule from core.request order by all"
REVIEW = "select kind, leader_id, typed, reason from audit.review_item order by all"


def asked(workspace: Workspace, *rows: dict[str, object]) -> list[tuple[object, ...]]:
    write_tickets(workspace, PEOPLE)
    write_wishes(workspace, rows)
    ingest(workspace)
    return rows_of(workspace, REQUESTS)


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


def test_the_last_answer_counts_and_strangers_are_refused(workspace: Workspace) -> None:
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
        (4, "(row)", "unknown_person", "row"),
        (5, "(row)", "no_identity", "row"),
    ]


def test_an_answer_from_a_shared_letter_box_is_known_where_only_one_leader_has_it(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel", Email_participant="contact@morel.example"), PEOPLE[3]])
    write_wishes(workspace, [{"Adresse de messagerie": "contact@morel.example", "Souhait n° 1": "Dan Roux"}])
    ingest(workspace)
    assert rows_of(workspace, REQUESTS) == [("L001", "L002", 1, "exact")]


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


def an_answer(**content: str) -> Answer:
    found = read_answer(reader("forms-wishes", email="ana@morel.example", **content))
    assert found is not None
    return found


def hours() -> Hours:
    return Hours(datetime(2026, 12, 3, 14, tzinfo=UTC), datetime(2026, 12, 3, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("content", "spans"),
    [
        ({}, []),
        ({"arrives_at": "15:00"}, [("14:00", "15:00")]),
        ({"arrives_at": "13:30"}, []),
        ({"arrives_at": "19:00"}, [("14:00", "18:00")]),
        ({"leaves_at": "17:00"}, [("17:00", "18:00")]),
        ({"leaves_at": "18:30"}, []),
        ({"pause": "15:40-16:00"}, [("15:40", "16:00")]),
        ({"arrives_at": "15:00", "pause": "14:30-15:30"}, [("14:00", "15:30")]),
        ({"arrives_at": "15:00", "leaves_at": "17:00"}, [("14:00", "15:00"), ("17:00", "18:00")]),
    ],
)
def test_a_leader_is_away_before_arriving_after_leaving_and_at_a_pause(
    content: dict[str, str], spans: list[tuple[str, str]]
) -> None:
    found = absences(an_answer(**content), hours())
    assert [(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in found] == spans


def test_absences_reach_the_database_as_instants(workspace: Workspace) -> None:
    asked(workspace, {**ANA, "J'arrive à": "15:00", "Pause souhaitée": "16:00-16:20"})
    found = rows_of(workspace, "select leader_id, starts_at, ends_at from core.unavailability order by all")
    assert found == [
        ("L001", datetime(2026, 12, 3, 13, tzinfo=UTC), datetime(2026, 12, 3, 14, tzinfo=UTC)),
        ("L001", datetime(2026, 12, 3, 15, tzinfo=UTC), datetime(2026, 12, 3, 15, 20, tzinfo=UTC)),
    ]


def test_a_cell_of_several_names_is_split(workspace: Workspace) -> None:
    found = asked(workspace, {**ANA, "Souhait n° 1": "Imprimerie Vasseur\nDan Roux"})
    assert found == [("L001", "L004", 1, "exact"), ("L001", "L005", 1, "exact")]


def test_an_excel_time_is_a_time() -> None:
    assert an_answer(arrives_at="0.625").arrives_at == time(15)
