"""What a cell of a workbook can hold."""

from tasks.spreadsheet import cell_text


def test_what_fits_stays_as_it_was_typed() -> None:
    assert cell_text("=1+1\t\u0153") == "=1+1\t\u0153"


def test_what_is_longer_than_a_cell_is_cut_between_two_signs() -> None:
    assert cell_text("x" * 40_000) == "x" * 32_767
    assert cell_text("x" + "\U0001f600" * 20_000) == "x" + "\U0001f600" * 16_383


def test_marks_that_turn_the_direction_do_not_reach_a_cell() -> None:
    assert cell_text("exe.\u202evsc") == "exe.\ufffdvsc"
