"""The rows that count, read as records."""

import sys
from typing import Final

import pytest

from tasks.ingest.current import read_current
from tasks.ingest.records.tickets import Ticket
from tasks.workspace import Workspace
from tests.ingest.builders import CURRENT, event_of, read_inbox, ticket, write_tickets

# Every character that Python takes for a space, line ends among them.
SPACES: Final = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]


def companies(workspace: Workspace) -> list[str]:
    with workspace.opened() as db:
        records = read_current(db, event_of(workspace)).records[CURRENT]
    return [row.company for row in records.of(Ticket)]


@pytest.mark.parametrize("beside", ["", " "])
def test_whatever_space_stands_between_words_is_one_space(workspace: Workspace, beside: str) -> None:
    names = ["Ateliers Morel", *(f"Ateliers{space}{beside}Morel" for space in SPACES)]
    write_tickets(workspace, [ticket(number, "Ana", f"Roux{number}", name) for number, name in enumerate(names, 1)])
    read_inbox(workspace)
    assert companies(workspace) == ["Ateliers Morel"] * len(names)


def test_a_row_of_single_spaces_keeps_all_its_marks(workspace: Workspace) -> None:
    name = 'Au "Bon \\ Coin" & Fils, Liévin'
    write_tickets(workspace, [ticket(1, "Ana", "Roux", name), ticket(2, "Bob", "Petit", "Liévin & Fils")])
    read_inbox(workspace)
    assert companies(workspace) == [name, "Liévin & Fils"]
