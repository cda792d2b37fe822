"""A company that is renamed between two nights goes on being asked for under its old name."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tasks.workspace import Workspace
from tests.ingest.builders import READ_AT, ingest, rows_of, ticket, write_tickets, write_wishes

REQUESTS = "select from_leader_id, to_leader_id, match_rule from core.request order by all"
QUESTIONS = "select leader_id, typed, reason from audit.review_item order by all"
ASKING = [
    ticket(1, "Bob", "Dupont", "Tôlerie Dupont"),
    ticket(2, "Dan", "Roux", "Imprimerie Vasseur"),
]
WISHES = [
    {"Adresse de messagerie": row["Email participant"], "Souhait n° 1": typed}
    for row, typed in zip(ASKING, ("Ateliers Morel", "Ateliers Morrel"), strict=True)
]


def night(workspace: Workspace, day: int, *rows: Mapping[str, str]) -> list[tuple[object, ...]]:
    """Run a night on an export of these tickets and of those who ask, and return the requests."""
    write_tickets(workspace, [*ASKING, *rows])
    ingest(workspace, READ_AT + timedelta(days=day))
    return rows_of(workspace, REQUESTS)


@pytest.mark.parametrize("siren", ["", "732 829 320 00074"])
def test_wishes_for_a_renamed_company_stay_on_every_later_night(workspace: Workspace, siren: str) -> None:
    ana = ticket(3, "Ana", "Morel", "Ateliers Morel", SIRET=siren)
    write_wishes(workspace, WISHES)
    before = night(workspace, 0, ana)
    assert before == [("L001", "L003", "exact"), ("L002", "L003", "close")]
    for day, name in enumerate(("Groupe Artois Usinage", "Groupe Artois Usinage", "Nouvel Artois"), start=1):
        assert night(workspace, day, ana | {"Société": name}) == before
        assert rows_of(workspace, QUESTIONS) == []


def test_a_name_that_another_company_bears_by_now_means_that_one(workspace: Workspace) -> None:
    ana, eve = ticket(3, "Ana", "Morel", "Ateliers Morel"), ticket(4, "Eve", "Petit", "Petit Frères")
    write_wishes(workspace, WISHES[:1])
    night(workspace, 0, ana, eve)
    found = night(workspace, 1, ana | {"Société": "Groupe Artois"}, eve | {"Société": "Ateliers Morel"})
    assert found == [("L001", "L004", "exact")]


def test_a_company_whose_leaders_went_to_two_others_is_a_question(workspace: Workspace) -> None:
    ana, eve = (ticket(3 + place, given, "Morel", "Ateliers Morel") for place, given in enumerate(("Ana", "Eve")))
    write_wishes(workspace, WISHES[:1])
    assert night(workspace, 0, ana, eve) == [("L001", "L003", "exact")]
    assert night(workspace, 1, ana | {"Société": "Artois Un"}, eve | {"Société": "Béthune Deux"}) == []
    assert rows_of(workspace, QUESTIONS) == [("L001", "Ateliers Morel", "several_near_names")]
