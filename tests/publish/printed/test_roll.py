import json
from dataclasses import asdict

from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.documents.printed.roll import Roll, Stand, roll_of
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, Plan, Someone, add_leaders, add_plan
from tests.publish.printed.rolls import guest


def read_roll(workspace: Workspace, *stands: Stand) -> Roll:
    with workspace.opened() as db:
        afternoon = read_afternoon(db, EDITION, "19-v1", workspace.event.zone)
    return roll_of(workspace.event, afternoon, stands)


def test_guests_stand_in_the_french_order_of_their_family_names(workspace: Workspace) -> None:
    names = [
        "Zola",
        "Œillet",
        "ÉVRARD",
        "Çelik",
        "de Gaulle",
        "Odet",
        "Evrard",
        "d'Ormesson",
        "Le Goff",
        "Celac",
        "Ozanne",
    ]
    add_leaders(workspace, {f"L{n:03d}": Someone("Ana", name, f"Société {n}") for n, name in enumerate(names, 1)})
    add_plan(workspace, {}, Plan())
    assert [found.family_name for found in read_roll(workspace).guests] == [
        "Celac", "Çelik", "de Gaulle", "d'Ormesson", "Evrard", "Évrard", "Le Goff", "Odet", "Œillet", "Ozanne", "Zola",
    ]  # fmt: skip


def test_namesakes_stand_by_their_given_names() -> None:
    assert [guest(name).initial for name in ("Œillet", "Évrard", "d'Ormesson", "Łukasz", "王", "…")] == [*"OEDLW", "#"]


def test_whoever_withdrew_is_not_printed(planned: Workspace) -> None:
    assert [found.leader_id for found in read_roll(planned).guests] == [
        "L008",
        "L006",
        "L004",
        "L005",
        "L001",
        "L002",
        "L003",
    ]


def test_only_a_change_of_table_is_a_move() -> None:
    someone = guest("Morel", at="T01 T01 - T01 T02 T01")
    assert [(f"{seat.starts_at:%H:%M}", seat.table) for seat in someone.moves] == [
        ("14:00", "T01"), ("15:20", "T02"), ("15:40", "T01"),
    ]  # fmt: skip
    assert guest("Morel").moves == ()


def test_tables_have_a_round_for_every_slot_and_only_those_in_use_are_there(planned: Workspace) -> None:
    tables = read_roll(planned).tables
    assert [table.table_id for table in tables] == ["T01", "T02", "T07", "T12", "T30"]
    twelve = {f"{held.starts_at:%H:%M}": [met.leader_id for met in held.guests] for held in tables[3].rounds}
    assert len(twelve) == 12
    assert {start: pair for start, pair in twelve.items() if pair} == {
        "14:40": ["L001", "L002"],
        "15:00": ["L001", "L003"],
    }


def test_a_table_that_the_event_file_no_longer_has_is_printed_last(workspace: Workspace) -> None:
    people = {f"L00{n}": Someone("Ana", "Bo", f"Société {n}") for n in (1, 2, 3)}
    add_leaders(workspace, people)
    add_plan(
        workspace, people, Plan(meetings=[("L001", "L002", 0, "A1", 1, None), ("L001", "L003", 1, "T60", 1, None)])
    )
    assert [table.table_id for table in read_roll(workspace).tables] == ["T60", "A1"]


def test_stands_are_in_french_order_and_titles_in_every_language(planned: Workspace) -> None:
    made = read_roll(planned, Stand("Zinc", "exhibitor", "", ""), Stand("Électricité", "partner", "P1", "Courant"))
    assert [stand.name for stand in made.stands] == ["Électricité", "Zinc"]
    assert made.titles == ("Rencontres affaires de l'Artois et du Douaisis", "Artois and Douaisis business meetings")
    assert [hall.names for hall in made.halls][:2] == [("Rendez-vous", "Meetings"), ("Exposition", "Exhibition")]


def test_neither_address_nor_telephone_comes_along(planned: Workspace) -> None:
    with planned.opened() as db:
        stored = db.table("core/leader").rows(named=True)
    text = json.dumps(asdict(read_roll(planned)), default=str, ensure_ascii=False)
    secrets = [str(row[name]) for row in stored for name in ("email", "phone") if row[name]]
    assert len(secrets) > 8
    assert [secret for secret in secrets if secret in text] == []
