"""The faults of real registrations, one function each. ``FAULTS`` is the list; the shares say how often."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from anyascii import anyascii

from tasks.demo.words import names


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says about a participant and a payer, as typed; ``domain`` is that of the company's addresses."""

    family: str
    given: str
    email: str
    phone: str
    title: str
    company: str
    siret: str
    postcode: str
    town: str
    domain: str
    payer_family: str
    payer_given: str
    payer_email: str
    payer_company: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A way of going wrong, and the share of tickets it befalls; ``but`` gives the share of single editions."""

    make: Callable[[Random, Entry], Entry]
    usual_share: float
    but: dict[int, float] = field(default_factory=dict)

    def share(self, edition: int) -> float:
        """Return how often the fault is made in an edition."""
        return self.but.get(edition, self.usual_share)


def drawn_positions(rng: Random, size: int, share: float) -> list[int]:
    """Return positions drawn without repetition: that share of them, at least one unless the share is zero."""
    return sorted(rng.sample(range(size), max(1, round(share * size)))) if share else []


def misspelt(rng: Random, word: str) -> str:
    """Return a word with one slip of the fingers after its first letter: left out, doubled or swapped."""
    letters = [position for position in range(1, len(word) - 1) if word[position : position + 2].isalpha()]
    if not letters:
        return word
    spot = rng.choice(letters)
    slips = [
        word[:spot] + word[spot + 1 :],
        word[:spot] + word[spot] + word[spot:],
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
    ]
    return rng.choice([slip for slip in slips if slip != word])


def _upper_case_family(rng: Random, entry: Entry) -> Entry:
    family = entry.family if rng.random() < 0.5 else anyascii(entry.family)  # noqa: PLR2004 -- every other keyboard
    return replace(entry, family=family.upper(), payer_family=entry.payer_family.upper())


def _lower_case_name(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, family=entry.family.lower(), given=entry.given.lower())


def _upper_case_company(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, company=entry.company.upper())


def _legal_form_last(_rng: Random, entry: Entry) -> Entry:
    form, _, name = entry.company.partition(" ")
    return replace(entry, company=f"{name} {form}") if form.isupper() and name else entry


def _misspelt_family(rng: Random, entry: Entry) -> Entry:
    return replace(entry, family=misspelt(rng, entry.family))


def _without_accents(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, family=anyascii(entry.family), given=anyascii(entry.given))


def _extra_spaces(_rng: Random, entry: Entry) -> Entry:
    return replace(
        entry, family=f"{entry.family} ", given=f" {entry.given}", company=entry.company.replace(" ", "  ", 1)
    )


def _assistant_pays(rng: Random, entry: Entry) -> Entry:
    given, family = rng.choice(names("people", "women")), rng.choice(names("people", "family"))
    local = rng.choice(("compta", "comptabilite", "factures", "assistante"))
    return replace(entry, payer_family=family, payer_given=given, payer_email=f"{local}@{entry.domain}")


def _accounting_address_for_all(rng: Random, entry: Entry) -> Entry:
    """Type the payer's address where the participant's was asked for."""
    paid = _assistant_pays(rng, entry)
    return replace(paid, email=paid.payer_email)


def _address_in_capitals(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, email=f"{entry.email.upper()} ")


def _impossible_address(_rng: Random, entry: Entry) -> Entry:
    address = entry.email.replace("@", "@@")
    return replace(entry, email=address, payer_email=address)


def _phone_without_zero(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, phone=entry.phone.replace(" ", "").removeprefix("0"))


def _phone_international(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, phone=f"+33 {entry.phone.removeprefix('0')}")


def _phone_dotted(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, phone=entry.phone.replace(" ", "."))


def _phone_missing(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, phone="")


def _two_phones(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, phone=f"{entry.phone} / 03 53 01 19 19")


def _siret_missing(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, siret="")


def _siret_without_zero(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, siret=entry.siret.removeprefix("0"))


def _siret_spaced(_rng: Random, entry: Entry) -> Entry:
    siret = entry.siret
    return replace(entry, siret=f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}".strip())


def _siret_as_excel_shows_it(_rng: Random, entry: Entry) -> Entry:
    """Lose the digits for good."""
    return replace(entry, siret="4,23E+13")


def _postcode_without_zero(_rng: Random, entry: Entry) -> Entry:
    return replace(entry, postcode=entry.postcode.removeprefix("0"))


def _ellipsis_in_title(_rng: Random, entry: Entry) -> Entry:
    """Leave a character that is byte 0x85 in cp1252, where careless readers cut the row in two."""
    return replace(entry, title=f"{entry.title}… et associé")


# In this order: whoever loses a zero does so in what was typed before.
FAULTS: Final = (
    Fault(_misspelt_family, 0.05),
    Fault(_without_accents, 0.06),
    Fault(_upper_case_family, 0.30),
    Fault(_lower_case_name, 0.03),
    Fault(_legal_form_last, 0.30, {19: 0.10}),
    Fault(_upper_case_company, 0.10, {19: 0.05}),
    Fault(_extra_spaces, 0.06),
    Fault(_assistant_pays, 0.12),
    Fault(_accounting_address_for_all, 0.03, {17: 0.08}),
    Fault(_address_in_capitals, 0.03),
    Fault(_impossible_address, 0, {18: 0.005, 19: 0.005}),
    Fault(_phone_dotted, 0.10),
    Fault(_phone_international, 0.10),
    Fault(_two_phones, 0.01),
    Fault(_phone_without_zero, 0.08),
    Fault(_phone_missing, 0.05),
    Fault(_siret_spaced, 0.12),
    Fault(_siret_without_zero, 0.08),
    Fault(_siret_missing, 0.10, {17: 0.20}),
    Fault(_siret_as_excel_shows_it, 0, {18: 0.005, 19: 0.005}),
    Fault(_postcode_without_zero, 0.8),
    Fault(_ellipsis_in_title, 0, {18: 0.005}),
)
