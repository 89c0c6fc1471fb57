"""What entrants, everybody and organisers see, before and after each hour."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from awards.panels.models import Judge, Panel
from awards.planning.models import Read
from awards.schemes.models import Scheme
from awards.schemes.queries import category_by_slug, organisers_of, scheme_by_slug
from awards.schemes.rules import Hours
from base.database import db
from outside import clock
from tests.awards.outcomes.deciding import decide
from tests.awards.season import (
    CATEGORIES,
    CLOSES,
    DURING,
    HOURS,
    JUDGING_CLOSES,
    SLUG,
    YEAR,
    address,
    make_entry,
    make_scheme,
    meet,
    ready,
)

DESK = f"/awards/{SLUG}/organise"
PUBLIC = f"/awards/{SLUG}/winners"


def desk(app, signed_in):
    """The desk as Noor sees it."""
    return signed_in(address("Noor Haddad")).open(DESK)


def test_view_desk_while_entries_are_open(app, signed_in, at):
    """What has stopped, what waits for a guardian, and each category."""
    ready(app)
    at(DURING)
    make_entry(app, started_at=DURING - timedelta(days=20))
    make_entry(app, "star", started_at=DURING - timedelta(days=1), nominee="A young person")
    make_entry(app, submitted_at=DURING - timedelta(days=1))
    page = desk(app, signed_in)
    assert page.h1 == "Good morning, Noor. Two things need you."
    assert "1 draft has stopped for a week and closes in 24 days" in page.text
    assert (
        page.links["Send a nudge: 1 draft has stopped for a week and closes in 24 days"] == f"{DESK}/drafts"
    )
    assert "1 nomination waits for a guardian's agreement" in page.text
    assert page.table("Entries by category")[0] == {
        "Category": "Mental Health Workforce Wellbeing",
        "In": "1",
        "Drafts": "1",
        "Share": "1",
    }
    days = page.table("Entries a day")
    assert (len(days), days[-1]) == (14, {"Day": "Monday 4 May", "Entries": "1"})
    assert "Next: entries close on Friday 29 May, 5pm, in 24 days." in page.text


def test_view_desk_with_last_year_beside(app, signed_in, at):
    """Days are compared by how far off the deadline is."""
    ready(app)
    with app.app_context():
        make_scheme("ppmh-2025", 2025, Hours(*(one - YEAR for one in asdict(HOURS).values())))
        db.session.commit()
    for number in range(3):
        sent = DURING - YEAR - timedelta(days=1, hours=number)
        make_entry(app, slug="ppmh-2025", started_at=sent, submitted_at=sent)
    at(DURING)
    page = desk(app, signed_in)
    assert "0 entries yesterday, against three as close to the deadline last year." in page.text
    assert page.table("Entries a day")[-1] == {"Day": "Monday 4 May", "This year": "0", "Last year": "3"}


def panel_of(app, category, reads):
    """A panel with one judge, who has reads of these entries: {reference: state}."""
    with app.app_context(), clock.freeze(CLOSES):
        found = category_by_slug(scheme_by_slug(SLUG), category)
        panel = Panel(category_id=found.id, made_at=CLOSES)
        db.session.add(panel)
        db.session.flush()
        judge = Judge(panel_id=panel.id, person_id=meet("Maya Collins").id, joined_at=CLOSES)
        db.session.add(judge)
        db.session.flush()
        for reference, state in reads.items():
            entry_id = db.session.scalars(select(Entry.id).where(Entry.reference == reference)).one()
            done = CLOSES if state == "done" else None
            db.session.add(
                Read(
                    judge_id=judge.id,
                    entry_id=entry_id,
                    state=state,
                    assigned_at=CLOSES,
                    declared_at=None if state == "assigned" else CLOSES,
                    finished_at=done,
                )
            )
        db.session.commit()


def test_view_desk_while_judges_read(app, signed_in, at):
    """Panels that are missing, entries that nobody reads, reads that are late, categories without outcome."""
    ready(app)
    first, second, third = (make_entry(app, submitted_at=DURING) for _ in range(3))
    make_entry(app, "partnership", submitted_at=DURING)
    panel_of(app, "wellbeing", {first: "done", second: "assigned", third: "recused"})
    at(CLOSES)
    text = desk(app, signed_in).text
    assert "1 category has no panel yet" in text
    assert "1 entry has nobody to read them yet" in text
    assert "not finished" not in text
    at(JUDGING_CLOSES)
    page = desk(app, signed_in)
    assert page.h1 == "Good afternoon, Noor. Four things need you."
    assert "1 read is not finished" in page.text
    assert "1 category has no shortlist yet" in page.text
    assert page.table("Entries by category")[0] == {
        "Category": "Mental Health Workforce Wellbeing",
        "In": "3",
        "Judges": "1",
        "Read": "1 of 2",
        "Decided": "0",
    }
    decide(app, first, "winner")
    assert "no shortlist yet" not in desk(app, signed_in).text


def test_view_desk_with_nothing_to_do(app, signed_in, at):
    """It says so; an hour that is not set is something to do."""
    ready(app)
    at(DURING)
    assert desk(app, signed_in).h1 == "Good morning, Noor. Nothing needs you today."
    with app.app_context():
        scheme = db.session.scalars(select(Scheme)).one()
        scheme.winners_at = None
        db.session.commit()
    assert "1 hour is not set: the winners" in desk(app, signed_in).text


@pytest.mark.parametrize("size", [2, 20])
def test_view_desk_asks_the_database_as_often_for_many(app, signed_in, at, count_queries, size):
    """Two categories with an entry each, or twenty."""
    categories = tuple((f"c{number}", f"Category {number}", "team", "") for number in range(size))
    ready(app, categories=categories)
    at(DURING)
    for key, *_ in categories:
        make_entry(app, key, submitted_at=DURING - timedelta(days=1))
    noor = signed_in(address("Noor Haddad"))
    with count_queries() as counted:
        assert noor.open(DESK).status == 200
    assert counted.count == 6


@pytest.mark.parametrize("name", ["Priya Nair", "Sian Evans", "Rosa Bell"])
def test_view_desk_is_not_there_for_others(app, signed_in, at, name):
    """Nor for an organiser of another scheme."""
    ready(app)
    with app.app_context():
        make_scheme("other", 2020, replace(HOURS), CATEGORIES[:1])
        db.session.commit()
        assert organisers_of(scheme_by_slug("other").id) == []
    at(DURING)
    assert signed_in(address(name)).open(DESK).status == 404
    assert signed_in(address("Noor Haddad")).open("/awards/other/organise").status == 404
