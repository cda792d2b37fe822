"""By which id a person or a company is known again, from one rebuild to the next."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence


def known_as(
    keys: Sequence[Sequence[str]],
    best: Mapping[str, str],
    all_keys: Callable[[Collection[str]], Mapping[str, Sequence[str]]],
    taken: Collection[str] = (),
) -> list[str | None]:
    """Return, for each newcomer's keys, the id under which the memory holds one of them, each id at most once.

    ``best`` maps ids to the key that made the id, which goes before the others; ``all_keys`` returns all keys of the
    ids that nobody has by then: on most nights of hardly any. Ids in ``taken`` are given to nobody.
    """
    found: list[str | None] = [None] * len(keys)
    used = set(taken)
    _take(found, keys, {known_id: (key,) for known_id, key in best.items() if known_id not in used}, used)
    left = best.keys() - used
    if left:
        _take(found, keys, all_keys(left), used)
    return found


def _take(
    found: list[str | None], keys: Sequence[Sequence[str]], memory: Mapping[str, Sequence[str]], used: set[str]
) -> None:
    """Give those who are not found yet the first id of the memory that has one of their keys and is not used."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for known_id, known_keys in memory.items():
        for key in known_keys:
            by_key[key].append(known_id)
    for index, own in enumerate(keys):
        if found[index] is None:
            fits = next((known for key in own for known in by_key.get(key, ()) if known not in used), None)
            if fits is not None:
                found[index] = fits
                used.add(fits)
