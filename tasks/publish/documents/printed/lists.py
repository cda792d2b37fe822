"""Lists for a clipboard: who comes, for the welcome desk; who exhibits, for everybody."""

from dataclasses import replace

from tasks.categories import names_in
from tasks.design import Design
from tasks.messages import Language
from tasks.pages import render
from tasks.publish.documents.printed.roll import Roll


def welcome_desk(roll: Roll, design: Design) -> str:
    """Return the list of the welcome desk as a page, A to Z, in the organiser's language, with boxes to tick."""
    return render("poster/welcome.html.j2", roll.languages[0], design=design, font="", roll=roll)


def exhibitors(roll: Roll, language: Language, design: Design) -> str:
    """Return exhibitors and partners, A to Z, with their stands and the hours of the spaces, in one language.

    What they show is given as they wrote it; where that is the name of a category, by its name in the language.
    """
    names = names_in(language, roll.categories)
    shown = [
        replace(stand, description=names.get(stand.description.casefold(), stand.description)) for stand in roll.stands
    ]
    groups = [[stand for stand in shown if stand.kind == kind] for kind in ("exhibitor", "partner")]
    return render(
        "poster/exhibitors.html.j2",
        language,
        design=design,
        font="",
        roll=roll,
        place=roll.languages.index(language),
        exhibitors=groups[0],
        partners=groups[1],
    )
