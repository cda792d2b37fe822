"""Whether a ticket or an answer counts, by the rules of its format."""

from collections.abc import Iterable

from tasks.ingest.formats.sources import StatusRule, TicketStatus
from tasks.ingest.records.reader import Reader
from tasks.ingest.values.folding import fold

_ABOVE_ZERO = frozenset("123456789")


def status_of(reader: Reader) -> tuple[TicketStatus, bool]:
    """Return the status by the first rule of the format that holds, and whether the money went back.

    Where a format has no rule for what is valid, all is valid that no other rule names. A word that no rule knows is
    listed and counts as unpaid: better to ask a person than to plan with a ghost.
    """
    rules = reader.source.statuses
    cells: dict[str, str] = {}
    for rule in rules:
        if rule.words:
            if _hold_word(reader.typed(rule.fields), rule.word_set):
                return rule.status, rule.is_refunded
            continue
        for name in rule.fields:
            if name not in cells:
                cells[name] = fold(reader.text(name))
            if _holds(rule, cells[name]):
                return rule.status, rule.is_refunded
    if all(rule.status != "valid" for rule in rules):
        return "valid", False
    reader.refuse(rules[-1].fields[0], "unknown_status")
    return "unpaid", False


def _holds(rule: StatusRule, folded: str) -> bool:
    if rule.above_zero:
        return not _ABOVE_ZERO.isdisjoint(folded)
    return folded in rule.folded_values


def _hold_word(cells: Iterable[str], words: frozenset[str]) -> bool:
    """Say whether one of the folded words stands in one of the cells."""
    return any(not words.isdisjoint(fold(cell).split()) for cell in cells)
