from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.errors import ConfigurationError
from tasks.event_file import load_event
from tasks.workspace import Workspace


def changed(workspace: Workspace, before: str, after: str) -> Path:
    file = workspace.folder / "event.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return workspace.folder


def sentence(folder: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_event(folder)
    assert caught.value.exit_code == 2
    return str(caught.value.what)


def test_the_afternoon_has_twelve_slots(workspace: Workspace) -> None:
    starts = workspace.event.slot_starts()
    assert [f"{start:%H%M}" for start in starts] == [f"{h}{m:02d}" for h in range(14, 18) for m in (0, 20, 40)]
    assert starts[0] == datetime(2026, 12, 3, 13, 0, tzinfo=UTC)


def test_a_slot_that_a_pause_touches_is_left_out(workspace: Workspace) -> None:
    folder = changed(workspace, "pauses = []", "pauses = [{ start = 15:50:00, end = 16:00:00 }]")
    assert [f"{start:%H%M}" for start in load_event(folder).slot_starts()][4:7] == ["1520", "1600", "1620"]


def test_a_last_slot_that_would_end_too_late_is_left_out(workspace: Workspace) -> None:
    folder = changed(workspace, "minutes = 20", "minutes = 50")
    assert [f"{start:%H%M}" for start in load_event(folder).slot_starts()] == ["1400", "1450", "1540", "1630"]


def test_tables_are_numbered_unless_they_have_names(workspace: Workspace) -> None:
    assert workspace.event.tables.ids[::59] == ("T01", "T60")
    folder = changed(workspace, "count = 60\nnames = []", 'count = 2\nnames = ["Beffroi", "Terril"]')
    assert load_event(folder).tables.ids == ("Beffroi", "Terril")


def test_an_unknown_key_is_refused_with_the_key_that_was_meant(workspace: Workspace) -> None:
    folder = changed(workspace, "minimum = 4", "minimun = 4")
    assert sentence(folder) == "unknown key meetings.minimun; did you mean minimum?"


def test_an_unknown_key_at_the_top_is_refused_with_the_key_that_was_meant(workspace: Workspace) -> None:
    folder = changed(workspace, "venue = ", "venu = ")
    assert sentence(folder) == "unknown key venu; did you mean venue?"


def test_an_unknown_key_in_a_list_is_refused_with_the_key_that_was_meant(workspace: Workspace) -> None:
    folder = changed(workspace, 'place = "Hall"', 'palce = "Hall"')
    assert sentence(folder) == "unknown key programme.0.palce; did you mean place?"


def test_an_unknown_key_that_resembles_nothing_is_refused_plainly(workspace: Workspace) -> None:
    folder = changed(workspace, "minimum = 4", "xyzzy = 4")
    assert sentence(folder) == "unknown key meetings.xyzzy."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("closes = 18:00:00", "closes = 13:00:00", "meetings: closes (13:00:00) must come after opens (14:00:00)."),
        ("minimum = 4", "minimum = 11", "meetings: minimum (11) is above maximum (10)."),
        ("names = []", 'names = ["A", "B"]', "tables: names must hold 60 different names."),
        (
            "fixed = {}",
            'fixed = { "Ateliers Morel" = "T99" }',
            "tables: fixed: T99 (Ateliers Morel) is no table; tables run from T01 to T60.",
        ),
        (
            'timezone = "Europe/Paris"',
            'timezone = "Europe/Arras"',
            "timezone: Europe/Arras is no time zone; write for example Europe/Paris.",
        ),
        ("gain = [60, 50", "gain = [50, 60", "objective.gain: gain must not rise and must not be negative."),
        ("gain = [60, 50, 40", "gain = [60, 50, -40", "objective.gain: gain must not rise and must not be negative."),
        ("number = 19", "numero = 19", "number: this key is missing."),
        ("minutes = 20", 'minutes = "vingt"', "meetings.minutes: must be a whole number."),
        ("opens = 14:00:00", 'opens = "14 h"', "meetings.opens: must be a time such as 14:00:00."),
        ("date = 2026-12-03", 'date = "jeudi"', "date: must be a date such as 2026-12-03."),
        (
            'code = "brochures"',
            'code = "bar"',
            "spaces.2.code: must be one of: 'meetings', 'exhibition', 'brochures' or 'meeting_place'.",
        ),
        (
            'including_vat = "36.00"',
            'including_vat = "36.005"',
            "price.including_vat: must not have more than 2 decimals.",
        ),
        ('vat_percent = "20"', "vat_percent = 20\ncurrency = 5", "price.currency: must be one of: 'EUR'."),
        ("fixed = {}", "fixed = []", "tables.fixed: Input should be a valid dictionary."),
        ("count = 60", "count = 0", "tables.count: must be 1 or more."),
    ],
)
def test_a_value_that_cannot_be_is_refused(workspace: Workspace, before: str, after: str, expected: str) -> None:
    assert sentence(changed(workspace, before, after)) == expected


def test_a_missing_file_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_event(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: there is no event.toml in this folder.\nCreate one with: rencontres init {tmp_path}"
    )


def test_a_file_that_is_no_toml_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text("id = \n", encoding="utf-8")
    assert sentence(tmp_path) == "this is not valid TOML: Invalid value (at line 1, column 6)."


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_bytes(b"\xff\xfe\x00")
    assert sentence(tmp_path).startswith("this is not valid TOML: 'utf-8' codec can't decode")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "event.toml").mkdir()
    assert sentence(tmp_path) == "this file cannot be read: Is a directory."
