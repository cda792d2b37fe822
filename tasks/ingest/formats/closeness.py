"""Headers that are nearly known ones: which field is meant, if any, and how surely.

Two headers are compared by their telling words in alphabetical order: wordings drift by a letter, a plural, a "votre",
or the order of words. A header is only close to one field: another field that is nearly as close leaves a doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import ABBREVIATIONS, FILLING, LOOK_ALIKES, NEGATING, TURNING

# Measured on 12,000 drifts of the wordings of fields.toml (a letter lost, doubled or swapped, a plural, polite words):
# at 85 with a gap of 5, 86 in 100 are found and none is taken for another field; at 92 a tenth more would be lost.
CLOSE: Final = 85.0
APART: Final = 5.0
SEVERAL: Final = "(several)"
_SAME_WORD: Final = 75.0
_ELECTRONIC_MAIL: Final = re.compile(r"\be mail")
_NUMBER: Final = re.compile(r"\d+")
_SHORT: Final = 3  # what is no longer may be a "not" with its letters swapped
_SHORTEST_PLURAL: Final = 4
_TURNED: Final = ("in", "un")


@lru_cache(maxsize=8192)
def telling_words(title: str) -> str:
    """Return the words of a header that say what is asked, singular, in alphabetical order."""
    short = _ELECTRONIC_MAIL.sub("email", fold(title)).split()
    words = " ".join(ABBREVIATIONS.get(word, word) for word in short).split()
    return " ".join(sorted(_plain(word) for word in words if word not in FILLING))


def _plain(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") else word


@dataclass(frozen=True, slots=True)
class Close:
    """The meaning that a header is close to, and how close, 0 to 100."""

    meaning: str
    score: float


@dataclass(frozen=True, slots=True)
class Nearest:
    """Known headers by their telling words, each with its meaning; ``telling`` holds all their words."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]
    telling: frozenset[str]

    @classmethod
    def of(cls, titles: Iterable[tuple[str, str]]) -> "Nearest":
        """Take in (title, meaning). Telling words that two meanings share belong to neither."""
        meanings: dict[str, set[str]] = defaultdict(set)
        for title, meaning in titles:
            meanings[telling_words(title)].add(meaning)
        meanings.pop("", None)
        known = {words: found.pop() if len(found) == 1 else SEVERAL for words, found in meanings.items()}
        telling = frozenset(word for words in known for word in words.split())
        return cls(tuple(known), tuple(known.values()), telling | TURNING)

    def find(self, title: str) -> Close | None:
        """Return what a header is close to, None where it is far from all or near to two."""
        words = telling_words(title)
        if not words:
            return None
        near = process.extract(words, self.words, scorer=fuzz.ratio, limit=None, score_cutoff=CLOSE - APART)
        alike = [(score, self.meanings[index]) for known, score, index in near if self._may_be_one(words, known)]
        if not alike or alike[0][0] < CLOSE:
            return None
        score, meaning = alike[0]
        rival = next((other for other, wanted in alike if wanted != meaning), 0.0)
        return Close(meaning, score) if score - rival >= APART else None

    def _may_be_one(self, first: str, second: str) -> bool:
        """Say whether two headers have the same numbers, and the same telling words but for some letters."""
        if sorted(_NUMBER.findall(first)) != sorted(_NUMBER.findall(second)):
            return False
        left, right = set(first.split()), set(second.split())
        return (
            not any(map(_says_no, left ^ right))
            and not any(_are_contrary(one, other) for one in left - right for other in right - left)
            and self._has_all(left - right, right - left)
            and self._has_all(right - left, left - right)
        )

    def _has_all(self, mine: set[str], others: set[str]) -> bool:
        """Say whether each telling word of mine has its like among the others."""
        return all(
            (len(word) > _SHORT and word not in self.telling)
            or any(fuzz.ratio(word, other) >= _SAME_WORD for other in others)
            for word in mine
        )


def _says_no(word: str) -> bool:
    """Say whether a word is a negation, or one with a letter too many."""
    return word in NEGATING or (len(word) > _SHORT and any(fuzz.ratio(word, no) > _SAME_WORD for no in NEGATING))


def _are_contrary(one: str, other: str) -> bool:
    """Say whether one word is the other turned round, or only looks like it.

    ``indisponibilite`` and ``disponibilite``, be one misspelt; ``commune`` and ``commande``.
    """
    return frozenset((one, other)) in LOOK_ALIKES or any(
        turned.startswith(_TURNED) and fuzz.ratio(turned[2:], plain) > max(_SAME_WORD, fuzz.ratio(turned, plain))
        for turned, plain in ((one, other), (other, one))
    )
