"""What was remembered of the texts of rows, let go once they are derived.

It is little, but lies among all that the rows took, and keeps that from going back to the system.
"""

from tasks.ingest.values import folding, normalise, phones


def forget() -> None:
    """Empty what remembers texts as people typed them."""
    for remembering in (
        *(folding.fold, folding.company_key, folding.person_key),
        *(normalise.email, normalise.judged_email, phones.asked_of_library),
    ):
        remembering.cache_clear()
