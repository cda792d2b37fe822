"""The errors a user may see. The class decides the exit code and whether a retry makes sense.

An error is a sentence that says what is wrong, where, and what to do. It names no person.
"""

import copyreg
from typing import ClassVar

from tasks.messages import Language, Message


class RencontresError(Exception):
    """The root: whatever is raised on purpose. One that is raised as such is a fault of ours."""

    exit_code: ClassVar[int] = 3
    is_retryable: ClassVar[bool] = False

    def __init__(self, what: Message, *, where: Message | str | None = None, remedy: Message | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def in_language(self, language: Language) -> str:
        """Return ``where: what`` and, on the next line, what to do."""
        place = self.where.translated(language) if isinstance(self.where, Message) else self.where
        separator = "\u00a0: " if language == "fr" else ": "
        first = separator.join(part for part in (place, self.what.translated(language)) if part)
        return "\n".join(line for line in (first, self.remedy and self.remedy.translated(language)) if line)

    def __str__(self) -> str:
        return self.in_language("en")

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error come back whole from the process it was raised in."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]  # no stub has it


class DataError(RencontresError):
    """The data does not allow what was asked: the organiser corrects it and calls again."""

    exit_code = 1


class GateStopped(DataError):
    """A gate that must stop has failed; the quality report says which rows and why."""


class InfeasibleError(DataError):
    """No plan can respect what is fixed."""


class UnavailableError(RencontresError):
    """Something outside is busy or down; nothing was lost and the same call may work later."""

    exit_code = 1
    is_retryable = True


class DatabaseBusy(UnavailableError):
    """Another program has the database open."""


class MailServerDown(UnavailableError):
    """The SMTP server cannot be reached; the messages wait in the outbox."""


class MailServerSilent(MailServerDown):
    """The SMTP server takes calls and does not answer: trying at once again would only wait as long once more."""

    is_retryable = False


class StorageFull(UnavailableError):
    """The disk takes no more; what was written before stands."""

    is_retryable = False


class UsageError(RencontresError):
    """A wrong call or configuration."""

    exit_code = 2


class ConfigurationError(UsageError):
    """``event.toml`` or the environment holds what cannot be used."""


class UnwrittenMail(DataError):
    """The mail to one leader could not be written; those to the others can."""
