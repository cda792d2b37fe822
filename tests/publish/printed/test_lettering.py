import pymupdf
import pytest

from tasks.pdf import to_pdf
from tasks.publish.documents.printed.columns import Entry, balanced, needed
from tasks.publish.documents.printed.lettering import (
    BOUND,
    LEADING,
    MM_PER_PT,
    Style,
    Word,
    fitted,
    lines,
    width,
    words,
)

PLAIN = Style()
BOLD = Style("family", 700)


def texts(made: tuple[tuple[object, ...], ...]) -> list[str]:
    return ["".join(run.text for run in line) for line in made]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("text", "weight"), [("Œuvre & Métal d'Hénin", 400), ("Wojciechowski Zbigniew", 700)])
def test_a_text_is_as_wide_on_paper_as_it_was_measured(text: str, weight: int) -> None:
    style = f"font: {weight} 100pt Inter; white-space: nowrap"
    page = f"<html lang=fr><title>x</title><style>@page {{ size: 3000pt 300pt }}</style><p style='{style}'>{text}"
    with pymupdf.open(stream=to_pdf(page.replace("&", "&amp;"))) as document:
        (block,) = document[0].get_text("dict")["blocks"]
        left, _, right, _ = block["bbox"]
    assert (right - left) / 100 <= width(text, weight) <= 1.03 * (right - left) / 100


def test_words_break_between_them_and_behind_hyphens() -> None:
    room = width("Saint-Amand-", 400) + 0.1
    assert texts(lines(words("Saint-Amand-les-Eaux en Pévèle", PLAIN), room)) == [
        "Saint-Amand-",
        "les-Eaux en",
        "Pévèle",
    ]


def test_a_word_too_long_for_a_line_is_broken_and_loses_nothing() -> None:
    made = texts(lines(words("W" * 40, BOLD), 10))
    assert "".join(made) == "W" * 40
    assert max(width(line, 700) for line in made) <= 10
    assert len(made) > 1


def test_what_is_bound_stays_on_one_line() -> None:
    told = [Word("14:00", PLAIN), Word("T12", BOLD, BOUND), Word("14:20", PLAIN, "  "), Word("T07", BOLD, BOUND)]
    made = lines(told, width("14:00 T12  14:20", 400) + 0.2)
    assert texts(made) == ["14:00\u00a0T12", "14:20\u00a0T07"]


def test_neighbours_of_one_look_are_one_run() -> None:
    (line,) = lines([*words("de La Roche", BOLD), *words("Ana", PLAIN)], 50)
    assert [(run.text, run.style) for run in line] == [("de La Roche", "family"), (" Ana", "")]


def test_nothing_makes_no_line() -> None:
    assert lines([], 10) == ()


def test_the_first_size_that_fits_is_taken() -> None:
    told = (words("Claire Morel", BOLD),)
    one_line = LEADING * 20 * MM_PER_PT + 0.01
    assert fitted(told, 100, one_line, (30, 20, 10)).size == 20
    assert fitted(told, 100, 2 * one_line, (30, 20, 10)).size == 30


def test_below_the_last_size_type_shrinks_until_all_of_it_fits() -> None:
    block = fitted((words("W" * 300, BOLD),), 40, 10, (12, 8))
    assert block.size < 8
    assert len(block.lines) * LEADING * block.size * MM_PER_PT <= 10
    assert "".join(texts(block.lines)) == "W" * 300


def test_letters_of_other_scripts_are_given_room() -> None:
    assert width("王欧阳", 400) >= 3
    assert width("يوسف", 400) > 2
    assert width("e\u0301", 400) == width("e", 400)


def entries(*heights: float) -> list[Entry]:
    return [Entry("", (), height) for height in heights]


def test_columns_break_where_the_next_entry_has_no_room() -> None:
    assert needed(entries(3, 3, 3, 3), 7) == 2
    assert needed(entries(3, 3, 3, 3), 5) == 4
    assert needed([], 5) == 0


def test_columns_are_made_as_low_as_their_number_allows() -> None:
    made = balanced(entries(*[2] * 9), 3, 100)
    assert [len(column) for column in made] == [3, 3, 3]


def test_digits_of_a_column_are_as_wide_as_was_measured() -> None:
    style = "font: 700 100pt Inter; font-feature-settings: 'tnum'; white-space: nowrap"
    page = f'<html lang=fr><title>x</title><style>@page {{ size: 3000pt 300pt }}</style><p style="{style}">T1111'
    with pymupdf.open(stream=to_pdf(page)) as document:
        (block,) = document[0].get_text("dict")["blocks"]
        left, _, right, _ = block["bbox"]
    assert (right - left) / 100 <= width("T1111", 700)
