import threading
from collections.abc import Iterator

import pytest

from tasks.ahead import ahead


def test_the_items_come_in_their_order() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))
    assert list(ahead(iter(()))) == []


def test_the_next_item_is_made_while_the_last_is_used() -> None:
    is_second_made = threading.Event()

    def two() -> Iterator[str]:
        yield "first"
        is_second_made.set()
        yield "second"

    items = ahead(two())
    assert next(items) == "first"
    assert is_second_made.wait(timeout=60)
    assert list(items) == ["second"]


def test_a_fault_is_raised_in_its_turn() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OverflowError

    items = ahead(broken())
    assert next(items) == 1
    with pytest.raises(OverflowError):
        next(items)
