"""The welcome desk: whether a printed agenda still holds."""

from pathlib import Path

import click

from flows.commands.options import json_option, open_workspace, workspace_option
from flows.terminal import show
from tasks.messages import gettext as _


@click.command(help=_("Say whose sheet bears a mark, scanned or typed, and whether it is still up to date."))
@click.argument("mark", nargs=-1, required=True)
@workspace_option
@json_option
def desk(*, mark: tuple[str, ...], workspace: Path, as_json: bool) -> None:
    """Recognise a sheet; the groups of a mark may be typed apart."""
    from tasks.publish.documents.desk import recognise  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import

    place = open_workspace(workspace)
    with place.opened() as database:
        found = recognise(database, place.event.id, " ".join(mark))
    show(found.row, list(found.sentences), as_json=as_json)
