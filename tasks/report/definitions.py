"""Every key figure in words: its name, what it is, and at which of the five levels it speaks."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.messages import Message, message

Theme: TypeAlias = Literal["people", "meetings", "wishes", "opinions", "returns"]

THEMES: Final[dict[Theme, Message]] = {
    "people": message("Leaders"),
    "meetings": message("Meetings"),
    "wishes": message("Wishes"),
    "opinions": message("Opinions"),
    "returns": message("What it cost and brought"),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A key figure in words; ``code`` is that of ``mart.key_figure``."""

    code: str
    theme: Theme
    label: Message
    meaning: Message


DEFINITIONS: Final[tuple[Definition, ...]] = (
    Definition(
        "registered",
        "people",
        message("Leaders registered"),
        message("Leaders who are registered and have not withdrawn."),
    ),
    Definition(
        "present",
        "people",
        message("Leaders present"),
        message("Leaders who checked in or had at least one meeting."),
    ),
    Definition(
        "attendance",
        "people",
        message("Attendance"),
        message("Leaders present out of leaders registered."),
    ),
    Definition(
        "repeat_share",
        "people",
        message("Repeat share"),
        message(
            "Leaders present who were already present at an earlier edition, out of all leaders present. An interval: "
            "people recognised for sure, then with those recognised with a high probability."
        ),
    ),
    Definition(
        "retention",
        "people",
        message("Retention"),
        message(
            "Leaders present at both the last edition and this one, out of those present at the last one. Not to be "
            "mixed up with the repeat share; the same interval."
        ),
    ),
    Definition(
        "planned",
        "meetings",
        message("Meetings planned"),
        message("Meetings of the approved plan that were not cancelled before the event."),
    ),
    Definition("held", "meetings", message("Meetings held"), message("Meetings that took place, each counted once.")),
    Definition(
        "kept",
        "meetings",
        message("Meetings kept"),
        message(
            "Planned meetings that took place, out of those whose outcome is known. Meetings added on the day stand on "
            "neither side."
        ),
    ),
    Definition(
        "no_show",
        "meetings",
        message("No-shows"),
        message(
            "Planned meetings that did not take place, out of those whose outcome is known. It takes one of the two "
            "leaders to say so."
        ),
    ),
    Definition(
        "same_day_share",
        "meetings",
        message("Fixed the same day"),
        message("Held meetings that were fixed on the day itself, out of all held meetings."),
    ),
    Definition(
        "meetings_mean",
        "meetings",
        message("Meetings per leader, mean"),
        message("Twice the held meetings out of the leaders present: a meeting counts once for each side."),
    ),
    Definition(
        "meetings_median",
        "meetings",
        message("Meetings per leader, median"),
        message("Half of the leaders present had this many meetings or more."),
    ),
    Definition(
        "meetings_minimum",
        "meetings",
        message("Meetings per leader, fewest"),
        message("Held meetings of the leader present who had the fewest."),
    ),
    Definition(
        "meetings_maximum",
        "meetings",
        message("Meetings per leader, most"),
        message("Held meetings of the leader present who had the most."),
    ),
    Definition(
        "meetings_in_range",
        "meetings",
        message("Leaders within the promised number"),
        message("Leaders present whose meetings lie between the minimum and the maximum of the event."),
    ),
    Definition(
        "below_minimum_share",
        "meetings",
        message("Leaders below the minimum"),
        message("Leaders present with fewer meetings than the minimum of the event."),
    ),
    Definition(
        "full_share",
        "meetings",
        message("Full agendas"),
        message("Leaders present with as many meetings as their maximum or their hours allow."),
    ),
    Definition(
        "fill",
        "meetings",
        message("Fill of the agendas"),
        message("Slots that leaders spent in a meeting, out of the slots for which they were available."),
    ),
    Definition(
        "requests",
        "wishes",
        message("Wishes"),
        message("Requests of one leader to meet another; two leaders who ask for each other make two."),
    ),
    Definition(
        "requests_planned",
        "wishes",
        message("Wishes planned"),
        message("Wishes whose meeting was planned, out of all wishes."),
    ),
    Definition(
        "requests_planned_mutual",
        "wishes",
        message("Mutual wishes planned"),
        message("The same, among the wishes of two leaders who asked for each other."),
    ),
    Definition(
        "requests_held",
        "wishes",
        message("Wishes fulfilled"),
        message("Wishes whose meeting took place, out of all wishes."),
    ),
    Definition(
        "requests_held_mutual",
        "wishes",
        message("Mutual wishes fulfilled"),
        message("The same, among the wishes of two leaders who asked for each other."),
    ),
    Definition(
        "satisfaction",
        "opinions",
        message("Satisfaction"),
        message("Answers 4 or 5 on a scale from 1 to 5, out of all answers."),
    ),
    Definition(
        "response_rate",
        "opinions",
        message("Response rate"),
        message("Leaders who answered the survey, out of the leaders present."),
    ),
    Definition(
        "nps",
        "opinions",
        message("Recommendation (NPS)"),
        message("Percentage of answers 9 or 10 minus percentage of answers 0 to 6: from -100 to 100."),
    ),
    Definition(
        "informative_rate",
        "opinions",
        message("Useful meetings"),
        message("Meetings that at least one side found informative or better, out of the rated meetings."),
    ),
    Definition(
        "outcome_rate",
        "opinions",
        message("Meetings that open a cooperation"),
        message("Meetings of which at least one side says that a cooperation is possible, out of the rated meetings."),
    ),
    Definition(
        "cost_per_held_meeting",
        "returns",
        message("Cost of a meeting"),
        message("Price and time of all leaders present, out of the held meetings."),
    ),
    Definition(
        "benefits",
        "returns",
        message("Business reported"),
        message("Sum of the deals, each times the share due to the event, times the leader's confidence."),
    ),
    Definition(
        "roi",
        "returns",
        message("Return on investment"),
        message("Business reported minus the costs, out of the costs. Leaders who say nothing count as zero."),
    ),
)
