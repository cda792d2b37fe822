"""What is read back from the printed pieces: text, order, sizes and places on the paper."""

from collections.abc import Sequence

import pymupdf
import pytest

from tasks.design import HOUSE
from tasks.messages import Language
from tasks.pdf import to_pdf
from tasks.publish.documents.printed import badges, lists, poster, sheets, table_cards
from tasks.publish.documents.printed.roll import Guest, Stand
from tests.publish.printed.rolls import assert_nothing_is_cut_or_overlaps, difficult, guest, letters, roll, table

MM = 72 / 25.4


def opened(html: str) -> pymupdf.Document:
    return pymupdf.open(stream=to_pdf(html))


def size_of(page: pymupdf.Page) -> tuple[float, float]:
    return round(page.rect.width / MM, 1), round(page.rect.height / MM, 1)


def text_of(document: pymupdf.Document) -> str:
    return " ".join(" ".join(page.get_text().split()) for page in document)


def many(count: int) -> list[Guest]:
    """Guests from A to Z, each with tables."""
    names = [f"{chr(65 + place * 26 // count)}rnould {place:03d}" for place in range(count)]
    return [guest(name, "Jean-Marc", "Ateliers de la Scarpe", n, "T01 T02 - T03") for n, name in enumerate(names, 1)]


@pytest.mark.parametrize(("paper", "size"), [("A3", (297, 420)), ("A1", (594, 841))])
def test_a_poster_says_in_both_languages_where_everybody_sits_and_when(
    paper: poster.Format, size: tuple[float, float]
) -> None:
    people = roll(guest("Évrard", "Ana", "Novafret", at="T12 T12 T07"), guest("Œillet", "Bob", "X"))
    with opened(poster.poster(people, paper, HOUSE)) as document:
        assert [size_of(page) for page in document] == [size]
        assert "Où vous asseoir Everybody's tables" in text_of(document)
        times = (
            "L\N{RIGHT SINGLE QUOTATION MARK}heure indique un changement de table · a time is given where you change"
        )
        assert times in text_of(document)
        entries = "E Évrard Ana Novafret 14:00 T12 14:40 T07 O Œillet Bob X merci de passer"
        assert entries in text_of(document)
        assert "accueil · please come to the welcome desk" in text_of(document)


def test_a_poster_of_one_language_has_one_heading() -> None:
    with opened(poster.poster(roll(guest("Évrard"), languages=("en",)), "A3", HOUSE)) as document:
        assert "Où vous asseoir" not in text_of(document)
        assert "Everybody's tables" in text_of(document)
        assert "2026 A time is given where you change tables" in text_of(document)


def test_a_poster_in_one_sheet_has_everybody_once_in_order_in_the_largest_type_that_fits() -> None:
    people = roll(*many(40))
    with opened(poster.poster(people, "A1", HOUSE)) as document:
        (page,) = document
        words = page.get_text().split()
        assert [word for word in words if word.isdigit() and len(word) == 3] == [f"{place:03d}" for place in range(40)]
        lowest = max(line["bbox"][3] for line in page.get_text("dict")["blocks"] for line in line.get("lines", ()))
        assert lowest < page.rect.height
        sizes = {
            round(s["size"], 2)
            for b in page.get_text("dict")["blocks"]
            for line in b.get("lines", ())
            for s in line["spans"]
        }
    setting = poster._best(people, poster.PAPERS["A1"])
    assert setting.sheets == 1
    assert setting.size in sizes
    paper = poster.PAPERS["A1"]
    bigger = {columns: poster._needed(people, paper, setting.size + 0.25, columns) > columns for columns in range(1, 5)}
    assert all(bigger.values())


def test_a_poster_that_one_sheet_cannot_hold_legibly_is_spread_under_its_letters() -> None:
    people, paper = roll(*many(420)), poster.PAPERS["A3"]
    setting = poster._best(people, paper)
    made = poster._sheets(people, paper, setting)
    shown = [line for sheet in made for column in sheet.columns for entry in column for line in entry.lines]
    numbers = [run.text.split()[-1] for line in shown for run in line if run.style == "family"]
    assert numbers == [f"{place:03d}" for place in range(420)]
    assert (setting.sheets, len(made)) == (3, 3)
    assert setting.size >= paper.smallest
    bounds = [sheet.span.split(" \N{EN DASH} ") for sheet in made]
    assert (bounds[0][0], bounds[-1][1]) == ("A", "Z")
    assert [end[0] for _, end in bounds[:-1]] == [begin[0] for begin, _ in bounds[1:]]


@pytest.mark.parametrize(
    ("name", "neighbour", "bound"),
    [("Dupont", None, "D"), ("Dupont", "Évrard", "D"), ("Dupont", "Durand", "Dup"), ("Dupont", "Dupré", "Dupo")],
)
def test_a_sheet_begins_with_as_many_letters_as_tell_it_from_its_neighbour(
    name: str, neighbour: str | None, bound: str
) -> None:
    assert poster._bound(guest(name), guest(neighbour) if neighbour else None) == bound


def test_every_sheet_of_a_poster_says_which_letters_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(poster.PAPERS, "A3", poster.Paper(297, 420, 40, 40))
    people = roll(*(guest(f"{letter}mont", "Jo", "X", at="T01") for letter in "ABCDEFGHIJKLMNOP"))
    with opened(poster.poster(people, "A3", HOUSE)) as document:
        texts = [page.get_text().splitlines() for page in document]
        for page in document:
            assert_nothing_is_cut_or_overlaps(page)
    assert [[line for line in text if "\N{EN DASH}" in line] for text in texts] == [
        ["A \N{EN DASH} H"],
        ["I \N{EN DASH} P"],
    ]
    assert [[line for line in text if line.startswith("19-v1")] for text in texts] == [["19-v1 · 1/2"], ["19-v1 · 2/2"]]


@pytest.mark.parametrize("paper", ["A3", "A1"])
def test_no_name_is_cut_or_runs_into_another_on_a_poster(paper: poster.Format) -> None:
    people = difficult()
    with opened(poster.poster(roll(*people), paper, HOUSE)) as document:
        for page in document:
            assert_nothing_is_cut_or_overlaps(page)
        found = letters(text_of(document))
    assert [one for one in people if letters(one.family_name) not in found and one.number in {1, 2, 5}] == []
    assert [one for one in people if letters(one.company) not in found and one.number in {1, 2, 4, 5}] == []
    assert found.count("T12") == len(people)


def test_badges_lie_where_the_cutter_expects_them() -> None:
    with opened(badges.badges(roll(*many(12)), HOUSE)) as document:
        assert [size_of(page) for page in document] == [(210, 297), (210, 297)]
        first = document[0]
        marks = {
            (round(d["rect"].x0 / MM, 1), round(d["rect"].y0 / MM, 1))
            for d in first.get_drawings()
            if d["fill"] == (0, 0, 0)
        }
        bands = [d["rect"] for d in first.get_drawings() if d["fill"] and 80 < d["rect"].width / MM * 85 / 75 < 90]
        numbers = [word for word in first.get_text("words") if word[4].isdigit() and len(word[4]) < 3]
    across = {top for _, top in marks}
    assert {13.4, 67.4, 121.4, 175.4, 229.4, 283.4} <= across
    assert {19.9, 104.9, 189.9} <= {left for left, _ in marks}
    assert [word[4] for word in numbers] == [str(number) for number in range(1, 11)]
    cells = [(int((word[0] / MM - 20) // 85), int((word[1] / MM - 13.5) // 54)) for word in numbers]
    assert cells == [(place % 2, place // 2) for place in range(10)]
    assert len(bands) == 10
    assert [round(band.x0 / MM, 1) for band in bands[:2]] == [25.0, 110.0]


def test_no_name_is_cut_or_runs_into_another_on_a_badge() -> None:
    people = difficult()
    with opened(badges.badges(roll(*people), HOUSE)) as document:
        (page,) = document
        assert_nothing_is_cut_or_overlaps(page)
        for place, one in enumerate(people):
            left, top = 20 + place % 2 * 85, 13.5 + place // 2 * 54
            card = pymupdf.Rect(left * MM, top * MM, (left + 85) * MM, (top + 54) * MM)
            text = letters(page.get_text(clip=card))
            assert text.endswith(str(one.number))
            if one.number in {1, 2, 5}:
                assert letters(one.given_name + one.family_name + one.company) in text
        assert "王欧阳" in page.get_text()


def cards_of(people: Sequence[Guest]) -> str:
    pairs = [(people[place % len(people)], people[(place + 1) % len(people)]) for place in range(11)]
    return table_cards.faces(roll(*people, tables=[table("T07", *pairs, ())]), HOUSE)


def test_a_table_card_is_a_tent_with_the_afternoon_on_both_faces() -> None:
    faces = to_pdf(cards_of([guest("Évrard", "Ana", "Novafret"), guest("Œillet", "Bob", "X")]))
    with pymupdf.open(stream=sheets.tents(faces)) as document:
        (page,) = document
        assert size_of(page) == (210, 297)
        halves = [
            pymupdf.Rect(0, top, page.rect.width, top + page.rect.height / 2) for top in (0, page.rect.height / 2)
        ]
        upper, lower = (" ".join(page.get_text(clip=half).split()) for half in halves)
        turned = {line["dir"] for b in page.get_text("dict", clip=halves[0])["blocks"] for line in b.get("lines", ())}
        folds = [
            drawing["rect"]
            for drawing in page.get_drawings()
            if drawing["rect"].height < 1 and drawing["rect"].width < 20
        ]
    for half in (upper, lower):
        assert [half.count(text) for text in ("T07", "14:00", "Ana Évrard", "Novafret", "libre · free")] == [
            1,
            1,
            11,
            11,
            1,
        ]
    assert turned == {(-1.0, 0.0)}
    assert [round(fold.y0 / MM, 1) for fold in folds] == [148.5, 148.5]


def test_no_name_is_cut_or_runs_into_another_on_a_table_card() -> None:
    people = difficult()
    with opened(cards_of(people)) as document:
        (page,) = document
        assert size_of(page) == (210, 148.5)
        assert_nothing_is_cut_or_overlaps(page)
        found = letters(text_of(document))
    assert found.count(letters(people[0].name)) == 5
    assert found.count(letters(people[1].company)) == 5


def test_an_afternoon_of_many_rounds_shows_those_that_are_held() -> None:
    pair = (guest("Évrard", "Ana"), guest("Œillet", "Bob"))
    html = table_cards.faces(roll(tables=[table("Salon bleu, table ronde", *[pair, ()] * 20)]), HOUSE)
    with opened(html) as document:
        (page,) = document
        assert_nothing_is_cut_or_overlaps(page)
        assert text_of(document).count("Ana Évrard") == 20
        assert "libre" not in text_of(document)


def test_the_list_of_the_welcome_desk_repeats_its_head_and_counts_its_pages() -> None:
    people = [guest("Amrani", "Ana", "Novafret", 7), *many(70)]
    with opened(lists.welcome_desk(roll(*people), HOUSE)) as document:
        texts = [" ".join(page.get_text().split()) for page in document]
        count = len(texts)
        assert count == 2
        assert [size_of(page) for page in document] == [(210, 297)] * count
        assert [f"page {place} / {count}" in text for place, text in enumerate(texts, 1)] == [True] * count
        assert ["Là Nom Société N° Premier rendez-vous Table" in text for text in texts] == [True] * count
        boxes = sum(
            1
            for page in document
            for d in page.get_drawings()
            if 9 < d["rect"].width < 11 and 9 < d["rect"].height < 11
        )
    assert "Amrani Ana Novafret 7 \N{EN DASH} \N{EN DASH}" in texts[0]
    assert "Arnould 000 Jean-Marc Ateliers de la Scarpe 1 14 h 00 T01" in texts[0]
    assert boxes == 71
    assert "71 dirigeants" in texts[0]


def test_long_names_do_not_run_into_another_in_the_lists() -> None:
    people = difficult()
    with opened(lists.welcome_desk(roll(*people), HOUSE)) as document:
        for page in document:
            assert_nothing_is_cut_or_overlaps(page)
        assert letters(people[0].company) in letters(text_of(document))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            (
                "Rendez-vous 14 h 00 \N{EN DASH} 18 h 00 Exposants Stand Société "
                "Ce qu\N{RIGHT SINGLE QUOTATION MARK}ils présentent A1 Zinc Métaux"
            ),
        ),
        ("en", "Meetings 14:00 \N{EN DASH} 18:00 Exhibitors Stand Company What they show A1 Zinc Métaux"),
    ],
)
def test_the_exhibitors_are_listed_with_stands_and_hours(language: str, expected: str) -> None:
    stands = [Stand("Zinc", "exhibitor", "A1", "Métaux"), Stand("Banque", "partner", "", "")]
    with opened(lists.exhibitors(roll(stands=stands), "en" if language == "en" else "fr", HOUSE)) as document:
        text = text_of(document)
    assert expected in text.replace("\u202f", " ").replace("\u00a0", " ")
    assert ("Partenaires" if language == "fr" else "Partners") in text
    assert "\N{EN DASH} Banque" in text


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "Textile et dentelle"), ("en", "Textiles and lace")],
)
def test_a_category_is_named_in_the_language_of_the_list(language: Language, expected: str) -> None:
    with opened(
        lists.exhibitors(roll(stands=[Stand("Zinc", "exhibitor", "A1", "Textile et dentelle")]), language, HOUSE)
    ) as document:
        assert expected in text_of(document)


def test_without_partners_their_heading_stays_away() -> None:
    with opened(lists.exhibitors(roll(stands=[Stand("Zinc", "exhibitor", "A1", "")]), "en", HOUSE)) as document:
        assert "Partners" not in text_of(document)
