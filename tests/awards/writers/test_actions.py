"""Asking others to write, naming partners and reminding, on real tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.organisations.actions import add_organisation
from awards.entries.models import Entry
from awards.entries.queries import entry_of_writer, partners_of, writers_of
from awards.writers import actions, rules
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.database import db
from base.errors import NotHere, Refused
from tests.awards.at_once import at_once
from tests.awards.season import CLOSES, DURING, SLUG, address, id_of, make_entry, ready


@pytest.fixture
def priya(app, at):
    """The id of Priya, who writes for CPFT, while entries are open."""
    ready(app)
    at(DURING)
    return id_of(app, "Priya Nair")


def history():
    """(what, changes) of every line of this topic, oldest first."""
    rows = db.session.execute(
        select(History.what, History.changes).where(History.what.like("writers.%")).order_by(History.id)
    )
    return [(row.what, row.changes) for row in rows]


def test_invite_writer(priya, app, db_session):
    """They write from now on, get a mail and are a line of history; their name comes back."""
    reference = make_entry(app)
    assert actions.invite_writer(priya, reference, "new.colleague@example.org") == "New Colleague"
    entry = entry_of_writer(priya, reference).entry
    assert [one.email for one in writers_of(entry.id)] == [address("Priya Nair"), "new.colleague@example.org"]
    assert db_session.scalars(select(Mail.recipient)).all() == ["new.colleague@example.org"]
    assert history() == [("writers.invite_writer", {"writes": [False, True]})]


def test_invite_writer_refused(priya, app, at, db_session):
    """Nobody twice, for the form's email; nobody once entries have closed; nothing is left behind."""
    reference = make_entry(app)
    with pytest.raises(Refused) as refused:
        actions.invite_writer(priya, reference, address("Priya Nair"))
    assert refused.value.field == "email"
    at(CLOSES)
    with pytest.raises(Refused, match="Entries have closed"):
        actions.invite_writer(priya, reference, "new@example.org")
    with pytest.raises(NotHere):
        actions.invite_writer(id_of(app, "Rosa Bell"), reference, "new@example.org")
    assert db_session.scalar(select(func.count()).select_from(Mail)) == 0


def test_remove_writer(priya, app, db_session):
    """One of two goes, the last one stays, and who does not write cannot be removed."""
    reference = make_entry(app, writers=("Priya Nair", "Quentin Ashe"))
    quentin = id_of(app, "Quentin Ashe")
    actions.remove_writer(priya, reference, quentin)
    with pytest.raises(NotHere):
        actions.remove_writer(priya, reference, quentin)
    with pytest.raises(Refused, match="An entry needs somebody who writes it"):
        actions.remove_writer(priya, reference, priya)
    assert history() == [("writers.remove_writer", {"writes": [True, False]})]


def test_partners(priya, app, at, db_session):
    """Added once, not oneself, removed twice without complaint, and all of it only while entries are open."""
    reference = make_entry(app)
    with app.app_context():
        add_organisation("Lifecraft", "Charity", "East of England")
        db.session.commit()
    entry = entry_of_writer(priya, reference).entry
    actions.add_partner(priya, reference, "lifecraft")
    assert [one.slug for one in partners_of(entry.id)] == ["lifecraft"]
    for slug, why in (("lifecraft", "is a partner already"), ("cpft", "This organisation enters already")):
        with pytest.raises(Refused, match=why):
            actions.add_partner(priya, reference, slug)
    with pytest.raises(NotHere):
        actions.add_partner(priya, reference, "nothing")
    actions.remove_partner(priya, reference, "lifecraft")
    actions.remove_partner(priya, reference, "lifecraft")
    assert partners_of(entry.id) == []
    assert [what for what, _ in history()] == ["writers.add_partner", "writers.remove_partner"]
    at(CLOSES)
    for act in (actions.add_partner, actions.remove_partner):
        with pytest.raises(Refused, match="Entries have closed"):
            act(priya, reference, "lifecraft")


def test_nudge_writers(priya, app, at, db_session):
    """Drafts that have rested for a week, each once a week; the number of drafts comes back."""
    noor = id_of(app, "Noor Haddad")
    make_entry(app, started_at=DURING - rules.STOPPED_AFTER, writers=("Priya Nair", "Quentin Ashe"))
    make_entry(app, started_at=DURING - timedelta(days=1))
    assert [actions.nudge_writers(noor, SLUG) for _ in range(2)] == [1, 0]
    assert db_session.scalar(select(func.count()).select_from(Mail)) == 2
    assert sorted(db_session.scalars(select(Entry.nudged_at)).all(), key=str) == [DURING, None]
    assert history() == [("writers.nudge_writers", {"drafts": [0, 1]})]
    at(CLOSES)
    with pytest.raises(Refused, match="Entries are not open"):
        actions.nudge_writers(noor, SLUG)


def test_two_organisers_who_nudge_at_once_write_one_mail(priya, app):
    """The rows are held."""
    noor = id_of(app, "Noor Haddad")
    make_entry(app, started_at=DURING - rules.STOPPED_AFTER)
    assert at_once(app, [lambda: actions.nudge_writers(noor, SLUG)] * 2) == ["done", "done"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Mail)) == 1
