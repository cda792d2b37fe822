"""What became of a file of the inbox, in sentences that name no person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.errors import DataError
from tasks.ingest.formats.recognition import Recognition
from tasks.ingest.inbox.exports import TakenIn
from tasks.ingest.values.shown import shown
from tasks.messages import Message, message, plural

State: TypeAlias = Literal["new", "known", "set_aside", "ignored", "gone"]
_LONG_BEFORE: Final = message(
    "Most of its dates are more than a year before the event: if it is another event's, take it out of the inbox."
)
_SHOWN_NAMES: Final = 3
_NAME_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file of the inbox, of one member of an archive, or of one that has left it (``gone``).

    ``row_count`` counts the rows kept, ``skipped_count`` blank, total and repeated header lines. ``is_warning`` marks a
    file that was not set aside and yet leaves something to look at. ``file_sha256`` is None where it did not open.
    """

    state: State
    file_name: str
    source: str | None = None
    kind: str | None = None
    edition_id: str | None = None
    row_count: int = 0
    skipped_count: int = 0
    sentence: Message | None = None
    file_sha256: str | None = None
    is_warning: bool = False

    @property
    def needs_a_look(self) -> bool:
        """Whether a person must see to it."""
        return self.is_warning or self.state == "set_aside"


def set_aside(file_name: str, error: DataError, file_sha256: str | None = None) -> FileReport:
    """Return the report of a file that was refused as a whole."""
    return FileReport("set_aside", file_name, sentence=joined(error.what, error.remedy), file_sha256=file_sha256)


def ignored(file_name: str, file_sha256: str | None) -> FileReport:
    """Return the report of a file that ``event.toml`` says to ignore."""
    return FileReport("ignored", file_name, sentence=message("ignored, as event.toml says."), file_sha256=file_sha256)


def known(file_name: str, file_sha256: str, found: Mapping[str, object]) -> FileReport:
    """Return the report of a file whose content was read before, given its row of ``raw.file``."""
    return FileReport(
        "known",
        file_name,
        str(found["source"]),
        str(found["kind"]),
        str(found["edition_id"]),
        int(str(found["row_count"])),
        sentence=message("already taken in; of several exports with the same rows, the one read last counts."),
        file_sha256=file_sha256,
    )


def new(taken: TakenIn, file_name: str, file_sha256: str, *, is_certain: bool) -> FileReport:
    """Return the report of an export read now; ``is_certain`` where the organiser has said what it is."""
    doubt = None if is_certain or not taken.recognition.is_doubtful else _doubt(taken.recognition)
    titles = [cell.title for cell in taken.unknown_columns]
    # Our own workbook has sheets that are there to be read.
    unread = () if taken.source.kind == "corrections" else taken.unread_sheets
    counts = message(
        "{title}: {rows}, {skipped}.",
        title=taken.source.name,
        rows=plural("{count} row", "{count} rows", count=taken.row_count),
        skipped=plural("{count} blank or total line", "{count} blank or total lines", count=taken.skipped_count),
    )
    return FileReport(
        "new",
        file_name,
        taken.source.id,
        taken.source.kind,
        taken.edition_id,
        taken.row_count,
        taken.skipped_count,
        joined(
            counts,
            doubt,
            _unknown_columns(titles) if titles else None,
            _hidden_sheets(taken.hidden_sheets) if taken.hidden_sheets else None,
            _unread_sheets(unread) if unread else None,
            _LONG_BEFORE if taken.is_long_before else None,
        ),
        file_sha256,
        is_warning=bool(doubt or unread or taken.is_long_before),
    )


def joined(*sentences: Message | None) -> Message:
    """Return several sentences as one message."""
    parts = {f"part_{number}": sentence for number, sentence in enumerate(sentences) if sentence}
    return Message(" ".join(f"{{{name}}}" for name in parts), parts)


def _unknown_columns(titles: Sequence[str]) -> Message:
    """Return the sentence about columns that the format does not know."""
    return plural(
        "{count} unknown column left out: {names}.",
        "{count} unknown columns left out: {names}.",
        count=len(titles),
        names=few(titles),
    )


def _hidden_sheets(names: Sequence[str]) -> Message:
    """Return the sentence about hidden sheets."""
    return plural(
        "{count} hidden sheet left out: {names}.",
        "{count} hidden sheets left out: {names}.",
        count=len(names),
        names=few(names),
    )


def _unread_sheets(names: Sequence[str]) -> Message:
    """Return the sentence about sheets without a header of the format."""
    return plural(
        "{count} sheet without such a header left out: {names}.",
        "{count} sheets without such a header left out: {names}.",
        count=len(names),
        names=few(names),
    )


def _doubt(recognition: Recognition) -> Message:
    """Return the sentence about a format that was recognised with doubt, and how to settle it."""
    score, rival = _points(recognition.score), recognition.rival
    if rival is None:
        return message(
            "Recognised with a score of only {score} of 100. If that is right, write in event.toml, under "
            '[exports."name of this file"]: source = "{source}"; if not, the source that it is.',
            score=score,
            source=recognition.source.id,
        )
    return message(
        "Recognised with a score of {score} of 100, and {rival} with {rival_score}. If that is what it is, write in "
        'event.toml, under [exports."name of this file"]: source = "{source}".',
        score=score,
        rival=rival.name,
        rival_score=_points(recognition.rival_score),
        source=rival.id,
    )


def _points(score: float) -> int:
    return round(score * 100)


def few(names: Sequence[str]) -> str:
    """Return the first three names, each short and on one line."""
    first = [shown(name, _NAME_LENGTH) for name in names[:_SHOWN_NAMES]]
    return ", ".join((*first, "…") if len(names) > _SHOWN_NAMES else first)
