"""When two names are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.values.names import are_near_names, bear_one_name, is_near, is_same_name, names_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Morel", "Ana"), ("MOREL", "ana")),
        (("Morel", "Ana"), ("Ana", "Morel")),
        (("Morel", "Ana"), ("Mme Morel", "Ana")),
        (("Morel", "Ana"), ("Morell", "Ana")),
        (("Morel", "Ana"), ("Morel", "")),
        (("Morel", "Ana"), ("Morel", "A.")),
        (("Morel", "Jean-Michel"), ("Morel", "J. M.")),
        (("Morel", "JM"), ("Morel", "Jean Michel")),
        (("Morel", "Jean Luc"), ("Morel", "Jeanluc")),
        (("Morel", "Ana"), ("Morel-Petit", "Ana Maria")),
        (("Lefèvre", "Zoé"), ("Lefebvre", "Zoe")),
    ],
)
def test_a_slip_in_the_family_name_or_a_shortened_given_name_is_the_same_name(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert bear_one_name(names_of(*one), names_of(*other))
    assert bear_one_name(names_of(*other), names_of(*one))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (("Martin", "Marc"), ("Martin", "Marie"), False),
        (("Dupont", "Jean"), ("Dupont", "Jeanne"), False),
        (("Martin", "Julie"), ("Martin", "Julien"), True),
        (("Martin", "Marine"), ("Martin", "Martine"), True),
        (("Morel", "Ana"), ("Morel", "Anna"), True),
        (("Morel", "Ana"), ("Petit", "Ana"), False),
        (("Morel", "Ana"), ("Morel", "Bob"), False),
        (("Morel", "Anna"), ("Moral", "Ana"), False),
    ],
)
def test_another_given_name_is_another_name_though_it_may_be_near(
    one: tuple[str, str], other: tuple[str, str], *, near: bool
) -> None:
    pair = names_of(*one), names_of(*other)
    assert not bear_one_name(*pair)
    assert are_near_names(*pair) is near


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("ana morel", "ana morel", True),
        ("ana morel", "ana morell", True),
        ("ana maria morel", "ana morel", True),
        ("ana morel", "bob morel", False),
    ],
)
def test_among_a_few_people_a_near_name_is_enough(first: str, second: str, *, same: bool) -> None:
    assert is_same_name(first, second) is same


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("morel", "mroel", True), ("lea", "leo", True), ("roux", "petit", False), ("jo", "ja", False), ("jo", "jo", True)],
)
def test_words_are_near_up_to_a_typing_error(one: str, other: str, *, near: bool) -> None:
    assert is_near(one, other) is near


WORDS = st.text(alphabet="abé -.", max_size=6)


@given(one=st.tuples(WORDS, WORDS), other=st.tuples(WORDS, WORDS))
def test_it_does_not_matter_which_name_comes_first(one: tuple[str, str], other: tuple[str, str]) -> None:
    pair = names_of(*one), names_of(*other)
    assert bear_one_name(*pair) == bear_one_name(*reversed(pair))
    assert bear_one_name(pair[0], pair[0])
