"""Templates to text: one Jinja2 environment per language, with the formats of that language.

Organisers may edit templates, so the environment is a sandbox, refuses unknown names and escapes all markup.
"""

import hashlib
import json
import re
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

from babel import dates, numbers
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tasks.bidi import in_one_direction
from tasks.design import HOUSE, Design
from tasks.fonts import embedded_font
from tasks.messages import Language, Message, catalogue, either
from tasks.overrides import check_overrides, filled, loader

TEMPLATE_FOLDER: Final = Path(__file__).parents[1] / "templates"
LOCALES: Final[dict[Language, str]] = {"fr": "fr_FR", "en": "en_GB"}
# By what decides how a template is compiled, but for the template itself.
_COMPILER: Final = hashlib.sha256(Path(__file__).read_bytes() + version("jinja2").encode()).hexdigest()
COMPILED_FOLDER: Final = Path(__file__).parent / "__pycache__" / f"templates-{_COMPILER[:12]}"
_DAY: Final[dict[Language, str]] = {"fr": "EEEE d MMMM y", "en": "EEEE d MMMM y"}
_CLOCK: Final[dict[Language, str]] = {"fr": "H'\u00a0h\u00a0'mm", "en": "HH:mm"}


def day(value: date, language: Language) -> str:
    """Write a date in full: ``jeudi 3 décembre 2026``, and ``1er`` where French wants it."""
    text = dates.format_date(value, _DAY[language], locale=LOCALES[language])
    return text.replace(" 1 ", " 1er ") if language == "fr" else text


def clock(value: datetime, language: Language) -> str:
    """Write the time of an aware instant in its own zone: ``14 h 20`` or ``14:20``."""
    return dates.format_time(value, _CLOCK[language], tzinfo=value.tzinfo, locale=LOCALES[language])


def number(value: float | Decimal, language: Language, digits: int = 0) -> str:
    """Write a number with ``digits`` decimals and the language's separators."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, pattern, locale=LOCALES[language])


def percent(share: float, language: Language, digits: int = 1) -> str:
    """Write a share (0 to 1) as a percentage: ``62,2 %`` or ``62.2%``."""
    space = "\u202f" if language == "fr" else ""
    return f"{number(share * 100, language, digits)}{space}%"


def money(cents: int, language: Language, currency: str = "EUR") -> str:
    """Write integer cents as an amount: ``36,00 €`` or ``€36.00``."""
    return numbers.format_currency(Decimal(cents) / 100, currency, locale=LOCALES[language])


def in_name_case(name: str) -> str:
    """Write a name typed all in capitals or all in small letters as names are written: ``DE LUCA`` is De Luca."""
    if name.isupper() or name.islower():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return name


def with_capital(sentence: str) -> str:
    """Return a sentence with a capital letter: after the name of a file it begins without."""
    return sentence[:1].upper() + sentence[1:]


def toml_value(value: str | float | date) -> str:
    """Write a string, a number or a date as a TOML value; a JSON string is a TOML string."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


class _Compiled(FileSystemBytecodeCache):
    """Templates compiled once, kept beside the compiled modules; to compile them takes longer than to fill them.

    Told apart by their text: an edited template is compiled anew. A place that nobody may write to keeps nothing.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def _is_markup(name: str | None) -> bool:
    return name is None or not name.endswith((".txt.j2", ".toml.j2"))


def _in_one_direction(value: object) -> object:
    """Return what a template writes; markup stays markup."""
    return in_one_direction(value) if isinstance(value, str) else value


@cache
def environment(language: Language, design: Design = HOUSE) -> ImmutableSandboxedEnvironment:
    """Return the environment of a language; templates call ``_`` for texts and the filters named below."""
    made = ImmutableSandboxedEnvironment(
        loader=loader(TEMPLATE_FOLDER, design),
        bytecode_cache=None if design.overrides else _Compiled(str(COMPILED_FOLDER)),
        autoescape=_is_markup,
        undefined=StrictUndefined,
        finalize=_in_one_direction,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts = catalogue(language)
    install: Callable[..., None] = made.install_gettext_callables  # type: ignore[attr-defined]  # added by the i18n extension
    install(texts.gettext, texts.ngettext, newstyle=True)
    made.globals["language"] = language
    made.globals["design"] = design
    made.globals["either"] = lambda french, english: either(french, english, language)
    made.globals["font_url"] = embedded_font
    formats: dict[str, Callable[..., str]] = {
        "day": day,
        "clock": clock,
        "number": number,
        "percent": percent,
        "money": money,
    }
    for name, function in formats.items():
        made.filters[name] = _in_language(function, language)
    made.filters["in_name_case"] = in_name_case
    made.filters["capital"] = with_capital
    made.filters["toml"] = toml_value
    made.filters["sentence"] = lambda text: text.translated(language) if isinstance(text, Message) else str(text)
    return made


def _in_language(function: Callable[..., str], language: Language) -> Callable[..., str]:
    def formatted(value: object, *arguments: object) -> str:
        return function(value, language, *arguments)

    return formatted


def render(template: str, language: Language, **context: object) -> str:
    """Fill a template (its path below ``templates/``) and return the text.

    The ``Design`` is one value of the context, named ``design``; without it a page looks as ours do.
    Raises OverrideBroken where a template that the organiser put in the place of ours cannot be used.
    """
    design = context.pop("design", HOUSE)
    if not isinstance(design, Design):
        msg = f"the design of {template} is a {type(design).__name__}"
        raise TypeError(msg)
    if design.overrides:
        return filled(_chunks, template, language, design, context)
    return environment(language, design).get_template(template).render(**context)


def require_sound(design: Design) -> None:
    """Compile every template of the organiser's. Raises OverrideBroken for the first that is none."""
    check_overrides(_compiled, design, TEMPLATE_FOLDER)


def _chunks(
    template: str, language: Language, design: Design, context: dict[str, object]
) -> Generator[str, None, None]:
    chunks = environment(language, design).get_template(template).generate(**context)
    return cast("Generator[str, None, None]", chunks)  # Jinja2 promises an iterator, and returns a generator


def _compiled(design: Design, name: str) -> object:
    return environment("fr", design).get_template(name)
