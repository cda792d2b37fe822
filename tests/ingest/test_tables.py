"""Rows to frames and back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from tasks.ingest.rows.core import Edition, Registration
from tasks.ingest.rows.tables import from_frame, to_frame


def a_registration(number: int, ordered_at: datetime | None) -> Registration:
    return Registration(
        edition_id="e",
        registration_id=f"{number}",
        leader_id=None,
        status="valid",
        ordered_at=ordered_at,
        amount_cents=3600,
        refunded_cents=0,
        file_sha256="f" * 64,
        sheet="",
        row_number=number,
    )


def test_an_empty_table_has_its_types() -> None:
    frame = to_frame(Registration, [])
    assert frame.schema["ordered_at"] == pl.Datetime("us", "UTC")
    assert frame.schema["amount_cents"] == pl.Int64()
    assert frame.schema["leader_id"] == pl.String()
    assert frame.schema["is_vanished"] == pl.Boolean()


def test_rows_come_back_as_they_went() -> None:
    rows = [Edition("e", 19, "Titre", date(2026, 12, 3), is_current=True)]
    assert from_frame(Edition, to_frame(Edition, rows)) == tuple(rows)


def test_instants_of_any_zone_are_kept_to_the_microsecond() -> None:
    paris = ZoneInfo("Europe/Paris")
    moments = [
        datetime(2026, 7, 1, 12, 0, 0, 1, tzinfo=paris),
        datetime(2026, 12, 3, 14, tzinfo=UTC),
        None,
        datetime(2026, 3, 29, 2, 30, tzinfo=paris),  # summer time leaves this hour out, a tool may write it
    ]
    frame = to_frame(Registration, [a_registration(number, moment) for number, moment in enumerate(moments)])
    assert frame["ordered_at"].to_list() == [
        datetime(2026, 7, 1, 10, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 12, 3, 14, tzinfo=UTC),
        None,
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    ]
