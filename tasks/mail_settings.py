"""The mail server, as the environment names it: no host and no password stands in the event's folder."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tasks.errors import ConfigurationError
from tasks.faults import usage_error
from tasks.messages import message

_VARIABLES: Final = "RENCONTRES_SMTP_"


class MailSettings(BaseSettings):
    """The SMTP server, from the environment: ``RENCONTRES_SMTP_HOST``, ``RENCONTRES_SMTP_PORT`` and so on."""

    model_config = SettingsConfigDict(env_prefix=_VARIABLES, frozen=True)

    host: str = "localhost"
    port: int = Field(default=25, ge=1, le=65535)
    user: str = ""
    password: SecretStr = SecretStr("")
    security: Literal["none", "starttls", "tls"] = "none"
    timeout_seconds: float = Field(default=20, gt=0, le=600)
    # How many mails a minute the server accepts from us; 0 for as many as it can. It is a property of the server, as
    # the rest here is, and not of the event: event.toml moves from a rehearsal to the real one.
    per_minute: int = Field(default=0, ge=0, le=100_000)
    # The name of the Prefect block that holds user and password, for who wants neither in the environment.
    block: str = ""

    @property
    def place(self) -> str:
        """Host and port, for sentences."""
        return f"{self.host}:{self.port}"


class Credentials(BaseModel):
    """What a block of credentials holds: the user and the password of the mail server, and nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: str
    password: SecretStr


def mail_settings() -> MailSettings:
    """Read the mail server from the environment. Raises ConfigurationError, which names the variable."""
    try:
        return MailSettings()
    except ValidationError as error:
        raise usage_error(error, ConfigurationError, _VARIABLES) from error


def with_block(settings: MailSettings, held: object) -> MailSettings:
    """Return the settings with the user and the password that a block holds: as JSON, or as an object.

    Raises ConfigurationError, which says nothing of what is in it, for anything else.
    """
    try:
        found = Credentials.model_validate_json(held) if isinstance(held, str) else Credentials.model_validate(held)
    except ValidationError:
        raise ConfigurationError(
            message("there is no block {name} with a user and a password.", name=settings.block),
            where=f"{_VARIABLES}BLOCK",
            remedy=message(
                "Make a block of the type Secret in the Prefect UI, with this value: {example}",
                example='{"user": "…", "password": "…"}',
            ),
        ) from None  # pydantic's error quotes what it read
    return settings.model_copy(update={"user": found.user, "password": found.password})
