"""Several exports of one tool: parts of one whole all count, of versions of the same export the last one read."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.inbox.parts import ReadExport, counting
from tasks.workspace import Workspace
from tests.ingest.builders import CURRENT, READ_AT, ingest, read_inbox, rows_of, ticket, write_text, write_tickets

COUNTING = "select file_name from raw.file where is_current order by all"
STANDING = """
    select family_name, is_vanished from core.leader where status = 'registered' order by family_name
"""


def write_list(workspace: Workspace, name: str, people: Sequence[str], at: int = 0) -> None:
    """Write a list of the organiser's with one company a person, numbered from 1."""
    lines = [f"{number};{person};Ana;Société {person}" for number, person in enumerate(people, start=1)]
    path = write_text(workspace, name, "N°;Nom;Prénom;Société\n" + "\n".join(lines) + "\n")
    os.utime(path, (at, at))


def sentences(workspace: Workspace, day: int) -> dict[str, str]:
    """Read the inbox on a night and return what is said of each new file and its neighbours."""
    reports = read_inbox(workspace, READ_AT + timedelta(days=day))
    return {
        report.file_name: str(report.sentence).partition("left out: N°. ")[2]
        for report in reports
        if report.state == "new"
    }


@pytest.mark.parametrize("times", [(1, 2), (2, 1)])
def test_lists_without_a_common_row_are_parts_and_all_their_people_come(
    workspace: Workspace, times: tuple[int, int]
) -> None:
    for day in (0, 1):
        write_list(workspace, "membres.csv", ["Morel", "Dupont"], times[0])
        write_list(workspace, "partenaires.csv", ["Petit", "Roux", "Blanc"], times[1])
        ingest(workspace, READ_AT + timedelta(days=day))
        assert rows_of(workspace, COUNTING) == [("membres.csv",), ("partenaires.csv",)]
        assert rows_of(workspace, STANDING) == [(name, False) for name in ("Blanc", "Dupont", "Morel", "Petit", "Roux")]


def test_a_new_export_takes_the_place_of_the_part_whose_version_it_is_and_says_so(workspace: Workspace) -> None:
    write_list(workspace, "membres.csv", ["Morel", "Dupont"], 1)
    write_list(workspace, "partenaires.csv", ["Petit", "Roux"], 2)
    assert sentences(workspace, 0) == {
        "membres.csv": "It counts beside partenaires.csv: they have hardly a row in common.",
        "partenaires.csv": "It counts beside membres.csv: they have hardly a row in common.",
    }
    ingest(workspace)
    (workspace.inbox / "membres.csv").unlink()
    write_list(workspace, "membres-2.csv", ["Morel", "Blanc"], 3)
    assert sentences(workspace, 1) == {
        "membres-2.csv": (
            "It takes the place of membres.csv. It counts beside partenaires.csv: they have hardly a row in common."
        )
    }
    ingest(workspace, READ_AT + timedelta(days=2))
    assert rows_of(workspace, COUNTING) == [("membres-2.csv",), ("partenaires.csv",)]
    assert rows_of(workspace, STANDING) == [
        ("Blanc", False),
        ("Dupont", True),
        ("Morel", False),
        ("Petit", False),
        ("Roux", False),
    ]


def test_one_export_of_all_takes_the_place_of_its_parts(workspace: Workspace) -> None:
    write_list(workspace, "membres.csv", ["Morel", "Dupont"], 1)
    write_list(workspace, "partenaires.csv", ["Petit", "Roux"], 2)
    ingest(workspace)
    lines = [f";{person};Ana;Société {person}" for person in ("Morel", "Dupont", "Petit", "Roux", "Blanc")]
    write_text(workspace, "tous.csv", "N°;Nom;Prénom;Société\n" + "\n".join(lines) + "\n")
    write_list(workspace, "vieux.csv", ["Morel"], 0)
    said = sentences(workspace, 1)
    assert rows_of(workspace, COUNTING) == [("tous.csv",)]
    assert said == {
        "tous.csv": "It takes the place of membres.csv, partenaires.csv.",
        "vieux.csv": "It does not count: its rows are also in tous.csv, read after it.",
    }


def test_of_two_new_versions_the_one_read_last_counts_and_the_other_says_so(workspace: Workspace) -> None:
    write_list(workspace, "a.csv", ["Morel", "Dupont"], 1)
    write_list(workspace, "b.csv", ["Morel", "Dupont", "Petit"], 2)
    assert sentences(workspace, 0) == {
        "a.csv": "It does not count: its rows are also in b.csv, read after it.",
        "b.csv": "",
    }


def test_a_part_goes_on_counting_when_another_one_comes_alone(workspace: Workspace) -> None:
    write_list(workspace, "membres.csv", ["Morel", "Dupont"])
    ingest(workspace)
    (workspace.inbox / "membres.csv").unlink()
    write_list(workspace, "partenaires.csv", ["Petit"])
    ingest(workspace, READ_AT + timedelta(days=1))
    assert rows_of(workspace, COUNTING) == [("membres.csv",), ("partenaires.csv",)]


def test_what_was_written_over_under_its_name_counts_no_more_and_its_people_are_asked_about(
    workspace: Workspace,
) -> None:
    for day, people in enumerate((["Morel", "Dupont"], ["Petit", "Roux"])):
        write_list(workspace, "liste.csv", people)
        ingest(workspace, READ_AT + timedelta(days=day))
    assert rows_of(workspace, "select count(*) from raw.file where is_current") == [(1,)]
    assert rows_of(workspace, STANDING) == [("Dupont", True), ("Morel", True), ("Petit", False), ("Roux", False)]


def test_whose_rows_have_all_left_does_not_come_back_with_the_first_export(workspace: Workspace) -> None:
    people = [ticket(number, "Ana", f"Morel{number}", "Morel") for number in range(6)]
    nights = [("a.csv", people[:2]), ("b.csv", people), ("b.csv", people[2:])]
    for day, (name, rows) in enumerate(nights):
        os.utime(write_tickets(workspace, rows, name), (day, day))
        ingest(workspace, READ_AT + timedelta(days=day))
    assert rows_of(workspace, "select row_count from raw.file where is_current") == [(4,)]
    assert [vanished for _, vanished in rows_of(workspace, STANDING)] == [True, True, False, False, False, False]


def test_a_balance_filled_in_further_takes_the_place_of_the_first_although_no_line_is_the_same(
    workspace: Workspace,
) -> None:
    header = "N° A;Société A;N° B;Société B;Heure;Table;Tenu;Ajouté le jour même;Avis A;Avis B\n"
    for day, held in enumerate(("", "Oui")):
        write_text(workspace, f"bilan-{day}.csv", f"{header}1;Morel;2;Dupont;14:00;T01;{held};;;\n")
        read_inbox(workspace, READ_AT + timedelta(days=day))
    assert rows_of(workspace, COUNTING) == [("bilan-1.csv",)]


NAMES = "abcdef"


@st.composite
def inboxes(draw: st.DrawFn) -> tuple[list[ReadExport], dict[str, set[str]]]:
    """Return exports, each present, counting, both or neither, and which of them overlap."""
    positions = draw(st.permutations(range(1, len(NAMES) + 1)))
    exports = [
        ReadExport(name, f"{name}.csv", ("list", CURRENT), 9, READ_AT + timedelta(days=day), flag, position * there)
        for day, (name, position) in enumerate(zip(NAMES, positions, strict=True))
        for flag, there in [(draw(st.booleans()), draw(st.booleans()))]
    ]
    pairs = draw(
        st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1]))
    )
    overlaps: dict[str, set[str]] = {name: set() for name in NAMES}
    for one, other in pairs:
        overlaps[one].add(other)
        overlaps[other].add(one)
    return exports, overlaps


@given(inboxes())
def test_asking_twice_which_exports_count_gives_the_same_and_no_two_overlap(
    inbox: tuple[list[ReadExport], dict[str, set[str]]],
) -> None:
    exports, overlaps = inbox
    found = counting(exports, overlaps)
    assert not any(overlaps[name] & found for name in found)
    settled = [replace(export, is_current=export.file_sha256 in found) for export in exports]
    assert counting(settled, overlaps) == found
    assert counting(exports[::-1], overlaps) == found
