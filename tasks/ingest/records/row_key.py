"""What tells a row again in a later export of the same source, although it has moved or changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tasks.ingest.records.naming import full_name_of
from tasks.ingest.records.reader import Reader
from tasks.ingest.values.folding import company_key, person_key

_HASH_DIGITS: Final = 16
# A key is shown, compared and typed back; a cell may hold 100,000 characters.
_MAX_LENGTH: Final = 200


def row_key(reader: Reader) -> str:
    """Return the key of a row.

    The fields that its source names as key, where all of them are filled; else, by kind: the ticket number, or the own
    e-mail, names and company of a registration; the e-mail or the name of an answer. A row of another kind, or one that
    says nothing of this, goes by its content.
    """
    key = _declared(reader) or _by_kind(reader)
    return key if key and len(key) <= _MAX_LENGTH else _content_hash(reader)


def unique(keys: Sequence[str]) -> Sequence[str]:
    """Return the keys of a file in its order; one that occurs again gets ``#2``, ``#3`` and so on."""
    return keys if len(set(keys)) == len(keys) else tuple(_numbered(keys))


def _numbered(keys: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for key in keys:
        number = counts.get(key, 0) + 1
        found = key if number == 1 else f"{key}#{number}"
        while found in taken:  # a ticket may well be numbered "7#2"
            number += 1
            found = f"{key}#{number}"
        counts[key] = number
        taken.add(found)
        yield found


def _declared(reader: Reader) -> str:
    parts = [reader.text(name) for name in reader.source.key]
    return "|".join(parts) if parts and all(parts) else ""


def _by_kind(reader: Reader) -> str:
    if reader.source.kind == "registration":
        return reader.text("ticket_number") or _person(reader)
    if reader.source.kind == "wishes":
        return reader.text("email").lower() or person_key(full_name_of(reader))
    return ""


def _person(reader: Reader) -> str:
    """Return own e-mail, names and company, empty where there is neither e-mail nor name: a company is no person."""
    email = reader.text("email").lower()
    names = person_key(full_name_of(reader))
    return f"{email}|{names}|{company_key(reader.text('company'))}" if email or names else ""


def _content_hash(reader: Reader) -> str:
    text = json.dumps(dict(reader.content), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_DIGITS]
