"""Whether the day or the month comes first in a column of dates: decided by all its values, never by one."""

import re
from collections.abc import Iterable
from typing import Final

from tasks.ingest.formats.sources import DateOrder

_DAY_AND_MONTH: Final = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2\d")
# Longer than any day and month with what tells where the year begins.
_PREFIX: Final = 8
_MONTHS: Final = 12
_DAYS: Final = 31


def order_of(values: Iterable[str], otherwise: DateOrder) -> DateOrder:
    """Return the order in which all values can be dates; ``otherwise`` where both orders can, or neither.

    Where values contradict one another, those that do not fit ``otherwise`` are refused when they are read.
    """
    orders = {order for start in {value[:_PREFIX] for value in values} if (order := _only_order(start))}
    return orders.pop() if len(orders) == 1 else otherwise


def _only_order(text: str) -> DateOrder | None:
    """Return the one order in which a text begins with a day and a month, None where it may be either, or neither."""
    found = _DAY_AND_MONTH.match(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if _MONTHS < first <= _DAYS and 1 <= second <= _MONTHS:
        return "day_first"
    if 1 <= first <= _MONTHS < second <= _DAYS:
        return "month_first"
    return None
