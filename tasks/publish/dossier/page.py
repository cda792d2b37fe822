"""The summary of a plan version: a page for the organiser, Markdown for Prefect, a few lines for the terminal.

The page names people; Markdown and terminal know ids and figures only.
"""

from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, Message, message, plural
from tasks.pages import render
from tasks.publish.agendas.wording import UNMET_LABELS
from tasks.publish.dossier.changes import COUNTED, counts_of
from tasks.publish.dossier.facts import Dossier
from tasks.publish.dossier.samples import samples
from tasks.workspace import Workspace

FILES: Final[dict[Language, str]] = {"fr": "summary.html", "en": "summary.en.html"}


def write_pages(workspace: Workspace, dossier: Dossier, design: Design = HOUSE) -> Path:
    """Write ``out/<version>/summary.html`` and its English twin; return the first."""
    folder = workspace.version_folder(dossier.afternoon.version.version_id)
    for language, name in FILES.items():
        write(folder / name, page(workspace.event, dossier, folder, language, design).encode("utf-8"))
    return folder / FILES["fr"]


def page(event: Event, dossier: Dossier, folder: Path, language: Language, design: Design = HOUSE) -> str:
    """Return the page; agendas are linked where they lie in ``folder``: a preliminary plan has none."""
    return render(
        "page/summary.html.j2",
        language,
        design=design,
        event=event,
        dossier=dossier,
        version=dossier.afternoon.version,
        people=dossier.afternoon.people | (dossier.before.people if dossier.before else {}),
        minimum=dossier.afternoon.frame.minimum,
        labels=UNMET_LABELS,
        change_counts=[COUNTED[kind].counting(count) for kind, count in counts_of(dossier.changes).items() if count],
        warnings=warnings(dossier),
        has_plan_page=(folder / "plan.html").exists(),
        samples=[sample for sample in samples(dossier) if (folder / "agendas" / f"{sample.leader_id}.pdf").exists()],
    )


def warnings(dossier: Dossier) -> list[Message]:
    """Return what a person should know before deciding, the gravest first."""
    version, mails = dossier.afternoon.version, dossier.mails
    told = []
    if dossier.told.stopped_by is not None:
        told.append(message("The time limit cut the search short: a longer run may find a better plan."))
    if version.shortfall > version.shortfall_bound:
        told.append(
            plural(
                "Perhaps {count} meeting more could bring leaders to the minimum: that is not proven.",
                "Perhaps {count} meetings more could bring leaders to the minimum: that is not proven.",
                count=version.shortfall - version.shortfall_bound,
            )
        )
    resting = sum(ruled.is_resting for ruled in dossier.rulings)
    if resting:
        told.append(
            plural(
                "{count} ruling rests: one of the two is not registered.",
                "{count} rulings rest: one of the two is not registered.",
                count=resting,
            )
        )
    if mails.unreachable:
        told.append(
            plural(
                "{count} leader has no address that a mail could reach: print the agenda.",
                "{count} leaders have no address that a mail could reach: print their agendas.",
                count=len(mails.unreachable),
            )
        )
    return told


def figures(dossier: Dossier) -> list[tuple[Message, int, int | None]]:
    """Return each figure of the plan with what was reached and what is proven."""
    version = dossier.afternoon.version
    return [
        (message("meetings"), len(dossier.afternoon.meetings), None),
        (message("wishes met"), dossier.met_count, dossier.wish_count),
        (message("value"), version.value, version.value_bound),
        (message("meetings lacking to the minimum"), version.shortfall, version.shortfall_bound),
        (message("idle slots between meetings"), version.gaps, version.gaps_bound),
        (message("waits between meetings"), version.breaks, None),
        (message("changes of table"), version.table_changes, version.table_changes_bound),
        (message("tables in use at the fullest slot"), dossier.most_used_count, dossier.told.tables_count),
    ]


def sentences(dossier: Dossier) -> list[Message]:
    """Return the summary in a few lines without a name."""
    version = dossier.afternoon.version
    return [
        message(
            "{meetings}; value {value}, {proof}",
            meetings=plural("{count} meeting", "{count} meetings", count=len(dossier.afternoon.meetings)),
            value=version.value,
            proof=message("proven to be the best possible")
            if dossier.is_proven
            else message("at most {bound} possible", bound=version.value_bound),
        ),
        message("{met} of {all} wishes met", met=dossier.met_count, all=dossier.wish_count),
        message("{gaps} idle slots, at least {bound} unavoidable", gaps=version.gaps, bound=version.gaps_bound),
        message(
            "{count} changes of table, at least {bound} unavoidable",
            count=version.table_changes,
            bound=version.table_changes_bound,
        ),
        message(
            "tables in use at the fullest slot: {used} of {count}",
            used=dossier.most_used_count,
            count=dossier.told.tables_count,
        ),
        plural(
            "{count} leader with fewer than {minimum} meetings",
            "{count} leaders with fewer than {minimum} meetings",
            count=len(dossier.lacking),
            minimum=dossier.afternoon.frame.minimum,
        ),
        mails_in_words(dossier),
        changes_in_words(dossier),
        *warnings(dossier),
        *(
            [message("to settle in the registrations: {what}", what=listed(dossier.open_counts))]
            if dossier.open_counts
            else []
        ),
    ]


def mails_in_words(dossier: Dossier) -> Message:
    """Say how many mails of which kind there would be."""
    mails = dossier.mails
    return message(
        "mails if approved: {first} first agendas, {changed} changed, {none} need none, {unreachable} without address",
        first=len(mails.first),
        changed=len(mails.changed),
        none=len(mails.none),
        unreachable=len(mails.unreachable),
    )


def changes_in_words(dossier: Dossier) -> Message:
    """Say what changes since the version approved before."""
    if dossier.before is None:
        return message("no plan was approved before: everything is new")
    before = dossier.before.version.version_id
    counted = tuple(COUNTED[kind].counting(count) for kind, count in counts_of(dossier.changes).items() if count)
    if not counted:
        return message("nothing changes since {before}", before=before)
    return message(
        "since {before}: {what}, for {leaders}",
        before=before,
        what=listed(counted),
        leaders=plural("{count} leader", "{count} leaders", count=len(dossier.changes)),
    )


def listed(parts: tuple[Message, ...]) -> Message:
    """Return messages with commas between them."""
    first, *rest = parts
    return message("{one}, {other}", one=first, other=listed(tuple(rest))) if rest else first


def markdown(dossier: Dossier, place: str, language: Language) -> str:
    """Return the summary as Markdown for Prefect: figures beside what is proven, reasons, mails; ids only."""

    def said(sentence: Message) -> str:
        return sentence.translated(language)

    version = dossier.afternoon.version
    reached, bound = said(message("reached")), said(message("at best"))
    lacking = [f"| {one.person.leader_id} | {one.meeting_count} | {said(one.reason)} |" for one in dossier.lacking]
    head = f"| {said(message('leader'))} | {said(message('meetings'))} | {said(message('reason'))} |"
    return "\n".join(
        [
            f"## {version.version_id}",
            said(sentences(dossier)[0]),
            "",
            f"| | {reached} | {bound} |",
            "|---|---:|---:|",
            *(f"| {said(name)} | {value} | {'' if most is None else most} |" for name, value, most in figures(dossier)),
            "",
            f"| {said(message('unmet requests'))} | |",
            "|---|---:|",
            *(f"| {said(UNMET_LABELS[reason])} | {count} |" for reason, count in dossier.unmet),
            "",
            *([head, "|---|---:|---|", *lacking, ""] if lacking else []),
            f"- {said(mails_in_words(dossier))}",
            f"- {said(changes_in_words(dossier))}",
            *(f"- {said(warning)}" for warning in warnings(dossier)),
            *(f"- {said(counted)}" for counted in dossier.open_counts),
            "",
            f"`{place}`",
        ]
    )
