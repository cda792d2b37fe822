"""Catalogue numbers among what one leader typed: they count where the whole answer is numbers."""

from collections.abc import Iterable, Mapping
from typing import Final

from tasks.ingest.records import catalogue
from tasks.ingest.records.vocabulary import POINTER
from tasks.ingest.values.folding import fold
from tasks.ingest.wishes.recognition import CANDIDATES, Doubt, Meant, Reason, Recognised, Recogniser

# What a number is worth as a hint where it is no answer.
_HINT: Final = 50.0
# No slip of a catalogue number is as large: it is a postcode, a turnover, and then all of them may be.
_NO_SLIP: Final = 10_000


def numbered(recogniser: Recogniser, texts: Iterable[str]) -> dict[str, Meant | Doubt]:
    """Return what each text means that holds nothing but numbers, judged together with the others.

    A number beside names may be anything, and so may all of them beside one that no catalogue holds. Of one that is
    merely not in this one, nothing but that is unclear.
    """
    by_number = recogniser.directory.by_number
    numbers = {text: _numbers(recogniser, text) for text in texts}
    has_names = any(not found and not POINTER.fullmatch(fold(text)) for text, found in numbers.items())
    unknown = {number for found in numbers.values() for number in found if number not in by_number}
    is_clear = not has_names and max(unknown, default=0) < _NO_SLIP
    reason: Reason = "number_among_names" if has_names else "number_out_of_range"
    meanings: dict[str, Meant | Doubt] = {}
    for text, found in numbers.items():
        if found and is_clear:
            meanings[text] = tuple((str(number), _meant(number, by_number)) for number in found)
        elif found:
            hints = dict.fromkeys(by_number[number] for number in found if number in by_number)
            meanings[text] = Doubt(reason, tuple((leader_id, _HINT) for leader_id in hints)[:CANDIDATES])
    return meanings


def _meant(number: int, by_number: Mapping[int, str]) -> Recognised | Doubt:
    if number not in by_number:
        return Doubt("number_out_of_range")
    return Recognised((by_number[number],), "catalogue_number", 100.0)


def _numbers(recogniser: Recogniser, text: str) -> tuple[int, ...]:
    return () if recogniser.is_name(text) else catalogue.numbers_in(text)
