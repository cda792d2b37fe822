"""Answers and decisions for tests of wishes, in a line."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tasks.ingest.people.directory import Directory
from tasks.ingest.people.people import People
from tasks.ingest.records.answers import Answer, read_answer
from tasks.ingest.records.availability import Hours
from tasks.ingest.records.decisions import Decision, DecisionKind, Decisions, Verdict
from tasks.ingest.records.rejection import Place
from tasks.ingest.rows.core import Company, Leader
from tasks.ingest.values.folding import company_key
from tests.ingest.builders import CURRENT, reader


def afternoon() -> Hours:
    """Return the hours of the event, in UTC for tests that only compare."""
    return Hours(datetime(2026, 12, 3, 14, tzinfo=UTC), datetime(2026, 12, 3, 18, tzinfo=UTC))


DECIDED_AT = Place("d" * 64, "Questions", 2)


def answer_of(content: Mapping[str, str], email: str = "ana.morel@ateliers-morel.example", row: int = 2) -> Answer:
    """Return the answer of a row of the form, given by field names."""
    row_reader = reader("forms-wishes", email=email, **content)
    row_reader.place = Place("f" * 64, "Réponses", row)
    found = read_answer(row_reader)
    assert found is not None
    return found


def decided(*verdicts: tuple[DecisionKind, str, str, Verdict, Sequence[str]]) -> Decisions:
    """Return verdicts as (kind, leader id, what was typed, verdict, choice), settled already."""
    return Decisions.of(
        Decision(DECIDED_AT, kind, leader_id, typed, verdict, tuple(choice))
        for kind, leader_id, typed, verdict, choice in verdicts
    )


def directory_with(*people: tuple[str, str, str, str], town: str = "Douai") -> Directory:
    """Return a directory of (given name, family name, company, own e-mail) with all companies in one town."""
    names = list(dict.fromkeys(company for _, _, company, _ in people))
    companies = tuple(
        Company(CURRENT, f"C{number:03d}", name, company_key(name), None, None, town)
        for number, name in enumerate(names, start=1)
    )
    leaders = tuple(
        Leader(
            edition_id=CURRENT,
            leader_id=f"L{number:03d}",
            catalogue_number=number,
            person_key=f"person {number}",
            company_id=f"C{names.index(company) + 1:03d}",
            family_name=family,
            given_name=given,
            job_title=None,
            email=email,
            has_own_email=True,
            phone=None,
            role="both",
            presentation=None,
            language="fr",
            max_meetings=None,
            status="registered",
            registered_at=None,
        )
        for number, (given, family, company, email) in enumerate(people, start=1)
    )
    return Directory(People(leaders, companies, (), {}))
