"""Two events' exports in one inbox: what is taken, what is set aside, whatever the order of the files."""

import os
from collections.abc import Sequence
from datetime import timedelta

import pytest

from tasks.workspace import Workspace
from tests.ingest.builders import (
    CURRENT,
    READ_AT,
    header,
    read_inbox,
    rows_of,
    table,
    ticket,
    write_billetweb,
    write_text,
    write_tickets,
)

CAMPAIGN = header("Numéro;Campagne;Formule;Montant inscription;Statut;Nom;Prénom;Société;Date;Email", ";")
OURS = "Rencontres affaires de l'Artois et du Douaisis 2026"


def write(workspace: Workspace, name: str, label: str, people: Sequence[str], at: int = 0) -> None:
    """Write a HelloAsso export of 2019: its tickets are numbered from 1 in every campaign."""
    rows = [
        {
            "Numéro": str(number),
            "Campagne": label,
            "Statut": "Validé",
            "Nom": person,
            "Prénom": "Ana",
            "Date": "05/10/2026 10:00:00",
            "Email": f"{person.lower()}@example.example",
        }
        for number, person in enumerate(people, start=1)
    ]
    path = write_text(workspace, name, table(CAMPAIGN, rows))
    os.utime(path, (at, at))


def read(workspace: Workspace, day: int = 0) -> dict[str, str]:
    reports = read_inbox(workspace, READ_AT + timedelta(days=day))
    return {report.file_name: report.state for report in reports}


def counting(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(workspace, "select file_name from raw.file where is_current order by 1")


@pytest.mark.parametrize("times", [(1, 2), (2, 1)])
def test_the_export_of_another_event_is_set_aside_and_ours_is_taken(
    workspace: Workspace, times: tuple[int, int]
) -> None:
    write(workspace, "a.csv", OURS, ["Morel", "Dupont"], times[0])
    write(workspace, "b.csv", "Salon des vins", ["Petit", "Roux"], times[1])
    assert read(workspace) == {"a.csv": "new", "b.csv": "set_aside"}
    assert counting(workspace) == [("a.csv",)]
    assert rows_of(workspace, "select count(*) from raw.row") == [(2,)]
    ((sentence,),) = rows_of(workspace, "select sentence_en from audit.set_aside_file")
    assert str(sentence).startswith(
        f"this file is about Salon des vins, another one about {OURS}: two events are not mixed."
    )
    assert read(workspace, 1) == {"a.csv": "known", "b.csv": "set_aside"}


@pytest.mark.parametrize("times", [(1, 2), (2, 1)])
def test_where_neither_name_is_ours_both_are_set_aside(workspace: Workspace, times: tuple[int, int]) -> None:
    write(workspace, "a.csv", "Nuit du tennis", ["Morel", "Dupont"], times[0])
    write(workspace, "b.csv", "Salon des vins", ["Petit", "Roux"], times[1])
    assert read(workspace) == {"a.csv": "set_aside", "b.csv": "set_aside"}
    assert rows_of(workspace, "select (select count(*) from raw.file) + (select count(*) from raw.row)") == [(0,)]


def test_event_toml_settles_it(workspace: Workspace) -> None:
    write(workspace, "a.csv", "Nuit du tennis", ["Morel", "Dupont"])
    write(workspace, "b.csv", "Salon des vins", ["Petit", "Roux"])
    path = workspace.folder / "event.toml"
    path.write_text(
        path.read_text(encoding="utf-8") + f'\n[exports."b.csv"]\nedition = "{CURRENT}"\n', encoding="utf-8"
    )
    assert read(workspace) == {"a.csv": "set_aside", "b.csv": "new"}
    path.write_text(path.read_text(encoding="utf-8") + '\n[exports."a.csv"]\nis_ignored = true\n', encoding="utf-8")
    assert read(workspace, 1) == {"a.csv": "ignored", "b.csv": "known"}
    assert counting(workspace) == [("b.csv",)]


def test_a_renamed_event_is_the_same_event(workspace: Workspace) -> None:
    write(workspace, "a.csv", "Nuit du tennis", ["Morel", "Dupont"], 1)
    write(workspace, "b.csv", "Gala du tennis", ["Morel", "Dupont", "Roux"], 2)
    assert read(workspace) == {"a.csv": "new", "b.csv": "new"}
    assert counting(workspace) == [("b.csv",)]


def test_what_counts_is_not_thrown_out_by_what_comes_later(workspace: Workspace) -> None:
    write(workspace, "a.csv", "Nuit du tennis", ["Morel", "Dupont"])
    assert read(workspace) == {"a.csv": "new"}
    write(workspace, "b.csv", "Salon des vins", ["Petit", "Roux"], 9)
    assert read(workspace, 1) == {"a.csv": "known", "b.csv": "set_aside"}
    assert counting(workspace) == [("a.csv",)]


def test_a_wrong_export_in_the_place_of_ours_changes_nothing(workspace: Workspace) -> None:
    write(workspace, "a.csv", OURS, ["Morel", "Dupont"])
    read(workspace)
    write(workspace, "a.csv", "Salon des vins", ["Petit", "Roux"])
    assert read(workspace, 1) == {"a.csv": "set_aside"}
    assert counting(workspace) == [("a.csv",)]
    assert rows_of(workspace, "select distinct event_label from raw.file") == [(OURS,)]


def test_a_file_that_holds_two_events_is_set_aside_whole(workspace: Workspace) -> None:
    write(workspace, "a.csv", OURS, ["Morel"])
    write(workspace, "b.csv", "Salon des vins", ["Petit"])
    lines = (workspace.inbox / "b.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    both = (workspace.inbox / "a.csv").read_text(encoding="utf-8") + lines[1]
    (workspace.inbox / "b.csv").unlink()
    write_text(workspace, "a.csv", both)
    (report,) = read_inbox(workspace)
    assert report.state == "set_aside"
    assert str(report.sentence).startswith(f"this file holds two events, {OURS} and Salon des vins.")


def sell(workspace: Workspace, name: str, first: int, *rates: str) -> None:
    """Write a HelloAsso export of 2026, which names no event: tickets from a number on, one at each of these rates."""
    rows = [
        ticket(number, "Ana", f"Nom{'abcdefghijklmnop'[number]}", "Morel", Tarif=rate)
        for number, rate in enumerate(rates, start=first)
    ]
    os.utime(write_tickets(workspace, rows, name), (first, first))


def suspected(workspace: Workspace, day: int = 0) -> dict[str, str]:
    """Read the inbox on a night and return what is asked about each file with a warning; all of them count."""
    reports = read_inbox(workspace, READ_AT + timedelta(days=day))
    assert {report.state for report in reports} <= {"new", "known", "ignored"}
    found = {report.file_name: str(report.sentence) for report in reports if report.is_warning}
    doubtful = rows_of(workspace, "select file_name from raw.file where is_doubtful and is_current order by 1")
    assert [name for (name,) in doubtful] == sorted(found)
    return {name: sentence.partition("Is it of ")[2] for name, sentence in found.items()}


def say(workspace: Workspace, name: str, what: str) -> None:
    path = workspace.folder / "event.toml"
    path.write_text(path.read_text(encoding="utf-8") + f'\n[exports."{name}"]\n{what}\n', encoding="utf-8")


YOGA = (
    "the same event as ventes.csv? They have no rate in common: here Cours de yoga; there Dirigeant, Exposant. "
    'In event.toml, under [exports."name of the file"]: is_ignored = true for the one that is not ours (leave it in '
    f'the inbox); edition = "{CURRENT}" for this one if both are.'
)


def test_an_export_without_a_rate_of_ours_counts_and_is_asked_about_every_night(workspace: Workspace) -> None:
    sell(workspace, "ventes.csv", 1, "Dirigeant", "Exposant")
    sell(workspace, "yoga.csv", 5, "Cours de yoga", " Cours de yoga ")
    for day in (0, 1):
        assert suspected(workspace, day) == {"yoga.csv": YOGA}
        assert counting(workspace) == [("ventes.csv",), ("yoga.csv",)]


def test_what_event_toml_says_ends_the_question(workspace: Workspace) -> None:
    sell(workspace, "ventes.csv", 1, "Dirigeant", "Exposant")
    sell(workspace, "yoga.csv", 5, "Cours de yoga")
    suspected(workspace)
    say(workspace, "yoga.csv", f'edition = "{CURRENT}"')
    assert suspected(workspace, 1) == {}
    # The next export of it goes by another name.
    (workspace.inbox / "yoga.csv").rename(workspace.inbox / "ancien.csv")
    sell(workspace, "yoga-2.csv", 5, "Cours de yoga", "Cours de yoga")
    assert suspected(workspace, 2) == {}


@pytest.mark.parametrize("ignored", ["ventes.csv", "yoga.csv"])
def test_whichever_export_is_ignored_goes_and_the_other_is_not_asked_about(workspace: Workspace, ignored: str) -> None:
    sell(workspace, "ventes.csv", 1, "Dirigeant", "Exposant")
    sell(workspace, "yoga.csv", 5, "Cours de yoga")
    suspected(workspace)
    say(workspace, ignored, "is_ignored = true")
    assert suspected(workspace, 1) == {}
    assert counting(workspace) == [(name,) for name in ("ventes.csv", "yoga.csv") if name != ignored]


def test_a_second_part_with_a_new_rate_is_ours(workspace: Workspace) -> None:
    sell(workspace, "ventes.csv", 1, "Dirigeant", "Exposant")
    sell(workspace, "suite.csv", 5, "Dernière minute", "DIRIGEANT")
    assert suspected(workspace) == {}
    # And so is what has a rate in common with that part alone.
    sell(workspace, "fin.csv", 9, "Derniere minute")
    assert suspected(workspace, 1) == {}


def test_a_newer_export_of_ours_is_not_the_stranger(workspace: Workspace) -> None:
    sell(workspace, "ventes.csv", 1, "Dirigeant", "Exposant")
    sell(workspace, "yoga.csv", 5, "Cours de yoga")
    suspected(workspace)
    (workspace.inbox / "ventes.csv").unlink()
    sell(workspace, "ventes-2.csv", 1, "Dirigeant", "Exposant", "Exposant")
    assert suspected(workspace, 1) == {"yoga.csv": YOGA.replace("ventes.csv", "ventes-2.csv")}
    (workspace.inbox / "yoga.csv").unlink()
    sell(workspace, "yoga-2.csv", 5, "Cours de yoga", "Cours de yoga")
    assert list(suspected(workspace, 2)) == ["yoga-2.csv"]


def test_a_day_on_the_tickets_tells_the_event(workspace: Workspace) -> None:
    for name, first, rate in (("a.csv", 1, "Dirigeant"), ("b.csv", 5, "Exposant")):
        rows = [
            {
                "Billet": str(first),
                "Nom": f"Nom{first}",
                "Prénom": "Ana",
                "Tarif": rate,
                "Prix": "36,00",
                "Valide": "Oui",
            }
        ]
        write_billetweb(workspace, rows, name)
    assert list(suspected(workspace)) == ["b.csv"]
    day = f"{workspace.event.date:%d/%m/%Y} 14:00"
    path = workspace.inbox / "b.csv"
    text = path.read_text(encoding="cp1252").replace("Tarif", "Séance,Tarif", 1).replace("Exposant", f"{day},Exposant")
    path.write_text(text, encoding="cp1252")
    assert suspected(workspace, 1) == {}
