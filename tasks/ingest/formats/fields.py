"""The wordings that sources share (``fields.toml``), and how a source takes them in."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from tasks.ingest.values.folding import fold

SHARED_WORDINGS: Final = Path(__file__).with_suffix(".toml")
_SHARED: Final[Mapping[str, Any]] = tomllib.loads(SHARED_WORDINGS.read_text(encoding="utf-8"))

# Field -> headers, of all fields: what a source does not name is still known to be something else.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {name: tuple(titles) for name, titles in _SHARED["columns"].items()}
DATES: Final = frozenset(_SHARED["kinds"]["dates"])
_TABLES: Final = ("columns", "series", "matrix", "codes")


def taken_in(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a source file with the shared wordings, codes and rules that it names, after its own.

    A wording that the source gives to one field is not given to another. Raises KeyError for a name that is none.
    """
    names = list(_names(raw.get("shared", ())))
    whole = {key: value for key, value in raw.items() if key not in {"shared", "rules"}}
    for table in _TABLES:
        own, shared = raw.get(table, {}), _SHARED[table]
        chosen = {name: shared[name] for name in names if name in shared}
        whole[table] = _joined(own, chosen) if table != "codes" else _codes(own, chosen)
    unknown = [name for name in names if not any(name in _SHARED[table] for table in _TABLES)]
    if unknown:
        raise KeyError(*unknown)
    whole["statuses"] = [rule for name in raw.get("rules", ()) for rule in _SHARED["rules"][name]] + [
        *raw.get("statuses", ())
    ]
    return whole


def _names(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield from _SHARED["groups"].get(name, (name,))


def _joined(own: Mapping[str, list[str]], chosen: Mapping[str, list[str]]) -> dict[str, list[str]]:
    taken = {fold(title) for titles in own.values() for title in titles}
    shared = {name: [title for title in titles if fold(title) not in taken] for name, titles in chosen.items()}
    return {name: [*own.get(name, ()), *shared.get(name, ())] for name in dict.fromkeys((*own, *shared))}


def _codes(own: Mapping[str, dict[str, str]], chosen: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: {**chosen.get(name, {}), **own.get(name, {})} for name in dict.fromkeys((*own, *chosen))}
