"""Two people in the same second: what lock and constraint are for. Without them the race is real."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

from sqlalchemy import select, text

from accounts.organisations import actions, queries
from accounts.organisations.models import Membership, Organisation
from base.database import db
from base.errors import Refused
from tests.waiting import LAST_RESORT


def at_once(app, people, do):
    """Run `do(person_id)` for two people, each in a transaction of its own; gives what each came to."""
    barrier = Barrier(len(people))

    def run(person_id):
        with app.app_context():
            barrier.wait(LAST_RESORT)
            try:
                outcome = do(person_id)
                db.session.commit()
            except Refused as refused:
                db.session.rollback()
                return refused.why
            return outcome

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(run, people), key=str)


def start_mind(person_id):
    """Start the organisation that everybody starts here."""
    actions.start_organisation(person_id, "Mind Leeds", "Charity", "London")
    return "started"


def names(app):
    """The names of all organisations."""
    with app.app_context():
        return db.session.scalars(select(Organisation.name)).all()


def test_two_who_start_the_same_organisation_at_once(app, person):
    """Five times over: one starts it, the other is told to join it."""
    people = [person(f"p{number}@example.org").id for number in range(2)]
    outcomes = []
    for _ in range(5):
        outcomes.append(at_once(app, people, start_mind))
        assert names(app) == ["Mind Leeds"]
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM organisation"))
    assert outcomes == [["Mind Leeds is here already. Go back and join it instead", "started"]] * 5


def test_the_same_without_lock_and_constraint_makes_two(app, person):
    """The control: both look, meet, find nothing and write. Without it the test above might test nothing."""
    people = [person(f"p{number}@example.org").id for number in range(2)]
    met = Barrier(2)
    really = queries.organisation_named

    def look_then_meet(name):
        found = really(name)
        met.wait(LAST_RESORT)
        return found

    unique = "uq_organisation_name_key", "uq_organisation_slug"
    with app.app_context(), db.engine.begin() as connection:
        for constraint in unique:
            connection.execute(text(f"ALTER TABLE organisation DROP CONSTRAINT {constraint}"))
    try:
        with (
            patch.object(queries, "organisation_named", look_then_meet),
            patch.object(actions, "func", NoLock()),
        ):
            assert at_once(app, people, start_mind) == ["started", "started"]
        assert names(app) == ["Mind Leeds", "Mind Leeds"]
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM organisation"))
            for constraint, column in zip(unique, ("name_key", "slug"), strict=True):
                connection.execute(
                    text(f"ALTER TABLE organisation ADD CONSTRAINT {constraint} UNIQUE ({column})")
                )


class NoLock:
    """SQL functions whose lock is none."""

    def __getattr__(self, name):
        from sqlalchemy import func

        return (lambda *_: func.now()) if name == "pg_advisory_xact_lock" else getattr(func, name)


def test_two_who_join_an_unled_organisation_at_once_get_one_lead(app, person):
    """Five times over: one leads, the other asks."""
    people = [person(f"p{number}@example.org").id for number in range(2)]
    outcomes = []
    for number in range(5):
        with app.app_context():
            slug = actions.add_organisation(f"Trust {number}", "Other", "London").slug
            db.session.commit()
        outcomes.append(at_once(app, people, lambda who, slug=slug: actions.join_organisation(who, slug)))
    with app.app_context():
        leads = db.session.execute(
            select(Membership.organisation_id, Membership.lead).order_by(
                Membership.organisation_id, Membership.lead
            )
        ).all()
    assert outcomes == [["asked", "member"]] * 5
    assert [row.lead for row in leads] == [False, True] * 5
