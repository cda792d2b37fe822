"""Which leaders of two editions have names near enough to be worth weighing the evidence.

Editions of usual size are compared whole. In large ones only names with a word of the family name in common are, but
for one typing error: comparing all with all would grow with the square of their size.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from tasks.ingest.people.evidence import Identity

# Below this the names have so little in common that no evidence would make up for it.
_COMPARED: Final = 60
# Two seconds' work; an edition of 2,000 leaders is ten times the usual one.
_MOST_PAIRS: Final = 4_000_000
# A shorter word and its misspellings are too many words.
_SHORTEST_MISSPELT: Final = 4


def near_names(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[tuple[Identity, Identity]]:
    """Yield the pairs (later, earlier) with near names."""
    if len(earlier) * len(later) <= _MOST_PAIRS:
        yield from _among_all(earlier, later)
    else:
        yield from _among_akin(earlier, later)


def _among_all(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[tuple[Identity, Identity]]:
    names = [former.name_key for former in earlier]
    for person in later:
        near = process.extract(person.name_key, names, scorer=fuzz.token_sort_ratio, score_cutoff=_COMPARED, limit=None)
        yield from ((person, earlier[index]) for _, _, index in near)


def _among_akin(earlier: Sequence[Identity], later: Sequence[Identity]) -> Iterator[tuple[Identity, Identity]]:
    with_mark: dict[str, list[int]] = defaultdict(list)
    for index, former in enumerate(earlier):
        for mark in _marks(former):
            with_mark[mark].append(index)
    for person in later:
        for index in sorted({index for mark in _marks(person) for index in with_mark.get(mark, ())}):
            if fuzz.token_sort_ratio(person.name_key, earlier[index].name_key) >= _COMPARED:
                yield person, earlier[index]


def _marks(person: Identity) -> set[str]:
    """Return what near names have in common: a word of the family name but for a letter, or both names, swapped."""
    marks = {f"={person.name_key}"}
    for word in person.family_name.split():
        marks.add(word)
        if len(word) >= _SHORTEST_MISSPELT:
            marks |= {word[:place] + word[place + 1 :] for place in range(len(word))}
    return marks
