"""What the workbook of rejects asks, under which keys, with which answers: shared by who writes it and who reads it.

A key is a JSON list in plain ASCII: it survives a spreadsheet, a change of encoding and any text that was typed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, TypeAlias

from tasks.messages import Message, message

QuestionKind: TypeAlias = Literal[
    "request", "exclusion", "identity", "withdrawal", "duplicate", "company", "category", "asker"
]
Verdict: TypeAlias = Literal["chosen", "nobody", "confirmed", "refused"]

WHOLE_ROW: Final = "(row)"
_CELL: Final = "cell"
# Three texts of a key at 12 characters each (a letter beyond the 65,536 first ones, escaped) stay below Excel's 32,767.
_LONGEST: Final = 500
_HASH_LENGTH: Final = 16
_LONGEST_COMPANY: Final = 100

NOBODY: Final = message("Nobody")
NO_CATEGORY: Final = message("No category")
IGNORE_ROW: Final = message("Do not keep this line")
KEEP_ROW: Final = message("Keep the line as it is")
# What may be answered beside a choice among names; the first answers yes to what the rules suspect.
ANSWERS: Final[Mapping[QuestionKind, tuple[tuple[Message, Verdict], ...]]] = {
    "request": ((NOBODY, "nobody"),),
    "exclusion": ((NOBODY, "nobody"),),
    "identity": ((message("Same person"), "confirmed"), (message("Two persons"), "refused")),
    "withdrawal": ((message("Confirm"), "confirmed"), (message("Keep"), "refused")),
    "duplicate": ((message("Merge"), "confirmed"), (message("Separate"), "refused")),
    "company": ((message("One company"), "confirmed"), (message("Two companies"), "refused")),
    "category": ((NO_CATEGORY, "nobody"),),
    "asker": ((NOBODY, "nobody"),),
}


@dataclass(frozen=True, slots=True)
class CellKey:
    """A cell of an export, or a whole row (``field`` is ``WHOLE_ROW``); ``typed_hash`` tells what stood there."""

    edition_id: str
    source: str
    row_key: str
    field: str
    typed_hash: str


@dataclass(frozen=True, slots=True)
class QuestionKey:
    """A question of ``audit.review_item``, or a merge of ``core.merge``."""

    kind: QuestionKind
    edition_id: str
    leader_id: str
    typed: str


def company_question(siren: str, one: str, other: str) -> str:
    """Return what tells a question about a company: a SIREN and the two folded names that give it, in their order."""
    first, second = sorted(name[:_LONGEST_COMPANY] for name in (one, other))
    return f"{siren} {first} | {second}"


def siren_asked(typed: str) -> str:
    """Return the SIREN that a question about a company is about."""
    return typed.partition(" ")[0]


def short(text: str) -> str:
    """Return a text as it is, or by its hash where it is too long for a key."""
    return text if len(text) <= _LONGEST else f"sha256:{_sha256(text)}"


def hash_of(typed: str) -> str:
    """Return 16 hexadecimal digits that tell whether a cell still says what it said."""
    return _sha256(typed)[:_HASH_LENGTH]


def hash_of_row(content: Mapping[str, str]) -> str:
    """Return 16 hexadecimal digits that tell whether a row still says what it said."""
    return hash_of(json.dumps(dict(content), sort_keys=True))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key_text(key: CellKey | QuestionKey) -> str:
    """Return a key as it is written into the workbook."""
    parts = [short(getattr(key, field.name)) for field in fields(key)]
    return json.dumps([_CELL, *parts] if isinstance(key, CellKey) else parts)


def read_key(text: str) -> CellKey | QuestionKey:
    """Return the key that a cell holds. Raises ValueError where it holds none."""
    try:
        parts = json.loads(text)
    except RecursionError as error:  # thousands of brackets: somebody else's text
        raise ValueError(str(error)) from error
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        msg = "a key is a list of texts"
        raise ValueError(msg)
    match parts:
        case ["cell", edition_id, source, row_key, field, typed_hash]:
            return CellKey(edition_id, source, row_key, field, typed_hash)
        case [kind, edition_id, leader_id, typed] if kind in ANSWERS:
            return QuestionKey(kind, edition_id, leader_id, typed)
        case _:
            msg = "no known kind of key"
            raise ValueError(msg)
