"""A raw row read field by field."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tasks.ingest.formats.sources import source_named
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import ROW, Place, Rejection
from tasks.ingest.values import quantities

PARIS = ZoneInfo("Europe/Paris")


def reader(source: str, **content: str) -> Reader:
    return Reader(Place("f" * 64, "", 2), source_named(source), content, PARIS)


def test_a_field_is_text_with_one_space_between_words() -> None:
    row = reader("helloasso-2026", company="  Ateliers\u00a0 Morel\n")
    assert (row.text("company"), row.text("town")) == ("Ateliers Morel", "")


def test_a_value_is_converted_or_refused_by_its_rule() -> None:
    row = reader("helloasso-2026", amount="36,00", refunded="à voir")
    assert row.value("amount", quantities.cents) == 3600
    assert row.value("refunded", quantities.cents) is None
    assert row.value("other", quantities.cents) is None
    assert row.rejections == [Rejection(row.place, "refunded", "not_an_amount", "text")]


def test_a_date_is_read_in_the_order_of_its_column_and_else_of_its_format() -> None:
    row = reader("helloasso-2026", ordered_at="04/03/2026 14:25", checked_in_at="04/03/2026 14:25", other="29/13/2026")
    row.date_orders = {"checked_in_at": "month_first"}
    assert row.instant("ordered_at") == datetime(2026, 3, 4, 14, 25, tzinfo=PARIS)
    assert row.instant("checked_in_at") == datetime(2026, 4, 3, 14, 25, tzinfo=PARIS)
    assert row.instant("missing") is None
    assert row.instant("other") is None
    assert row.rejections == [Rejection(row.place, "other", "not_a_date", "date or time")]


def test_a_code_is_what_the_format_says() -> None:
    row = reader("helloasso-2026", language="Français")
    assert (row.code("language"), row.code("missing", "fr")) == ("fr", "fr")
    unknown = reader("helloasso-2026", language="volapük")
    assert unknown.code("language", "fr") == "fr"
    assert unknown.rejections == [Rejection(unknown.place, "language", "unknown_word", "text")]


def test_yes_is_said_in_several_ways() -> None:
    row = reader("helloasso-2026", one="OUI", two="x", three="non")
    assert [row.is_yes(name) for name in ("one", "two", "three", "four")] == [True, True, False, False]


def test_a_cell_of_several_lines_is_cut_at_lines_and_semicolons() -> None:
    assert reader("helloasso-2026", wishes="Morel ;Roux\r\n\n Petit  fils").lines("wishes") == (
        "Morel",
        "Roux",
        "Petit fils",
    )


def test_a_series_and_a_matrix_do_not_mix() -> None:
    row = reader("helloasso-2026", **{"wish_10": "Roux", "wish_2": "Morel", "wish_of:Petit": "2", "wish_x": "?"})
    assert row.series("wish") == ((2, "Morel"), (10, "Roux"))
    assert row.matrix("wish") == (("Petit", "2"),)


def test_a_row_may_be_refused_as_a_whole() -> None:
    row = reader("helloasso-2026")
    row.refuse_row("no_identity")
    assert row.rejections == [Rejection(row.place, ROW, "no_identity", "row")]
