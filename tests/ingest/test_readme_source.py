"""The source that the README shows: it is one, and it reads an export."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from tasks.ingest.formats.columns import read_table
from tasks.ingest.formats.recognition import recognise
from tasks.ingest.formats.sources import all_sources, read_source
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import read_ticket
from tests.ingest.test_recognising_files import lines

README = Path(__file__).parents[2] / "README.md"


def test_the_source_of_the_readme_reads_an_export(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(# Salon Pro.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "salon-pro.toml").write_text(block, encoding="utf-8")
    sheet = lines(
        "Pass no.;Visitor;Booked on;Fee;Paid back;State;Company;Email;Hall;Wish 1",
        "P1;Ana MOREL;10/2/2026;36.00;0;Paid;Ateliers Morel;ana@morel.example;A;Roux",
        "P2;Bob Roux;10/28/2026;36.00;36.00;Paid;Roux & Fils;bob@roux.example;A;",
        "P3;Zoé Petit;10/3/2026;36.00;;Reserved;Scierie;zoe@petit.example;B;",
        "P4;Luc Test;10/3/2026;0;;Paid;Scierie;luc@petit.example;B;",
    )
    found = recognise([sheet], (*all_sources(), read_source(tmp_path / "salon-pro.toml")))
    assert (found.source.id, found.is_doubtful) == ("salon-pro", False)
    table = read_table(sheet, found.source)
    assert table is not None
    assert [cell.title for cell in table.headers if cell.match == "unknown"] == []
    readers = [
        Reader(Place("f" * 64, "", row.number), found.source, row.content, ZoneInfo("Europe/Paris"), table.date_orders)
        for row in table.rows
    ]
    tickets = [ticket for row in readers if (ticket := read_ticket(row))]
    assert [
        (ticket.number, ticket.family_name, ticket.status, ticket.amount_cents, ticket.refunded_cents)
        for ticket in tickets
    ] == [
        ("P1", "MOREL", "valid", 3600, 0),
        ("P2", "Roux", "cancelled", 3600, 3600),
        ("P3", "Petit", "unpaid", 3600, 0),
        ("P4", "Test", "test", 0, 0),
    ]
    assert [ticket.ordered_at.date().isoformat() for ticket in tickets if ticket.ordered_at] == [
        "2026-10-02",
        "2026-10-28",
        "2026-10-03",
        "2026-10-03",
    ]
    assert readers[0].series("wish") == ((1, "Roux"),)
