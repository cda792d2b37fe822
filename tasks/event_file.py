"""``event.toml`` read and, where something is wrong, explained: the key, what is wrong, the key that was meant."""

import difflib
import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from tasks.errors import ConfigurationError
from tasks.event import Event
from tasks.event_sections import Section
from tasks.faults import sentence_of
from tasks.messages import Message, message

EVENT_FILE: Final = "event.toml"


def load_event(folder: Path) -> Event:
    """Read ``event.toml`` of a workspace.

    Raises ConfigurationError, which names the key and, where one is near, the key that was meant.
    """
    path = folder / EVENT_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            message("there is no {file} in this folder.", file=EVENT_FILE),
            where=str(folder),
            remedy=message("Create one with: rencontres init {folder}", folder=folder),
        ) from error
    except OSError as error:
        raise ConfigurationError(
            message("this file cannot be read: {detail}.", detail=str(error.strerror)),
            where=str(path),
            remedy=message("Correct the line, or compare with a new file made by: rencontres init"),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            message("this is not valid TOML: {detail}.", detail=str(error)),
            where=str(path),
            remedy=message("Correct the line, or compare with a new file made by: rencontres init"),
        ) from error
    try:
        return Event.model_validate(content)
    except ValidationError as error:
        raise ConfigurationError(
            _first_fault(error),
            where=str(path),
            remedy=message("Correct the key and call again; every key is explained in a file made by: rencontres init"),
        ) from error


def _first_fault(error: ValidationError) -> Message:
    fault = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] != "extra_forbidden":
        return message("{key}: {detail}.", key=key or EVENT_FILE, detail=sentence_of(fault))
    near = difflib.get_close_matches(str(fault["loc"][-1]), _known_keys(fault["loc"][:-1]), n=1, cutoff=0.5)
    if near:
        return message("unknown key {key}; did you mean {near}?", key=key, near=near[0])
    return message("unknown key {key}.", key=key)


def _known_keys(path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that are allowed where ``path`` leads, by walking the model's own fields."""
    model: type[BaseModel] = Event
    for part in path:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        inner = [a for a in (field.annotation, *getattr(field.annotation, "__args__", ())) if _is_section(a)]
        if inner:
            model = inner[0]
    return list(model.model_fields)


def _is_section(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Section)
