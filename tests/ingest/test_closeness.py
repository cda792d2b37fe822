"""Headers that are nearly known: found where the wording drifts, and never taken for another field."""

from collections.abc import Iterator

import pytest

from tasks.ingest.formats import fields
from tasks.ingest.formats.closeness import Close, Nearest, telling_words
from tasks.ingest.values.folding import fold

TITLES = [(title, name) for name, titles in fields.COLUMNS.items() for title in titles]
KNOWN = {fold(title) for title, _ in TITLES}
FOUND_AT_LEAST = 0.85


def drifts(title: str) -> Iterator[str]:
    """Yield a title with a letter lost, doubled or swapped, in the plural, politely, and in another order."""
    if len(title) > 5:
        for place in range(1, len(title) - 1):
            letter, following = title[place], title[place + 1]
            if letter.isalpha():
                yield title[:place] + title[place + 1 :]
                yield title[:place] + letter + title[place:]
            if letter.isalpha() and following.isalpha():
                yield title[:place] + following + letter + title[place + 2 :]
    yield from (f"{title}s", f"Votre {title}", f"{title} (obligatoire)", f"Please enter your {title}")
    yield f"Quel est votre {title} ?"
    yield " ".join(reversed(title.split()))


def test_most_drifting_wordings_are_found_and_none_is_taken_for_another_field() -> None:
    nearest = Nearest.of(TITLES)
    drifting = [(drift, name) for title, name in TITLES for drift in drifts(title) if fold(drift) not in KNOWN]
    found = [(close.meaning, name) for drift, name in drifting if (close := nearest.find(drift))]
    right = [name for meaning, name in found if meaning == name]
    assert [pair for pair in found if pair[0] != pair[1] and not pair[0].startswith("(")] == []
    assert len(drifting) > 10_000
    assert len(right) / len(drifting) > FOUND_AT_LEAST


@pytest.mark.parametrize("name", sorted(fields.COLUMNS))
def test_no_wording_of_a_field_is_close_to_any_other_field(name: str) -> None:
    others = Nearest.of([(title, other) for title, other in TITLES if other != name])
    assert [found for title in fields.COLUMNS[name] if (found := others.find(title)) and found.score < 100] == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Quel est votre E-mail ?", "email"),
        ("Adresses e-mail (obligatoire)", "adresse email"),
        ("Merci d'indiquer le nom de l'entreprise", "entreprise nom"),
        ("Your name", "name"),
        ("…", ""),
    ],
)
def test_telling_words_are_what_is_asked(title: str, words: str) -> None:
    assert telling_words(title) == words


def test_the_same_words_of_two_meanings_belong_to_neither() -> None:
    nearest = Nearest.of([("Number of tickets", "quantity"), ("Ticket number", "ticket_number")])
    assert nearest.find("Ticket numbers") == Close("(several)", 100.0)


def test_numbers_and_negations_must_agree() -> None:
    nearest = Nearest.of([("Choix 1", "choice"), ("Qui souhaitez-vous rencontrer", "wish")])
    assert nearest.find("Choix 2") is None
    assert nearest.find("Qui ne souhaitez-vous pas rencontrer") is None
    assert nearest.find("***") is None


def test_a_word_turned_round_is_another_word_however_it_is_spelt() -> None:
    nearest = Nearest.of([("Disponibilités", "available")])
    assert [nearest.find(title) for title in ("Indisponibilités", "Indisponiblité", "Undisponibilités")] == [None] * 3
    assert nearest.find("Disponibiltés") is not None
