"""Suggestions through the whole of ingestion: kept apart from requests, used where the organiser says so."""

from datetime import timedelta

import pytest

from tasks.workspace import Workspace
from tests.ingest.builders import READ_AT, ingest, rows_of, ticket, write_tickets, write_wishes

PEOPLE = [
    ticket(1, "Ana", "Morel", "Ateliers Morel"),
    ticket(2, "Bob", "Dupont", "Tôlerie Dupont"),
    ticket(3, "Cléo", "Petit", "Tôlerie Dupont"),
    ticket(4, "Dan", "Roux", "Imprimerie du Beffroi"),
    ticket(5, "Eva", "Vasseur", "Transports Vasseur"),
    ticket(6, "Fay", "Lens", "Lens Conseil", Statut_de_la_commande="Annulé"),
]
ROWS = [
    {
        "Nom": "Ana Morel",
        "Votre société": "Ateliers Morel",
        "Vous venez plutôt pour": "Acheter",
        "Ce que vous vendez": "Usinage",
        "Ce que vous recherchez": "Tôlerie;Impression",
        "Souhait n° 1": "Transports Vasseur",
    },
    {"Nom": "Bob Dupont", "Votre société": "Tôlerie Dupont", "Ce que vous vendez": "soudure"},
    {
        "Nom": "Cléo Petit",
        "Votre société": "Tôlerie Dupont",
        "Ce que vous vendez": "soudure",
        "Ce que vous recherchez": "Usinage",
        "Pause souhaitée": "indisponible",
    },
    {"Nom": "Dan Roux", "Votre société": "Imprimerie du Beffroi", "Ce que vous vendez": "Imprimerie"},
    {"Nom": "Eva Vasseur", "Votre société": "Transports Vasseur", "Ce que vous vendez": "zorglub"},
]
SUGGESTIONS = """
    select from_leader_id, to_leader_id, rank, score, sells_codes, seeks_codes, is_used
    from core.suggestion order by from_leader_id, rank
"""


def suggested(workspace: Workspace, used_for: str = "", leaders: str = "") -> list[tuple[object, ...]]:
    file = workspace.folder / "event.toml"
    text = file.read_text(encoding="utf-8")
    for before, after in (('used_for = "nobody"', used_for), ("leaders = []", leaders)):
        assert before in text
        text = text.replace(before, after or before, 1)
    file.write_text(text, encoding="utf-8")
    write_tickets(workspace, PEOPLE)
    write_wishes(workspace, ROWS)
    ingest(workspace)
    return rows_of(workspace, SUGGESTIONS)


FOUND = [
    ("L001", "L002", 1, 55.0, "", "metalwork"),
    ("L001", "L004", 2, 55.0, "", "printing"),
    ("L002", "L001", 1, 55.0, "metalwork", ""),
    ("L004", "L001", 1, 55.0, "printing", ""),
]


@pytest.mark.parametrize(
    ("used_for", "leaders", "used"),
    [
        ("", "", set()),
        ('used_for = "listed"', 'leaders = ["L002", "L099"]', {"L002"}),
        ('used_for = "nobody"', 'leaders = ["L002"]', set()),
        ('used_for = "everyone"', "", {"L001", "L002", "L004"}),
    ],
)
def test_suggestions_stand_apart_and_are_used_only_where_the_organiser_says_so(
    workspace: Workspace, used_for: str, leaders: str, used: set[str]
) -> None:
    assert suggested(workspace, used_for=used_for, leaders=leaders) == [(*row, row[0] in used) for row in FOUND]
    assert rows_of(workspace, "select from_leader_id, to_leader_id from core.request") == [("L001", "L005")]


def test_a_second_night_with_nothing_new_suggests_the_same(workspace: Workspace) -> None:
    first = suggested(workspace)
    ingest(workspace)
    assert rows_of(workspace, SUGGESTIONS) == first


def test_whoever_withdraws_is_neither_helped_nor_proposed(workspace: Workspace) -> None:
    suggested(workspace)
    cancelled = [
        row | {"Statut de la commande": "Annulé"} if row["Prénom participant"] == "Dan" else row for row in PEOPLE
    ]
    write_tickets(workspace, cancelled)
    ingest(workspace, READ_AT + timedelta(days=1))
    assert rows_of(workspace, "select status from core.leader where leader_id = 'L004'") == [("withdrawn",)]
    assert [row[:2] for row in rows_of(workspace, SUGGESTIONS)] == [("L001", "L002"), ("L002", "L001")]
