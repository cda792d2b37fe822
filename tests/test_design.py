"""Colours that can be read, and a design as a value."""

import pickle
from dataclasses import replace

import pytest

from tasks.design import CONTRAST, HOUSE, Design, contrast, contrast_with_white, is_colour, mixed


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#000000", 21), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert round(contrast(one, other), 2) == expected


def test_a_mixture_lies_between_two_colours() -> None:
    assert (mixed("#000000", "#ffffff", 0), mixed("#000000", "#ff8000", 0.5), mixed("#123456", "#ffffff", 1)) == (
        "#000000",
        "#804000",
        "#ffffff",
    )


@pytest.mark.parametrize("text", ["0b4f6c", "#0b4f6", "#0b4f6g", "teal", "#0b4f6c; } body { display: none"])
def test_only_six_digits_make_a_colour(text: str) -> None:
    assert is_colour("#0B4f6c")
    assert not is_colour(text)


@pytest.mark.parametrize("colour", ["#0b4f6c", "#000000", "#767676", "#b3470f", "#c8102e", "#006a4e"])
def test_whatever_the_brand_its_texts_can_be_read(colour: str) -> None:
    design = Design(colour=colour, accent=colour)
    assert contrast(design.on_colour, colour) >= CONTRAST
    assert contrast_with_white(design.colour) >= CONTRAST


def test_quiet_text_on_a_colour_that_leaves_no_room_is_white() -> None:
    assert Design(colour="#767676").on_colour == "#ffffff"
    assert HOUSE.on_colour != "#ffffff"


def test_every_part_of_a_design_changes_its_hash() -> None:
    others = [
        replace(HOUSE, colour="#000000"),
        replace(HOUSE, accent="#000000"),
        replace(HOUSE, logo="data:,"),
        replace(HOUSE, overrides=("a.j2",)),
        replace(HOUSE, override_sha256="0"),
    ]
    assert len({HOUSE.sha256, *(design.sha256 for design in others)}) == 6


def test_a_broken_override_is_taken_out_and_an_unknown_one_takes_all() -> None:
    design = Design(overrides=("a.j2", "b.j2"))
    assert design.without("a.j2").overrides == ("b.j2",)
    assert design.without("").overrides == ()


def test_a_design_goes_to_other_processes() -> None:
    design = Design(colour="#112233", overrides=("a.j2",))
    assert design.on_colour == pickle.loads(pickle.dumps(design)).on_colour  # noqa: S301 -- our own bytes
