"""What leaders declare of themselves in their own words."""

import pytest

from tasks.ingest.records.declared import language, max_meetings, read_language, read_role, role
from tests.ingest.builders import reader


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Acheter", "buyer"),
        ("Acheteur", "buyer"),
        ("Donneur d'ordres", "buyer"),
        ("I buy", "buyer"),
        ("Fournisseur de services", "supplier"),
        ("Sous-traitant", "supplier"),
        ("Acheter;Vendre", "both"),
        ("acheteur et fournisseur", "both"),
        ("Les deux", "both"),
        ("both", "both"),
    ],
)
def test_a_role_is_known_by_its_words(typed: str, meant: str) -> None:
    assert role(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Français", "fr"),
        ("FR", "fr"),
        ("fr-informal", "fr"),
        ("Anglais / français", "en"),
        ("français et anglais", "fr"),
        ("Nederlands, English", "en"),
    ],
)
def test_of_several_languages_the_first_that_we_write_in_counts(typed: str, meant: str) -> None:
    assert language(typed) == meant


def test_a_language_in_which_nothing_is_written_is_no_answer_to_refuse() -> None:
    assert language("Nederlands") is None


@pytest.mark.parametrize(("convert", "typed"), [(role, "rêver"), (language, "Klingon")])
def test_a_word_that_nobody_knows_is_refused(convert: object, typed: str) -> None:
    with pytest.raises(ValueError, match="unknown_word"):
        convert(typed)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        ("8", 8),
        ("8.0", 8),
        ("8 rendez-vous", 8),
        ("max. 8", 8),
        ("6 à 8", 8),
        ("1", 1),
        ("50", 50),
        ("illimité", None),
        ("Autant que possible", None),
        ("no limit", None),
    ],
)
def test_a_maximum_is_read_from_words(typed: str, most: int | None) -> None:
    assert max_meetings(typed) == most


@pytest.mark.parametrize("typed", ["0", "51", "900", "au moins 4", "minimum 4"])
def test_what_is_no_maximum_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="out_of_range"):
        max_meetings(typed)


def test_a_maximum_without_a_figure_is_no_number() -> None:
    with pytest.raises(ValueError, match=r"^not_a_number$"):
        max_meetings("beaucoup")


def test_the_format_s_own_words_go_first_and_an_empty_cell_says_nothing() -> None:
    told = reader("forms-wishes", role="Les deux", language="English")
    assert (read_role(told), read_language(told), told.rejections) == ("both", "en", [])
    silent = reader("forms-wishes", role="", language="")
    assert (read_role(silent), read_language(silent), silent.rejections) == (None, None, [])
