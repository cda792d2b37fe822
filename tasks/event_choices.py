"""How the organiser wants things done, as sections of ``event.toml``: plan, suggestions, exports, looks."""

import re
from itertools import pairwise
from typing import Final, Literal

from pydantic import Field, field_validator

from tasks.design import CONTRAST, HOUSE, contrast_with_white, is_colour
from tasks.event_sections import Section, refusal
from tasks.messages import message

_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+")


class Objective(Section):
    """Weights of the objective (``docs/interchange.md``); the defaults are those of the contract."""

    rank_first: int = Field(default=108, ge=0)
    rank_step: int = Field(default=8, ge=0)
    rank_floor: int = Field(default=10, ge=0)
    mutual: int = Field(default=50, ge=0)
    gain: tuple[int, ...] = (60, 50, 40, 30, 20, 15, 10, 5)

    @field_validator("gain")
    @classmethod
    def gains_fall(cls, gain: tuple[int, ...]) -> tuple[int, ...]:
        """Refuse gains that rise: the flow bound needs them concave."""
        if any(later > earlier for earlier, later in pairwise(gain)) or any(value < 0 for value in gain):
            raise refusal(message("gain must not rise and must not be negative"))
        return gain


class Retention(Section):
    """How long identities are kept after a person's last contact."""

    prospect_years: int = Field(default=3, ge=1, le=10)


class Export(Section):
    """What one file of the inbox is, where its content leaves a doubt; ``columns`` maps fields to headers."""

    source: str | None = None
    edition: str | None = None
    is_ignored: bool = False
    columns: dict[str, str] = Field(default_factory=dict)


class Suggestions(Section):
    """Partners proposed to leaders with fewer requests than the minimum, and for whom the plan may use them.

    ``used_for`` is ``nobody``, ``listed`` (the ``leaders`` named here) or ``everyone`` below the minimum. ``count`` is
    how many are proposed to each.
    """

    used_for: Literal["nobody", "listed", "everyone"] = "nobody"
    leaders: tuple[str, ...] = ()
    count: int = Field(default=6, ge=0, le=20)


class PlanChoices(Section):
    """How the plan is made. ``idle``: wait in as few slots as can be, or in as few groups of slots (breaks).

    ``nightly``: a preliminary plan every night, for the organiser alone, until a plan is approved.
    """

    idle: Literal["slots", "breaks"] = "slots"
    nightly: bool = False


class Category(Section):
    """An entry of the nomenclature of what companies sell and seek; ``words`` are other ways to say it."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    name_en: str = ""
    words: tuple[str, ...] = ()


class Digest(Section):
    """The organiser's morning mail: always written, mailed only where this says so."""

    is_mailed: bool = False
    to: str = ""


class Mail(Section):
    """Where the mails lead: forms for wishes, survey and follow-up (empty: by answer), and where reports come back.

    ``bounces`` is a maildir or an mbox file, relative to the event's folder or absolute.
    """

    choose_url: str = ""
    survey_url: str = ""
    follow_up_url: str = ""
    bounces: str = ""

    @field_validator("choose_url", "survey_url", "follow_up_url")
    @classmethod
    def is_a_web_address(cls, url: str) -> str:
        """Refuse what no mail program would open."""
        if url and not _WEB_ADDRESS.fullmatch(url):
            raise refusal(message("{url} is no web address; write for example https://form.example/wishes", url=url))
        return url


class Brand(Section):
    """How documents look: two colours, and a logo (PNG, JPEG or SVG) by its path in the workspace, empty for none."""

    logo: str = ""
    colour: str = HOUSE.colour
    accent: str = HOUSE.accent

    @field_validator("colour", "accent")
    @classmethod
    def stands_out(cls, colour: str) -> str:
        """Refuse what is no colour, and one that text on white, or white text on it, could not be read in."""
        if not is_colour(colour):
            raise refusal(message("{colour} is no colour; write for example #0b4f6c", colour=colour))
        found = contrast_with_white(colour)
        if found < CONTRAST:
            raise refusal(
                message(
                    "{colour} is too pale to be read on white: its contrast is {found}, {needed} is needed (WCAG AA);"
                    " choose a darker one",
                    colour=colour,
                    found=f"{found:.2f}",
                    needed=CONTRAST,
                )
            )
        return colour.lower()


class TemplateChoices(Section):
    """The organiser's own templates: what happens where one of them is broken."""

    broken: Literal["ours", "stop"] = "ours"


class PrintChoices(Section):
    """How agendas in one file and posters go to a printer: millimetres of ink beyond the edge of a sheet; 0: none."""

    bleed_mm: float = Field(default=0, ge=0, le=5)
