"""Which certificates there are to make, what is printed on them, and when they are seen. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from awards.outcomes.rules import OUTCOMES, SHORTLISTED
from awards.schemes.rules import Hours
from base.display import local
from base.errors import Refusal
from base.tokens import LETTERS

# A document in one of these states is on its way or there; a failed one is made again when asked for.
KEPT = ("waiting", "making", "made")
STATE_WORDS = {
    "missing": "Not made yet",
    "waiting": "Waiting",
    "making": "Being made",
    "made": "Made",
    "failed": "Could not be made",
}
# Longer than this, a title and names are set smaller so that a certificate stays one page.
LONG_TITLE, LONG_WHO = 70, 110
_GROUPS = (5, 6, 6)


@dataclass(frozen=True)
class Wanted:
    """A certificate that there should be, and the day that it should carry."""

    entry_id: int
    outcome: str
    dated: date


@dataclass(frozen=True)
class Kept:
    """A certificate that there is: its document's state and the day printed on it."""

    certificate_id: int
    state: str
    dated: date


def wanted_for(entry_id: int, outcome: str, hours: Hours, now: datetime) -> list[Wanted]:
    """The certificates that one decided entry should have, and the day on each.

    Every entry on the shortlist gets that certificate, the winner too: a winner without one would be known by
    it. Once the winners are announced only the outcome's own is still made. There is none while its hour is
    not set.
    """
    announced = hours.winners_at is not None and now >= hours.winners_at
    certified = [one for one in OUTCOMES[outcome].certificates if one == outcome or not announced]
    return [Wanted(entry_id, one, day) for one in certified if (day := dated(one, hours)) is not None]


def dated(outcome: str, hours: Hours) -> date | None:
    """The London day on which an outcome is announced; None while its hour is not set."""
    at = hours.shortlist_at if outcome == SHORTLISTED else hours.winners_at
    return local(at).date() if at is not None else None


def lacking(wanted: list[Wanted], kept: Mapping[tuple[int, str], Kept]) -> list[Wanted]:
    """Those that are missing, could not be made, or carry another day than the one it is announced on now."""
    return [one for one in wanted if not _good(one, kept.get((one.entry_id, one.outcome)))]


def _good(wanted: Wanted, kept: Kept | None) -> bool:
    return kept is not None and kept.state in KEPT and kept.dated == wanted.dated


def why_not_make(decided: int, hours: Hours, lacks: int) -> Refusal | None:
    """Why no certificates can be made now; None where some can.

    `decided` entries have an outcome, `lacks` certificates are missing, failed or carry an old day.
    """
    if not decided:
        return Refusal("Nothing has been decided yet. Mark the shortlist first")
    if hours.shortlist_at is None:
        return Refusal("Set the hour of the shortlist first: its day stands on the certificates")
    if not lacks:
        return Refusal("Every certificate is made or on its way")
    return None


def is_seen(certified: str, seen: str | None) -> bool:
    """Whether a certificate of an outcome may be seen by people who see `seen` of the entry (None: nothing).

    Who sees a winner may see that it was shortlisted too, never the other way round.
    """
    return seen is not None and certified in OUTCOMES[seen].certificates


def tidy_serial(typed: str) -> str | None:
    """The serial that somebody typed or scanned, as it is kept ("7K4QB-…"); None where it cannot be one."""
    letters = re.sub(r"[\s\-–—]", "", typed).upper()
    if len(letters) != sum(_GROUPS) or any(letter not in LETTERS for letter in letters):
        return None
    return "-".join((letters[:5], letters[5:11], letters[11:]))
