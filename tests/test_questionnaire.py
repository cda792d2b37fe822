"""The keys of the workbook of rejects: whatever was typed, what is written is found again."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tasks.questionnaire import (
    ANSWERS,
    WHOLE_ROW,
    CellKey,
    QuestionKey,
    hash_of,
    hash_of_row,
    key_text,
    read_key,
    short,
)

# Every text that people may type or paste, control characters and astral letters among them.
TYPED = st.text(max_size=40) | st.text(alphabet="_x0041\n\t\u202e\U0001f600=@;,\"' ", min_size=1, max_size=700)


@given(st.sampled_from(sorted(ANSWERS)), TYPED)
def test_a_question_is_known_again_whatever_was_typed(kind: str, typed: str) -> None:
    key = QuestionKey(kind, "artois-2026", "L012", typed)
    assert read_key(key_text(key)) == QuestionKey(kind, "artois-2026", "L012", short(typed))


@given(TYPED, TYPED)
def test_a_cell_is_known_again_whatever_its_row_is_known_by(row_key: str, typed: str) -> None:
    key = CellKey("artois-2026", "helloasso-2026", row_key, "siret", hash_of(typed))
    assert read_key(key_text(key)) == CellKey("artois-2026", "helloasso-2026", short(row_key), "siret", hash_of(typed))


@given(TYPED)
def test_a_key_is_plain_ascii_in_one_line_and_fits_into_a_cell(typed: str) -> None:
    text = key_text(QuestionKey("request", "artois-2026", "L012", typed))
    assert text.isascii()
    assert text.isprintable()
    assert len(text) < 32_767


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f600", "\ud800", "\0"])
def test_the_longest_cell_still_has_a_key_that_fits(letter: str) -> None:
    for length in (500, 501, 100_000):
        text = key_text(CellKey("e", "s", letter * length, f"wish_of:{letter * length}", "0"))
        assert len(text) < 32_767
        assert read_key(text) == CellKey("e", "s", short(letter * length), short(f"wish_of:{letter * length}"), "0")


@pytest.mark.parametrize(("text", "expected"), [("x" * 500, "x" * 500), ("", "")])
def test_a_text_of_five_hundred_letters_stands_as_it_is(text: str, expected: str) -> None:
    assert short(text) == expected


def test_a_longer_text_stands_by_its_hash_and_two_of_them_differ() -> None:
    assert short("x" * 501).startswith("sha256:")
    assert len(short("x" * 100_000)) == 71
    assert short("x" * 501) != short("x" * 502)


def test_keys_survive_a_spreadsheet() -> None:
    keys = [QuestionKey("request", "e", "L001", typed) for typed in ("_x0041_", "a  b", "\r\n\t", "=1+1", "\x85\u00a0")]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet().write_column(0, 0, [key_text(key) for key in keys])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(buffer.getvalue())).get_sheet_by_index(0)
    assert [read_key(str(cell)) for (cell,) in sheet.to_python()] == keys


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Clé",
        "12",
        "{}",
        '["cell", "e", "s", "k"]',
        '["request", "e", "L001"]',
        '["wish", "e", "L001", "idem"]',
        '["request", "e", "L001", 4]',
        '["request", "e", "L001", "idem"',
        "[" * 30_000,
    ],
)
def test_what_is_no_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_key(text)


def test_a_row_is_the_same_whatever_the_order_of_its_cells() -> None:
    assert hash_of_row({"a": "1", "b": "é"}) == hash_of_row({"b": "é", "a": "1"})
    assert hash_of_row({"a": "1"}) != hash_of_row({"a": "2"})
    assert WHOLE_ROW == "(row)"
