"""What tells a row again in a later export."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.records.row_key import row_key, unique
from tests.ingest.builders import reader


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({"ticket_number": " 207 ", "email": "ana@morel.example"}, "207"),
        (
            {"email": "Ana@Morel.example", "family_name": "Morel", "given_name": "Ana", "company": "Morel SARL"},
            "ana@morel.example|ana morel|morel",
        ),
        ({"full_name": "Mme Ana MOREL"}, "|ana morel|"),
        ({"email": "ana@morel.example"}, "ana@morel.example||"),
    ],
)
def test_a_registration_goes_by_its_ticket_else_by_who_it_is(content: dict[str, str], key: str) -> None:
    assert row_key(reader("helloasso-2026", **content)) == key


def test_a_registration_that_says_nobody_goes_by_its_content() -> None:
    keys = [row_key(reader("helloasso-2026", company=company)) for company in ("Morel", "Morel", "Dupont")]
    assert [len(key) for key in keys] == [16, 16, 16]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({"email": "Ana@Morel.example", "full_name": "Ana Morel"}, "ana@morel.example"),
        ({"full_name": "MOREL Ana"}, "ana morel"),
        ({"family_name": "Morel", "given_name": "Ana"}, "ana morel"),
    ],
)
def test_an_answer_goes_by_who_gave_it(content: dict[str, str], key: str) -> None:
    assert row_key(reader("forms-wishes", **content)) == key


def test_any_other_row_goes_by_its_content() -> None:
    first, second = (row_key(reader("exhibitors", stand=stand, company="Morel")) for stand in ("A1", "A2"))
    assert (len(first), first == second) == (16, False)
    assert first == row_key(reader("exhibitors", company="Morel", stand="A1"))


def test_a_format_may_name_the_fields_that_tell_its_rows() -> None:
    row = reader("helloasso-2026", order_number="91", family_name="Morel", ticket_number="7")
    keyed = replace(row, source=row.source.model_copy(update={"key": ("order_number", "family_name")}))
    assert row_key(keyed) == "91|Morel"
    assert row_key(replace(keyed, content={"order_number": "91", "ticket_number": "7"})) == "7"


def test_an_endless_cell_makes_no_endless_key() -> None:
    assert len(row_key(reader("helloasso-2026", ticket_number="9" * 100_000))) == 16


def test_a_key_that_occurs_again_is_numbered() -> None:
    assert list(unique(["a", "b", "a", "a", "b"])) == ["a", "b", "a#2", "a#3", "b#2"]
    assert list(unique(["a", "a#2", "a", "a#2"])) == ["a", "a#2", "a#3", "a#2#2"]


@given(st.lists(st.sampled_from(["a", "a#2", "a#3", "a#2#2", "b"])))
def test_keys_of_a_file_are_all_different_and_each_first_one_is_as_it_stands(keys: list[str]) -> None:
    found = list(unique(keys))
    assert len(found) == len(set(found)) == len(keys)
    assert all(one.startswith(other) for one, other in zip(found, keys, strict=True))
    assert Counter(keys).keys() >= {key for key in found if "#" not in key}
