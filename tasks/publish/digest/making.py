"""From the rows of a night to its digest; whatever people typed is cut and freed of marks that nobody sees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from tasks.messages import message
from tasks.pages import in_name_case
from tasks.publish.digest.digest import Asked, Bar, Changed, Curve, Digest, Few, FieldChange, Group, Guest, Waiting
from tasks.publish.digest.words import CHANGES, OPEN, field_in_words, value_in_words
from tasks.publish.outbox.letters.letter import one_line

_NAME_LENGTH: Final = 60
_VALUE_LENGTH: Final = 80

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows from which a digest is made, as the statements under ``sql/outbox`` return them.

    ``known_items`` are the hashes of what waited in the night before.
    """

    change_counts: Sequence[Row]
    changes: Sequence[Row]
    curve: Sequence[Row]
    requests: Sequence[Row]
    asked: Sequence[Row]
    few: Sequence[Row]
    open_items: Sequence[Row]
    known_items: frozenset[str]


def digest_of(facts: Facts, night: date, held_on: date, minimum: int, maximum: int) -> Digest:
    """Return the digest of a night; ``minimum`` and ``maximum`` are meetings per leader."""
    return Digest(
        night=night,
        days_before=(held_on - night).days,
        leader_count=sum(row["leader_count"] for row in facts.requests),
        groups=_groups(facts),
        curve=_curves(facts.curve),
        bars=_bars(facts.requests, minimum, maximum),
        asked=tuple(Asked(_guest(row), row["request_count"]) for row in facts.asked),
        few=tuple(Few(_guest(row), row["partner_count"], row["suggestion_count"]) for row in facts.few),
        few_count=facts.few[0]["all_count"] if facts.few else 0,
        waiting=_waiting(facts.open_items, facts.known_items),
    )


def cut(text: str, length: int) -> str:
    """Return a text on one line, without marks that nobody sees, and at most ``length`` characters long."""
    # Cut before it is cleaned too: a cell may hold a hundred thousand characters.
    line = one_line(text[: 4 * length])
    return line if len(line) <= length and len(text) <= 4 * length else f"{line[: length - 1].rstrip()}…"


def _guest(row: Row) -> Guest:
    names = (in_name_case(cut(row[name], _NAME_LENGTH)) for name in ("given_name", "family_name"))
    return Guest(row["leader_id"], cut(" ".join(names), _NAME_LENGTH), cut(row["company"], _NAME_LENGTH))


def _groups(facts: Facts) -> tuple[Group, ...]:
    counts = {row["kind"]: row["leader_count"] for row in facts.change_counts}
    changes = {kind: tuple(rows) for kind, rows in groupby(facts.changes, key=lambda row: row["kind"])}
    return tuple(
        Group(kind, counts[kind], tuple(_changed(changes.get(kind, ())))) for kind in CHANGES if kind in counts
    )


def _changed(rows: Iterable[Row]) -> Iterable[Changed]:
    for _, members in groupby(rows, key=lambda row: row["leader_id"]):
        mine = list(members)
        named = {row["field"] for row in mine}
        # The number of wishes says more than the list of their numbers; the list is told where only it changed.
        told = [row for row in mine if row["field"] and not (row["field"] == "wish_list" and "wishes" in named)]
        yield Changed(_guest(mine[0]), tuple(_field_change(row) for row in told))


def _field_change(row: Row) -> FieldChange:
    name = row["field"]
    before, after = (value_in_words(name, cut(row[side], _VALUE_LENGTH)) for side in ("before", "after"))
    return FieldChange(field_in_words(name), before, after)


def _curves(rows: Sequence[Row]) -> tuple[Curve, ...]:
    curves = []
    for number, members in groupby(rows, key=lambda row: row["number"]):
        mine = list(members)
        reached = {row["weeks_before"]: row["leader_count"] for row in mine}
        weeks = tuple(reached.get(week) for week in range(12, -1, -1))
        curves.append(Curve(number, mine[0]["is_current"], mine[0]["now_count"], mine[0]["final_count"], weeks))
    return tuple(curves)


def _bars(rows: Sequence[Row], minimum: int, maximum: int) -> tuple[Bar, ...]:
    """Return how many leaders asked for nobody, for too few, for a good number and for more than can be held."""
    spans = [
        (message("none"), 0, 0),
        (message("1 to {last}", last=minimum - 1), 1, minimum - 1),
        (message("{first} to {last}", first=max(minimum, 1), last=maximum), max(minimum, 1), maximum),
        (message("more than {last}", last=maximum), maximum + 1, None),
    ]
    return tuple(
        Bar(label, sum(row["leader_count"] for row in rows if _lies(row["request_count"], first, last)))
        for label, first, last in spans
        if last is None or first <= last
    )


def _lies(count: int, first: int, last: int | None) -> bool:
    return first <= count and (last is None or count <= last)


def _waiting(rows: Sequence[Row], known: frozenset[str]) -> tuple[Waiting, ...]:
    items: dict[str, list[str]] = {}
    for row in rows:
        items.setdefault(row["kind"], []).append(row["item"])
    return tuple(
        Waiting(kind, len(items[kind]), sum(item not in known for item in items[kind]))
        for kind in OPEN
        if kind in items
    )
