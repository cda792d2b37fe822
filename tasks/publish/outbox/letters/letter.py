"""A letter to one leader before it meets its template: what it says, to whom, in which language."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tasks.messages import Language, Message
from tasks.publish.agendas.agenda import Occasion


def one_line(text: str) -> str:
    """Return a text fit for a header: whatever breaks a line or is no character becomes a space."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


@dataclass(frozen=True, slots=True)
class Attachments:
    """The files that go with an agenda; no calendar where there is nothing to put into one."""

    pdf: bytes
    calendar: bytes | None


@dataclass(frozen=True, slots=True)
class Content:
    """What one leader is told; ``values`` are for the template."""

    subject: Message
    preheader: Message
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter speaks to, and of which event."""

    name: str
    language: Language
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Letter:
    """A content on its way to a reader; ``template`` names a pair below ``templates/email``.

    ``token`` is what an unsubscription of the reader bears, empty in a letter that belongs to what they registered for.
    """

    key: UUID
    template: str
    reader: Reader
    content: Content
    attached: Attachments | None = None
    token: str = ""

    @property
    def subject(self) -> str:
        """The subject in the reader's language, fit for a header."""
        return one_line(self.content.subject.translated(self.reader.language))

    def context(self, unsubscribe_url: str) -> dict[str, object]:
        """Return what its templates may name."""
        return {
            **self.content.values,
            "subject": self.subject,
            "preheader": self.content.preheader.translated(self.reader.language),
            "name": self.reader.name,
            "occasion": self.reader.occasion,
            "unsubscribe_url": unsubscribe_url,
        }
