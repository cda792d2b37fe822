"""The exports of three editions, written into a workspace as if ticket offices and forms had sent them."""

from pathlib import Path
from random import Random
from typing import Final

from tasks.demo import ticketing, truth
from tasks.demo.answers import type_answers
from tasks.demo.exhibitors import write_exhibitors
from tasks.demo.extras import all_tickets
from tasks.demo.forms import write_form
from tasks.demo.wishes import draw_wishes
from tasks.demo.world import EDITIONS, REFERENCE_COUNT, build_world
from tasks.workspace import Workspace

CURRENT: Final = 19
FORM_FILE: Final = "souhaits-19.xlsx"
EXHIBITORS_FILE: Final = "exposants-19.xlsx"


def write_exports(folder: Path, seed: int) -> list[Path]:
    """Write the five exports of before the event into the inbox, and the truth behind them beside it.

    The number of leaders is the one that ``event.toml`` names as published. Same seed and number: same bytes.
    Raises UsageError for a folder that is not the demo's.
    """
    truth.require_demo(folder)
    workspace = Workspace(folder)
    leader_count = workspace.event.published.leaders or REFERENCE_COUNT
    rng = Random(seed)
    world = build_world(rng, leader_count)
    tickets = {number: all_tickets(rng, world, edition, leader_count) for number, edition in EDITIONS.items()}
    wishes = draw_wishes(rng, world.visits[CURRENT])
    answers = type_answers(rng, wishes)
    written = []
    for number, (name, write) in ticketing.EXPORTS.items():
        write(workspace.inbox / name, tickets[number])
        written.append(workspace.inbox / name)
    write_form(workspace.inbox / FORM_FILE, answers)
    write_exhibitors(workspace.inbox / EXHIBITORS_FILE, rng, world.visits[CURRENT])
    truth.write_truth(folder / truth.FOLDER, world, tickets, wishes, answers)
    return [*written, workspace.inbox / FORM_FILE, workspace.inbox / EXHIBITORS_FILE]
