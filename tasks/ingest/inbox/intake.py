"""A file of the inbox to raw rows: read, recognise, keep the allowed columns, remember what was there before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.errors import ConfigurationError
from tasks.event import Event
from tasks.event_choices import Export
from tasks.ingest.editions import all_editions
from tasks.ingest.formats.sources import Source, all_sources
from tasks.ingest.inbox import reports
from tasks.ingest.inbox.exports import read_export
from tasks.ingest.inbox.finding import Found, read_still, shown_name
from tasks.ingest.inbox.reports import FileReport
from tasks.ingest.inbox.storing import Standing, rules_of, store
from tasks.ingest.reading.archive import Document, documents
from tasks.ingest.reading.decode import SetAside
from tasks.messages import message
from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file, or a member of an archive, as it came: its name as shown, its bytes, what ``event.toml`` says of it."""

    name: str
    sha256: str
    content: bytes
    declared: Export


def take_in(db: Database, event: Event, found: Found, read_at: datetime) -> list[FileReport]:
    """Take one entry of the inbox into ``raw``: one report a file, several for an archive.

    The same content again changes nothing. What cannot be read or recognised is set aside with a sentence and does not
    raise. Which files count is settled when all have been read. Raises ConfigurationError where ``event.toml`` gives a
    file a source, an edition or a field that does not exist.
    """
    try:
        content = read_still(found)
    except SetAside as error:
        is_ignored = declared_for(event, found.name).is_ignored
        return [reports.ignored(found.name, None) if is_ignored else reports.set_aside(found.name, error)]
    return [_take_in(db, event, document, read_at) for document in documents(found.name, content)]


def declared_for(event: Event, file_name: str) -> Export:
    """Return what ``event.toml`` says of a file: under its own name, else under that of its archive."""
    declared = {shown_name(name): export for name, export in event.exports.items()}
    return declared.get(file_name) or declared.get(file_name.partition("/")[0]) or Export()


def _take_in(db: Database, event: Event, document: Document, read_at: datetime) -> FileReport:
    name = shown_name(document.name)
    arrival = Arrival(name, hashlib.sha256(document.content).hexdigest(), document.content, declared_for(event, name))
    if arrival.declared.is_ignored:
        return reports.ignored(name, arrival.sha256)
    if document.fault:
        return reports.set_aside(name, document.fault, arrival.sha256 if document.content else None)
    _require_known(arrival, event)
    return _read(db, event, arrival, read_at)


def _read(db: Database, event: Event, arrival: Arrival, read_at: datetime) -> FileReport:
    rules = rules_of(arrival.declared, event)
    found = next(iter(db.rows("raw/select_file", file_sha256=arrival.sha256)), None)
    if found and _holds(str(found["rules_sha256"]), rules, arrival, event):
        return reports.known(arrival.name, arrival.sha256, found)
    try:
        taken = read_export(arrival.content, arrival.declared, event)
        _require_fields(arrival, taken.source)
        store(db, taken, Standing.of(found, taken.source, read_at, rules), arrival.sha256, arrival.name)
    except SetAside as error:
        return reports.set_aside(arrival.name, error, arrival.sha256)
    return reports.new(taken, arrival.name, arrival.sha256, is_certain=arrival.declared.source is not None)


def _holds(known_rules: str, rules: str, arrival: Arrival, event: Event) -> bool:
    """Say whether a known content need not be read again.

    Where ``event.toml`` says nothing of this name, what it says of another name of the same content goes on holding.
    """
    said_of_others = (rules_of(declared, event) for declared in event.exports.values())
    return known_rules == rules or (arrival.declared == Export() and known_rules in said_of_others)


def _require_known(arrival: Arrival, event: Event) -> None:
    """Refuse a source or an edition that does not exist."""
    _require_among("source", arrival.declared.source, [source.id for source in all_sources()], arrival.name)
    _require_among("edition", arrival.declared.edition, [edition.id for edition in all_editions(event)], arrival.name)


def _require_fields(arrival: Arrival, source: Source) -> None:
    """Refuse a column given to a field that the source does not have."""
    for field in arrival.declared.columns:
        _require_among("columns", field, sorted(source.fields), arrival.name)


def _require_among(key: str, value: str | None, choices: Sequence[str], file_name: str) -> None:
    if value is not None and value not in choices:
        raise ConfigurationError(
            message("{key} = {value} is unknown.", key=key, value=value),
            where=f'event.toml, [exports."{file_name}"]',
            remedy=message("Choose one of: {choices}.", choices=", ".join(choices)),
        )
