"""Ten things to try in the demonstration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thing:
    """Something to try: as whom, what, and where it begins."""

    who: str
    what: str
    url: str


THINGS_TO_TRY = (
    Thing(
        "a visitor",
        "Register for the Symphony without an account, under any name you like",
        "/events/symphony",
    ),
    Thing(
        "a visitor",
        "Choose two workshops at the same time, and a full one: see what you are told",
        "/events/symphony/register",
    ),
    Thing(
        "Priya Nair",
        "Go on with an entry: count the words, leave, come back, check it and send it in",
        "/me",
    ),
    Thing(
        "Sian Evans",
        "See a nomination of a young person, and whose agreement it needs",
        "/me",
    ),
    Thing(
        "Beth Lloyd",
        "Declare no conflict, then score an entry beside its answers",
        "/judging",
    ),
    Thing(
        "Noor Haddad",
        "Make a panel, hand out the reads evenly, see why some pairs are barred",
        "/awards/ppmh/organise",
    ),
    Thing(
        "Noor Haddad",
        "Rank a category, mark shortlist and winner; then move the clock to the shortlist",
        "/awards/ppmh/organise",
    ),
    Thing(
        "Noor Haddad",
        "Make the certificates of last year's awards and watch the bar",
        "/awards/ppmh-last-year/organise",
    ),
    Thing(
        "Owen Tudor",
        "Move a session, then print the programme; the surprise stays one",
        "/events/symphony/organise",
    ),
    Thing(
        "Uma Clarke",
        "Welcome people at the door on the Symphony's morning",
        "/me",
    ),
)
