"""After the afternoon: thanks with the survey, and what came of the meetings three and twelve months later.

What is asked here is what the ingestion reads: satisfaction from 1 to 5 and recommendation from 0 to 10 (``survey``),
partner, amount, part due to the meetings and certainty (``deals``).
"""

from tasks.messages import Message, message, plural
from tasks.publish.agendas.afternoon import Person
from tasks.publish.outbox.letters.facts import Facts
from tasks.publish.outbox.letters.letter import Content


def thanks(facts: Facts, person: Person) -> Content:
    """Return the thanks with two questions."""
    met = facts.named(facts.met.get(person.leader_id, ()))
    return Content(
        subject=message("Thank you for {day}: two questions, one minute", day=facts.day(person.language)),
        preheader=message("Your answer shapes the next edition."),
        values={"met_count": len(met), "url": facts.event.mail.survey_url, "day": facts.day(person.language)},
    )


def follow_up_3(facts: Facts, person: Person) -> Content:
    """Return the questions three months later."""
    return _follow_up(facts, person, message("Three months on: what came of your meetings?"))


def follow_up_12(facts: Facts, person: Person) -> Content:
    """Return the questions one year later."""
    return _follow_up(facts, person, message("One year on: what came of your meetings?"))


def _follow_up(facts: Facts, person: Person, subject: Message) -> Content:
    met = facts.named(facts.met[person.leader_id])
    return Content(
        subject=subject,
        preheader=plural(
            "You met {count} leader on {day}.",
            "You met {count} leaders on {day}.",
            count=len(met),
            day=facts.day(person.language),
        ),
        values={"met": met, "url": facts.event.mail.follow_up_url, "day": facts.day(person.language)},
    )
