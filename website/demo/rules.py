"""The demonstration's people, its three schemes, and ten things to try."""

from __future__ import annotations

from dataclasses import dataclass

# The slugs of the schemes: one is being judged, one is over, one is open to enter.
JUDGED, LAST_YEAR, OPEN = "ppmh", "ppmh-last-year", "cyp"


def address(name: str) -> str:
    """The invented address of an invented person: "Maya Collins" gives maya.collins@example.org."""
    return ".".join(name.lower().split()) + "@example.org"


@dataclass(frozen=True)
class Character:
    """A person whom one can be in the demonstration."""

    name: str
    role: str
    can: str
    goes_to: str

    @property
    def email(self) -> str:
        """Their invented address."""
        return address(self.name)


CHARACTERS = (
    Character("Priya Nair", "Entrant", "writes an entry with two colleagues", "/me"),
    Character("Sian Evans", "Organisation lead", "lets colleagues in, has nominated somebody", "/me"),
    Character("Beth Lloyd", "Judge", "has entries to read and score", "/judging"),
    Character("Kit Barnes", "Judge", "reads for two panels from his own experience", "/judging"),
    Character("Maya Collins", "Chair of a panel", "sees how far her panel is", "/judging"),
    Character("Noor Haddad", "Organiser of the awards", "runs them from her desk", "/me"),
    Character("Owen Tudor", "Organiser of the Symphony", "changes the agenda, prints the programme", "/me"),
    Character("Tom Adeyemi", "Attendee", "comes as Sunny; needs no account to register", "/events"),
    Character("Uma Clarke", "Volunteer at the door", "welcomes people by the name on their badge", "/me"),
    Character("Viv Marsh", "Administrator", "looks after this Chorus", "/me"),
)


def character(email: str) -> Character | None:
    """The person of the story with this address, or None."""
    return next((one for one in CHARACTERS if one.email == email), None)


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
