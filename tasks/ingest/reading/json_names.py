"""What JSON calls by an id: questions, products and their variants, named elsewhere in the same file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_LANGUAGE: Final = re.compile(
    r"(?:ar|ca|cs|da|de|el|en|es|eu|fi|fr|hr|hu|it|ja|nl|nb|pl|pt|ro|ru|sk|sl|sv|tr|uk|zh)(?:[-_][a-zA-Z]{2,8})?"
)
_NAMES: Final = ("name", "question", "value")


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind ids: ``{"item": {"7": "Dirigeant"}}``, by the singular of the list that holds them."""

    by_kind: Mapping[str, Mapping[str, str]]

    def name(self, field: str, value: object) -> str | None:
        """Return the name of what a field like ``item`` refers to."""
        return self.by_kind.get(field, {}).get(value) if isinstance(value, str) else None

    def question(self, key: str) -> str | None:
        """Return the text of a question."""
        return self.by_kind.get("question", {}).get(key)


def names_of(document: Any) -> Names:  # noqa: ANN401 -- whatever json.loads returns
    """Collect the lists of a document whose records have an id and a name."""
    found: dict[str, dict[str, str]] = {}
    for kind, record in _named(document, ""):
        name = next((text for key in _NAMES if (text := text_of(record.get(key)))), None)
        identifier = record.get("id")
        if name and isinstance(identifier, str):
            found.setdefault(kind, {})[identifier] = name
    return Names(found)


def _named(value: Any, key: str) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 -- as above
    """Yield every record of a list with the singular of the list's name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _named(inner, name)
    elif isinstance(value, list):
        singular = key[:-3] + "y" if key.endswith("ies") else key.removesuffix("s")
        for record in value:
            if isinstance(record, dict):
                yield singular, record
                yield from _named(record, "")


def text_of(value: object) -> str | None:
    """Return a value as the text of a cell, None for an object or a list that is more than a text.

    Yes and no are said as in workbooks. Of a text in several languages the French one counts, else the first. A list
    of plain values has one a line. Half of a character, as tools leave it that cut texts, becomes U+FFFD.
    """
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf_16", "surrogatepass").decode("utf_16", "replace")
    if isinstance(value, list):
        return "\n".join(text_of(element) or "" for element in value)
    if isinstance(value, dict):
        is_translated = value and all(_LANGUAGE.fullmatch(key) and isinstance(text, str) for key, text in value.items())
        return text_of(value.get("fr") or next(iter(value.values()))) if is_translated else None
    return "" if value is None else str(value)
