"""The welcome desk: whose sheet this is, and whether it still says what holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

from tasks.errors import DataError, UsageError
from tasks.messages import Message, message
from tasks.pages import in_name_case
from tasks.store import Database

Standing: TypeAlias = Literal["holds", "outdated", "gone", "undecided"]
_MARK: Final = re.compile(r"[A-Z2-7]{16}")
# What a person reads into a mark that has none of these.
_MISREAD: Final = str.maketrans("018", "OIB", " -\u00a0")


@dataclass(frozen=True, slots=True)
class _Bearer:
    leader_id: str
    version_id: str
    name: str | None
    company: str | None
    approved_version_id: str | None
    approved_token: str | None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet at the desk: whose it is, which plan versions carry it, and what the newest approved one says."""

    token: str
    leader_id: str
    name: str
    company: str
    versions: tuple[str, ...]
    approved_version: str | None
    standing: Standing

    @property
    def row(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "token": self.token,
            "leader": self.leader_id,
            "name": self.name,
            "company": self.company,
            "versions": list(self.versions),
            "approved": self.approved_version,
            "standing": self.standing,
        }

    @property
    def sentences(self) -> tuple[Message, ...]:
        """The same for the person at the desk."""
        values = {"approved": self.approved_version, "leader": self.leader_id}
        found: Mapping[Standing, Message] = {
            "holds": message("✓ It holds: {approved}, the plan in force, says the same.", **values),
            "outdated": message(
                "✗ It no longer holds: {approved} says something else. Print out/{approved}/agendas/{leader}.pdf",
                **values,
            ),
            "gone": message("✗ It no longer holds: {approved} has no agenda of {leader}.", **values),
            "undecided": message("No plan version is approved yet."),
        }
        return (
            message("{name}, {company} ({leader})", name=self.name, company=self.company, leader=self.leader_id),
            message("This agenda is that of {versions}.", versions=", ".join(self.versions)),
            found[self.standing],
        )


_BEARERS: Final = TypeAdapter(list[_Bearer])


def recognise(db: Database, edition_id: str, typed: str) -> Recognised:
    """Return whose sheet bears a mark, typed or scanned.

    Raises UsageError for what is no mark, DataError for one that no agenda of this edition bears or has borne.
    """
    mark = typed.upper().translate(_MISREAD)
    if not _MARK.fullmatch(mark):
        raise UsageError(
            message("{typed} is no mark of an agenda.", typed=typed),
            remedy=message("A mark has 16 letters and digits; it stands beside the code, in groups of four."),
        )
    bearers = _BEARERS.validate_python(db.rows("outbox/select_token", edition_id=edition_id, token=mark))
    if not bearers:
        raise DataError(
            message("no agenda of this event bears the mark {mark}.", mark=mark),
            remedy=message("Read it again; a sheet of another event or edition has marks of its own."),
        )
    one = bearers[-1]
    return Recognised(
        token=mark,
        leader_id=one.leader_id,
        name=in_name_case(one.name or "?"),
        company=one.company or "?",
        versions=tuple(bearer.version_id for bearer in bearers if bearer.leader_id == one.leader_id),
        approved_version=one.approved_version_id,
        standing=_standing(one, mark),
    )


def _standing(one: _Bearer, mark: str) -> Standing:
    if one.approved_version_id is None:
        return "undecided"
    if one.approved_token is None:
        return "gone"
    return "holds" if one.approved_token == mark else "outdated"
