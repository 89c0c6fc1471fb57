"""How many people and organisations stand behind one entry, and when its writers are reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

from awards.entries.rules import why_not_change
from awards.schemes.rules import Hours, is_open
from base.errors import Refusal

MOST_WRITERS = 12
MOST_PARTNERS = 8
# A draft that nobody has touched for so long is worth a friendly mail, and not more often than that.
STOPPED_AFTER = timedelta(days=7)


def why_not_invite(state: str, writers: int, hours: Hours, now: datetime) -> Refusal | None:
    """Why nobody can be asked to write too; None when somebody can."""
    if why_not := why_not_change(state, hours, now):
        return why_not
    if writers >= MOST_WRITERS:
        return Refusal(f"{MOST_WRITERS} people write this entry already. Remove one before you ask another")
    return None


def why_not_join(writes: bool) -> Refusal | None:
    """Why this person cannot be asked to write; None when they do not write the entry yet."""
    return Refusal("This person writes the entry already", "email") if writes else None


def why_not_remove_writer(writers: int) -> Refusal | None:
    """Why a writer cannot be removed; None when they can."""
    if writers < 2:
        return Refusal("An entry needs somebody who writes it. Ask a colleague to join before you go")
    return None


def why_not_add_partner(already: bool, own: bool, partners: int) -> Refusal | None:
    """Why an organisation cannot be added to an entry that has so many partners; None when it can."""
    if own:
        return Refusal("This organisation enters already")
    if already:
        return Refusal("This organisation is a partner already")
    return Refusal(f"An entry has at most {MOST_PARTNERS} partners") if partners >= MOST_PARTNERS else None


def why_not_nudge(hours: Hours, now: datetime) -> Refusal | None:
    """Why the writers of drafts cannot be reminded now; None when they can."""
    if not is_open(hours, now):
        return Refusal("Entries are not open, so there is nothing to remind anybody of")
    return None


def may_nudge(state: str, changed_at: datetime, nudged_at: datetime | None, now: datetime) -> bool:
    """Whether a friendly mail about a draft is due: it has stopped for a week and had none since then."""
    quiet_since = max(changed_at, nudged_at or changed_at)
    return state == "draft" and now - quiet_since >= STOPPED_AFTER
