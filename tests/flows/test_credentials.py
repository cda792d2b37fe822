"""User and password of the mail server from a block of Prefect's own server."""

import json

import pytest
from prefect.blocks.system import Secret
from pydantic import SecretStr

from tasks.errors import ConfigurationError
from tasks.mail_settings import MailSettings
from tasks.publish.tasks import with_credentials

HELD = {"user": "anna", "password": "12345"}


@pytest.mark.parametrize("held", [HELD, json.dumps(HELD)], ids=["object", "text"])
def test_a_block_gives_the_user_and_the_password(held: object) -> None:
    Secret(value=held).save("mail-login", overwrite=True, _sync=True)
    found = with_credentials(MailSettings(block="mail-login", host="mail.example", user="nobody"))
    assert (found.user, found.password, found.host) == ("anna", SecretStr("12345"), "mail.example")
    assert "12345" not in repr(found)


def test_without_a_block_the_environment_holds() -> None:
    settings = MailSettings(user="anna", password=SecretStr("right"))
    assert with_credentials(settings) is settings


@pytest.mark.parametrize("held", ["just-a-password", {**HELD, "host": "elsewhere"}, {"user": "anna"}])
def test_a_block_that_holds_anything_else_is_refused_without_a_word_of_it(held: object) -> None:
    Secret(value=held).save("mail-login", overwrite=True, _sync=True)
    with pytest.raises(ConfigurationError) as caught:
        with_credentials(MailSettings(block="mail-login"))
    assert str(caught.value).splitlines() == [
        "RENCONTRES_SMTP_BLOCK: there is no block mail-login with a user and a password.",
        'Make a block of the type Secret in the Prefect UI, with this value: {"user": "…", "password": "…"}',
    ]
    assert caught.value.__cause__ is None


def test_a_block_that_is_not_there_is_said() -> None:
    with pytest.raises(ConfigurationError, match="there is no block nowhere"):
        with_credentials(MailSettings(block="nowhere"))
