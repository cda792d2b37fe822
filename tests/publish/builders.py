"""Small and large events, put straight into the tables that publish reads."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from tasks.store import Database
from tasks.workspace import Workspace

EDITION = "artois-douaisis-2026"
PARIS = ZoneInfo("Europe/Paris")
OPENS = datetime(2026, 12, 3, 14, tzinfo=PARIS)
TWENTY = timedelta(minutes=20)
SLOTS = [OPENS + index * TWENTY for index in range(12)]
PLANNED_AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def slot_id(position: int) -> str:
    return SLOTS[position].strftime("%H%M")


@dataclass
class Someone:
    """A leader of a test, with an address and a telephone that nobody else may ever see."""

    given_name: str
    family_name: str
    company: str
    job_title: str | None = "Gérante"
    language: str = "fr"
    status: str = "registered"
    has_own_email: bool = True
    email: str | None = ""
    payer_email: str | None = None
    sells: tuple[str, ...] = ("Usinage", "Tôlerie")
    seeks: tuple[str, ...] = ("Transport",)
    presentation: str | None = "Pièces mécaniques de précision, de l'unité à la petite série."
    unavailable: tuple[int, ...] = ()
    max_meetings: int | None = None

    def address(self, leader_id: str) -> str | None:
        return f"{leader_id.lower()}@secret.example" if self.email == "" else self.email


@dataclass
class Plan:
    """A plan version: meetings as (a, b, slot position, table, rank_a, rank_b), unmet as (from, to, reason, rank)."""

    number: int = 1
    meetings: list[tuple[str, str, int, str, int | None, int | None]] = field(default_factory=list)
    unmet: list[tuple[str, str, str, int]] = field(default_factory=list)
    is_approved: bool = True
    kind: str = "final"

    @property
    def version_id(self) -> str:
        return f"19-v{self.number}"


def insert(db: Database, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    found = list(rows)
    if not found:
        return
    columns = ", ".join(found[0])
    incoming = pl.DataFrame(found, infer_schema_length=None)
    db._connection.register("incoming", incoming.to_arrow())
    db._connection.execute(f"insert into {table} by name select {columns} from incoming")  # noqa: S608 -- a test's own names
    db._connection.unregister("incoming")


def add_leaders(workspace: Workspace, leaders: Mapping[str, Someone]) -> None:
    companies = {
        name: f"C{number:03d}" for number, name in enumerate(dict.fromkeys(s.company for s in leaders.values()), 1)
    }
    with workspace.writing() as db:
        insert(
            db,
            "core.company",
            (
                {"edition_id": EDITION, "company_id": company_id, "name": name, "name_key": name.lower()}
                for name, company_id in companies.items()
            ),
        )
        insert(
            db,
            "core.leader",
            (
                {
                    "edition_id": EDITION,
                    "leader_id": leader_id,
                    "catalogue_number": number,
                    "person_key": leader_id,
                    "company_id": companies[someone.company],
                    "family_name": someone.family_name,
                    "given_name": someone.given_name,
                    "job_title": someone.job_title,
                    "email": someone.address(leader_id),
                    "payer_email": someone.payer_email,
                    "has_own_email": someone.has_own_email,
                    "phone": f"06 99 88 77 {number % 100:02d}",
                    "role": "both",
                    "presentation": someone.presentation,
                    "language": someone.language,
                    "max_meetings": someone.max_meetings,
                    "status": someone.status,
                }
                for number, (leader_id, someone) in enumerate(leaders.items(), 1)
            ),
        )
        insert(
            db,
            "core.offer",
            (
                {"edition_id": EDITION, "leader_id": leader_id, "side": side, "category": category}
                for leader_id, someone in leaders.items()
                for side, categories in (("sells", someone.sells), ("seeks", someone.seeks))
                for category in categories
            ),
        )


def problem_text(leaders: Mapping[str, Someone], plan: Plan, minimum: int = 4) -> str:
    companies = {leader_id: someone.company for leader_id, someone in leaders.items()}
    asked = [(a, b) for a, b, _, _, rank, _ in plan.meetings if rank] + [
        (b, a) for a, b, _, _, _, rank in plan.meetings if rank
    ]
    return json.dumps(
        {
            "format": "rencontres-problem/1",
            "slots": [
                {"id": slot_id(position), "start": start.isoformat(), "minutes": 20, "session": 0}
                for position, start in enumerate(SLOTS)
            ],
            "tables": [f"T{number:02d}" for number in range(1, 61)],
            "limits": {"min_meetings": minimum, "max_meetings": 10},
            "weights": {},
            "leaders": [
                {
                    "id": leader_id,
                    "company": companies[leader_id],
                    "unavailable": [slot_id(position) for position in someone.unavailable],
                    **({"max_meetings": someone.max_meetings} if someone.max_meetings else {}),
                }
                for leader_id, someone in leaders.items()
            ],
            "requests": [
                {"from": one, "to": other, "rank": 1}
                for one, other in (*asked, *((source, target) for source, target, _, _ in plan.unmet))
            ],
            "excluded": [[source, target] for source, target, reason, _ in plan.unmet if reason == "excluded"],
            "fixed": [],
        }
    )


def add_plan(workspace: Workspace, leaders: Mapping[str, Someone], plan: Plan) -> str:
    with workspace.writing() as db:
        insert(
            db,
            "plan.version",
            [
                {
                    "version_id": plan.version_id,
                    "edition_id": EDITION,
                    "number": plan.number,
                    "kind": plan.kind,
                    "problem_sha256": "0" * 64,
                    "problem": problem_text(leaders, plan),
                    "plan": json.dumps({"format": "rencontres-plan/1"}),
                    "status": "optimal",
                    "seed": 1,
                    "solver": "none",
                    "shortfall": 2,
                    "shortfall_bound": 2,
                    "value": 123450,
                    "value_bound": 123450,
                    "gaps": 12,
                    "gaps_bound": 10,
                    "breaks": 9,
                    "table_changes": 90,
                    "table_changes_bound": 60,
                    "created_at": PLANNED_AT + timedelta(days=plan.number),
                }
            ],
        )
        insert(
            db,
            "plan.meeting",
            (
                {
                    "version_id": plan.version_id,
                    "leader_a": a,
                    "leader_b": b,
                    "slot_id": slot_id(position),
                    "starts_at": SLOTS[position],
                    "ends_at": SLOTS[position] + TWENTY,
                    "table_id": table,
                    "rank_a": rank_a,
                    "rank_b": rank_b,
                }
                for a, b, position, table, rank_a, rank_b in plan.meetings
            ),
        )
        insert(
            db,
            "plan.unmet",
            (
                {
                    "version_id": plan.version_id,
                    "from_leader_id": source,
                    "to_leader_id": target,
                    "reason": reason,
                    "detail": "",
                }
                for source, target, reason, _ in plan.unmet
            ),
        )
        _add_requests(db, plan)
    if plan.is_approved:
        approve(workspace, plan.version_id)
    return plan.version_id


def _add_requests(db: Database, plan: Plan) -> None:
    known = {
        row[0:2] for row in db._connection.execute("select from_leader_id, to_leader_id from core.request").fetchall()
    }
    insert(
        db,
        "core.request",
        (
            {
                "edition_id": EDITION,
                "from_leader_id": source,
                "to_leader_id": target,
                "rank": rank,
                "match_rule": "exact",
                "match_score": 1.0,
                "file_sha256": "0" * 64,
                "sheet": "Réponses",
                "row_number": 2,
            }
            for source, target, _, rank in plan.unmet
            if (source, target) not in known
        ),
    )


def approve(workspace: Workspace, version_id: str) -> None:
    with workspace.writing() as db:
        decision = {"verdict": "approved", "decided_by": "organiser", "decided_at": PLANNED_AT}
        insert(
            db,
            "plan.decision",
            [{"version_id": version_id, **decision, "number": 1, "remark": "", "was_warned": False}],
        )


LONG_NAME = (
    "Marie-Antoinette Élisabeth de La Rochefoucauld-Montmorency-Châtillon "
    "d'Arenberg et de Saint-Amand-les-Eaux-en-Pévèle"
)
LONG_COMPANY = (
    "Société Coopérative de Transformation Métallurgique et de Chaudronnerie Industrielle "
    "de l'Artois, du Douaisis et du Cambrésis réunis"
)


def eight_leaders() -> dict[str, Someone]:
    """Eight leaders: one without an address, one reached through who paid, one withdrawn, one with very long names."""
    given, family = LONG_NAME.split(" ", 1)
    return {
        "L001": Someone("Claire", "Morel", "Ateliers Morel", "Directrice générale"),
        "L002": Someone("James", "O'Connor", "Northbridge Tooling Ltd", "Sales director", "en", unavailable=(0, 1)),
        "L003": Someone("Łukasz", "Żółkiewski", "Œuvre & Métal", "Président", seeks=("Usinage", "Emballage")),
        "L004": Someone(
            given, family, LONG_COMPANY, "Présidente-directrice générale déléguée aux affaires internationales"
        ),
        "L005": Someone("Paul", "Lefèvre", "Transports Lefèvre", None, has_own_email=False, email=None),
        "L006": Someone(
            "Nadia",
            "Benali",
            "Benali Emballages",
            "Gérante",
            presentation=None,
            sells=(),
            seeks=(),
            has_own_email=False,
            email=None,
            payer_email="payeur@secret.example",
        ),
        "L007": Someone("Hugo", "Petit", "Petit Conseil", "Consultant", status="withdrawn"),
        "L008": Someone("Inès", "<b>Gras</b>", "Tom & Jerry <script>", "Gérante", max_meetings=2),
    }


def first_plan() -> Plan:
    return Plan(
        meetings=[
            ("L001", "L002", 2, "T12", 1, 3),
            ("L001", "L003", 3, "T12", None, 1),
            ("L001", "L004", 5, "T07", 2, None),
            ("L001", "L006", 9, "T30", None, None),
            ("L002", "L003", 4, "T01", 1, None),
            ("L003", "L004", 6, "T02", 2, 2),
        ],
        unmet=[
            ("L001", "L005", "partner_full", 3),
            ("L001", "L008", "excluded", 4),
            ("L001", "L007", "withdrawn", 5),
            ("L002", "L099", "unknown_partner", 2),
            ("L006", "L001", "own_full", 1),
            ("L006", "L002", "no_common_slot", 2),
            ("L006", "L003", "no_table", 3),
            ("L006", "L004", "lower_value", 4),
        ],
    )


def second_plan(**changes: object) -> Plan:
    """The first plan with the meeting of Claire and James at another table."""
    return replace(
        first_plan(), number=2, meetings=[("L001", "L002", 2, "T55", 1, 3), *first_plan().meetings[1:]], **changes
    )


def twelve_in_a_row() -> tuple[dict[str, Someone], Plan]:
    """One leader with very long names who meets in all twelve slots and has thirty unmet wishes besides."""
    given, family = LONG_NAME.split(" ", 1)
    many = (
        "Mécanique de précision et usinage",
        "Tôlerie, chaudronnerie, serrurerie",
        "Automatismes et robotique",
        "Logistique",
    )
    leaders = {"L001": Someone(given, family, LONG_COMPANY, "Présidente-directrice générale", sells=many, seeks=many)}
    for number in range(2, 44):
        leaders[f"L{number:03d}"] = Someone(
            "Jean-Christophe", f"Vandenbroucke-Delacroix {number}", f"Établissements Vandenbroucke {number}",
            "Directeur commercial et marketing", sells=many, seeks=many,
            presentation="Phrase de présentation assez longue. " * 8,
        )  # fmt: skip
    meetings: list[tuple[str, str, int, str, int | None, int | None]] = [
        ("L001", f"L{position + 2:03d}", position, f"T{position + 1:02d}", position + 1, 1) for position in range(12)
    ]
    unmet = [
        ("L001", f"L{number:03d}", "partner_full" if number % 2 else "lower_value", number) for number in range(14, 44)
    ]
    return leaders, Plan(meetings=meetings, unmet=unmet)
