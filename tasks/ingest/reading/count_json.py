"""The rows of a JSON file counted in its text, brackets alone, without the parser and the layout."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_STRING: Final = r'"(?:[^"\\]++|\\.)*+"'
# Runs of plain values, with or without a name, are skipped in one step; strings may hold brackets.
_TOKEN: Final = re.compile(
    rf'(?:{_STRING}\s*+(?::\s*+(?:{_STRING}|[^\s"\[\]{{}},]++)|(?!\s*+:))[\s,]*+)++'
    rf"|(?P<name>{_STRING})\s*+:\s*+(?P<named>[\[{{])"
    r"|(?P<bare>[\[{])"
    r"|(?P<close>[\]}])",
    re.DOTALL,
)
_ELEMENT: Final = "[]"


@dataclass(frozen=True, slots=True)
class Counts:
    """For every path to a list: how many objects lists there hold, and how many lists hold any."""

    elements: Counter[tuple[str, ...]]
    filled_lists: Counter[tuple[str, ...]]

    def rows(self, path: Sequence[str], exploded: str | None) -> int:
        """Return how many lines the list of records at ``path`` makes: one each, or one per nested element."""
        records = self.elements[*path, _ELEMENT]
        if exploded is None:
            return records
        nested = (*path, _ELEMENT, exploded, _ELEMENT)
        return records - self.filled_lists[nested] + self.elements[nested]


def count_json(text: str) -> Counts:
    """Count the objects in the lists of a valid JSON text."""
    counts = Counts(Counter(), Counter())
    stack: list[tuple[str, ...]] = [()]
    is_filled: list[bool] = [False]
    for token in _TOKEN.finditer(text):
        bracket = token["named"] or token["bare"]
        if bracket:
            here = (*stack[-1], json.loads(token["name"])) if token["name"] else stack[-1]
            if bracket == "{" and not token["name"] and here:
                counts.elements[here] += 1
                counts.filled_lists[here] += not is_filled[-1]
                is_filled[-1] = True
            stack.append((*here, _ELEMENT) if bracket == "[" else here)
            is_filled.append(False)
        elif token["close"]:
            stack.pop()
            is_filled.pop()
    return counts
