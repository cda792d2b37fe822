"""The word lists of the demo: trades, places and names, read once from ``data/``."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, Protocol, TypeVar

DATA_FOLDER: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: its label in the nomenclature, the labels it seeks, and what its companies are called."""

    label: str
    weight: int
    seeks: tuple[str, ...]
    words: tuple[str, ...]
    tails: tuple[str, ...]
    ends: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A town and its postcode, five digits."""

    name: str
    postcode: str
    weight: int


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A job title in both forms."""

    woman: str
    man: str
    weight: int


@dataclass(frozen=True, slots=True)
class EnglishSpeaker:
    """Someone who answers in English."""

    given: str
    family: str
    is_woman: bool


class Weighted(Protocol):
    """Anything that is drawn more or less often."""

    @property
    def weight(self) -> int:
        """How often, beside the others."""
        ...


W = TypeVar("W", bound=Weighted)


def pick(rng: Random, items: Sequence[W]) -> W:
    """Draw one item by its weight."""
    return rng.choices(items, weights=[item.weight for item in items])[0]


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def trades() -> tuple[Trade, ...]:
    """Return all trades, in the order of the file."""
    return tuple(
        Trade(
            label=entry["label"],
            weight=entry["weight"],
            seeks=tuple(entry["seeks"]),
            words=tuple(entry["words"]),
            tails=tuple(entry["tails"]),
            ends=tuple(entry["ends"]),
            sentences=tuple(entry["sentences"]),
        )
        for entry in _table("trades")["trade"]
    )


@cache
def towns() -> tuple[Town, ...]:
    """Return all towns."""
    return tuple(Town(**entry) for entry in _table("places")["town"])


@cache
def job_titles() -> tuple[JobTitle, ...]:
    """Return all job titles."""
    return tuple(JobTitle(**entry) for entry in _table("people")["title"])


@cache
def english_speakers() -> tuple[EnglishSpeaker, ...]:
    """Return those who answer in English."""
    return tuple(EnglishSpeaker(**entry) for entry in _table("people")["english_speakers"])


@cache
def evocative_names() -> tuple[tuple[str, str], ...]:
    """Return names that need no pattern, each with the label of its trade."""
    return tuple((entry["name"], entry["trade"]) for entry in _table("places")["evocative"])


@cache
def names(table: str, key: str) -> tuple[str, ...]:
    """Return a plain list of a file, for example ``names("people", "family")``."""
    return tuple(_table(table)[key])
