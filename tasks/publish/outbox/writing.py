"""Messages written: the mail as a file first, then its row. A row without a file could not be sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from tasks.errors import UnwrittenMail
from tasks.files import write
from tasks.messages import user_language
from tasks.publish.outbox.ledger import Entry
from tasks.publish.outbox.letters.letter import Letter
from tasks.publish.outbox.mail import compose
from tasks.publish.outbox.states import REWRITABLE, State
from tasks.store import Database
from tasks.workspace import Workspace

# A column that holds nothing in a whole batch has a type all the same.
_SCHEMA: Final[dict[str, type[pl.DataType] | pl.DataType]] = {
    "message_id": pl.String,
    "edition_id": pl.String,
    "version_id": pl.String,
    "leader_id": pl.String,
    "kind": pl.String,
    "language": pl.String,
    "subject": pl.String,
    "agenda_sha256": pl.String,
    "content_sha256": pl.String,
    "path": pl.String,
    "state": pl.String,
    "smtp_said": pl.String,
    "written_at": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to write. ``state`` is what it is in once it is written, ``known`` the row that it has already."""

    leader_id: str
    kind: str
    letter: Letter
    path: str
    state: State
    known: Entry | None = None
    version_id: str | None = None
    agenda_sha256: str | None = None


def write_mails(workspace: Workspace, db: Database, drafts: Iterable[Draft], at: datetime) -> int:
    """Write the mails with their rows; return how many are new and could be written.

    A letter whose template fails is noted as failed, with what is wrong; the others are written. It is written with
    the next call, once the template is right. What lies there in the same words and state is left alone, row and file.
    Raises ConfigurationError when the organiser's address is none.
    """
    new: list[dict[str, object]] = []
    anew: list[dict[str, object]] = []
    for draft in drafts:
        row = _written(workspace, draft, at)
        if row is not None:
            (new if draft.known is None else anew).append(row)
    insert(db, new)
    insert(db, anew, anew=True)
    return sum(1 for row in new if row["content_sha256"])


def _written(workspace: Workspace, draft: Draft, at: datetime) -> dict[str, object] | None:
    """Write the file of a message and return its row, None where it stands as it is."""
    state, content_sha256, said = draft.state, "", None
    try:
        composed = workspace.designed(lambda design: compose(draft.letter, workspace.event.organiser, at, design))
    except UnwrittenMail as fault:
        state, said = "failed", " ".join(fault.in_language(user_language()).split())
    else:
        content_sha256 = composed.content_sha256
        if _stands(workspace, draft, content_sha256):
            return None
        write(workspace.folder / draft.path, composed.content)
    return {
        "message_id": str(draft.letter.key),
        "edition_id": workspace.event.id,
        "version_id": draft.version_id,
        "leader_id": draft.leader_id,
        "kind": draft.kind,
        "language": draft.letter.reader.language,
        "subject": draft.letter.subject,
        "agenda_sha256": draft.agenda_sha256,
        "content_sha256": content_sha256,
        "path": draft.path,
        "state": state,
        "smtp_said": said,
        "written_at": at,
    }


def _stands(workspace: Workspace, draft: Draft, content_sha256: str) -> bool:
    """Say whether a message lies there as it would be written now; its date alone is no reason to write it anew."""
    known = draft.known
    return (
        known is not None
        and (known.state, known.content_sha256) == (draft.state, content_sha256)
        and (workspace.folder / draft.path).exists()
    )


def insert(db: Database, rows: Sequence[Mapping[str, object]], *, anew: bool = False) -> None:
    """Put messages into the outbox once their files are written, or into the place of their own rows (``anew``)."""
    if not rows:
        return
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    if anew:
        db.run("outbox/rewrite_messages", frame=frame, formers=sorted(REWRITABLE))
    else:
        db.run("outbox/insert_messages", frame=frame)
