"""How many people and organisations stand behind one entry, and when its writers are reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

from awards.entries.rules import why_not_change
from awards.schemes.rules import Hours

MOST_WRITERS = 12
MOST_PARTNERS = 8
# A draft that nobody has touched for so long is worth a friendly mail, and not more often than that.
STOPPED_AFTER = timedelta(days=7)


def why_not_invite(state: str, writers: int, hours: Hours, now: datetime) -> str | None:
    """Why nobody can be asked to write too; None when somebody can."""
    if why := why_not_change(state, hours, now):
        return why
    if writers >= MOST_WRITERS:
        return f"{MOST_WRITERS} people write this entry already. Remove one before you ask another"
    return None


def why_not_remove_writer(writers: int) -> str | None:
    """Why a writer cannot be removed; None when they can."""
    return (
        "An entry needs somebody who writes it. Ask a colleague to join before you go"
        if writers < 2
        else None
    )


def may_nudge(state: str, changed_at: datetime, nudged_at: datetime | None, now: datetime) -> bool:
    """Whether a friendly mail about a draft is due: it has stopped for a week and had none since then."""
    quiet_since = max(changed_at, nudged_at or changed_at)
    return state == "draft" and now - quiet_since >= STOPPED_AFTER


def why_not_add_partner(already: bool, own: bool, partners: int) -> str | None:
    """Why an organisation cannot be added to an entry; None when it can."""
    if own:
        return "This organisation enters already"
    if already:
        return "This organisation is a partner already"
    return f"An entry has at most {MOST_PARTNERS} partners" if partners >= MOST_PARTNERS else None
