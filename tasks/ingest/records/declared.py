"""What leaders declare of themselves in their own words: what they come for, their language, how many meetings."""

import re
from typing import Final, Literal, TypeAlias, cast

from tasks.ingest.records.reader import Reader
from tasks.ingest.records.vocabulary import LANGUAGES, NO_MAXIMUM, OTHER_LANGUAGES, ROLES
from tasks.ingest.values.folding import fold
from tasks.messages import Language

Role: TypeAlias = Literal["buyer", "supplier", "both"]

_MAX_MEETINGS: Final = 50
_NUMBER: Final = re.compile(r"\d{1,9}")
_LEAST: Final = re.compile(r"\b(?:au moins|minimum|mini?|at least)\b")


def read_role(reader: Reader) -> Role | None:
    """Return what a leader comes for: as the format translates the cell, else by its words."""
    return cast("Role | None", _translated(reader, "role") or reader.value("role", role))


def read_language(reader: Reader) -> Language | None:
    """Return the language of a leader's documents: as the format translates the cell, else the first that we write."""
    if not reader.text("language"):
        return None
    return cast("Language | None", _translated(reader, "language") or reader.value("language", language))


def read_max_meetings(reader: Reader) -> int | None:
    """Return how many meetings a leader wants at most, None where they set no limit."""
    return reader.value("max_meetings", max_meetings)


def _translated(reader: Reader, name: str) -> str | None:
    return reader.source.codes.get(name, {}).get(fold(reader.text(name)))


def role(text: str) -> str:
    """Return what a text says somebody comes for; to buy and to sell is both. Raises ValueError("unknown_word")."""
    folded = f" {fold(text)} "
    found = {meaning for word, meaning in ROLES.items() if f" {word} " in folded}
    if not found:
        msg = "unknown_word"
        raise ValueError(msg)
    return found.pop() if len(found) == 1 else "both"


def language(text: str) -> str | None:
    """Return the first language that a text names, of those we write in, None where it names but others.

    Raises ValueError("unknown_word") where it names no language.
    """
    words = fold(text).split()
    found = next((LANGUAGES[word] for word in words if word in LANGUAGES), None)
    if found is None and OTHER_LANGUAGES.isdisjoint(words):
        msg = "unknown_word"
        raise ValueError(msg)
    return found


def max_meetings(text: str) -> int | None:
    """Return the maximum that a text names: ``8``, ``8 rendez-vous``, ``6 à 8``; None for ``illimité`` and the like.

    A minimum is no maximum. Raises ValueError: ``not_a_number``, or ``out_of_range``.
    """
    words = fold(re.sub(r"[.,]0+\b", "", text))
    if words in NO_MAXIMUM:
        return None
    numbers = [int(number) for number in _NUMBER.findall(words)]
    if not numbers:
        msg = "not_a_number"
        raise ValueError(msg)
    if _LEAST.search(words) or not 1 <= max(numbers) <= _MAX_MEETINGS:
        msg = "out_of_range"
        raise ValueError(msg)
    return max(numbers)
