"""The exports of after the event."""

import hashlib
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.demo.afternoon import write_afternoon
from tasks.demo.hall import Guest, Hall, Meeting, fix_same_day, hold, who_came
from tasks.demo.start import write_workspace
from tasks.errors import DataError
from tasks.workspace import Workspace
from tests.demo.builders import PARIS, approve_a_plan, csv_rows, luck, sheet, truth

FILES = ("pointage-19.csv", "bilan-rendez-vous-19.xlsx", "enquete-19.csv", "suites-19.csv")
FOUR = datetime(2026, 12, 3, 16, tzinfo=PARIS)
HALL = Hall((FOUR, FOUR + timedelta(minutes=20)), timedelta(minutes=20), ("T01", "T02"), {})


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an event of the usual size after its afternoon."""
    folder = tmp_path_factory.mktemp("played")
    write_workspace(folder, 19)
    approve_a_plan(folder)
    write_afternoon(folder, 19)
    return folder


def check_in(folder: Path) -> list[dict[str, str]]:
    return csv_rows(folder / "inbox/pointage-19.csv", ";", "utf-8-sig")


def outcomes(folder: Path) -> list[dict[str, Any]]:
    header, *rows = sheet(folder / "inbox/bilan-rendez-vous-19.xlsx", "Rendez-vous")
    return [dict(zip(header, row, strict=True)) for row in rows]


def planned_pairs(folder: Path) -> list[tuple[int, int]]:
    with duckdb.connect(Workspace(folder).database, read_only=True) as connection:
        found = connection.execute("select leader_a, leader_b from plan.meeting").fetchall()
    return [(int(one[1:]), int(other[1:])) for one, other in found]


def guest(number: int, company: str = "") -> Guest:
    return Guest(f"L{number:03d}", number, "Nom", "Prénom", None, company or f"C{number}", "Société", None)


def test_the_headers_are_those_of_the_contract(played: Path) -> None:
    assert list(check_in(played)[0]) == [
        *("Numéro de billet", "Nom participant", "Prénom participant", "Raison sociale", "Pointé", "Heure de pointage")
    ]
    assert list(outcomes(played)[0]) == [
        *("N° A", "Société A", "N° B", "Société B", "Heure", "Table", "Tenu", "Ajouté le jour même", "Avis A", "Avis B")
    ]
    survey = 'Horodateur,Adresse e-mail,"Votre satisfaction, de 1 à 5"'
    assert (played / "inbox/enquete-19.csv").read_text(encoding="utf-8").splitlines()[0] == (
        f'{survey},"Recommanderiez-vous ces rencontres, de 0 à 10 ?",Commentaire'
    )
    assert (played / "inbox/suites-19.csv").read_text(encoding="utf-8").splitlines()[0] == (
        "Horodateur,Adresse e-mail,Avec quelle société ?,Montant des affaires conclues (€ HT),"
        '"Part due aux rencontres, en %","Certitude, en %"'
    )


def test_seven_of_a_hundred_stay_away_and_a_few_slip_past_the_scanner(played: Path) -> None:
    rows = check_in(played)
    came = set(truth(played, "afternoon")["attended_19"])
    scanned = {row["Numéro de billet"] for row in rows if row["Pointé"] == "Oui"}
    assert len(rows) == 180
    assert len(came) == 167
    assert scanned < came
    assert len(came - scanned) <= 9
    assert {bool(row["Heure de pointage"]) == (row["Pointé"] == "Oui") for row in rows} == {True}


def test_the_repeat_share_of_those_who_came_is_the_published_one(played: Path) -> None:
    assert truth(played, "afternoon")["repeat_attended_19"] == pytest.approx(0.62, abs=0.01)


def test_every_planned_meeting_has_a_line_and_the_newest_approved_version_counts(played: Path) -> None:
    planned = [(row["N° A"], row["N° B"]) for row in outcomes(played) if row["Ajouté le jour même"] == "Non"]
    assert sorted(planned) == sorted(planned_pairs(played))
    assert len(planned) > 500


def test_meetings_are_held_where_both_came(played: Path) -> None:
    told = truth(played, "afternoon")
    planned = [meeting for meeting in told["meetings"] if not meeting["same_day"]]
    assert 0.80 <= sum(meeting["held"] for meeting in planned) / len(planned) <= 0.90
    typed = Counter(row["Tenu"] for row in outcomes(played) if row["Ajouté le jour même"] == "Non")
    assert set(typed) == {"Oui", "Non", ""}
    assert typed[""] <= 0.05 * len(planned)


def test_what_was_fixed_the_same_day_took_place_between_strangers(played: Path) -> None:
    rows = [row for row in outcomes(played) if row["Ajouté le jour même"] == "Oui"]
    assert 10 <= len(rows) <= 20
    assert {row["Tenu"] for row in rows} == {"Oui"}
    assert {(row["N° A"], row["N° B"]) for row in rows}.isdisjoint(planned_pairs(played))


def test_nobody_meets_two_people_at_once(played: Path) -> None:
    held = [row for row in outcomes(played) if row["Tenu"] == "Oui"]
    seats = Counter((row[side], row["Heure"]) for row in held for side in ("N° A", "N° B"))
    assert set(seats.values()) == {1}
    assert set(Counter((row["Table"], row["Heure"]) for row in held).values()) == {1}


def test_meetings_stand_in_the_slots_of_the_afternoon_local_time(played: Path) -> None:
    assert {row["Heure"] for row in outcomes(played)} == {
        f"{hour}:{minute:02d}" for hour in range(14, 18) for minute in (0, 20, 40)
    }


def test_opinions_fit_what_happened(played: Path) -> None:
    given: dict[str, set[str]] = {}
    for row in outcomes(played):
        given.setdefault(row["Tenu"], set()).update((row["Avis A"], row["Avis B"]))
    assert given == {
        "Oui": {"Coopération possible", "Pour information", "Peu d'intérêt", ""},
        "Non": {"N'a pas eu lieu", ""},
        "": {""},
    }


def test_rather_more_than_half_answer_and_nearly_all_are_satisfied(played: Path) -> None:
    rows = csv_rows(played / "inbox/enquete-19.csv", ",", "utf-8")
    satisfaction = [int(row["Votre satisfaction, de 1 à 5"]) for row in rows]
    recommendation = [int(row["Recommanderiez-vous ces rencontres, de 0 à 10 ?"]) for row in rows]
    assert len(rows) == round(0.55 * 167)
    assert sum(value >= 4 for value in satisfaction) / len(rows) == pytest.approx(0.94, abs=0.01)
    promoters, detractors = sum(v >= 9 for v in recommendation), sum(v <= 6 for v in recommendation)
    assert 25 <= 100 * (promoters - detractors) / len(rows) <= 60
    days = {datetime.strptime(row["Horodateur"], "%d/%m/%Y %H:%M:%S").replace(tzinfo=PARIS).date() for row in rows}
    assert min(days).isoformat() >= "2026-12-04"
    assert max(days).isoformat() <= "2026-12-10"


def test_one_in_eight_reports_a_deal_three_months_on(played: Path) -> None:
    rows = csv_rows(played / "inbox/suites-19.csv", ",", "utf-8")
    euros = [
        int(row["Montant des affaires conclues (€ HT)"].split(",")[0].rstrip(" €").replace(" ", "")) for row in rows
    ]
    assert len(rows) == 20
    assert 800 <= min(euros) <= max(euros) <= 60_000
    assert sum(euros) == truth(played, "afternoon")["deals"]["euros"]
    shares = [(int(r["Part due aux rencontres, en %"]), int(r["Certitude, en %"].rstrip(" %"))) for r in rows]
    assert all(0 < part <= 100 and 0 < certainty <= 100 for part, certainty in shares)
    assert {row["Horodateur"][3:10] for row in rows} == {"03/2027"}


def test_the_same_seed_gives_the_same_afternoon(tmp_path: Path) -> None:
    write_workspace(tmp_path, 6, 24)
    approve_a_plan(tmp_path)
    first = write_afternoon(tmp_path, 6)
    assert tuple(path.name for path in first) == FILES
    bytes_before = [hashlib.sha256(path.read_bytes()).hexdigest() for path in first]
    again = write_afternoon(tmp_path, 6)
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in again] == bytes_before
    other = write_afternoon(tmp_path, 7)
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in other] != bytes_before


def test_without_an_approved_plan_there_is_no_afternoon(tmp_path: Path) -> None:
    write_workspace(tmp_path, 6, 24)
    with pytest.raises(DataError, match="no approved plan version"):
        write_afternoon(tmp_path, 6)
    assert not (tmp_path / "inbox/pointage-19.csv").exists()


def test_every_group_loses_its_share() -> None:
    loyal, new = [guest(n) for n in range(100)], [guest(n) for n in range(100, 200)]
    came = who_came(luck(1), loyal, new)
    assert (sum(g.leader_id in came for g in loyal), sum(g.leader_id in came for g in new)) == (93, 93)


def test_a_meeting_with_somebody_absent_is_not_held() -> None:
    (meeting,) = hold(luck(1), [Meeting("L001", "L002", FOUR, "T01")], frozenset({"L001"}))
    assert not meeting.is_held


def test_a_same_day_meeting_takes_the_place_of_one_whose_partner_stayed_away() -> None:
    guests = [guest(1), guest(2), guest(3)]
    planned = [Meeting("L001", "L002", FOUR, "T01")]
    hall = Hall((FOUR,), HALL.length, ("T01",), {})
    fixed = fix_same_day(luck(1), hall, guests, planned, frozenset({"L001", "L003"}))
    assert fixed == [Meeting("L001", "L003", FOUR, "T01", is_held=True, is_same_day=True)]


def test_a_same_day_meeting_needs_a_table() -> None:
    guests = [guest(1), guest(2), guest(3), guest(4)]
    planned = [Meeting("L001", "L002", FOUR, "T01")]
    hall = Hall((FOUR,), HALL.length, ("T01",), {})
    assert fix_same_day(luck(1), hall, guests, planned, frozenset(g.leader_id for g in guests)) == []


def test_a_same_day_meeting_waits_until_both_are_there() -> None:
    hall = Hall(HALL.starts, HALL.length, HALL.tables, {"L001": [(FOUR, FOUR + timedelta(minutes=5))]})
    (fixed,) = fix_same_day(luck(1), hall, [guest(1), guest(2)], [], frozenset({"L001", "L002"}))
    assert fixed.starts_at == FOUR + timedelta(minutes=20)


def test_two_of_one_company_do_not_meet_the_same_day() -> None:
    guests = [guest(1, "C1"), guest(2, "C1")]
    assert fix_same_day(luck(1), HALL, guests, [], frozenset({"L001", "L002"})) == []


def test_a_leader_without_address_answers_nothing(tmp_path: Path) -> None:
    write_workspace(tmp_path, 6, 24)
    approve_a_plan(tmp_path)
    with duckdb.connect(Workspace(tmp_path).database) as connection:
        connection.execute("update core.leader set email = null")
    write_afternoon(tmp_path, 6)
    assert csv_rows(tmp_path / "inbox/enquete-19.csv", ",", "utf-8") == []
    assert csv_rows(tmp_path / "inbox/suites-19.csv", ",", "utf-8") == []
    shutil.rmtree(tmp_path)
