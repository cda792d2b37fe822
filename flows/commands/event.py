"""The event itself: a new workspace, where it stands, and a made-up one to look at."""

from collections.abc import Callable
from pathlib import Path

import click

from flows.commands.options import filled, json_option, open_workspace, run_job, workspace_option
from flows.terminal import show
from tasks.errors import UsageError
from tasks.files import write
from tasks.messages import gettext as _
from tasks.messages import message


@click.command(help=_("Make a new event folder with a commented event.toml."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@json_option
def init(*, folder: Path, as_json: bool) -> None:
    """Make a workspace."""
    from tasks.pages import render  # noqa: PLC0415 -- templates take 0.2 s to import

    target = folder / "event.toml"
    if target.exists():
        raise UsageError(
            message("there is already an {file}; nothing was changed.", file="event.toml"),
            where=str(folder),
            remedy=message("Edit it, or choose another folder."),
        )
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    write(target, render("workspace/event.toml.j2", "fr", **new_event()).encode("utf-8"))
    sentences = [
        message("{path} is ready: open it, it explains itself.", path=target),
        message("Then drop your exports into {inbox} and call: rencontres ingest", inbox=folder / "inbox"),
    ]
    show({"event": target, "inbox": folder / "inbox"}, sentences, as_json=as_json)


def new_event() -> dict[str, object]:
    """Return the values of a new ``event.toml``: an example that is valid as it stands."""
    from datetime import timedelta  # noqa: PLC0415 -- only here

    from tasks import clock  # noqa: PLC0415 -- only here

    return {
        "id": "mon-evenement",
        "title": "Rencontres affaires",
        "title_en": "Business meetings",
        "number": 1,
        "date": (clock.now() + timedelta(days=60)).date(),
        "venue": "Salle des fêtes",
        "address": "1 place de la Mairie",
        "organiser": "Chambre de commerce",
        "email": "contact@chambre.example",
        "phone": "",
        "tables": 60,
        "editions": [],
        "published": {},
    }


@click.command(help=_("Where the event stands: leaders, requests, plans, mails."))
@workspace_option
@json_option
def status(*, workspace: Path, as_json: bool) -> None:
    """Show the standing."""
    from tasks.publish.standing import standing  # noqa: PLC0415 -- DuckDB and Polars take 0.5 s to import

    place = open_workspace(workspace)
    event = place.event
    with place.opened() as database:
        found = standing(database, event)
    show({**found.row, "report_rule": event.report_rule}, found.sentences(event), as_json=as_json)


@click.command(help=_("Play a whole made-up event, from exports to report, into a folder."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=19, show_default=True, help=_("Same seed, same event.")
)
@click.option("--leaders", type=click.IntRange(12, 2000), default=180, show_default=True, help=_("How many leaders."))
@json_option
def demo(*, folder: Path, seed: int, leaders: int, as_json: bool) -> None:
    """Play the demo."""
    from tasks.settings import DemoSettings  # noqa: PLC0415 -- pydantic takes 0.1 s to import

    form = filled(DemoSettings, {"workspace": folder.resolve(), "seed": seed, "leader_count": leaders})

    def load() -> Callable[[DemoSettings], None]:
        from flows.demo import demo as play  # noqa: PLC0415 -- Prefect takes seconds to import

        return play

    run_job(load, form)
    from tasks.publish.standing import standing  # noqa: PLC0415 -- as above

    place = open_workspace(folder)
    with place.opened() as database:
        found = standing(database, place.event)
    sentences = [*found.sentences(place.event), message("Start here: {path}", path=place.out / "index.html")]
    show({**found.row, "start": place.out / "index.html"}, sentences, as_json=as_json)
