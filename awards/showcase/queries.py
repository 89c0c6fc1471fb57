"""What showcase pages read: outcomes after their hour, and the figures of the organiser's desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Subquery, and_, func, or_, select

from accounts.organisations.models import Organisation
from awards.entries.models import Entry, EntryPartner
from awards.judging.models import Judge, Panel, Read
from awards.schemes.models import Category, Scheme
from awards.schemes.rules import phase
from awards.shortlist.models import Outcome, Telling
from awards.shortlist.queries import visible_outcome, visible_outcomes
from awards.showcase.rules import CategoryFigures, seen_outcome
from awards.writers.rules import STOPPED_AFTER
from backstage.questions.models import Answer, Question
from base.database import db
from base.errors import NotHere

# The answer that entrants are told is published once they are shortlisted.
PUBLISHED = "summary"


def outcome_for_entrant(entry: Entry, scheme: Scheme, now: datetime) -> str:
    """An entry's outcome as its writers may see it at `now`: a key of rules.OUTCOMES, "" before its hour."""
    if entry.state != "submitted" or phase(scheme.hours, now) not in ("shortlisted", "announced"):
        return ""
    outcome = visible_outcome(entry, scheme, now)
    return seen_outcome(outcome, outcome is not None or _is_settled(entry, scheme), scheme.hours, now)


def _is_settled(entry: Entry, scheme: Scheme) -> bool:
    """Whether the shortlist of an entry's category stood at its hour, or its writers have been told since."""
    in_time = (
        select(Outcome.entry_id)
        .join(Entry, Entry.id == Outcome.entry_id)
        .where(Entry.category_id == entry.category_id, Outcome.decided_at <= scheme.shortlist_at)
        .exists()
    )
    told = select(Telling.id).where(Telling.entry_id == entry.id, Telling.hour == "shortlist").exists()
    return bool(db.session.scalar(select(or_(in_time, told))))


@dataclass(frozen=True)
class Announced:
    """A shortlisted entry as everybody may see it."""

    reference: str
    title: str
    organisations: tuple[str, ...]
    summary: str
    outcome: str
    invented: bool


@dataclass(frozen=True)
class AnnouncedCategory:
    """A category with its winner first, then those highly commended, then the others shortlisted."""

    slug: str
    name: str
    entries: tuple[Announced, ...]


RANK = {"winner": 0, "highly_commended": 1, "shortlisted": 2}


def announced_categories(scheme: Scheme, now: datetime) -> list[AnnouncedCategory]:
    """The shortlist and, after their hour, the winners of a scheme; raises NotHere before the first hour.

    Names of people are not among it: a nomination shows its title and organisation.
    """
    if phase(scheme.hours, now) not in ("shortlisted", "announced"):
        raise NotHere
    outcomes = visible_outcomes(scheme, now)
    rows = db.session.execute(
        select(Category, Entry, Organisation.name, Answer.text)
        .join(Entry, Entry.category_id == Category.id)
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .outerjoin(
            Question,
            and_(Question.question_set_id == scheme.question_set_id, Question.key == PUBLISHED),
        )
        .outerjoin(
            Answer,
            and_(Answer.question_id == Question.id, Answer.answer_sheet_id == Entry.answer_sheet_id),
        )
        .where(Category.scheme_id == scheme.id, Entry.id.in_(outcomes))
        .order_by(Category.position, Category.id, func.lower(Entry.title), Entry.id)
    ).all()
    partners = _partners([entry.id for _, entry, *_ in rows])
    found: dict[int, tuple[Category, list[Announced]]] = {}
    for category, entry, organisation, summary in rows:
        found.setdefault(category.id, (category, []))[1].append(
            Announced(
                reference=entry.reference,
                title=entry.title,
                organisations=(organisation, *partners.get(entry.id, ())),
                summary=summary or "",
                outcome=outcomes[entry.id],
                invented=scheme.invented or entry.invented,
            )
        )
    return [
        AnnouncedCategory(
            category.slug, category.name, tuple(sorted(entries, key=lambda one: RANK[one.outcome]))
        )
        for category, entries in found.values()
    ]


def _partners(entry_ids: Sequence[int]) -> dict[int, list[str]]:
    """The partners' names of each of these entries, by name; one query."""
    rows = db.session.execute(
        select(EntryPartner.entry_id, Organisation.name)
        .join(Organisation, Organisation.id == EntryPartner.organisation_id)
        .where(EntryPartner.entry_id.in_(entry_ids))
        .order_by(func.lower(Organisation.name))
    ).all()
    found: dict[int, list[str]] = defaultdict(list)
    for entry_id, name in rows:
        found[entry_id].append(name)
    return found


def _entry_figures(scheme_id: int, now: datetime) -> Subquery:
    draft, quiet = Entry.state == "draft", func.greatest(Entry.changed_at, Entry.nudged_at)
    read = select(Read.id).where(Read.entry_id == Entry.id, Read.state != "recused").exists()
    sent = Entry.state == "submitted"
    return (
        select(
            Entry.category_id,
            func.count().filter(sent).label("submitted"),
            func.count().filter(draft).label("drafts"),
            func.count().filter(draft, quiet <= now - STOPPED_AFTER).label("stopped"),
            func.count().filter(sent, ~read).label("unread"),
            func.count().filter(draft, ~Entry.guardian_agreed).label("unagreed"),
        )
        .where(Entry.scheme_id == scheme_id)
        .group_by(Entry.category_id)
        .subquery()
    )


def _read_figures(scheme_id: int) -> Subquery:
    return (
        select(
            Entry.category_id,
            func.count().label("reads"),
            func.count().filter(Read.state == "done").label("reads_done"),
        )
        .join(Read, Read.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme_id, Entry.state == "submitted", Read.state != "recused")
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
            func.count().filter(Outcome.outcome == "winner").label("winners"),
        )
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme_id, Entry.state == "submitted")
        .group_by(Entry.category_id)
        .subquery()
    )


def category_figures(scheme_id: int, now: datetime) -> list[CategoryFigures]:
    """How far each category of a scheme is, in the scheme's order; one query."""
    entries, reads = _entry_figures(scheme_id, now), _read_figures(scheme_id)
    judges, outcomes = _judge_figures(scheme_id), _outcome_figures(scheme_id)
    counted = [
        *(entries.c[name] for name in ("submitted", "drafts", "stopped", "unread", "unagreed")),
        *(reads.c[name] for name in ("reads", "reads_done")),
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
        .outerjoin(reads, reads.c.category_id == Category.id)
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


def entries_a_day(ends: Sequence[tuple[int, date]], days: int) -> dict[int, dict[int, int]]:
    """How many entries were sent in on each of the `days` up to a last day, for several schemes at once.

    `ends` holds (scheme id, last day in London); gives {scheme id: {days before the last: count}}; one query.
    """
    on = func.date(func.timezone("Europe/London", Entry.submitted_at))
    within = [
        and_(Entry.scheme_id == scheme_id, on <= last, on > last - timedelta(days=days))
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
