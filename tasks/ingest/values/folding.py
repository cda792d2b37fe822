"""Texts brought to one form for comparison. What people typed is kept elsewhere, as typed."""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from tasks.ingest.values.lexicon import LEGAL_FORMS, TITLES

_APART: Final = re.compile(r"[^0-9a-z]+")
# A run of single letters is an abbreviation: S.A.R.L. and S A R L are SARL.
_INITIALS: Final = re.compile(r"\b(?:[a-z] )+[a-z]\b")
# The rows of one order and the passes over one ticket follow each other: a larger cache would cost more than it saves.
_REMEMBERED: Final = 32768


class _Letters(dict[int, str]):
    """What each character folds to, filled as characters are met: anyascii looks at one at a time anyway."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = " et " if letter == "&" else _APART.sub(" ", anyascii(letter).lower())
        self[code] = folded
        return folded


_LETTERS: Final = _Letters()


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str) -> str:
    """Return the words of a text in ASCII lower case: ``Crêperie d'Aÿ & Cie`` is ``creperie d ay et cie``."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return text.translate(_LETTERS).split()


@lru_cache(maxsize=_REMEMBERED)
def company_key(name: str) -> str:
    """Return a company's name without its legal form, for comparison; a name that is nothing else is kept whole."""
    words = _words(name)
    if list(map(len, words)).count(1) > 1:
        words = _INITIALS.sub(_together, " ".join(words)).split()
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)


def _together(run: re.Match[str]) -> str:
    return run.group().replace(" ", "")


@lru_cache(maxsize=_REMEMBERED)
def person_key(*names: str) -> str:
    """Return a person's names in alphabetical order, since forms swap them, and without a title."""
    words = [word for name in names for word in fold(name).split()]
    return " ".join(sorted([word for word in words if word not in TITLES or len(words) == 1]))
