"""A new demo workspace: its folders, its ``event.toml``, and the exports in its inbox."""

from pathlib import Path
from typing import Final

from tasks.demo import truth
from tasks.demo.exports import CURRENT, write_exports
from tasks.demo.world import EDITIONS, REFERENCE_COUNT, REPEAT_SHARES
from tasks.errors import UsageError
from tasks.event_file import EVENT_FILE
from tasks.messages import message
from tasks.pages import render
from tasks.workspace import Workspace

# Fewer leaders cannot hold what the demo shows: repeaters, newcomers, two of one company. For more the names run out.
LEAST_LEADERS: Final = 12
MOST_LEADERS: Final = 2000
_LEADERS_PER_TABLE: Final = 3
_CHAMBER: Final = "Chambre de commerce et d'industrie de démonstration — Artois Douaisis"


def write_workspace(folder: Path, seed: int, leader_count: int = REFERENCE_COUNT) -> Workspace:
    """Create a workspace with ``leader_count`` leaders in its current edition, and write its exports.

    Written again with the same values it is the same, byte for byte. Raises UsageError for a number of leaders out of
    bounds, and for a folder that holds an event of somebody else.
    """
    if not LEAST_LEADERS <= leader_count <= MOST_LEADERS:
        raise UsageError(
            message(
                "the demo has between {least} and {most} leaders, not {count}.",
                least=LEAST_LEADERS,
                most=MOST_LEADERS,
                count=leader_count,
            ),
            remedy=message("Choose another number of leaders."),
        )
    if (folder / EVENT_FILE).exists():
        truth.require_demo(folder)
    workspace = Workspace(folder)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    (folder / truth.FOLDER).mkdir(exist_ok=True)
    text = render("workspace/event.toml.j2", "fr", **_event(leader_count))
    (folder / EVENT_FILE).write_text(text, encoding="utf-8")
    write_exports(folder, seed)
    return workspace


def _event(leader_count: int) -> dict[str, object]:
    current = EDITIONS[CURRENT]
    return {
        "id": current.id,
        "title": "Rencontres affaires de l'Artois et du Douaisis",
        "title_en": "Artois and Douaisis business meetings",
        "number": current.number,
        "date": current.held_on,
        "venue": "Halle aux Grains, salle de démonstration",
        "address": "1 place de l'Exemple, 59500 Douai",
        "organiser": _CHAMBER,
        "email": "rencontres@cci-artois-douaisis.example",
        "phone": "03 53 01 00 19",
        "tables": -(-leader_count // _LEADERS_PER_TABLE),
        "editions": [
            {"id": edition.id, "number": edition.number, "date": edition.held_on}
            for edition in EDITIONS.values()
            if edition is not current
        ],
        "published": {
            "source": "données de démonstration",
            "leaders": leader_count,
            "meetings_minimum": 4,
            "meetings_maximum": 10,
            "satisfaction": 0.94,
            "repeat_before": REPEAT_SHARES[18],
            "repeat_share": REPEAT_SHARES[19],
            "price": "36.00",
        },
    }
