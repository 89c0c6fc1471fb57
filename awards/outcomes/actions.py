"""Deciding outcomes, setting their hours, and telling entrants once an hour has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from awards.entries.models import Entry
from awards.outcomes import messages, queries, rules
from awards.outcomes.models import Outcome, Telling
from awards.outcomes.queries import EntryRow
from awards.schemes.actions import change_hours
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import scheme_by_slug, schemes_over_before
from awards.schemes.rules import RECORDS_KEPT
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import among, db
from base.display import day_and_time
from base.errors import refuse_if
from base.pages import Asked
from base.states import move
from outside import clock


def decide_outcome(
    who: int, scheme_slug: str, reference: str, outcome: str, reason: str, joint: bool = False
) -> None:
    """Decide that an entry has one of rules.OUTCOMES, or with rules.UNDECIDED that it has none.

    One winner a category, unless `joint` says that more than one wins. Raises NotHere, or Refused where a
    rule says no. Nobody but organisers sees it before its hour.
    """
    scheme = _hold_hours(scheme_slug)
    entry = queries.entry_of(scheme, reference)
    # One decision at a time in a category, so that two organisers cannot make two winners.
    db.session.execute(select(Category.id).where(Category.id == entry.category_id).with_for_update())
    about, now = queries.deciding_about(scheme, entry, clock.now()), clock.now()
    refuse_if(rules.why_not_decide(about, outcome, reason, joint, now))
    decided = queries.outcome_of(entry.id)
    if outcome == rules.UNDECIDED:
        db.session.delete(decided)
    elif decided is None:
        db.session.add(
            Outcome(entry_id=entry.id, outcome=outcome, reason=reason.strip(), decided_by=who, decided_at=now)
        )
    else:
        move(decided, outcome, "outcome")
        decided.reason, decided.decided_by, decided.decided_at = reason.strip(), who, now
    db.session.flush()
    changes = {"outcome": (_kept(about.current), _kept(outcome)), "reason": (None, reason.strip())}
    record(who, "outcomes.decide_outcome", f"scheme:{scheme.id}", f"entry:{entry.id}", changes)


def _kept(outcome: str) -> str | None:
    """An outcome as the history keeps it."""
    return None if outcome == rules.UNDECIDED else outcome


def _hold_hours(scheme_slug: str) -> Scheme:
    """A scheme whose hours stay as they are until the commit; raises NotHere."""
    scheme = scheme_by_slug(scheme_slug)
    return db.session.scalars(
        select(Scheme)
        .where(Scheme.id == scheme.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one()


def set_hours(
    who: int, scheme_slug: str, now: datetime, shortlist_at: datetime | None, winners_at: datetime | None
) -> None:
    """Set when the shortlist and the winners are told. An hour that has passed stays: it has been announced.

    Raises NotHere, or Refused for the field that is wrong.
    """
    scheme = db.session.scalars(
        select(Scheme)
        .where(Scheme.id == scheme_by_slug(scheme_slug).id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    hours = {**asdict(scheme.hours), "shortlist_at": shortlist_at, "winners_at": winners_at}
    change_hours(who, scheme_slug, now, **hours)


def export_entries(who: int, scheme_slug: str, asked: Asked) -> Sequence[EntryRow]:
    """Everything that a search and its filters leave of a scheme's entries; it is noted who took it.

    Raises NotHere.
    """
    scheme = scheme_by_slug(scheme_slug)
    page = queries.entries_of(scheme, asked.everything)
    scope = f"scheme:{scheme.id}"
    record(who, "outcomes.export_entries", scope, scope, {"rows": (None, page.total)})
    return page.rows


def _ready(hour_at: InstrumentedAttribute[datetime | None], now: datetime, winners: bool) -> Select[int]:
    """The categories that may be told: decided by their hour, or later and quiet since.

    Only of schemes whose hour is news: this is asked every ten seconds, for years of awards.
    """
    newest = func.max(Outcome.decided_at)
    found = (
        select(Entry.category_id)
        .join(Outcome, Outcome.entry_id == Entry.id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .where(hour_at <= now, hour_at > now - rules.NEWS)
        .group_by(Entry.category_id, hour_at)
        .having(or_(newest <= hour_at, newest <= literal(now - rules.QUIET)))
    )
    return found.having(func.bool_or(Outcome.outcome == rules.WINNER)) if winners else found


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
    about = _about(ours)
    writers = queries.writers_of([entry.id for entry in ours])
    for entry in ours:
        scheme, category = about[entry.id].Scheme, about[entry.id].category
        letter = rules.letter(hour, about[entry.id].outcome, entry.title)
        for writer in writers.get(entry.id, ()):
            post(
                messages.outcome_told(
                    writer.email,
                    writer.name,
                    letter,
                    entry.reference,
                    entry.title,
                    category,
                    f"{scheme.name} {scheme.year}",
                    day_and_time(scheme.winners_at) if scheme.winners_at else "",
                )
            )
        told = {"told": (None, letter.told)}
        record(None, "outcomes.tell_entrants", f"scheme:{scheme.id}", f"entry:{entry.id}", told)
    return len(ours)


def _about(entries: Sequence[Entry]) -> dict[int, Row[*tuple[Any, ...]]]:
    """{entry id: a row with its Scheme, its category's name and its outcome}; one query."""
    rows = db.session.execute(
        select(Entry.id, Scheme, Category.name.label("category"), Outcome.outcome)
        .join(Category, Category.id == Entry.category_id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .outerjoin(Outcome, Outcome.entry_id == Entry.id)
        .where(among(Entry.id, [entry.id for entry in entries]))
        .order_by(Entry.id)
    ).all()
    return {row.id: row for row in rows}


def forget_reasons(now: datetime) -> int:
    """Delete why outcomes of awards long over were decided; gives how many. The outcomes stay."""
    over = schemes_over_before(now - RECORDS_KEPT)
    entries = select(Entry.id).where(Entry.scheme_id.in_(over))
    said = update(Outcome).where(Outcome.entry_id.in_(entries), Outcome.reason != "")
    done = db.session.execute(said.values(reason="").execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]
