"""The other front door: every job from the command line, with one sentence for every error.

Nothing heavy is imported at the top, here or in ``flows/commands``: ``--help`` answers in a quarter of a second.
"""

import gc
import os
import sys
from typing import Final

import click

from flows.commands.compactness import compactness
from flows.commands.desk import desk
from flows.commands.event import demo, init, status
from flows.commands.explain import explain
from flows.commands.files import check, solve
from flows.commands.jobs import digest, ingest, report, send
from flows.commands.outbox import outbox
from flows.commands.planning import same_day, schedule
from flows.commands.plans import approve, diff, plans, reject, rulings
from flows.commands.returns import bounces, suppress
from flows.commands.wording import speak
from flows.terminal import fail, fail_unexpectedly
from tasks.errors import RencontresError, UsageError
from tasks.messages import gettext as _
from tasks.messages import message

DEBUG_VARIABLE: Final = "RENCONTRES_DEBUG"


class InOrder(click.Group):
    """A group that lists its commands in the order of the way, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does in full, where click would cut it."""
        rows = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


@click.group(
    cls=InOrder,
    help=_("Plans an afternoon of business meetings, and tells what it brought."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="rencontres", message="%(version)s", help=_("Show the version and exit."))
def rencontres() -> None:
    """Gather the commands, in the order of the way."""


for command in (
    init,
    ingest,
    status,
    digest,
    schedule,
    plans,
    diff,
    explain,
    compactness,
    approve,
    reject,
    rulings,
    send,
    outbox,
    bounces,
    suppress,
    same_day,
    desk,
    report,
    solve,
    check,
    demo,
):
    rencontres.add_command(command)


def main() -> None:
    """Run a command and end with its exit code: 0 done, 1 the data, 2 the call, 3 a fault of ours."""
    code = run(sys.argv[1:])
    if "prefect" in sys.modules and not os.environ.get(DEBUG_VARIABLE):
        _end_quietly()
    sys.exit(code)


def _end_quietly() -> None:
    """Close the error stream for the interpreter's last moments; everything of ours has been said.

    Prefect's daemon threads outlive us, and DuckDB's binding then lists every object they still hold as leaked. What
    is there now ends with the process: to look for cycles in it once more would take a second.
    """
    gc.freeze()
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code; every error ends here as a sentence."""
    speak()
    code = 0
    try:
        rencontres.main(arguments, prog_name="rencontres", standalone_mode=False)
    except RencontresError as error:
        code = fail(error)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = UsageError.exit_code
    except click.Abort:
        code = fail(UsageError(message("stopped by you; what was finished is kept.")))
    except click.ClickException as error:
        wrong = message("{detail}", detail=error.format_message())
        code = fail(UsageError(wrong, remedy=message("See: rencontres --help")))
    except Exception as error:
        # The last door: it becomes exit code 3, or a trace where one is wanted.
        if os.environ.get(DEBUG_VARIABLE):
            raise
        code = fail_unexpectedly(error)
    return code


if __name__ == "__main__":
    main()
