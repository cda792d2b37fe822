"""What companies sell and seek: a small nomenclature, and which of its entries somebody meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from rapidfuzz import fuzz, process

from tasks.categories import house_categories
from tasks.event_choices import Category
from tasks.ingest.values.folding import fold
from tasks.ingest.wishes.recognition import ACCEPTED_GAP, ACCEPTED_SCORE, CANDIDATES
from tasks.ingest.wishes.targets import is_alike

# A sentence about the company rather than a label: comparing it with every name would tell nothing.
_LONGEST_LABEL: Final = 120


@dataclass(frozen=True, slots=True)
class Unclear:
    """A label that no entry bears, with up to three codes and their scores for a person to choose from."""

    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Nomenclature:
    """The entries by code."""

    entries: Mapping[str, Category]

    @classmethod
    def of(cls, categories: Sequence[Category]) -> "Nomenclature":
        """Return the nomenclature of an organiser, that of the house where they list none."""
        return cls({category.code: category for category in categories}) if categories else cls.standard()

    @classmethod
    @cache
    def standard(cls) -> "Nomenclature":
        """Return the nomenclature of the house."""
        return cls.of(house_categories())

    @cached_property
    def _code_of(self) -> Mapping[str, str]:
        """Return the codes by all that their entries are called, folded; the entry named first has a shared word."""
        found: dict[str, str] = {}
        for code, entry in self.entries.items():
            for name in (code, entry.name, entry.name_en, *entry.words):
                if fold(name):
                    found.setdefault(fold(name), code)
        return found

    @cached_property
    def _names(self) -> list[str]:
        return list(self._code_of)

    def code_named(self, text: str) -> str | None:
        """Return the code of what a text names exactly: a code, a name in French or English, or a word for it."""
        return self._code_of.get(fold(text))

    def classify(self, label: str) -> str | Unclear:
        """Return the code of what somebody typed: exact after folding, or at least 90 and 10 more than any other."""
        exact = self.code_named(label)
        if exact:
            return exact
        if len(label) > _LONGEST_LABEL:
            return Unclear(())
        ranked = self._ranked(fold(label))
        (code, name), best = ranked[0]
        is_clear = best >= ACCEPTED_SCORE and best - (ranked[1][1] if len(ranked) > 1 else 0.0) >= ACCEPTED_GAP
        if is_clear and is_alike(fold(label), name):
            return code
        return Unclear(tuple((code, round(score, 1)) for (code, _), score in ranked[:CANDIDATES]))

    def _ranked(self, label: str) -> list[tuple[tuple[str, str], float]]:
        """Return every code and the likeliest of its names with its score, the best first."""
        best: dict[str, tuple[str, float]] = {}
        for name, score, _ in process.extract(label, self._names, scorer=fuzz.WRatio, limit=None):
            best.setdefault(self._code_of[name], (name, score))
        return sorted((((code, name), score) for code, (name, score) in best.items()), key=lambda e: (-e[1], e[0]))
