"""The cells of a wishes form: numbered, one a line, catalogue numbers, a matrix of ranks, levels or ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.records import catalogue
from tasks.ingest.records.choices import AVOIDED, REFUSED, UNRANKED, Choice, choice_of, is_ticked
from tasks.ingest.records.vocabulary import AVOID, LEVELS, NO, ORDINALS, YES
from tasks.ingest.records.wish_cells import read_wish_cells
from tests.ingest.builders import reader


def wishes_of(**content: str) -> list[tuple[int, str]]:
    return [(wish.rank, wish.typed) for wish in read_wish_cells(reader("forms-wishes", **content)).wishes]


def matrix(**cells: str) -> list[tuple[int, str]]:
    return wishes_of(**{f"wish_of:{label}": cell for label, cell in cells.items()})


@pytest.mark.parametrize(
    ("cell", "rank"),
    [
        ("1", 1), ("1.0", 1), ("12", 12), ("1er choix", 1), ("2e", 2), ("2ème choix", 2), ("3ième", 3), ("1ʳᵉ", 1),
        ("Choix 2", 2), ("Choix n° 3", 3), ("priorité 1", 1), ("Priorité n°2", 2), ("1st choice", 1), ("2nd", 2),
        ("3rd choice", 3), ("rank 4", 4), ("Premier choix", 1), ("deuxième", 2), ("second choice", 2), ("troisième", 3),
        ("Prioritaire", 1), ("indispensable", 1), ("Très intéressé", 1), ("Intéressant", 2), ("si possible", 3),
        ("Pourquoi pas ?", 3), ("maybe", 3),
    ],
)  # fmt: skip
def test_a_cell_of_a_matrix_gives_a_rank_or_a_level(cell: str, rank: int) -> None:
    assert choice_of(cell) == Choice(is_wish=True, rank=rank)


@pytest.mark.parametrize(
    ("cell", "choice"),
    [
        ("x", UNRANKED), ("Oui", UNRANKED), ("YES", UNRANKED), ("✓", UNRANKED), ("non", REFUSED), ("0", REFUSED),
        ("Pas intéressé", REFUSED), ("-", REFUSED), ("À éviter", AVOIDED), ("concurrent", AVOIDED), ("100", None),
        ("peut-être bien que oui", None), ("choix", None), ("1 2", None),
    ],
)  # fmt: skip
def test_a_cell_may_say_yes_no_never_or_nothing_we_know(cell: str, choice: Choice | None) -> None:
    assert choice_of(cell) == choice


def test_no_word_of_a_matrix_means_two_things() -> None:
    groups = [set(AVOID), set(NO), set(YES), set(LEVELS), set(ORDINALS)]
    assert sum(map(len, groups)) == len(set().union(*groups))


def test_a_matrix_gives_ranks_ties_and_no_request_for_a_no() -> None:
    assert matrix(Morel="1er choix", Roux="2", Vasseur="Choix 2", Dupont="non") == [
        (1, "Morel"), (2, "Roux"), (2, "Vasseur"),
    ]  # fmt: skip


def test_a_plain_yes_ranks_after_what_has_a_rank_and_first_where_nothing_has() -> None:
    assert matrix(Morel="x", Roux="3", Vasseur="oui") == [(4, "Morel"), (3, "Roux"), (4, "Vasseur")]
    assert matrix(Morel="x", Roux="X") == [(1, "Morel"), (1, "Roux")]


def test_a_tool_may_repeat_the_option_in_its_column() -> None:
    assert matrix(Morel="morel") == [(1, "Morel")]
    assert (is_ticked("Usinage", "usinage"), is_ticked("Usinage", "0"), is_ticked("Usinage", "autre")) == (
        True,
        False,
        False,
    )


def test_where_the_columns_are_the_ranks_the_cells_hold_the_names() -> None:
    assert matrix(**{"2e choix": "Morel", "1er choix": "Roux\nVasseur"}) == [
        (2, "Morel"), (1, "Roux"), (1, "Vasseur"),
    ]  # fmt: skip


def test_whom_a_matrix_says_to_avoid_is_excluded_and_an_unknown_word_refused() -> None:
    row = reader("forms-wishes", **{"wish_of:Morel": "À éviter", "wish_of:Roux": "zut", "excluded": "Dupont;aucun"})
    assert read_wish_cells(row).excluded == ("Dupont", "Morel")
    assert [(each.column_name, each.rule) for each in row.rejections] == [("wish_of:Roux", "unknown_word")]


def test_ranks_go_on_from_numbered_cells_to_one_a_line_to_numbers() -> None:
    found = wishes_of(wish_1="Morel", wish_3="Roux", more_wishes="- Vasseur\n2) Dupont\naucun", numbers="12\n14")
    assert found == [(1, "Morel"), (3, "Roux"), (4, "Vasseur"), (5, "Dupont"), (6, "12"), (7, "14")]


def test_where_one_cell_is_all_that_is_filled_its_lines_are_its_ranks() -> None:
    assert wishes_of(wish_1="Morel\nRoux;Vasseur") == [(1, "Morel"), (2, "Roux"), (3, "Vasseur")]
    assert wishes_of(wish_1="Morel\nRoux", wish_2="Vasseur") == [(1, "Morel"), (1, "Roux"), (2, "Vasseur")]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("1. Morel 2. Roux 3. Vasseur", ["Morel", "Roux", "Vasseur"]),
        ("1) Morel, 2) Roux & Fils / 3) Bois 2000", ["Morel", "Roux & Fils", "Bois 2000"]),
        ("1- Morel 3- Roux", ["Morel 3- Roux"]),
        ("Morel 1. Roux 2. Blin", ["Morel 1. Roux 2. Blin"]),
        ("2. Morel 3. Roux", ["Morel 3. Roux"]),
        ("1. Studio 2.0 2. Roux", ["Studio 2.0", "Roux"]),
        ("1. Morel", ["Morel"]),
        ("Morel, Roux, Vasseur", ["Morel, Roux, Vasseur"]),
        ("A / B", ["A / B"]),
    ],
)
def test_a_line_is_split_where_it_counts_its_names(typed: str, names: list[str]) -> None:
    assert wishes_of(more_wishes=typed) == list(enumerate(names, start=1))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("12", (12,)), ("012", (12,)), ("12.0", (12,)), ("12, 45, 7", (12, 45, 7)), ("12 45 et 7", (12, 45, 7)),
        ("12 / 45", (12, 45)), ("n° 12", (12,)), ("N°12 et n°45", (12, 45)), ("nos 12 & 45", (12, 45)), ("#12", (12,)),
        ("numéro 12", (12,)), ("numéros 12, 45", (12, 45)), ("no. 12", (12,)), ("12 Dupont", ()), ("Dupont n° 12", ()),
        ("3M", ()), ("12-15", ()), ("", ()), ("n°", ()), ("12,5 kg", ()),
    ],
)  # fmt: skip
def test_numbers_count_only_where_nothing_stands_beside_them(typed: str, numbers: tuple[int, ...]) -> None:
    assert catalogue.numbers_in(typed) == numbers


@given(st.lists(st.integers(1, 999), min_size=1), st.sampled_from([", ", " ", ";", " / ", " et ", "\n", " n° "]))
def test_any_list_of_numbers_keeps_every_number(numbers: list[int], mark: str) -> None:
    found = [typed for _, typed in wishes_of(numbers=mark.join(map(str, numbers)))]
    assert [number for typed in found for number in catalogue.numbers_in(typed)] == numbers
