"""Addresses that get no mail, or less: known again by a hash, kept across editions.

Who asked for no more mails gets only what belongs to their registration (see ``Kind.is_transactional``). Where a
server says that there is nobody, nothing goes at all until the leader has another address: to write on would only
harm the sender's name with that server.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias
from uuid import UUID

from tasks.publish.outbox.mail import sendable_address
from tasks.store import Database

Reason: TypeAlias = Literal["person", "bounce"]

_TOKEN_LENGTH: Final = 24
_SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The suppressed addresses by hash, each with its reasons."""

    salt: str
    reasons: Mapping[str, frozenset[str]]

    def allow(self, address: str, *, is_transactional: bool) -> bool:
        """Say whether a mail may go to an address."""
        reasons = self.reasons.get(self.sha256(address), frozenset())
        return "bounce" not in reasons and (is_transactional or "person" not in reasons)

    def sha256(self, address: str) -> str:
        """Return the hash of an address: the same however it is spelt."""
        return _keyed(self.salt, folded(address))

    def token(self, message_id: UUID) -> str:
        """Return what the unsubscription of a message's reader bears. Nobody can make one up for somebody else."""
        return _keyed(self.salt, str(message_id))[:_TOKEN_LENGTH]


def _keyed(salt: str, text: str) -> str:
    return hmac.new(salt.encode("ascii"), text.encode("utf-8"), hashlib.sha256).hexdigest()


def folded(address: str) -> str:
    """Return an address as it is compared: in small letters, its domain in ASCII."""
    return (sendable_address(address) or address.strip()).lower()


def salted(db: Database) -> Suppressions:
    """Return who is suppressed, for making hashes that will be kept; the first call draws the salt of this database."""
    if db.value("outbox/select_salt") is None:
        db.run("outbox/insert_salt", salt=secrets.token_hex(_SALT_BYTES))
    return read_suppressions(db)


def read_suppressions(db: Database) -> Suppressions:
    """Return who is suppressed. Without a salt nobody is yet."""
    salt = db.value("outbox/select_salt") or ""
    reasons: dict[str, set[str]] = {}
    for row in db.rows("outbox/select_suppressions"):
        reasons.setdefault(str(row["address_sha256"]), set()).add(str(row["reason"]))
    return Suppressions(str(salt), {sha256: frozenset(found) for sha256, found in reasons.items()})


def suppress(db: Database, address_sha256: str, reason: Reason, at: datetime) -> None:
    """Note that an address gets no mail, or less; noted before, it stays as it was."""
    db.run("outbox/insert_suppression", address_sha256=address_sha256, reason=reason, since=at)
