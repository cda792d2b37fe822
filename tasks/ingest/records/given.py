"""A line of the workbook of rejects, as the organiser filled it in: a corrected cell, or the answer to a question."""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from tasks.ingest.records.decisions import ANSWER
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import ROW, Place
from tasks.ingest.values.folding import fold
from tasks.messages import Language, Message
from tasks.questionnaire import (
    ANSWERS,
    IGNORE_ROW,
    KEEP_ROW,
    CellKey,
    QuestionKey,
    QuestionKind,
    Verdict,
    read_key,
)

_LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
_NUMBER: Final = r"(?:(?:n[o°º]\.?|number)\s*)?(\d{1,6})"
# A leader as the drop-down offers them, number and name, or numbers alone: "12", "no 12 ; no 45".
_OFFERED: Final = re.compile(rf"{_NUMBER}\s+[-–—]\s.*", re.IGNORECASE | re.DOTALL)  # noqa: RUF001 -- people type dashes
_NUMBERS: Final = re.compile(rf"{_NUMBER}(?:\s*[;,+&/]\s*{_NUMBER})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GivenCell:
    """What is to stand in a cell, or what is to become of a row (``field`` is ``(row)``)."""

    place: Place
    key: CellKey
    answer: str

    @property
    def about(self) -> tuple[str, ...]:
        """What is answered; what stood in the cell when it was asked does not make it another question."""
        return ("cell", self.key.edition_id, self.key.source, self.key.row_key, self.key.field)


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict, with catalogue numbers or the name of a category as its ``choice``."""

    place: Place
    key: QuestionKey
    verdict: Verdict
    choice: tuple[str, ...]

    @property
    def about(self) -> tuple[str, ...]:
        """What is answered."""
        return (self.key.kind, self.key.edition_id, self.key.leader_id, self.key.typed)


Given: TypeAlias = GivenCell | GivenVerdict


def read_given(reader: Reader) -> Given | None:
    """Return the answer of a line, None where it holds none or cannot be understood, which is refused."""
    answer = reader.content.get(ANSWER, "").strip()
    if not answer:
        return None
    try:
        key = read_key(reader.content.get("key", ""))
    except ValueError:
        reader.refuse_row("changed_key")
        return None
    given = _cell(reader.place, key, answer) if isinstance(key, CellKey) else _verdict(reader.place, key, answer)
    if given is None:
        reader.refuse(ANSWER, "unknown_answer")
    return given


def _cell(place: Place, key: CellKey, answer: str) -> GivenCell | None:
    is_clear = key.field != ROW or says(answer, IGNORE_ROW) or says(answer, KEEP_ROW)
    return GivenCell(place, key, answer) if is_clear else None


def _verdict(place: Place, key: QuestionKey, answer: str) -> GivenVerdict | None:
    verdict = next((verdict for words, verdict in ANSWERS[key.kind] if says(answer, words)), None)
    if verdict is not None:
        return GivenVerdict(place, key, verdict, ())
    choice = _choice(key.kind, answer)
    return GivenVerdict(place, key, "chosen", choice) if choice else None


def _choice(kind: QuestionKind, answer: str) -> tuple[str, ...]:
    """Return the catalogue numbers that an answer names, or the name of a category; nothing where it names none."""
    if kind == "category":
        return (answer,)
    if kind not in {"request", "exclusion", "asker"}:
        return ()
    offered = _OFFERED.fullmatch(answer)
    if offered:
        return (offered[1],)
    numbers = tuple(re.findall(r"\d+", answer)) if _NUMBERS.fullmatch(answer) else ()
    return () if kind == "asker" and len(numbers) > 1 else numbers  # an answer is one leader's


def says(answer: str, expected: Message) -> bool:
    """Say whether an answer is the expected one, in either language."""
    return fold(answer) in {fold(expected.translated(language)) for language in _LANGUAGES}
