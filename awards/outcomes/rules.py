"""Which outcomes there are, deciding them, and who may see an outcome when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from awards.schemes.rules import Hours
from base.display import day_and_time, sentence_list
from base.errors import Refusal

WINNER, SHORTLISTED = "winner", "shortlisted"
# What an entry is that nothing has been decided about; no row stands for it.
UNDECIDED = "undecided"


@dataclass(frozen=True)
class Kind:
    """What an outcome is, wherever it shows.

    `words` stand on pages, forms and certificates, on a tag of `colour`; `to_writers` on the entrant's page.
    `certificates` are the outcomes that an entry with this one gets a certificate of. `mail` and `subject`
    are what its writers get at the winners' hour; `is_so` is what a mail says of its title.
    """

    words: str
    colour: str
    is_so: str
    to_writers: str
    certificates: tuple[str, ...]
    mail: str = "outcomes/honoured"
    subject: str = "{title} {is_so}"


# The one table of outcomes, the highest first. A new one needs a migration, too, for the two CHECKs that are
# made from it, and a template of its own where `mail` is not the one that fits all.
OUTCOMES = {
    WINNER: Kind(
        words="Winner",
        colour="gold",
        is_so="has won",
        to_writers="Your entry has won its category. Congratulations to everybody who did this work.",
        certificates=(SHORTLISTED, WINNER),
        mail="outcomes/winner",
    ),
    "highly_commended": Kind(
        words="Highly commended",
        colour="teal",
        is_so="is highly commended",
        to_writers="Your entry is highly commended: the judges want others to know about it.",
        certificates=(SHORTLISTED, "highly_commended"),
    ),
    SHORTLISTED: Kind(
        words="Shortlisted",
        colour="plum",
        is_so="is shortlisted",
        to_writers="Your entry was on the shortlist, among the best of its category.",
        certificates=(SHORTLISTED,),
        mail="outcomes/not_winner",
        subject="About {title}: the winners",
    ),
}
RANK = {outcome: rank for rank, outcome in enumerate(OUTCOMES)}
# Any may follow any other until it has been told: see why_not_decide.
MOVES = {before: {UNDECIDED, *OUTCOMES} - {before} for before in (UNDECIDED, *OUTCOMES)}
MOST_REASON = 1000
# A category that is decided after its hour is told once nothing has changed in it for this long.
QUIET = timedelta(minutes=15)
# An hour that passed longer ago than this is no news any more, and nobody is written to.
NEWS = timedelta(days=14)


# The orders of the list of entries, the usual one first: {key: its column's name}.
SORTS = {
    "reference": "Reference",
    "title": "Entry",
    "organisation": "Organisation",
    "category": "Category",
    "reads": "Reads",
    "mark": "Mark",
}
# The list as a file.
COLUMNS = (
    "Reference",
    "Entry",
    "Organisation",
    "Category",
    "State",
    "Reads handed out",
    "Reads finished",
    "Mark, 0 to 100",
    "Outcome",
)


@dataclass(frozen=True)
class Deciding:
    """What deciding about one entry looks at. The two last say what this category has been told already."""

    current: str
    entry_state: str
    hours: Hours
    other_winners: tuple[str, ...] = ()
    shortlist_announced: bool = False
    winners_announced: bool = False


def why_not_decide_at_all(about: Deciding, now: datetime) -> Refusal | None:
    """Why nothing can be decided about an entry now, whatever one would choose; None where something can."""
    if about.entry_state != "submitted":
        return Refusal("Only entries that were sent in can be decided about")
    if now < about.hours.closes_at:
        return Refusal(f"Entries are open until {day_and_time(about.hours.closes_at)}. Decide after that")
    if about.winners_announced:
        return Refusal("The winners of this category have been announced. What was said stays")
    if about.shortlist_announced and about.current == UNDECIDED:
        return Refusal("The shortlist of this category has been announced without this entry")
    return None


def why_not_decide(about: Deciding, outcome: str, reason: str, joint: bool, now: datetime) -> Refusal | None:
    """Why an entry cannot get this outcome (UNDECIDED takes it away), or None.

    One winner a category, unless they are `joint`; every decision has a `reason`.
    """
    if why_not := why_not_decide_at_all(about, now):
        return why_not
    if outcome not in MOVES[about.current]:
        return Refusal("Choose something other than what is decided already", "outcome")
    if about.shortlist_announced and outcome == UNDECIDED:
        return Refusal("It has been announced as shortlisted, so it stays on the shortlist", "outcome")
    if outcome == WINNER and about.other_winners and not joint:
        won = sentence_list(about.other_winners)
        return Refusal(f"{won} won this category already. Tick joint winners if both win", "joint")
    if not reason.strip():
        return Refusal("Say why in a sentence. It is kept with the decision", "reason")
    return None


def visible(outcome: str | None, hours: Hours, now: datetime) -> str | None:
    """What anybody but an organiser sees of an outcome at `now`, None for nothing.

    Nothing before the shortlist's hour; then "shortlisted" for everything decided; the outcome itself from
    the winners' hour on.
    """
    if outcome is None:
        return None
    if hours.winners_at is not None and now >= hours.winners_at:
        return outcome
    if hours.shortlist_at is not None and now >= hours.shortlist_at:
        return SHORTLISTED
    return None


@dataclass(frozen=True)
class Letter:
    """A mail to the writers of an entry. `told` is the outcome that it tells, for the history."""

    template: str
    subject: str
    told: str
    is_so: str = ""


def letter(hour: str, outcome: str | None, title: str) -> Letter:
    """What the writers of an entry are told at an hour ("shortlist" or "winners").

    `outcome` is what was decided, None where the entry is not on the shortlist. There is a letter for each
    of them at each hour, because one that was forgotten would keep everybody from being told.
    """
    if outcome is None:
        return Letter("outcomes/not_shortlisted", f"About {title}: the shortlist", "not shortlisted")
    kind = OUTCOMES[SHORTLISTED if hour == "shortlist" else outcome]
    if hour == "shortlist":
        return Letter("outcomes/shortlisted", f"{title} {kind.is_so}", SHORTLISTED, kind.is_so)
    return Letter(kind.mail, kind.subject.format(title=title, is_so=kind.is_so), outcome, kind.is_so)
