"""click in the user's language: its own sentences, kept in our catalogue so that help speaks one language."""

import gettext
import os
from typing import Final

from tasks.messages import DOMAIN, LOCALE_FOLDER, message, user_language

# Word for word as click has them; they are listed here only to be collected into the catalogue.
SENTENCES: Final = (
    message("Options"),
    message("Positional arguments"),
    message("Commands"),
    message("Usage:"),
    message("Show this message and exit."),
    message("default: {default}"),
    message("Missing argument"),
    message("Missing option"),
    message("Missing parameter"),
    message("Missing command."),
    message("No such option {name!r}."),
    message("No such command {name!r}."),
    message("Invalid value: {message}"),
    message("Invalid value for {param_hint}: {message}"),
    message("{value!r} is not a valid {number_type}."),
    message("{value} is not in the range {range}."),
    message("{name} {filename!r} does not exist."),
    message("{name} {filename!r} is a file."),
    message("{name} {filename!r} is a directory."),
    message("file"),
    message("File"),
    message("directory"),
    message("Directory"),
)


def speak() -> None:
    """Let click, which asks the process-wide catalogue, answer in the user's language."""
    os.environ["LANGUAGE"] = user_language()
    gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    gettext.textdomain(DOMAIN)
