"""Texts brought to one form for comparison. What people typed is kept elsewhere, as typed."""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from tasks.ingest.lexicon import LEGAL_FORMS, TITLES

_APART: Final = re.compile(r"[^0-9a-z]+")
# A run of single letters is an abbreviation: S.A.R.L. and S A R L are SARL.
_INITIALS: Final = re.compile(r"\b(?:[a-z] )+[a-z]\b")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the words of a text in ASCII lower case: ``Crêperie d'Aÿ & Cie`` is ``creperie d ay et cie``."""
    return _APART.sub(" ", anyascii(text.replace("&", " et ")).lower()).strip()


@lru_cache(maxsize=65536)
def company_key(name: str) -> str:
    """Return a company's name without its legal form, for comparison; a name that is nothing else is kept whole."""
    words = _INITIALS.sub(lambda run: run.group().replace(" ", ""), fold(name)).split()
    return " ".join(word for word in words if word not in LEGAL_FORMS) or " ".join(words)


@lru_cache(maxsize=65536)
def person_key(*names: str) -> str:
    """Return a person's names in alphabetical order, since forms swap them, and without a title."""
    words = fold(" ".join(names)).split()
    return " ".join(sorted(word for word in words if word not in TITLES or len(words) == 1))
