"""What people read: one message once, in English in the code, in French through gettext.

French is what people see first; English follows ``LANG`` or the leader's own choice.
"""

import gettext as catalogues
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["fr", "en"]

DOMAIN: Final = "rencontres"
_GROUPED_FROM: Final = 10_000
_GROUP_MARKS: Final[dict[Language, str]] = {"fr": "\u202f", "en": ","}
LOCALE_FOLDER: Final = Path(__file__).parents[1] / "templates" / "locale"


def either(french: str, english: str, language: Language) -> str:
    """Return what an organiser wrote in both languages in one of them; in French where there is no English."""
    return english or french if language == "en" else french


@cache
def catalogue(language: Language) -> catalogues.NullTranslations:
    """Return the gettext catalogue of a language; English is the language of the code and needs none.

    ``make`` compiles the catalogue once. A plain ``pip install -e .`` has only the text file: it is compiled in memory.
    """
    if language == "en":
        return catalogues.NullTranslations()
    text = LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = text.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
        with compiled.open("rb") as file:
            return catalogues.GNUTranslations(file)
    from babel.messages import mofile, pofile  # noqa: PLC0415 -- 60 ms, only where nothing was compiled

    buffer = io.BytesIO()
    with text.open(encoding="utf-8") as file:
        mofile.write_mo(buffer, pofile.read_po(file, locale=language))
    buffer.seek(0)
    return catalogues.GNUTranslations(buffer)


def user_language() -> Language:
    """Return the language of whoever sits at the terminal: English where the locale says so, else French."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "en" if value.lower().startswith("en") else "fr"
    return "fr"


def gettext(text: str) -> str:
    """Translate a text for whoever sits at the terminal."""
    return catalogue(user_language()).gettext(text) if text else text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in a language: a text with ``{names}`` and the values for them.

    A value may itself be a ``Message``. ``str()`` gives the English sentence, for logs.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    many: str | None = None

    def translated(self, language: Language) -> str:
        """Return the sentence in ``language``; ``count`` among the values chooses the plural."""
        texts = catalogue(language)
        if self.many is None:
            sentence = texts.gettext(self.text)
        else:
            count = self.values["count"]
            if not isinstance(count, int):
                msg = f"a plural message needs an integer count: {self.text}"
                raise TypeError(msg)
            sentence = texts.ngettext(self.text, self.many, count)
        return sentence.format(**{name: _written(value, language) for name, value in self.values.items()})

    def counting(self, count: int) -> "Message":
        """Return the same sentence about another number, for tables of plurals."""
        return Message(self.text, {**self.values, "count": count}, self.many)

    def __str__(self) -> str:
        return self.translated("en")


def _written(value: object, language: Language) -> object:
    """Return a value as a sentence shows it: a number of five digits or more in groups of three, a year never."""
    if isinstance(value, Message):
        return value.translated(language)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _GROUPED_FROM:
        return f"{value:,}".replace(",", _GROUP_MARKS[language])
    return value


def message(text: str, /, **values: object) -> Message:
    """Build a message; ``pybabel extract`` collects the first argument of every call."""
    return Message(text, values)


def plural(one: str, many: str, /, *, count: int, **values: object) -> Message:
    """Build a message that depends on a number; both texts may use ``{count}``."""
    return Message(one, {"count": count, **values}, many)
