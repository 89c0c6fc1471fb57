"""Deciding outcomes, setting their hours, and telling entrants once an hour has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from awards.entries.models import Entry
from awards.outcomes import messages, queries, rules
from awards.outcomes.models import Outcome, Telling
from awards.schemes.actions import change_hours
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import scheme_by_slug
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.display import day_and_time
from base.errors import Refused
from outside import clock


def decide_outcome(
    who: int, scheme: str, reference: str, outcome: str, reason: str, joint: bool = False
) -> None:
    """Decide that an entry is shortlisted, highly commended or the winner, or with "" that it is none of
    these.

    One winner a category, unless `joint` says that more than one wins. Raises NotHere, or Refused where a
    rule says no. Nobody but organisers sees it before its hour.
    """
    found = _hold_hours(scheme)
    entry = queries.entry_of(found, reference)
    # One decision at a time in a category, so that two organisers cannot make two winners.
    db.session.execute(select(Category.id).where(Category.id == entry.category_id).with_for_update())
    about, now = queries.deciding_about(found, entry, clock.now()), clock.now()
    if why := rules.why_not_decide(about, outcome, reason, joint, now):
        raise Refused(*why)
    decided = queries.outcome_of(entry.id)
    if not outcome:
        db.session.delete(decided)
    elif decided is None:
        db.session.add(
            Outcome(entry_id=entry.id, outcome=outcome, reason=reason.strip(), decided_by=who, decided_at=now)
        )
    else:
        decided.outcome, decided.reason = outcome, reason.strip()
        decided.decided_by, decided.decided_at = who, now
    db.session.flush()
    record(
        who,
        "outcomes.decide_outcome",
        f"scheme:{found.id}",
        f"entry:{entry.id}",
        {"outcome": (about.current or None, outcome or None), "reason": (None, reason.strip())},
    )


def _hold_hours(slug: str) -> Scheme:
    """A scheme whose hours stay as they are until the commit; raises NotHere."""
    scheme = scheme_by_slug(slug)
    return db.session.scalars(
        select(Scheme)
        .where(Scheme.id == scheme.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one()


def set_hours(
    who: int, scheme: str, now: datetime, shortlist_at: datetime | None, winners_at: datetime | None
) -> None:
    """Set when the shortlist and the winners are told. An hour that has passed stays: it has been announced.

    Raises NotHere, or Refused for the field that is wrong.
    """
    found = db.session.scalars(
        select(Scheme)
        .where(Scheme.id == scheme_by_slug(scheme).id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    hours = {**asdict(found.hours), "shortlist_at": shortlist_at, "winners_at": winners_at}
    change_hours(who, scheme, now, **hours)


def _ready(hour_at: InstrumentedAttribute[datetime | None], now: datetime, winners: bool) -> Select[int]:
    """The categories that may be told: decided by their hour, or later and quiet since."""
    newest = func.max(Outcome.decided_at)
    found = (
        select(Entry.category_id)
        .join(Outcome, Outcome.entry_id == Entry.id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .group_by(Entry.category_id, hour_at)
        .having(or_(newest <= hour_at, newest <= literal(now - rules.QUIET)))
    )
    return found.having(func.bool_or(Outcome.outcome == "winner")) if winners else found


def _due(hour: str, now: datetime, most: int) -> Sequence[Entry]:
    """Entries to tell at an hour, their rows held; those that another worker holds are left to it."""
    winners = hour == "winners"
    hour_at = Scheme.winners_at if winners else Scheme.shortlist_at
    told = select(Telling.id).where(Telling.entry_id == Entry.id, Telling.hour == hour).exists()
    due = (
        select(Entry)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .where(
            Entry.state == "submitted",
            hour_at <= now,
            hour_at > now - rules.NEWS,
            Entry.category_id.in_(_ready(hour_at, now, winners)),
            ~told,
        )
        .order_by(Entry.id)
        .limit(most)
        .with_for_update(of=Entry, skip_locked=True)
    )
    if winners:
        due = due.where(select(Outcome.entry_id).where(Outcome.entry_id == Entry.id).exists())
    return db.session.scalars(due).all()


def tell_entrants(now: datetime, most: int = 100) -> int:
    """Write to the writers of entries whose hour has come, once each; gives how many entries were told.

    At the shortlist's hour everybody in a decided category hears; at the winners' hour those shortlisted in a
    category that has its winner. Two workers at once tell nobody twice: a telling is a row with a key.
    """
    return sum(_tell(hour, _due(hour, now, most), now) for hour in ("shortlist", "winners"))


def _tell(hour: str, entries: Sequence[Entry], now: datetime) -> int:
    if not entries:
        return 0
    rows = [{"entry_id": entry.id, "hour": hour, "told_at": now} for entry in entries]
    # Held rows may have been told between our reading and our holding them; the key knows.
    first = set(
        db.session.scalars(
            insert(Telling).values(rows).on_conflict_do_nothing().returning(Telling.entry_id)
        ).all()
    )
    ours = [entry for entry in entries if entry.id in first]
    names = _names(ours)
    writers = queries.writers_of([entry.id for entry in ours])
    for entry in ours:
        category, scheme, outcome = names[entry.id]
        seen = rules.visible(outcome, scheme.hours, now) if hour == "winners" else outcome and "shortlisted"
        for writer in writers.get(entry.id, ()):
            post(
                messages.outcome_told(
                    writer.email,
                    writer.name,
                    hour,
                    seen,
                    entry.reference,
                    entry.title,
                    category,
                    f"{scheme.name} {scheme.year}",
                    day_and_time(scheme.winners_at) if scheme.winners_at else "",
                )
            )
        told = {"told": (None, seen or "not shortlisted")}
        record(None, "outcomes.tell_entrants", f"scheme:{scheme.id}", f"entry:{entry.id}", told)
    return len(ours)


def _names(entries: Sequence[Entry]) -> dict[int, tuple[str, Scheme, str | None]]:
    """{entry id: its category's name, its scheme, its outcome}; one query."""
    rows = db.session.execute(
        select(Entry.id, Category.name, Scheme, Outcome.outcome)
        .join(Category, Category.id == Entry.category_id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .outerjoin(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.id.in_([entry.id for entry in entries]))
    ).all()
    return {entry_id: (category, scheme, outcome) for entry_id, category, scheme, outcome in rows}
