"""The figures of the organiser's desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Integer, Subquery, and_, cast, func, or_, select

from awards.entries.models import Entry
from awards.outcomes.models import Outcome
from awards.outcomes.rules import WINNER
from awards.panels.models import Judge, Panel
from awards.planning.models import Read
from awards.scheme_desk.rules import CategoryFigures
from awards.schemes.models import Category
from awards.writers.rules import STOPPED_AFTER
from base.database import db
from base.display import LONDON


def _entry_figures(scheme_id: int, now: datetime) -> Subquery:
    """Entries and their reads by category; reads are counted by entry first, so each is looked at once."""
    draft, quiet = Entry.state == "draft", func.greatest(Entry.changed_at, Entry.nudged_at)
    sent = Entry.state == "submitted"
    reads = (
        select(
            Read.entry_id,
            func.count().label("reads"),
            func.count().filter(Read.state == "done").label("done"),
        )
        .join(Entry, Entry.id == Read.entry_id)
        .where(Entry.scheme_id == scheme_id, Read.state != "recused")
        .group_by(Read.entry_id)
        .subquery()
    )
    return (
        select(
            Entry.category_id,
            func.count().filter(sent).label("submitted"),
            func.count().filter(draft).label("drafts"),
            func.count().filter(draft, quiet <= now - STOPPED_AFTER).label("stopped"),
            func.count().filter(sent, reads.c.entry_id.is_(None)).label("unread"),
            cast(func.sum(reads.c.reads).filter(sent), Integer).label("reads"),
            cast(func.sum(reads.c.done).filter(sent), Integer).label("reads_done"),
            func.count().filter(draft, ~Entry.guardian_agreed).label("unagreed"),
        )
        .select_from(Entry)
        .outerjoin(reads, reads.c.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme_id)
        .group_by(Entry.category_id)
        .subquery()
    )


def _judge_figures(scheme_id: int) -> Subquery:
    return (
        select(Panel.category_id, func.count(Judge.id).label("judges"))
        .join(Judge, Judge.panel_id == Panel.id)
        .join(Category, Category.id == Panel.category_id)
        .where(Category.scheme_id == scheme_id)
        .group_by(Panel.category_id)
        .subquery()
    )


def _outcome_figures(scheme_id: int) -> Subquery:
    return (
        select(
            Entry.category_id,
            func.count().label("decided"),
            func.count().filter(Outcome.outcome == WINNER).label("winners"),
        )
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme_id, Entry.state == "submitted")
        .group_by(Entry.category_id)
        .subquery()
    )


def category_figures(scheme_id: int, now: datetime) -> list[CategoryFigures]:
    """How far each category of a scheme is, in the scheme's order; one query."""
    entries = _entry_figures(scheme_id, now)
    judges, outcomes = _judge_figures(scheme_id), _outcome_figures(scheme_id)
    counted = [
        *(
            entries.c[name]
            for name in ("submitted", "drafts", "stopped", "unread", "unagreed", "reads", "reads_done")
        ),
        judges.c.judges,
        *(outcomes.c[name] for name in ("decided", "winners")),
    ]
    rows = db.session.execute(
        select(
            Category.slug,
            Category.name,
            Category.consent,
            *(func.coalesce(column, 0).label(column.name) for column in counted),
        )
        .outerjoin(entries, entries.c.category_id == Category.id)
        .outerjoin(judges, judges.c.category_id == Category.id)
        .outerjoin(outcomes, outcomes.c.category_id == Category.id)
        .where(Category.scheme_id == scheme_id)
        .order_by(Category.position, Category.id)
    ).all()
    return [
        CategoryFigures(
            slug=row.slug,
            name=row.name,
            submitted=row.submitted,
            drafts=row.drafts,
            stopped=row.stopped,
            unconsented=row.unagreed if row.consent else 0,
            judges=row.judges,
            reads=row.reads,
            reads_done=row.reads_done,
            unread=row.unread,
            decided=row.decided,
            winners=row.winners,
        )
        for row in rows
    ]


def _midnight(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time(), LONDON)


def entries_a_day(ends: Sequence[tuple[int, date]], days: int) -> dict[int, dict[int, int]]:
    """How many entries were sent in on each of the `days` up to a last day, for several schemes at once.

    `ends` holds (scheme id, last day in London); gives {scheme id: {days before the last: count}}; one query.
    """
    on = func.date(func.timezone("Europe/London", Entry.submitted_at))
    # Moments are compared, not days: a day has to be worked out for each row.
    within = [
        and_(
            Entry.scheme_id == scheme_id,
            Entry.submitted_at < _midnight(last + timedelta(days=1)),
            Entry.submitted_at >= _midnight(last - timedelta(days=days - 1)),
        )
        for scheme_id, last in ends
    ]
    rows = db.session.execute(
        select(Entry.scheme_id, on.label("on"), func.count().label("entries"))
        .where(Entry.state == "submitted", or_(*within))
        .group_by(Entry.scheme_id, on)
    ).all()
    last_days = dict(ends)
    found: dict[int, dict[int, int]] = {scheme_id: {} for scheme_id, _ in ends}
    for row in rows:
        found[row.scheme_id][(last_days[row.scheme_id] - row.on).days] = row.entries
    return found
