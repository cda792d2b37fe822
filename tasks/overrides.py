"""An organiser's own templates: filled in a process apart, and what is wrong with one said with its file and line.

``templates/agenda/sheet.html.j2`` of a workspace wins over ours of the same path. It may build on ours:
``{% extends "ours/agenda/sheet.html.j2" %}``.
"""

import difflib
import hashlib
import re
from collections.abc import Callable, Generator
from pathlib import Path
from traceback import walk_tb
from typing import Final, TypeAlias

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, TemplateSyntaxError

from tasks.addresses import fetched_from_outside
from tasks.apart import OverrunError, TimeUpError, call_apart
from tasks.design import Design
from tasks.errors import ConfigurationError
from tasks.messages import Language, Message, message

FOLDER: Final = "templates"
_MOST_CHARACTERS: Final = 20_000_000  # the plan page of 2,000 leaders has less than one million
_MOST_BYTES: Final = 1_000_000  # of one template
_ENDINGS: Final = frozenset({".j2", ".css"})
_UNDEFINED: Final = re.compile(r"'(.+)' is undefined")
_FILE: Final = re.compile(r"\bfile:", re.IGNORECASE)

Chunks: TypeAlias = Callable[[str, Language, Design, dict[str, object]], Generator[str, None, None]]
Compile: TypeAlias = Callable[[Design, str], object]


class OverrideBroken(ConfigurationError):
    """A template of the organiser's cannot be used; ``override`` is its path below ``templates/``, empty for no one."""

    def __init__(self, override: str, what: Message, line: int | None = None) -> None:
        place = f"{FOLDER}/{override}" if override else FOLDER
        where = place if line is None else message("{file}, line {line}", file=place, line=line)
        super().__init__(what, where=where, remedy=message("Correct the template, or take it away to have ours."))
        self.override = override


def read_overrides(folder: Path) -> tuple[tuple[str, ...], str]:
    """Return the files below a folder that may win over ours, by their path in it, and the hash of their content."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _ENDINGS)
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes()[: _MOST_BYTES + 1])
    return tuple(path.relative_to(folder).as_posix() for path in paths), content.hexdigest() if paths else ""


def loader(ours: Path, design: Design) -> BaseLoader:
    """Return where templates come from: the overrides first, then ours, which are also to be had as ``ours/...``."""
    house = FileSystemLoader(ours)
    if design.override_folder is None or not design.overrides:
        return house
    return ChoiceLoader([_Overrides(design.override_folder, design.overrides), PrefixLoader({"ours": house}), house])


class _Overrides(FileSystemLoader):
    """Reads the files that a design names, and no other."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        super().__init__(folder)
        self._names = frozenset(names)

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template. Raises OverrideBroken for one that no template can be, or that reads files."""
        if template not in self._names:
            raise jinja2.TemplateNotFound(template)
        path = Path(self.searchpath[0], template)
        if path.stat().st_size > _MOST_BYTES:
            raise OverrideBroken(template, message("it is larger than a template may be (1 MB)."))
        try:
            source = path.read_text(encoding=self.encoding)
        except UnicodeDecodeError as error:
            raise OverrideBroken(template, message("it is not written in UTF-8.")) from error
        for number, line in enumerate(source.splitlines(), 1):
            if _FILE.search(line):
                raise OverrideBroken(template, message("files of this computer are not read (file:)."), number)
        return super().get_source(environment, template)


def check_overrides(compiled: Compile, design: Design, ours: Path) -> None:
    """Compile every override. Raises OverrideBroken for the first that is none, or that nothing would ever use."""
    for name in design.overrides:
        _apart(design, name, _compile, compiled, design, name)
        if not (ours / name).is_file() and not _is_named(design, name):
            raise OverrideBroken(name, _unused(name, ours))


def _is_named(design: Design, name: str) -> bool:
    """Say whether an override names another file, as it would to include it."""
    folder = design.override_folder or Path()
    return any(name in (folder / other).read_text(encoding="utf-8") for other in design.overrides if other != name)


def _unused(name: str, ours: Path) -> Message:
    known = [path.relative_to(ours).as_posix() for path in ours.rglob("*.*") if path.suffix in _ENDINGS]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
    if near:
        return message("none of ours has this name; did you mean {near}?", near=near[0])
    return message("none of ours has this name, and no template of yours names it.")


def filled(chunks: Chunks, template: str, language: Language, design: Design, context: dict[str, object]) -> str:
    """Return a filled template where any file of it may be the organiser's. Raises OverrideBroken."""
    return _apart(design, template, _fill, chunks, template, language, design, context)


def _apart(design: Design, template: str, work: Callable[..., str], *arguments: object) -> str:
    try:
        return call_apart(work, *arguments)
    except OverrunError as error:
        override = template if template in design.overrides else ""
        raise OverrideBroken(override, _ENDLESS) from error


def _compile(compiled: Compile, design: Design, name: str) -> str:
    """Compile one override; this and the next run in the process apart."""
    try:
        compiled(design, name)
    except Exception as error:
        raise _explained(design, error, name) from error
    return ""


def _fill(chunks: Chunks, template: str, language: Language, design: Design, context: dict[str, object]) -> str:
    pieces: list[str] = []
    length = 0
    try:
        writing = chunks(template, language, design, context)
        for piece in writing:
            pieces.append(piece)
            length += len(piece)
            if length > _MOST_CHARACTERS:
                writing.throw(_TooMuchError())  # raised where the template is, so that its line is known
    except Exception as error:
        raise _explained(design, error, template) from error
    text = "".join(pieces)
    if not template.endswith((".txt.j2", ".toml.j2")):
        _require_closed(text, template, design)
    return text


class _TooMuchError(Exception):
    """The text is longer than any document."""


_ENDLESS: Final = message("it takes too long or too much memory: does a loop in it ever end?")
# What a person can be told of an error as Python and Jinja2 say it; the others might show what somebody typed.
_TOLD: Final = (jinja2.TemplateError, ArithmeticError, AttributeError, TypeError)
_SENTENCES: Final[tuple[tuple[type[Exception], Message], ...]] = (
    (TimeUpError, _ENDLESS),
    (MemoryError, _ENDLESS),
    (RecursionError, message("it calls itself without end.")),
    (_TooMuchError, message("it writes more than any document holds: does a loop in it ever end?")),
)


def _explained(design: Design, error: Exception, template: str) -> Exception:
    """Return an error as a sentence about the override in which it was raised.

    Raised in a template of ours, it is laid to all overrides together: one of them may lack what ours expects. Should
    it be a fault of ours, it comes again without them, and as what it is.
    """
    if isinstance(error, OverrideBroken):
        return error
    if isinstance(error, TemplateSyntaxError):
        return OverrideBroken(error.name or template, _quoted(error.message or ""), error.lineno)
    place = _place(design, error)
    if place is None and template not in design.overrides:
        return OverrideBroken(
            "", message("with these, {name} of ours cannot be filled: {detail}", name=template, detail=_sentence(error))
        )
    override, line = place or (template, None)
    return OverrideBroken(override, _sentence(error), line)


def _sentence(error: Exception) -> Message:
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence
    if isinstance(error, jinja2.TemplateNotFound):
        return message("there is no template {name}.", name=error.name)
    unknown = _UNDEFINED.fullmatch(str(error)) if isinstance(error, jinja2.UndefinedError) else None
    if unknown:
        return message("{name} is not known here.", name=unknown[1])
    return _quoted(str(error) if isinstance(error, _TOLD) else type(error).__name__)


def _quoted(detail: str) -> Message:
    """Return what Jinja2 or Python says, which is English in every language, as a quotation."""
    return message("Jinja2 says: “{detail}”.", detail=detail.rstrip("."))


def _place(design: Design, error: Exception) -> tuple[str, int] | None:
    """Return the override, and the line in it, that ran last before an error; Jinja2 puts both into the trace."""
    files = {str(Path(design.override_folder or "", name)): name for name in design.overrides}
    places = [
        (files[frame.f_code.co_filename], line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename in files
    ]
    return places[-1] if places else None


def _require_closed(text: str, template: str, design: Design) -> None:
    """Refuse a page that would fetch from outside."""
    if template.endswith(".mjml.j2"):
        text = _as_html(text, template)
    for address in fetched_from_outside(text):
        name, line = _written_in(design, address) or (template if template in design.overrides else "", None)
        raise OverrideBroken(name, message("nothing is fetched from outside: {address}", address=address[:80]), line)


def _as_html(text: str, template: str) -> str:
    import mrml  # noqa: PLC0415 -- only for mails

    try:
        return str(mrml.to_html(text).content)
    except OSError as error:
        raise OverrideBroken(template, message("this is no MJML: {detail}.", detail=str(error))) from error


def _written_in(design: Design, text: str) -> tuple[str, int] | None:
    for name in design.overrides:
        source = Path(design.override_folder or "", name).read_text(encoding="utf-8")
        for number, line in enumerate(source.splitlines(), 1):
            if text in line:
                return name, number
    return None
