"""Made-up companies: names that sound of the region and stay apart from each other, numbers that no register issues."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Final

from anyascii import anyascii
from rapidfuzz import fuzz, process
from stdnum import luhn

from tasks.demo.words import Town, Trade, evocative_names, names, pick, towns, trades

# Above this likeness (0 to 100) a name with a typo could no longer be told from its neighbour. Where thousands are
# needed it rises with every name refused: a big event has look-alikes.
_TOO_CLOSE: Final = 80.0
_TOO_CLOSE_STEP: Final = 0.2
_LEGAL_FORMS: Final = ("SARL", "SAS", "SASU", "EURL", "SA")
_LEGAL_FORM_SHARE: Final = 0.35
# No SIREN of the register begins with 0999.
_SIREN_PREFIX: Final = "0999"


@dataclass(frozen=True, slots=True)
class Company:
    """A company. ``name`` stands without its legal form; ``slug`` names its made-up domain."""

    name: str
    legal_form: str
    trade: Trade
    town: Town
    siret: str
    slug: str

    @property
    def full_name(self) -> str:
        """The name as its leader writes it."""
        return f"{self.legal_form} {self.name}".strip()

    @property
    def siren(self) -> str:
        """The first nine digits of the SIRET."""
        return self.siret[:9]

    @property
    def domain(self) -> str:
        """A domain that is reserved and can belong to nobody."""
        return f"{self.slug}.example"


def folded(text: str) -> str:
    """Return a text in plain lower-case letters and digits, words parted by one space."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def slug(text: str) -> str:
    """Return a text as part of an address: ``Lecœuvre & Fils`` becomes ``lecoeuvre-fils``."""
    return folded(text).replace(" ", "-")


class CompanyRegister:
    """Draws companies; remembers which names, owners' names and numbers were given."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._keys: list[str] = []
        self._owners = rng.sample(names("people", "family"), len(names("people", "family")))
        self._evocative = list(evocative_names())
        self._serial = count(rng.randrange(1000, 3000))

    def draw(self) -> Company:
        """Return a new company, unlike all drawn before."""
        trade = pick(self._rng, trades())
        town = pick(self._rng, towns())
        name = self._distinct_name(trade, town)
        legal_form = self._rng.choice(_LEGAL_FORMS) if self._rng.random() < _LEGAL_FORM_SHARE else ""
        return Company(name, legal_form, trade, town, _siret(next(self._serial)), slug(name))

    def _distinct_name(self, trade: Trade, town: Town) -> str:
        too_close = _TOO_CLOSE
        while True:
            name = self._rng.choices(_PATTERNS, weights=_PATTERN_WEIGHTS)[0](self, trade, town)
            key = folded(name)
            if not process.extractOne(key, self._keys, scorer=fuzz.WRatio, score_cutoff=min(too_close, 100)):
                self._keys.append(key)
                return name
            too_close += _TOO_CLOSE_STEP

    def _owner(self) -> str:
        """Return a family name; each serves once before any serves twice."""
        owner = self._owners.pop(0)
        self._owners.append(owner)
        return owner

    def trade_and_owner(self, trade: Trade, _town: Town) -> str:
        """Return a name such as ``Chaudronnerie Wattelet``."""
        return f"{self._rng.choice(trade.words)} {self._owner()}"

    def family_firm(self, _trade: Trade, _town: Town) -> str:
        """Return a name such as ``Delbecque & Fils``."""
        owner = self._owner()
        return self._rng.choice((f"{owner} & Fils", f"{owner} Frères", f"Établissements {owner}", f"Groupe {owner}"))

    def owner_and_tail(self, trade: Trade, _town: Town) -> str:
        """Return a name such as ``Caudron Inox``."""
        return f"{self._owner()} {self._rng.choice(trade.tails)}"

    def country_and_tail(self, trade: Trade, _town: Town) -> str:
        """Return a name such as ``Scarpe Logistique``."""
        return f"{self._rng.choice(names('places', 'country'))} {self._rng.choice(trade.tails)}"

    def town_and_tail(self, trade: Trade, town: Town) -> str:
        """Return a name such as ``Béthune Emballages``."""
        return f"{town.name} {self._rng.choice(trade.tails)}"

    def coined(self, trade: Trade, _town: Town) -> str:
        """Return a name such as ``Ternométal``."""
        stem, end = self._rng.choice(names("places", "stem")), self._rng.choice(trade.ends)
        return stem.rstrip("aeiouéè") + end if folded(end)[0] in "aeiou" else stem + end

    def evocative(self, trade: Trade, town: Town) -> str:
        """Return a name such as ``La Lampisterie``."""
        for position, (name, label) in enumerate(self._evocative):
            if label == trade.label:
                del self._evocative[position]
                return name
        return self.coined(trade, town)


_PATTERNS: Final[tuple[Callable[[CompanyRegister, Trade, Town], str], ...]] = (
    CompanyRegister.trade_and_owner,
    CompanyRegister.family_firm,
    CompanyRegister.owner_and_tail,
    CompanyRegister.country_and_tail,
    CompanyRegister.town_and_tail,
    CompanyRegister.coined,
    CompanyRegister.evocative,
)
_PATTERN_WEIGHTS: Final = (29, 10, 12, 12, 5, 22, 10)


def _siret(serial: int) -> str:
    """Return a SIRET with valid check digits in a range that no register issues."""
    siren = f"{_SIREN_PREFIX}{serial:04d}"
    siren += luhn.calc_check_digit(siren)
    first_site = siren + "0001"
    return first_site + str(luhn.calc_check_digit(first_site))
