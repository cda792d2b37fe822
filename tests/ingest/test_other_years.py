"""An export of an event of another year in the inbox: told by the day of its tickets, doubted by that of its orders."""

import pytest

from tasks.workspace import Workspace
from tests.ingest.builders import (
    BILLETWEB,
    CURRENT,
    EARLIER,
    read_inbox,
    rows_of,
    table,
    ticket,
    write_text,
    write_tickets,
)

EDITIONS = "select edition_id from raw.file"


def write_session(workspace: Workspace, session: str, ordered: str = "2026-10-05 10:00") -> None:
    row = {
        "Billet": "T1",
        "Date de création": ordered,
        "Nom": "Morel",
        "Prénom": "Ana",
        "Email": "ana@morel.example",
        "Payé": "Oui",
        "Valide": "Oui",
        "Séance": session,
    }
    write_text(workspace, "billets.csv", table([*BILLETWEB, "Séance"], [row], ","))


@pytest.mark.parametrize("session", ["2025-11-20 14:00", "20/11/2027"])
def test_tickets_for_a_day_on_which_no_edition_was_held_are_set_aside(workspace: Workspace, session: str) -> None:
    write_session(workspace, session)
    (report,) = read_inbox(workspace)
    assert report.state == "set_aside"
    day = "20/11/2025" if session.startswith("2025") else "20/11/2027"
    assert str(report.sentence).startswith(
        f"this file is about an event held on {day}, and no edition was held then. Take it out of the inbox, or write "
        "in event.toml"
    )
    assert rows_of(workspace, EDITIONS) == []
    path = workspace.folder / "event.toml"
    declared = f'\n[exports."billets.csv"]\nedition = "{CURRENT}"\n'
    path.write_text(path.read_text(encoding="utf-8") + declared, encoding="utf-8")
    assert [found.state for found in read_inbox(workspace)] == ["new"]


@pytest.mark.parametrize(
    ("session", "ordered", "edition_id"),
    [
        ("2026-12-03 14:00", "2026-10-05 10:00", CURRENT),
        ("2026-12-02", "2025-11-30 10:00", CURRENT),
        ("2025-12-04 14:00", "2026-01-05 10:00", EARLIER),
        ("après-midi", "2025-11-30 10:00", EARLIER),
    ],
)
def test_the_day_of_the_tickets_tells_the_edition_before_that_of_the_orders(
    workspace: Workspace, session: str, ordered: str, edition_id: str
) -> None:
    write_session(workspace, session, ordered)
    (report,) = read_inbox(workspace)
    assert (report.state, report.is_warning, report.edition_id) == ("new", False, edition_id)
    assert rows_of(workspace, EDITIONS) == [(edition_id,)]


@pytest.mark.parametrize(("ordered", "is_warning"), [("05/11/2023 10:00", False), ("01/11/2023 10:00", True)])
def test_orders_more_than_thirteen_months_before_the_edition_are_doubted(
    workspace: Workspace, ordered: str, *, is_warning: bool
) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel") | {"Date de la commande": ordered}])
    (report,) = read_inbox(workspace)
    sentence = (
        "Most of its dates are more than a year before the event: if it is another event's, take it out of the inbox."
    )
    assert (report.state, report.is_warning) == ("new", is_warning)
    assert str(report.sentence).endswith(sentence) is is_warning
