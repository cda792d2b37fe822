"""The titles of the sources, for the message catalogue: ``pybabel extract`` calls this, as ``babel.cfg`` says."""

import tomllib
from collections.abc import Iterator
from typing import BinaryIO


def collect(file: BinaryIO, *_: object, **__: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the title of one source as Babel wants it: line, function name, message, comments."""
    title = tomllib.load(file).get("title")
    if isinstance(title, str):
        yield 1, "message", title, []
