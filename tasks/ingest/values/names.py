"""When two names are one person's: a second given name, an initial or a slip; never another given name."""

from typing import Final, TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import TITLES

# Two spellings of one name: a letter more or less, not another given name.
_SAME_NAME: Final = 85
# One typing error in a short word, two in a long one, a transposition counting once.
_ERRORS_PER_LETTER: Final = 1 / 5
_SHORTEST: Final = 3

Names: TypeAlias = tuple[str, str]  # family name and given name, folded, without title


def names_of(family_name: str, given_name: str) -> Names:
    """Return names as typed in the form in which they are compared."""
    return bare(fold(family_name)), bare(fold(given_name))


def bare(folded: str) -> str:
    """Return a folded name without the title before it; ``J. M.`` is no mister."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in TITLES else folded


def is_same_name(first: str, second: str) -> bool:
    """Say whether two folded names are near enough to be one where little else speaks against it.

    For choosing among a few people. To take two registrations for one person, ask ``bear_one_name``: Marc and Marie
    Martin are near.
    """
    if first == second:
        return True
    words = set(first.split()), set(second.split())
    return words[0] <= words[1] or words[1] <= words[0] or fuzz.token_sort_ratio(first, second) >= _SAME_NAME


def bear_one_name(one: Names, other: Names) -> bool:
    """Say whether two names are one: swapped, shortened, with a second given name, or with a slip in the family name.

    A slip in a given name makes another one (Marine and Martine, Julie and Julien): a person has to say.
    """
    if one == other:
        return True
    words, others = _words(one), _words(other)
    if words <= others or others <= words:
        return True
    if one[0] == other[0]:
        return is_one_given_name(one[1], other[1])
    return one[1] == other[1] and is_near(one[0], other[0])


def are_near_names(one: Names, other: Names) -> bool:
    """Say whether two names might be one: as ``bear_one_name``, or with a slip in the given name."""
    return bear_one_name(one, other) or (one[0] == other[0] and is_near(one[1], other[1]))


def is_one_given_name(one: str, other: str) -> bool:
    """Say whether two given names are one: the same but for spaces, or the initials of the other."""
    return _closed(one) == _closed(other) or is_initial(one, other) or is_initial(other, one)


def is_near(one: str, other: str) -> bool:
    """Say whether two words differ by a typing error; of one or two letters, none is left to tell."""
    if min(len(one), len(other)) < _SHORTEST:
        return one == other
    return OSA.distance(one, other) <= max(1, round(min(len(one), len(other)) * _ERRORS_PER_LETTER))


def is_initial(short: str, name: str) -> bool:
    """Say whether ``j m`` or ``jm`` stands for ``jean michel``."""
    return _closed(short) == "".join(word[0] for word in name.split())


def _closed(name: str) -> str:
    return name.replace(" ", "")


def _words(names: Names) -> set[str]:
    return {*names[0].split(), *names[1].split()}
