"""Gates on the companies."""

from tasks.messages import Message, message
from tasks.validate.gate import Expectation, Gate, Severity, is_unique, matches


def _gate(
    code: str,
    severity: Severity,
    expectation: Expectation,
    *,
    rule: Message,
    remedy: Message,
    keys: tuple[str, ...] = ("company_id",),
) -> Gate:
    return Gate(code, severity, "core.company", "companies", keys, rule, remedy, expectation)


def company_gates() -> tuple[Gate, ...]:
    """Return the gates on companies, what stops first."""
    return (
        _gate(
            "company_without_name",
            "stop",
            matches("name", r"\S"),
            rule=message("Every company has a name."),
            remedy=message("Fill in the company in the registration export, then call: rencontres ingest"),
        ),
        _gate(
            "company_twice",
            "warn",
            is_unique("name_key"),
            rule=message("No two companies bear the same name."),
            remedy=message(
                "If they are one company, write its name and SIRET alike: two leaders of one company do not meet."
            ),
        ),
        _gate(
            "siren_twice",
            "warn",
            is_unique("siren"),
            rule=message("No two companies bear the same SIREN."),
            remedy=message(
                "One company or two? Answer in the workbook of rejects; where they are two, correct the SIRET of one."
            ),
            keys=("company_id", "siren"),
        ),
        _gate(
            "malformed_siren",
            "warn",
            matches("siren", r"^\d{9}$"),
            rule=message("Every SIREN has nine digits."),
            remedy=message("Correct the SIRET in the export; Excel loses digits unless the column is text."),
        ),
    )
