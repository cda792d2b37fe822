"""Full names to family and given names: people type both into one cell, with a title, a comma, capitals or initials."""

import re
from typing import Final

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import TITLES

# J. · J.-P. · J.P.: capitals, and no family name.
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?)+")


def split_name(text: str) -> tuple[str, str]:
    """Return family and given name of a full name, without a title.

    The family's stands before a comma; else capitals are the family's, initials aside; else all but the first word are.
    """
    before, comma, after = text.partition(",")
    family, given = untitled(before), untitled(after)
    if comma and family and given:
        return family, given
    words = untitled(text).split()
    capitals = [word for word in words if word.isupper() and len(word) > 1 and not _INITIALS.fullmatch(word)]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals), " ".join(word for word in words if word not in capitals)
    return " ".join(words[1:] or words), words[0] if len(words) > 1 else ""


def untitled(name: str) -> str:
    """Return a name without the titles before it: ``M. Paul Morel`` is Paul Morel. A title alone is a name."""
    first, _, rest = name.strip().partition(" ")
    return untitled(rest) if rest.strip() and fold(first) in TITLES else name.strip()


def family_name_of(full_name: str, given_name: str) -> str:
    """Return what a full name says beside a given name that is known.

    Some forms ask for ``Votre nom`` and mean the family's: without the given name in it, all of it is the family name.
    """
    words, given = untitled(full_name).split(), fold(given_name)
    for cut in range(1, len(words)):
        first, last = words[:cut], words[cut:]
        if fold(" ".join(first)) == given:
            return " ".join(last)
        if fold(" ".join(last)) == given:
            return " ".join(first)
    return " ".join(words)
