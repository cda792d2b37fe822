"""What companies sell and seek among each other: the entries of the house, and their names in either language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tasks.event_choices import Category
from tasks.messages import Language

_FILE: Final = Path(__file__).with_suffix(".toml")


@cache
def house_categories() -> tuple[Category, ...]:
    """Return the nomenclature of the house, in the order of its file."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Category.model_validate(entry) for entry in raw["category"])


@cache
def names_in(language: Language, categories: tuple[Category, ...]) -> Mapping[str, str]:
    """Return what the entries are called in a language, by their name in the other one in small letters.

    ``categories`` are those of ``event.toml``; none stands for the house's. An entry without English is not among them.
    """
    pairs = [(entry.name, entry.name_en) for entry in categories or house_categories() if entry.name_en]
    if language == "fr":
        return {english.casefold(): french for french, english in pairs}
    return {french.casefold(): english for french, english in pairs}
