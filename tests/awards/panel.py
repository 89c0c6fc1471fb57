"""A panel that judges, as tests need it: judges, reads, reads done with given scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from accounts.people.models import Person
from awards.entries.models import Entry
from awards.judging import actions as judging
from awards.panels import actions as panels
from awards.panels.models import Judge, Panel
from awards.planning import actions as planning
from awards.planning.models import Read
from awards.schemes.models import Category
from backstage.outbox.models import Mail
from base.database import db
from base.errors import Refused
from outside import clock
from tests.awards.season import CLOSES, DURING, SLUG, address, id_of, make_entry, meet, ready
from website.transactions import Chorus

JUDGING = CLOSES + timedelta(days=7)
# Name, organisation's slug, lived experience, chair.
JUDGES = (
    ("Maya Collins", "", False, True),
    ("Beth Lloyd", "", True, False),
    ("Carl Osei", "combined", True, False),
    ("Dilys Morgan", "cpft", False, False),
)


def add_panel(
    app: Chorus, category: str = "wellbeing", judges: Sequence[tuple[str, str, bool, bool]] = JUDGES
) -> None:
    """A panel with these judges, committed."""
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        for name, organisation, lived, chair in judges:
            panels.add_judge(noor, SLUG, category, address(name), name, organisation, lived, chair)
        db.session.commit()


def assign(app: Chorus, category: str = "wellbeing") -> None:
    """Every read of a category assigned evenly, committed."""
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        planning.assign_evenly(noor, SLUG, category)
        db.session.commit()


def give(app: Chorus, name: str, reference: str) -> None:
    """One read for one judge, whatever the rules say, committed."""
    with app.app_context():
        row = db.session.execute(
            select(Judge.id, Entry.id)
            .join(Panel, Panel.id == Judge.panel_id)
            .join(Entry, Entry.category_id == Panel.category_id)
            .where(Judge.person_id == meet(name).id, Entry.reference == reference)
        ).one()
        db.session.add(Read(judge_id=row[0], entry_id=row[1], assigned_at=JUDGING))
        db.session.commit()


def judge(
    app: Chorus, name: str, reference: str, scores: Mapping[str, int], comment: str = "", finish: bool = True
) -> None:
    """A judge declares, scores and finishes one read that they have, committed."""
    who = id_of(app, name)
    with app.app_context(), clock.freeze(JUDGING):
        judging.declare_conflict(who, reference, conflict=False)
        for criterion, value in scores.items():
            judging.score_entry(who, reference, criterion, value, comment)
        if finish:
            judging.finish_read(who, reference)
        db.session.commit()


def judge_ids(app: Chorus) -> dict[str, int]:
    """{judge's name: id}, of people who are on one panel."""
    with app.app_context():
        return dict(db.session.execute(select(Person.name, Judge.id).join(Judge)).all())


def step_back(app: Chorus, name: str, reference: str) -> None:
    """A judge steps back from an entry that they have to read, committed."""
    who = id_of(app, name)
    with app.app_context(), clock.freeze(JUDGING):
        judging.declare_conflict(who, reference, conflict=True, reason="My sister works there")
        db.session.commit()


def judged_season(app: Chorus, marks: Sequence[tuple[int, int]] = ((3, 3), (2, 2), (1, 1))) -> list[str]:
    """A season whose wellbeing entries Maya and Beth have read; gives the references.

    `marks` holds (ambition, outcome) of each entry.
    """
    ready(app)
    references = [
        make_entry(app, title=f"Work {number}", submitted_at=DURING) for number in range(1, len(marks) + 1)
    ]
    add_panel(app, judges=JUDGES[:2])
    for reference, (ambition, outcome) in zip(references, marks, strict=True):
        for name in ("Maya Collins", "Beth Lloyd"):
            give(app, name, reference)
            judge(app, name, reference, {"ambition": ambition, "outcome": outcome})
    return references


def reads_in(app: Chorus, category: str = "wellbeing") -> list[tuple[str, str, str]]:
    """The reads of a category as (judge's name, entry's reference, state), in order."""
    with app.app_context():
        rows = db.session.execute(
            select(Person.name, Entry.reference, Read.state)
            .join(Judge, Judge.id == Read.judge_id)
            .join(Person, Person.id == Judge.person_id)
            .join(Entry, Entry.id == Read.entry_id)
            .join(Category, Category.id == Entry.category_id)
            .where(Category.slug == category)
            .order_by(Person.name, Entry.reference)
        ).all()
        return [(row[0], row[1], row[2]) for row in rows]


def mails(app: Chorus, template: str) -> list[tuple[str, dict[str, Any]]]:
    """The mails of one kind that were written: (recipient, values)."""
    with app.app_context():
        rows = db.session.scalars(select(Mail).where(Mail.template == template).order_by(Mail.id)).all()
        return [(row.recipient, dict(row.values)) for row in rows]


def refused(app: Chorus, action: Callable[..., object], *arguments: object) -> tuple[str, str]:
    """Why an action says no, now in JUDGING, and the field that it names."""
    with app.app_context(), clock.freeze(JUDGING), pytest.raises(Refused) as no:
        action(*arguments)
    return no.value.why, no.value.field


def token_of(page: Any) -> str:
    """The token that the forms of a page carry."""
    return page.tree.xpath('//input[@name="csrf_token"]/@value')[0]
