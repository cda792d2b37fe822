"""A quotation mark that closes what none has opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.reading.decode import read_rows
from tasks.ingest.reading.sheet import SetAside
from tests.ingest.builders import table

QUOTED = 'Nom;Société\n"Morel";"Ateliers; Morel"\n'


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Nom;Société\nMorel;Ateliers"\n', 2),
        ('Nom;Société;Ville\nMorel;Ateliers; Fils";Lille\n', 2),
        (QUOTED + 'Roux;Soc 9"\n', 3),
        (QUOTED + 'Roux";"Bois"\n', 3),
        ('Nom,Société\r\n"Morel","A"\r\nRoux,Soc 9"\r\n', 3),
        ('Nom;Société\n"Morel";"deux\nlignes"\nRoux;Bois"\n', 3),
    ],
)
def test_a_cell_closed_and_never_opened_sets_the_file_aside(text: str, row: int) -> None:
    with pytest.raises(SetAside, match=f"a quotation mark is missing or too many in row {row},"):
        read_rows(text)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('Nom;Objet\nMorel;Écran 24"\n', 'Écran 24"'),
        ('Nom;Objet\nMorel;24 "\n', '24 "'),
        (QUOTED + 'Morel;"Écran 24"""\n', 'Écran 24"'),
        (QUOTED + 'Morel;les "Ateliers"\n', 'les "Ateliers"'),
        (QUOTED + 'Morel;"un\ndeux; trois"\n', "un\ndeux; trois"),
    ],
)
def test_marks_that_are_data_stay(text: str, cell: str) -> None:
    assert read_rows(text).lines[-1].cells[-1] == cell


@given(st.lists(st.text('ab"; 9\n', max_size=8), min_size=1, max_size=6))
def test_what_a_writer_of_csv_has_quoted_is_never_set_aside_for_it(cells: list[str]) -> None:
    written = table(["Nom", "Société"], [{"Nom": "x", "Société": cell} for cell in cells])
    found = [line.cells[-1] for line in read_rows(written).lines[1:]]
    assert found == cells
