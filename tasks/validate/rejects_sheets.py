"""The sheets of the workbook of rejects, in words: what each line asks, which answers it offers, under which key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.messages import Language, Message, message
from tasks.questionnaire import ANSWERS, IGNORE_ROW, KEEP_ROW, QuestionKey, key_text, siren_asked
from tasks.validate.questions import Question
from tasks.validate.refusals import column_in_words
from tasks.validate.rejects import Asked, Merge, Reject
from tasks.validate.rejects_wording import (
    AGREEING,
    ASKS,
    CORRECTED_TITLE,
    DECISION_TITLE,
    KEY_TITLE,
    MERGED_BY,
    SEPARATE_TITLE,
)

Style: TypeAlias = Literal["text", "offered", "answer", "key"]
_CHOICE_COUNT: Final = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, and what stands in it."""

    title: Message
    width: int
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a line up to its answer, the answers offered, and its key.

    ``is_open`` says that other answers than those offered make sense too.
    """

    cells: tuple[str, ...]
    choices: tuple[str, ...]
    key: str
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class AskingSheet:
    """One sheet; a line's cells, its answer and its key fill ``columns``. Offered answers may stand in cells too."""

    name: Message
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def sheets_of(asked: Asked, language: Language) -> tuple[AskingSheet, ...]:
    """Return the sheets that ask something."""
    sheets = (_to_correct(asked.rejects, language), _to_decide(asked, language), _merged(asked, language))
    return tuple(sheet for sheet in sheets if sheet.lines)


def _to_correct(rejects: Iterable[Reject], language: Language) -> AskingSheet:
    return AskingSheet(
        message("To correct"),
        (
            Column(message("File"), 24),
            Column(message("Sheet"), 12),
            Column(message("Row"), 7),
            Column(message("Column"), 18),
            Column(message("Who"), 32),
            Column(message("Value read"), 28),
            Column(message("What is wrong"), 36),
            Column(message("What to do"), 40),
            Column(CORRECTED_TITLE, 28, "answer"),
            Column(KEY_TITLE, 6, "key"),
        ),
        tuple(_reject_line(reject, language) for reject in rejects),
    )


def _reject_line(reject: Reject, language: Language) -> Line:
    refused = reject.refused
    words = _in(language)
    who = reject.leader.label(language) if reject.leader else " · ".join(reject.signs)
    # A field that is put together from several columns has no cell of its own: better its kind than nothing.
    is_hidden = not reject.typed and not refused.is_whole_row and refused.value_class != "empty"
    column = words(message("whole line")) if reject.is_whole_row else words(column_in_words(reject.key.field))
    choices = (IGNORE_ROW, *([KEEP_ROW] if reject.can_be_kept else [])) if reject.is_whole_row else ()
    return Line(
        cells=(
            refused.file_name,
            refused.sheet,
            str(refused.row_number),
            column,
            who,
            f"({words(refused.found)})" if is_hidden else reject.typed,
            words(refused.reason),
            words(refused.remedy),
        ),
        choices=tuple(map(words, choices)),
        key=key_text(reject.key),
        is_open=not reject.is_whole_row,
    )


def _to_decide(asked: Asked, language: Language) -> AskingSheet:
    offered = (Column(message("Answer offered {number}", number=number), 27, "offered") for number in range(1, 5))
    return AskingSheet(
        message("To decide"),
        (
            Column(message("Question"), 24),
            Column(message("Leader"), 30),
            Column(message("Typed, or compared with"), 32),
            Column(message("Why it is unclear"), 34),
            *offered,
            Column(DECISION_TITLE, 30, "answer"),
            Column(KEY_TITLE, 6, "key"),
        ),
        tuple(_question_line(question, asked.edition_id, language) for question in asked.questions),
    )


def _question_line(question: Question, edition_id: str, language: Language) -> Line:
    kind = question.kind
    words = _in(language)
    fixed = [words(answer) for answer, _ in ANSWERS[kind]]
    # A duplicate names its other registration already; candidates are for what must be chosen among.
    found = () if kind in {"duplicate", "company", "identity", "withdrawal"} else question.candidates
    choices = (*(candidate.label(language) for candidate in found[: _CHOICE_COUNT - 1]), *fixed)
    other = question.other.label(language) if question.other else ""
    if question.other and kind == "identity":
        other = f"{other} · {question.other.edition_id}"
    elif question.other and kind == "company":
        other = f"{other} · SIREN {siren_asked(question.typed)}"
    return Line(
        cells=(
            words(ASKS[kind]),
            question.leader.label(language) if question.leader else question.leader_id,
            other or question.typed,
            words(question.reason_in_words),
            *choices,
            *[""] * (_CHOICE_COUNT - len(choices)),
        ),
        choices=choices,
        key=key_text(QuestionKey(kind, edition_id, question.leader_id, question.typed)),
        is_open=kind in {"request", "exclusion", "category", "asker"},
    )


def _merged(asked: Asked, language: Language) -> AskingSheet:
    return AskingSheet(
        message("Merged duplicates"),
        (
            Column(message("Leader"), 34),
            Column(message("Ticket kept"), 20),
            Column(message("Ticket merged into it"), 20),
            Column(message("What the merged ticket says"), 44),
            Column(message("Merged because"), 28),
            Column(message("What agrees"), 30),
            Column(SEPARATE_TITLE, 18, "answer"),
            Column(KEY_TITLE, 6, "key"),
        ),
        tuple(_merge_line(merge, asked.edition_id, language) for merge in asked.merges),
    )


def _merge_line(merge: Merge, edition_id: str, language: Language) -> Line:
    words = _in(language)
    separate = next(words(answer) for answer, verdict in ANSWERS["duplicate"] if verdict == "refused")
    agreeing = (part.strip() for part in merge.evidence.split(","))
    return Line(
        cells=(
            merge.leader.label(language),
            merge.into_registration_id,
            merge.registration_id,
            " · ".join(merge.signs),
            words(MERGED_BY.get(merge.rule, merge.rule)),
            ", ".join(words(AGREEING.get(part, part)) for part in agreeing),
        ),
        choices=(separate,),
        key=key_text(QuestionKey("duplicate", edition_id, merge.leader.leader_id, merge.registration_id)),
        is_open=False,
    )


def _in(language: Language) -> Callable[[Message | str], str]:
    return lambda text: text.translated(language) if isinstance(text, Message) else text
