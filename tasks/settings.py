"""The parameters of every job, as bounded forms: what the Prefect UI asks for and refuses."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tasks.event_sections import refusal
from tasks.messages import Message, message
from tasks.messages import gettext as _

_PAIR: Final = r"^\s*\w+\s*-\s*\w+\s*$"
_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$"


def _refusing_otherwise(pattern: str, reason: Message) -> BeforeValidator:
    """Say in words what is not written like a pattern; the form in the Prefect UI has the pattern itself."""

    def read(text: str) -> str:
        if not re.search(pattern, text):
            raise refusal(reason)
        return text

    return BeforeValidator(read)


WorkspaceFolder: TypeAlias = Annotated[
    Path, Field(title=_("Folder of the event"), description=_("The folder of the event: event.toml, inbox, out."))
]
Effort: TypeAlias = Literal["quick", "normal", "thorough"]
Seed: TypeAlias = Annotated[
    int, Field(ge=0, le=2**31 - 1, title=_("Seed"), description=_("The same seed gives the same plan."))
]


class JobSettings(BaseModel):
    """What every job is told; closed, so that the form in the Prefect UI refuses what is not meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workspace: WorkspaceFolder


class NightlyIngestionSettings(JobSettings):
    """The form of the nightly ingestion."""


EffortChoice: TypeAlias = Annotated[
    Effort,
    Field(
        title=_("Effort"),
        description=_("How long to look for fewer gaps: quick, normal or thorough, 2, 6 or 30 s for 180 leaders."),
    ),
]
FreeTables: TypeAlias = Annotated[
    int, Field(ge=0, le=100, title=_("Tables left free"), description=_("Tables left free in every slot."))
]
Maximum: TypeAlias = Annotated[
    int | None,
    Field(
        ge=1,
        le=100,
        title=_("Most meetings per leader"),
        description=_("Most meetings per leader; left empty, what event.toml says."),
    ),
]
PairText: TypeAlias = Annotated[
    str,
    Field(pattern=_PAIR),
    _refusing_otherwise(_PAIR, message("must be a pair of leaders such as L012-L034")),
]
LockedPairs: TypeAlias = Annotated[
    tuple[PairText, ...],
    Field(
        title=_("Pairs that must meet"),
        description=_(
            "Pairs that must meet, for example L012-L034. This holds for every later plan until it is lifted."
        ),
    ),
]
ForbiddenPairs: TypeAlias = Annotated[
    tuple[PairText, ...],
    Field(
        title=_("Pairs that must not meet"),
        description=_(
            "Pairs that must not meet, for example L012-L034. This holds for every later plan until it is lifted."
        ),
    ),
]
LiftedPairs: TypeAlias = Annotated[
    tuple[PairText, ...],
    Field(title=_("Pairs to lift"), description=_("Pairs that were locked or forbidden and are so no longer.")),
]


Afresh: TypeAlias = Annotated[
    bool,
    Field(
        title=_("Plan afresh"),
        description=_("Keep nothing of an earlier version: the fewest gaps, and nearly everybody's agenda changes."),
    ),
]


class PlanSettings(JobSettings):
    """What a plan is made with."""

    seed: Seed = 1
    effort: EffortChoice = "normal"
    time_limit_seconds: Annotated[
        int,
        Field(
            ge=5,
            le=3600,
            title=_("Ceiling in seconds"),
            description=_("A ceiling; the plan says if it was reached."),
        ),
    ] = 300
    free_tables: FreeTables = 0
    maximum: Maximum = None


class FinalScheduleSettings(PlanSettings):
    """The form of the final schedule: nothing need be filled in."""

    change: Annotated[
        str,
        Field(
            max_length=80,
            title=_("Version to change"),
            description=_("What can stay of it does. Left empty, the version in force, where one is approved."),
        ),
    ] = ""
    afresh: Afresh = False
    lock: LockedPairs = ()
    forbid: ForbiddenPairs = ()
    lift: LiftedPairs = ()
    by: Annotated[
        str,
        Field(max_length=80, title=_("Who locks, forbids or lifts"), description=_("Your name, kept with the pairs.")),
    ] = ""

    def changed_by(self, decision: "Decision", version_id: str) -> Self:
        """Return the form filled in anew with what a person wants to be otherwise in a version."""
        names = ("free_tables", "maximum", "lock", "forbid", "lift", "by", "afresh")
        return self.model_copy(update={"change": version_id} | {name: getattr(decision, name) for name in names})


class PreliminaryPlanSettings(PlanSettings):
    """The form of the preliminary plan, which nobody is asked about and nobody is sent."""

    if_nightly: Annotated[
        bool,
        Field(
            title=_("Only if event.toml says so"),
            description=_("Plan only where event.toml says so: [plan] nightly = true. Set by the nightly run."),
        ),
    ] = False


class Decision(BaseModel):
    """The form that a run of the final schedule waits for. Nothing is sent, whatever is chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Annotated[
        Literal["approve", "reject", "change"],
        Field(
            title=_("Decision"),
            description=_("approve: this plan holds. reject: it does not. change: plan again with what follows."),
        ),
    ]
    by: Annotated[
        str, Field(min_length=1, max_length=80, title=_("Who decides"), description=_("Your name; it is recorded."))
    ]
    remark: Annotated[str, Field(max_length=500, title=_("Remark"), description=_("Why; it is recorded."))] = ""
    anyway: Annotated[
        bool,
        Field(
            title=_("Approve anyway"),
            description=_(
                "Approve although a newer version exists, the registrations have changed or it was rejected."
            ),
        ),
    ] = False
    free_tables: FreeTables = 0
    maximum: Maximum = None
    lock: LockedPairs = ()
    forbid: ForbiddenPairs = ()
    lift: LiftedPairs = ()
    afresh: Afresh = False


MailKind: TypeAlias = Literal["invitation", "reminder", "agenda", "day-before", "thanks", "follow-up-3", "follow-up-12"]


class SendSettings(JobSettings):
    """The form of the outbox job. Nothing leaves unless ``really`` is set."""

    kind: Annotated[
        MailKind,
        Field(
            title=_("Kind of mail"),
            description=_(
                "agenda: of the approved plan, first or changed. invitation: to whoever has not chosen yet. reminder:"
                " to those with few wishes. day-before: the afternoon in short. thanks: with the survey. follow-up-3,"
                " follow-up-12: what came of it, 3 and 12 months later."
            ),
        ),
    ] = "agenda"
    now_anyway: Annotated[
        bool,
        Field(
            title=_("On any day"),
            description=_("Also on a day that is not this mail's: day-before on another day, thanks too early."),
        ),
    ] = False
    really: Annotated[
        bool,
        Field(
            title=_("Really send"),
            description=_("Really send. Without it, the run only says what would go to how many."),
        ),
    ] = False


class MorningDigestSettings(JobSettings):
    """The form of the morning digest. Nothing leaves without ``really``, or ``if_mailed`` where event.toml agrees."""

    really: Annotated[
        bool,
        Field(
            title=_("Really send"),
            description=_("Really send. Without it, the run only says what would go to the organiser."),
        ),
    ] = False
    if_mailed: Annotated[
        bool,
        Field(
            title=_("Only if event.toml says so"),
            description=_("Send where event.toml says so: [digest] is_mailed = true. Set by the morning run."),
        ),
    ] = False


Pair: TypeAlias = tuple[str, str]


class SameDaySettings(JobSettings):
    """The form of the same-day change: who is absent, what is cancelled, what is added."""

    absent: Annotated[
        tuple[str, ...], Field(title=_("Absent"), description=_("Leaders who did not come, for example L012."))
    ] = ()
    cancelled: Annotated[
        tuple[Pair, ...], Field(title=_("Called off"), description=_("Meetings called off, as pairs of leaders."))
    ] = ()
    added: Annotated[
        tuple[Pair, ...], Field(title=_("Added"), description=_("Meetings asked for at the desk, as pairs of leaders."))
    ] = ()
    from_time: Annotated[
        str,
        Field(
            pattern=_TIME,
            title=_("From what time on"),
            description=_("Nothing before this local time is touched."),
        ),
        _refusing_otherwise(_TIME, message("must be a time such as 14:20")),
    ] = "00:00"
    seed: Seed = 1


class ReportSettings(JobSettings):
    """The form of the post-event report."""


class DemoSettings(JobSettings):
    """The form of the demo."""

    seed: Seed = 19
    leader_count: Annotated[
        int, Field(ge=12, le=2000, title=_("Leaders"), description=_("How many leaders register for the last edition."))
    ] = 180
