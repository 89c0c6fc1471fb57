"""What entrants and everybody see of outcomes, from their hours on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from accounts.organisations.models import Organisation
from awards.announced.rules import seen_outcome
from awards.entries.models import Entry
from awards.entries.queries import partner_names
from awards.outcomes.models import Outcome, Telling
from awards.outcomes.queries import visible_outcome, visible_outcomes
from awards.outcomes.rules import RANK
from awards.schemes.models import Category, Scheme
from awards.schemes.rules import phase
from backstage.answers.queries import published_answers
from base.database import among, db
from base.errors import NotHere


def outcome_for_entrant(entry: Entry, scheme: Scheme, now: datetime) -> str:
    """An entry's outcome as its writers may see it at `now`: see rules.seen_outcome."""
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
    """A shortlisted entry as everybody may see it; `published` is what it answers to published questions."""

    reference: str
    title: str
    organisations: tuple[str, ...]
    published: str
    outcome: str
    invented: bool


@dataclass(frozen=True)
class AnnouncedCategory:
    """A category with its entries, the highest outcome first."""

    slug: str
    name: str
    entries: tuple[Announced, ...]


def announced_categories(scheme: Scheme, now: datetime) -> list[AnnouncedCategory]:
    """The shortlist and, after their hour, the winners of a scheme; raises NotHere before the first hour.

    Names of people are not among it: a nomination shows its title and organisation.
    """
    if phase(scheme.hours, now) not in ("shortlisted", "announced"):
        raise NotHere
    outcomes = visible_outcomes(scheme, now)
    rows = db.session.execute(
        select(Category, Entry, Organisation.name)
        .join(Entry, Entry.category_id == Category.id)
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .where(Category.scheme_id == scheme.id, among(Entry.id, outcomes))
        .order_by(Category.position, Category.id, func.lower(Entry.title), Entry.id)
    ).all()
    partners = partner_names([entry.id for _, entry, _ in rows])
    published = published_answers([entry.answer_sheet_id for _, entry, _ in rows])
    found: dict[int, tuple[Category, list[Announced]]] = {}
    for category, entry, organisation in rows:
        found.setdefault(category.id, (category, []))[1].append(
            Announced(
                reference=entry.reference,
                title=entry.title,
                organisations=(organisation, *partners.get(entry.id, ())),
                published="\n\n".join(published.get(entry.answer_sheet_id, ())),
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
