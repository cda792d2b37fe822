"""What comes after the event: check-ins, outcomes, survey, deals; and the exhibitors."""

import pytest

from tasks.workspace import Workspace
from tests.ingest.builders import CURRENT, header, ingest, rows_of, ticket, write_text, write_tickets, write_workbook

CHECK_IN = "Numéro de billet;Nom participant;Prénom participant;Raison sociale;Pointé;Heure de pointage\n"
SURVEY = (
    'Horodateur,Adresse e-mail,"Votre satisfaction, de 1 à 5",'
    '"Recommanderiez-vous ces rencontres, de 0 à 10 ?",Commentaire\n'
)
DEALS = (
    "Horodateur,Adresse e-mail,Avec quelle société ?,Montant des affaires conclues (€ HT),"
    '"Part due aux rencontres, en %","Certitude, en %"\n'
)
OUTCOMES = header("N° A|Société A|N° B|Société B|Heure|Table|Tenu|Ajouté le jour même|Avis A|Avis B", "|")
REFUSED = "select row_number, column_name, rule, value_class from audit.rejected_row order by all"


@pytest.fixture(autouse=True)
def registered(workspace: Workspace) -> None:
    rows = [
        ticket(1, "Ana", "Morel", "Morel"),
        ticket(2, "Bob", "Dupont", "Dupont"),
        ticket(3, "Cléo", "Dupont", "Dupont"),
        ticket(4, "Ana", "Morel", "Morel"),
        ticket(5, "Dan", "Roux", "Roux", Statut_de_la_commande="En attente"),
    ]
    write_tickets(workspace, rows)


def test_whoever_showed_one_of_several_tickets_was_there(workspace: Workspace) -> None:
    write_text(
        workspace,
        "pointage.csv",
        CHECK_IN
        + "1;Morel;Ana;Morel;Non;\n4;Morel;Ana;Morel;Oui;03/12/2026 13:50\n2;Dupont;Bob;Dupont;Oui;03/12/2026 13:55\n"
        + "2;Dupont;Bob;Dupont;Non;\n;Dupont;Cléo;Dupont;Non;\n",
    )
    ingest(workspace)
    found = rows_of(
        workspace, "select leader_id, is_present, strftime(checked_in_at, '%M') from day.attendance order by all"
    )
    assert found == [("L001", True, "50"), ("L002", True, "55"), ("L003", False, None)]


def test_a_check_in_that_leads_to_nobody_is_refused(workspace: Workspace) -> None:
    write_text(
        workspace,
        "pointage.csv",
        CHECK_IN
        + "99;Nemo;Ned;;Oui;03/12/2026 13:50\n5;Roux;Dan;Roux;Oui;03/12/2026 13:50\n99;Nemo;Ned;;Non;\n;;Ned;;Oui;\n",
    )
    ingest(workspace)
    assert rows_of(workspace, REFUSED) == [
        (2, "(row)", "unknown_ticket", "row"),
        (3, "(row)", "ticket_not_valid", "row"),
        (5, "(row)", "no_identity", "row"),
    ]
    assert rows_of(workspace, "select count(*) from day.attendance") == [(0,)]


def test_outcomes_and_ratings_follow_the_catalogue_numbers(workspace: Workspace) -> None:
    rows = [
        [2, "Dupont", 1, "Morel", "14:00", "T01", "Oui", "Non", "Coopération possible", "Pour information"],
        [1, "Morel", 3, "Dupont", "14:20", "T01", "Non", "Oui", "N'a pas eu lieu", ""],
        [2, "Dupont", 3, "Dupont", "14:40", "T02", "", "", "Peu d'intérêt", "Bof"],
        [1, "Morel", 77, "Nemo", "15:00", "T02", "Oui", "Non", "", ""],
        [1, "Morel", "?", "", "15:20", "T02", "Oui", "Non", "", ""],
    ]
    write_workbook(workspace.inbox / "bilan.xlsx", {"Rendez-vous": [OUTCOMES, *rows]})
    ingest(workspace)
    assert rows_of(workspace, "select leader_a, leader_b, outcome, is_same_day from day.outcome order by all") == [
        ("L001", "L002", "held", False),
        ("L001", "L003", "no_show", True),
        ("L002", "L003", "unknown", False),
    ]
    assert rows_of(workspace, "select leader_id, partner_id, rating from day.rating order by all") == [
        ("L001", "L002", "informative_only"),
        ("L001", "L003", "did_not_take_place"),
        ("L002", "L001", "cooperation_possible"),
        ("L002", "L003", "insufficient_interest"),
    ]
    assert rows_of(workspace, REFUSED) == [
        (4, "rating_b", "unknown_word", "text"),
        (5, "(row)", "unknown_catalogue_number", "row"),
        (6, "(row)", "no_pair", "row"),
        (6, "number_b", "not_a_number", "text"),
    ]


def test_the_last_survey_answer_of_a_leader_counts(workspace: Workspace) -> None:
    write_text(
        workspace,
        "enquete.csv",
        SURVEY
        + "04/12/2026 09:00:00,ana.morel@morel.example,5,9,Merci\n05/12/2026 09:00:00,ana.morel@morel.example,4,11,\n"
        + "04/12/2026 09:00:00,nemo@ailleurs.example,5,9,\n04/12/2026 09:00:00,,5,9,\n",
    )
    ingest(workspace)
    found = rows_of(workspace, "select edition_id, leader_id, satisfaction, recommendation from day.survey_answer")
    assert found == [(CURRENT, "L001", 4, None)]
    assert rows_of(workspace, REFUSED) == [
        (3, "recommendation", "out_of_range", "2 digits"),
        (4, "(row)", "unknown_person", "row"),
        (5, "(row)", "no_identity", "row"),
    ]
    assert rows_of(workspace, "select count(*) from raw.row where content::text like '%Merci%'") == [(0,)]


def test_a_deal_goes_to_the_leader_who_was_met(workspace: Workspace) -> None:
    rows = [[1, "Morel", 3, "Dupont", "14:00", "T01", "Oui", "Non", "", ""]]
    write_workbook(workspace.inbox / "bilan.xlsx", {"Rendez-vous": [OUTCOMES, *rows]})
    mine = "01/03/2027 10:00:00,ana.morel@morel.example"
    write_text(
        workspace,
        "suites.csv",
        DEALS
        + f'{mine},SARL Dupont,"12 000,50 €",80,50 %\n{mine},Morel,100,80,50\n{mine},Nessie,100,80,50\n'
        + f"{mine},Dupont,,80,50\n01/03/2027 10:00:00,bob.dupont@dupont.example,Morel,500,,\n"
        + f"01/03/2027 10:00:00,,Morel,500,,\n{mine},Dupont,100,180,50\n",
    )
    ingest(workspace)
    found = rows_of(
        workspace,
        "select leader_id, partner_id, amount_cents, attribution_share, confidence_share from day.deal order by all",
    )
    assert found == [("L001", "L003", 1200050, 0.8, 0.5), ("L002", "L001", 50000, 1.0, 1.0)]
    assert rows_of(workspace, REFUSED) == [
        (3, "(row)", "unknown_partner", "row"),
        (4, "(row)", "unknown_partner", "row"),
        (5, "(row)", "incomplete_deal", "row"),
        (7, "(row)", "no_identity", "row"),
        (8, "(row)", "incomplete_deal", "row"),
        (8, "attribution", "out_of_range", "3 digits"),
    ]


def test_exhibitors_and_partners_are_told_apart_by_their_sheet(workspace: Workspace) -> None:
    columns = ["Stand", "Société", "Activité", "Contact", "Téléphone"]
    sheets = {
        "Exposants": [
            ["Titre"],
            [],
            columns,
            ["A1", "Morel", "Usinage", "Ana", "06"],
            ["A2", "", "", "x", ""],
            [],
            ["TOTAL", 2],
        ],
        "Partenaires": [columns, ["", "Banque du Nord"]],
        "Brouillon": [columns, ["Z9", "Fantôme"]],
    }
    write_workbook(workspace.inbox / "exposants.xlsx", sheets, hidden="Brouillon")
    ingest(workspace)
    assert rows_of(
        workspace, "select exhibitor_id, name, kind, stand, description from core.exhibitor order by all"
    ) == [
        ("E001", "Morel", "exhibitor", "A1", "Usinage"),
        ("E002", "Banque du Nord", "partner", None, None),
    ]
    assert rows_of(workspace, REFUSED) == [(5, "(row)", "no_identity", "row")]
