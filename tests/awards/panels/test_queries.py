"""Who judges a category, and which panels a person sits on or chairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from awards.panels import queries
from awards.panels.actions import add_judge
from awards.panels.queries import ChairedPanel
from awards.schemes.queries import category_by_slug, scheme_by_slug
from base.database import db
from outside import clock
from tests.awards.panel import JUDGES, JUDGING, add_panel
from tests.awards.season import HOURS, OPENS, SLUG, address, id_of, make_scheme, ready


def category_id(slug: str = "wellbeing") -> int:
    """The id of a category."""
    return category_by_slug(scheme_by_slug(SLUG), slug).id


def test_judges_of_a_category_are_in_order_the_chair_first(app):
    """Then by name, small letters and capitals alike; nobody of another panel."""
    ready(app)
    add_panel(
        app,
        judges=(
            ("Dilys Morgan", "cpft", False, False),
            ("beth Lloyd", "", True, False),
            ("Zoe Price", "", False, True),
            ("Carl Osei", "combined", True, False),
        ),
    )
    add_panel(app, "partnership", (("Amina Rahman", "", False, False),))
    with app.app_context():
        judges = queries.judges_of(category_id())
        assert queries.judges_of(category_id("star")) == []
    assert [(one.name, one.organisation, one.lived_experience, one.chair) for one in judges] == [
        ("Zoe Price", None, False, True),
        ("beth Lloyd", None, True, False),
        ("Carl Osei", "Combined", True, False),
        ("Dilys Morgan", "CPFT", False, False),
    ]
    assert [one.email for one in judges[:2]] == ["zoe@example.org", "beth@example.org"]


def test_a_judge_judges_and_a_chair_chairs_their_own_category(app):
    """Nobody else does, and no other category of theirs."""
    ready(app)
    add_panel(app)
    add_panel(app, "partnership", (("Maya Collins", "", False, False),))
    maya, beth, priya = (id_of(app, name) for name in ("Maya Collins", "Beth Lloyd", "Priya Nair"))
    with app.app_context():
        assert [queries.is_judge(one) for one in (maya, beth, priya)] == [True, True, False]
        assert [queries.is_chair(one, SLUG, "wellbeing") for one in (maya, beth, priya)] == [
            True,
            False,
            False,
        ]
        assert not queries.is_chair(maya, SLUG, "partnership")
        assert not queries.is_chair(maya, "other", "wellbeing")


def test_panels_that_a_person_chairs_the_newest_scheme_first(app):
    """In a scheme by the order of its categories; those where one only judges are left out."""
    ready(app)
    chair, member = (("Maya Collins", "", False, True),), (("Maya Collins", "", False, False),)
    for category, judges in (("difference", chair), ("partnership", member), ("wellbeing", chair)):
        add_panel(app, category, judges)
    noor, maya = id_of(app, "Noor Haddad"), id_of(app, "Maya Collins")
    year = timedelta(days=364)
    earlier = replace(
        HOURS,
        **{name: getattr(HOURS, name) - year for name in ("opens_at", "closes_at", "judging_closes_at")},
        shortlist_at=None,
        winners_at=None,
    )
    with app.app_context(), clock.freeze(OPENS):
        make_scheme("earlier", 2025, earlier)
        add_judge(noor, "earlier", "star", address("Maya Collins"), chair=True)
        db.session.commit()
    with app.app_context(), clock.freeze(JUDGING):
        assert queries.chaired_by(maya) == [
            ChairedPanel(SLUG, "wellbeing", "Mental Health Workforce Wellbeing"),
            ChairedPanel(SLUG, "difference", "Making a Difference"),
            ChairedPanel("earlier", "star", "Young Person Making a Difference"),
        ]
        assert queries.chaired_by(noor) == []


def test_judges_are_read_with_one_query(app, count_queries):
    """However many there are."""
    ready(app)
    add_panel(app, judges=JUDGES)
    with app.app_context():
        wellbeing = category_id()
        with count_queries() as counted:
            assert len(queries.judges_of(wellbeing)) == 4
    assert counted.count == 1
