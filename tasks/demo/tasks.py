"""The demo as Prefect tasks: thin coats over the functions of this package."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.demo import afternoon, exports, start
from tasks.demo.mail import mail_catcher, mail_goes_to
from tasks.demo.mailbox import write_mailbox_page
from tasks.demo.pictures import hang_pictures
from tasks.messages import message, plural
from tasks.progress import step
from tasks.workspace import Workspace


@task(cache_policy=NO_CACHE)
def write_workspace(folder: Path, seed: int, leader_count: int) -> None:
    """Create the workspace of a made-up event, its exports included."""
    with step(message("A made-up event")) as running:
        hang_pictures(start.write_workspace(folder, seed, leader_count).out)
        running.result = plural("{count} leader registered", "{count} leaders registered", count=leader_count)


@task(cache_policy=NO_CACHE)
def write_exports(folder: Path, seed: int) -> list[Path]:
    """Write the exports of before the event."""
    with step(message("The exports of three editions")) as running:
        written = exports.write_exports(folder, seed)
        running.result = plural("{count} file in the inbox", "{count} files in the inbox", count=len(written))
    return written


@task(cache_policy=NO_CACHE)
def write_afternoon(folder: Path, seed: int) -> list[Path]:
    """Play the afternoon and write the exports of after the event."""
    with step(message("The afternoon, played")) as running:
        written = afternoon.write_afternoon(folder, seed)
        running.result = plural("{count} file in the inbox", "{count} files in the inbox", count=len(written))
    return written


@contextmanager
def catch_mail(folder: Path) -> Iterator[None]:
    """Keep below ``out/mails`` whatever is mailed meanwhile. No task: it lasts as long as what it surrounds."""
    with mail_catcher(_mails(folder)) as address, mail_goes_to(address):
        yield


@task(cache_policy=NO_CACHE)
def show_mail(folder: Path) -> Path:
    """Write the page of the mails that arrived."""
    with step(message("The mails that arrived")) as running:
        page = write_mailbox_page(_mails(folder), _mails(folder) / "index.html")
        count = len(list(_mails(folder).glob("*.eml")))
        running.result = plural("{count} mail received", "{count} mails received", count=count)
    return page


def _mails(folder: Path) -> Path:
    return Workspace(folder).out / "mails"
