"""Night after night: the same file, a changed one, one that is gone; what a person says wins and can be undone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import store
from tasks.ingest import core
from tasks.pages import render
from tasks.questionnaire import QuestionKey, QuestionKind, key_text
from tasks.store import Database
from tasks.workspace import Workspace
from tests.conftest import EVENT
from tests.ingest.builders import (
    CURRENT,
    EARLIER,
    ingest,
    read_inbox,
    rows_of,
    ticket,
    write_billetweb,
    write_tickets,
    write_wishes,
    write_workbook,
)

FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
ANA = ticket(1, "Ana", "Morel", "Ateliers Morel")
BOB = ticket(2, "Bob", "Dupont", "Dupont")
CLEO = ticket(3, "Cléo", "Petit", "Petit Frères")
CHANGES = "select leader_id, kind, field, before, after from audit.change where night = '{}' order by all"
LEADERS = "select leader_id, status, is_vanished, merged_into from core.leader where edition_id = '{}' order by all"


def night(number: int, hour: int = 3) -> datetime:
    return FIRST.replace(hour=hour) + timedelta(days=number - 1)


def export(workspace: Workspace, rows: Sequence[Mapping[str, str]], at: datetime) -> core.CoreReport:
    """Overwrite the export and run the night."""
    write_tickets(workspace, rows)
    return ingest(workspace, at)


def answer(workspace: Workspace, kind: QuestionKind, leader_id: str, typed: str, words: str, name: str) -> Path:
    """Drop a filled-in line of the workbook of rejects into the inbox."""
    key = key_text(QuestionKey(kind, CURRENT, leader_id, typed))
    path = workspace.inbox / name
    write_workbook(path, {"Questions": [["Clé — ne pas modifier", "Décision"], [key, words]]})
    return path


def told(workspace: Workspace, number: int) -> list[tuple[object, ...]]:
    return rows_of(workspace, CHANGES.format(night(number).date()))


def leaders(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(workspace, LEADERS.format(CURRENT))


def questions(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(
        workspace,
        'select kind, leader_id, typed, reason, from_json(candidates, \'[{"leader_id": "VARCHAR"}]\')[1].leader_id'
        " from audit.review_item order by all",
    )


def test_the_first_night_tells_of_everybody_once(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    expected = [("L001", "registered", "", "", "registered"), ("L002", "registered", "", "", "registered")]
    assert told(workspace, 1) == expected
    ingest(workspace, night(1, hour=4))
    assert told(workspace, 1) == expected
    ingest(workspace, night(2))
    assert told(workspace, 2) == []
    assert rows_of(workspace, "select count(*) from audit.change") == [(2,)]


def test_a_night_is_that_of_the_event_s_calendar(workspace: Workspace) -> None:
    export(workspace, [ANA], datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    assert rows_of(workspace, "select night::text from audit.change") == [("2026-11-02",)]


def test_a_new_a_changed_a_cancelled_and_a_vanished_leader(workspace: Workspace) -> None:
    dan = ticket(4, "Dan", "Roux", "Roux")
    export(workspace, [ANA, BOB, CLEO, dan], night(1))
    changed = {**ANA, "Société": "Morel & Fils", "Fonction": "Gérante", "Téléphone": "0612345678"}
    cancelled = {**BOB, "Statut de la commande": "Annulé"}
    eve = ticket(5, "Eve", "Blanc", "Blanc")
    export(workspace, [changed, cancelled, eve, dan], night(2))
    assert told(workspace, 2) == [
        ("L001", "changed", "company", "Ateliers Morel", "Morel & Fils"),
        ("L001", "changed", "job_title", "", "Gérante"),
        ("L001", "changed", "phone", "", "+33612345678"),
        ("L002", "withdrawn", "", "registered", "withdrawn"),
        ("L003", "vanished", "", "registered", "vanished"),
        ("L005", "registered", "", "", "registered"),
    ]
    assert leaders(workspace) == [
        ("L001", "registered", False, None),
        ("L002", "withdrawn", False, None),
        ("L003", "registered", True, None),
        ("L004", "registered", False, None),
        ("L005", "registered", False, None),
    ]
    assert questions(workspace) == [("withdrawal", "L003", "", "vanished", None)]
    assert rows_of(workspace, "select registration_id, leader_id, is_vanished from core.registration order by all") == [
        ("1", "L001", False), ("2", None, False), ("3", "L003", True), ("4", "L004", False), ("5", "L005", False),
    ]  # fmt: skip


def test_only_tables_that_the_night_has_changed_are_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []

    class Told(Database):
        def run(self, name: str, *, frame: pl.DataFrame | None = None, **values: object) -> None:
            statements.append(name)
            super().run(name, frame=frame, **values)

        def run_stream(self, name: str, schema: pl.Schema, frames: Iterable[pl.DataFrame], **values: object) -> None:
            statements.append(name)
            super().run_stream(name, schema, frames, **values)

    monkeypatch.setattr(store, "Database", Told)
    export(workspace, [ANA, BOB], night(1))
    statements.clear()
    with workspace.writing() as db:
        core.rebuild(db, workspace.event, night(2))
    assert statements == []
    write_tickets(workspace, [ANA | {"Fonction": "Directrice"}, BOB])
    read_inbox(workspace, night(3))
    statements.clear()
    with workspace.writing() as db:
        core.rebuild(db, workspace.event, night(3))
    assert statements == [
        "audit/delete_changes_of_night",
        "audit/insert_change",
        "core/delete_leader",
        "core/insert_leader",
        "core/delete_registration",  # it names the file that says so
        "core/insert_registration",
    ]
    assert rows_of(workspace, "select job_title from core.leader where leader_id = 'L001'") == [("Directrice",)]


def test_who_comes_back_is_as_before(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    before = rows_of(workspace, "from core.leader"), rows_of(workspace, "from core.registration")
    export(workspace, [ANA], night(2))
    assert leaders(workspace)[1] == ("L002", "registered", True, None)
    export(workspace, [ANA, BOB], night(3))
    assert (rows_of(workspace, "from core.leader"), rows_of(workspace, "from core.registration")) == before
    assert told(workspace, 3) == [("L002", "returned", "", "vanished", "registered")]
    assert questions(workspace) == []


def test_a_newcomer_vanishes_when_the_older_state_is_exported_again(workspace: Workspace) -> None:
    export(workspace, [ANA], night(1))
    export(workspace, [ANA, BOB], night(2))
    export(workspace, [ANA], night(3))
    assert leaders(workspace) == [("L001", "registered", False, None), ("L002", "registered", True, None)]
    assert told(workspace, 3) == [("L002", "vanished", "", "registered", "vanished")]


def test_what_only_a_file_said_that_was_taken_out_no_longer_counts(workspace: Workspace) -> None:
    write_tickets(workspace, [ANA])
    ingest(workspace, night(1))
    mistaken = write_tickets(workspace, [ANA, BOB], "zz-par-erreur.csv")
    ingest(workspace, night(2))
    mistaken.unlink()
    ingest(workspace, night(3))
    assert leaders(workspace) == [("L001", "registered", False, None), ("L002", "withdrawn", False, None)]
    assert told(workspace, 3) == [("L002", "withdrawn", "", "registered", "withdrawn")]
    assert rows_of(workspace, "select registration_id from core.registration") == [("1",)]
    ingest(workspace, night(4))
    assert leaders(workspace)[1] == ("L002", "withdrawn", False, None)


def test_the_last_export_taken_out_changes_nothing(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ANA, BOB])
    wishes = write_wishes(workspace, [{"Adresse de messagerie": ANA["Email participant"]}])
    ingest(workspace, night(1))
    before = leaders(workspace)
    path.unlink()
    ingest(workspace, night(2))
    assert wishes.exists()
    assert (leaders(workspace), told(workspace, 2)) == (before, [])


def test_one_night_tells_the_way_from_evening_to_morning(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    export(workspace, [{**ANA, "Fonction": "Gérante"}, {**BOB, "Fonction": "Associé"}], night(2, hour=1))
    export(workspace, [{**ANA, "Fonction": "Présidente"}], night(2, hour=2))
    assert told(workspace, 2) == [
        ("L001", "changed", "job_title", "", "Présidente"),
        ("L002", "changed", "job_title", "", "Associé"),
        ("L002", "vanished", "", "registered", "vanished"),
    ]
    export(workspace, [ANA, BOB], night(2, hour=3))
    assert told(workspace, 2) == []


def test_who_registered_and_withdrew_in_one_night_is_new_no_more(workspace: Workspace) -> None:
    export(workspace, [ANA], night(1))
    export(workspace, [ANA, BOB], night(2, hour=1))
    export(workspace, [ANA, {**BOB, "Statut de la commande": "Annulé"}], night(2, hour=2))
    assert told(workspace, 2) == [("L002", "withdrawn", "", "", "withdrawn")]


def test_wishes_and_hours_that_change_are_told(workspace: Workspace) -> None:
    email = {"Adresse de messagerie": ANA["Email participant"]}
    write_tickets(workspace, [ANA, BOB, CLEO])
    write_wishes(workspace, [{**email, "Souhait n° 1": "Dupont", "Langue": "Français"}])
    ingest(workspace, night(1))
    write_wishes(
        workspace,
        [
            {
                **email,
                "Souhait n° 1": "Petit Frères",
                "Souhait n° 2": "Dupont",
                "Vous venez plutôt pour": "Acheter",
                "Langue": "Anglais",
                "Nombre maximum de rendez-vous": 6,
                "J'arrive à": "15:10",
            }
        ],
    )
    ingest(workspace, night(2))
    assert told(workspace, 2) == [
        ("L001", "changed", "availability", "", "14:00–15:10"),  # noqa: RUF001 -- a span
        ("L001", "changed", "language", "fr", "en"),
        ("L001", "changed", "max_meetings", "", "6"),
        ("L001", "changed", "role", "both", "buyer"),
        ("L001", "changed", "wish_list", "2", "3, 2"),
        ("L001", "changed", "wishes", "1", "2"),
    ]


@pytest.mark.parametrize(("words", "status"), [("Confirm", "withdrawn"), ("Keep", "registered")])
def test_what_a_person_says_of_who_vanished_holds_until_the_ticket_comes_back(
    workspace: Workspace, words: str, status: str
) -> None:
    export(workspace, [ANA, BOB], night(1))
    export(workspace, [ANA], night(2))
    answer(workspace, "withdrawal", "L002", "", words, "rejets.xlsx")
    ingest(workspace, night(3))
    assert (leaders(workspace)[1], questions(workspace)) == (("L002", status, False, None), [])
    kind = {"withdrawn": "withdrawn", "registered": "returned"}[status]
    assert told(workspace, 3) == [("L002", kind, "", "vanished", status)]
    export(workspace, [{**ANA, "Fonction": "Gérante"}, BOB], night(4))
    assert leaders(workspace)[1] == ("L002", "registered", False, None)


def test_a_verdict_can_be_undone(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    export(workspace, [ANA], night(2))
    answer(workspace, "withdrawal", "L002", "", "Confirm", "rejets-1.xlsx")
    ingest(workspace, night(3))
    answer(workspace, "withdrawal", "L002", "", "Keep", "rejets-2.xlsx")
    ingest(workspace, night(4))
    assert leaders(workspace)[1] == ("L002", "registered", False, None)


def test_an_upgraded_ticket_leaves_the_leader_as_they_were(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    upgraded = {**BOB, "Numéro de billet": "22", "Tarif": "Partenaire"}
    export(workspace, [ANA, upgraded], night(2))
    assert (leaders(workspace)[1], told(workspace, 2)) == (("L002", "registered", False, None), [])
    query = "select registration_id, status, leader_id, is_vanished from core.registration where leader_id = 'L002'"
    assert rows_of(workspace, f"{query} order by all") == [
        ("2", "duplicate", "L002", True),
        ("22", "valid", "L002", False),
    ]
    assert rows_of(workspace, "select registration_id, into_registration_id, rule, evidence from core.merge") == [
        ("2", "22", "own_email", "email, name, company"),
    ]


def test_a_row_that_can_no_longer_be_read_is_asked_about(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    export(
        workspace, [ANA, {**BOB, "Nom participant": "", "Prénom participant": "", "Email participant": ""}], night(2)
    )
    assert leaders(workspace)[1] == ("L002", "registered", True, None)
    assert questions(workspace) == [("withdrawal", "L002", "", "vanished", None)]
    query = "select registration_id, leader_id, is_vanished from core.registration order by all"
    assert rows_of(workspace, query) == [("1", "L001", False), ("2", "L002", True)]
    ingest(workspace, night(3))
    assert rows_of(workspace, query) == [("1", "L001", False), ("2", "L002", True)]


def test_a_ticket_handed_on_is_another_leader_s(workspace: Workspace) -> None:
    export(workspace, [ANA, BOB], night(1))
    export(
        workspace, [ANA, {**ticket(2, "Carl", "Noir", "Dupont"), "Email participant": "carl@dupont.example"}], night(2)
    )
    assert leaders(workspace)[1:] == [("L002", "withdrawn", False, None), ("L003", "registered", False, None)]
    assert questions(workspace) == []


def test_a_name_put_right_and_all_else_with_it_is_the_same_leader(workspace: Workspace) -> None:
    export(workspace, [ANA, {**BOB, "Nom participant": "Dupond"}], night(1))
    moved = {**BOB, "Société": "Nouvelle maison", "Email participant": "bob@nouvelle.example"}
    export(workspace, [ANA, moved], night(2))
    fields = ["company", "email", "family_name", "payer_email"]
    assert [row[:3] for row in told(workspace, 2)] == [("L002", "changed", field) for field in fields]


def test_rows_without_a_number_keep_their_leader_when_something_changes(workspace: Workspace) -> None:
    bare = {**BOB, "Numéro de billet": ""}
    export(workspace, [ANA, bare], night(1))
    first = rows_of(workspace, "select registration_id from core.registration where leader_id = 'L002'")
    export(workspace, [ANA, CLEO, bare], night(2))
    assert rows_of(workspace, "select registration_id from core.registration where leader_id = 'L002'") == first
    export(workspace, [ANA, CLEO, {**bare, "Société": "Dupont Bois", "Statut de la commande": "Annulé"}], night(3))
    assert leaders(workspace)[1] == ("L002", "withdrawn", False, None)
    assert questions(workspace) == []
    assert rows_of(workspace, "select count(*) from core.merge") == [(0,)]


def test_two_leaders_who_turn_out_to_be_one_keep_the_lower_number(workspace: Workspace) -> None:
    plain = {**ticket(9, "Ana", "Morel", "Morel Conseil"), "Email participant": "a@conseil.example"}
    export(workspace, [ANA, BOB, plain], night(1))
    assert [row[0] for row in leaders(workspace)] == ["L001", "L002", "L003"]
    same = {**plain, "Email participant": ANA["Email participant"]}
    export(workspace, [ANA, BOB, same], night(2))
    assert leaders(workspace)[2] == ("L003", "withdrawn", False, "L001")
    assert told(workspace, 2) == [("L003", "changed", "merged_into", "", "1")]
    export(workspace, [ANA, BOB, same, CLEO], night(3))
    assert [row[0] for row in leaders(workspace)] == ["L001", "L002", "L003", "L004"]
    export(workspace, [ANA, BOB, plain, CLEO], night(4))
    assert leaders(workspace)[2] == ("L003", "registered", False, None)
    assert told(workspace, 4) == [("L003", "changed", "merged_into", "1", "")]


def test_a_double_that_a_person_confirms_is_merged_and_can_be_parted_again(workspace: Workspace) -> None:
    anna = ticket(9, "Anna", "Morel", "Ateliers Morel")
    export(workspace, [ANA, BOB, anna], night(1))
    assert questions(workspace) == [("duplicate", "L001", "9", "close_names", "L003")]
    answer(workspace, "duplicate", "L001", "9", "Merge", "rejets-1.xlsx")
    ingest(workspace, night(2))
    assert (leaders(workspace)[2], questions(workspace)) == (("L003", "withdrawn", False, "L001"), [])
    merged = "select registration_id, leader_id, into_registration_id, rule, evidence from core.merge"
    assert rows_of(workspace, merged) == [("9", "L001", "1", "decision", "company")]
    assert rows_of(workspace, "select kind, leader_id, typed, verdict, is_used from audit.decision") == [
        ("duplicate", "L001", "9", "confirmed", True)
    ]
    write_wishes(workspace, [{"Adresse de messagerie": BOB["Email participant"], "Souhait n° 1": "3"}])
    ingest(workspace, night(3))
    answer(workspace, "duplicate", "L001", "9", "Separate", "rejets-2.xlsx")
    ingest(workspace, night(4))
    assert (leaders(workspace)[2], questions(workspace)) == (("L003", "registered", False, None), [])
    assert rows_of(workspace, merged) == []


def test_what_a_rule_merged_is_parted_by_a_verdict_under_a_new_number(workspace: Workspace) -> None:
    father = {**ticket(9, "Ana", "Morel", "Ateliers Morel"), "Email participant": "ana.pere@morel.example"}
    export(workspace, [ANA, father, BOB], night(1))
    assert [row[0] for row in leaders(workspace)] == ["L001", "L002"]
    answer(workspace, "duplicate", "L001", "9", "Separate", "rejets-1.xlsx")
    for number in (2, 3):
        ingest(workspace, night(number))
        assert [row[0] for row in leaders(workspace)] == ["L001", "L002", "L003"]
        assert rows_of(workspace, "select leader_id from core.registration where registration_id = '9'") == [("L003",)]
    assert questions(workspace) == []
    answer(workspace, "duplicate", "L001", "9", "Merge", "rejets-2.xlsx")
    ingest(workspace, night(4))
    assert leaders(workspace)[2] == ("L003", "withdrawn", False, "L001")


def test_a_verdict_on_two_editions_wins_over_the_evidence(workspace: Workspace) -> None:
    common = {"Date de création": "2025-10-01 09:00", "Payé": "Oui", "Valide": "Oui", "Scanné": "Non"}
    write_billetweb(workspace, [{**common, "Billet": "T1", "Nom": "Morel", "Prénom": "Zoé"}])
    export(workspace, [ANA], night(1))
    links = "select leader_id, earlier_leader_id, rule, certainty, probability from core.identity_link"
    assert rows_of(workspace, links) == []
    answer(workspace, "identity", "L001", f"{EARLIER}/L001", "Same person", "rejets-1.xlsx")
    ingest(workspace, night(2))
    assert rows_of(workspace, links) == [("L001", "L001", "verdict", "sure", 1.0)]
    answer(workspace, "identity", "L001", f"{EARLIER}/L001", "Two persons", "rejets-2.xlsx")
    ingest(workspace, night(3))
    assert rows_of(workspace, links) == []


def test_a_probable_link_is_asked_about_until_somebody_says(workspace: Workspace) -> None:
    common = {"Date de création": "2025-10-01 09:00", "Payé": "Oui", "Valide": "Oui", "Scanné": "Non"}
    known = {
        **common,
        "Billet": "T1",
        "Nom": "Morel",
        "Prénom": "Anna",
        "Société (Participant) - #11": "Ateliers Morel",
    }
    write_billetweb(workspace, [known])
    export(workspace, [ANA, BOB], night(1))
    asked = [("identity", "L001", f"{EARLIER}/L001", "probable", None)]
    assert questions(workspace) == asked
    ingest(workspace, night(2))
    assert questions(workspace) == asked
    answer(workspace, "identity", "L001", f"{EARLIER}/L001", "Two persons", "rejets-1.xlsx")
    ingest(workspace, night(3))
    assert questions(workspace) == []
    assert rows_of(workspace, "from core.identity_link") == []


def made(workspace_folder: Path, workspace: Workspace) -> Workspace:
    """Return a fresh workspace of the same event: hypothesis runs many in one test."""
    folder = workspace_folder / "event"
    (folder / "inbox").mkdir(parents=True)
    (folder / "event.toml").write_bytes((workspace.folder / "event.toml").read_bytes())
    return Workspace(folder)


# Each night an export of some of six tickets, each valid, cancelled, or its company changed.
STATES = st.dictionaries(st.integers(1, 6), st.sampled_from(["valid", "cancelled", "moved"]), min_size=1)


def rows_for(state: Mapping[int, str]) -> list[dict[str, str]]:
    rows = []
    for number, what in sorted(state.items()):
        row = ticket(number, "Ana" * number, "Morel", f"Maison {number}")
        row |= {"Statut de la commande": "Annulé"} if what == "cancelled" else {}
        rows.append(row | ({"Société": f"Atelier {number}"} if what == "moved" else {}))
    return rows


@settings(max_examples=5, deadline=None)
@given(nights=st.lists(STATES, min_size=2, max_size=3))
def test_nobody_is_lost_and_no_number_changes_however_the_nights_go(
    workspace_of_the_event: Workspace, nights: list[dict[int, str]]
) -> None:
    with TemporaryDirectory() as folder:
        workspace = made(Path(folder), workspace_of_the_event)
        seen: set[int] = set()
        numbers: dict[object, object] = {}
        for number, state in enumerate(nights, start=1):
            export(workspace, rows_for(state), night(number))
            seen |= set(state)
            found = rows_of(workspace, "select registration_id, leader_id, is_vanished from core.registration")
            assert {row[0] for row in found} == {str(place) for place in seen}
            assert {row[0] for row in found if row[2]} == {str(place) for place in seen - set(state)}
            ids = dict(rows_of(workspace, "select given_name, leader_id from core.leader"))
            assert {name: ids[name] for name in numbers} == numbers
            numbers = ids
            before = [
                rows_of(workspace, f"from {table}") for table in ("core.leader", "core.registration", "audit.change")
            ]
            ingest(workspace, night(number, hour=5))
            again = [
                rows_of(workspace, f"from {table}") for table in ("core.leader", "core.registration", "audit.change")
            ]
            assert again == before


@pytest.fixture(scope="module")
def workspace_of_the_event(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("event")
    (folder / "event.toml").write_text(render("workspace/event.toml.j2", "fr", **EVENT), encoding="utf-8")
    return Workspace(folder)


ASKERS = "select typed, reason, candidates->>'$[*].leader_id' from audit.review_item where kind = 'asker'"
ASKED = "select from_leader_id, to_leader_id from core.request order by all"


def test_whose_an_answer_is_is_asked_and_holds_from_the_next_night_on(workspace: Workspace) -> None:
    cid = ticket(4, "Cid", "Trois", "Trois")
    write_tickets(workspace, [ANA, BOB, CLEO, cid])
    typed = {"Nom": "Cid Trios", "Adresse de messagerie": "cid@ailleurs.example"}
    write_wishes(workspace, [typed | {"Souhait n° 1": "Ateliers Morel"}])
    ingest(workspace, night(1))
    ((text, reason, candidates),) = rows_of(workspace, ASKERS)
    assert (text, reason) == ("Cid Trios", "unknown_asker")
    assert isinstance(candidates, list)
    assert (candidates[0], len(candidates)) == ("L004", 3)
    assert rows_of(workspace, ASKED) == []
    answer(workspace, "asker", "", text, "n° 4 – Cid Trois (Trois)", "one.xlsx")  # noqa: RUF001 -- as offered
    ingest(workspace, night(2))
    assert rows_of(workspace, ASKED) == [("L004", "L001")]
    write_wishes(workspace, [typed | {"Souhait n° 1": "Dupont"}])
    ingest(workspace, night(3))
    assert rows_of(workspace, ASKED) == [("L004", "L002")]
    assert rows_of(workspace, "select kind, rule from audit.rejected_row, audit.decision") == []
    answer(workspace, "asker", "", text, "Personne", "two.xlsx")
    ingest(workspace, night(4))
    assert (rows_of(workspace, ASKED), rows_of(workspace, ASKERS)) == ([], [])
    assert rows_of(workspace, "select rule from audit.rejected_row") == [("set_aside_by_hand",)]


@pytest.mark.parametrize(("words", "rules"), [("1 ; 2", ["unknown_answer"]), ("99", ["unknown_answer"]), ("2", [])])
def test_an_answer_is_that_of_one_leader_who_exists(workspace: Workspace, words: str, rules: list[str]) -> None:
    write_tickets(workspace, [ANA, BOB])
    write_wishes(workspace, [{"Nom": "Ivan Inconnu", "Votre société": "Dupont", "Souhait n° 1": "Ateliers Morel"}])
    answer(workspace, "asker", "", "Ivan Inconnu (Dupont)", words, "one.xlsx")
    ingest(workspace, night(1))
    assert [rule for (rule,) in rows_of(workspace, "select rule from audit.rejected_row")] == rules
    assert rows_of(workspace, ASKERS) == (
        [("Ivan Inconnu (Dupont)", "unknown_asker", ["L002", "L001"])] if rules else []
    )
    assert rows_of(workspace, ASKED) == ([] if rules else [("L002", "L001")])
