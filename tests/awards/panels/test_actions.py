"""Seating a panel on a real database."""

from __future__ import annotations

from sqlalchemy import func, select

from awards.panels import actions, queries
from awards.panels.models import Panel
from awards.schemes.queries import category_by_slug, scheme_by_slug
from backstage.history.models import History
from base.database import db
from tests.awards.panel import JUDGES, add_panel, mails, refused
from tests.awards.season import SLUG, id_of, ready


def test_add_judge_begins_the_panel_and_invites(app):
    ready(app)
    add_panel(app, judges=JUDGES[:2])
    with app.app_context():
        category = category_by_slug(scheme_by_slug(SLUG), "wellbeing")
        rows = queries.judges_of(category.id)
        lines = db.session.scalars(select(History).where(History.what == "panels.add_judge")).all()
        assert [line.changes["lived_experience"] for line in lines if "lived_experience" in line.changes] == [
            None
        ]
    assert [(row.name, row.chair, row.lived_experience) for row in rows] == [
        ("Maya Collins", True, False),
        ("Beth Lloyd", False, True),
    ]
    invited = mails(app, "panels/invited")
    assert [recipient for recipient, _ in invited] == ["maya@example.org", "beth@example.org"]
    assert invited[0][1]["link"] == "http://localhost/judging"


def test_add_judge_twice_or_a_second_chair_is_refused(app):
    ready(app)
    add_panel(app, judges=JUDGES[:2])
    noor = id_of(app, "Noor Haddad")
    again = (noor, SLUG, "wellbeing", "beth@example.org")
    assert refused(app, actions.add_judge, *again) == ("They are on this panel already", "email")
    chair = (noor, SLUG, "wellbeing", "huw@example.org", "Huw", "", False, True)
    assert refused(app, actions.add_judge, *chair) == ("Maya Collins chairs this panel already", "chair")


def test_there_is_one_panel_a_category(app):
    ready(app)
    add_panel(app)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Panel)) == 1
