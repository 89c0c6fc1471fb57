"""Asking others to write, naming partners, nudging, through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.organisations.actions import add_organisation
from awards.entries.models import Entry
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.database import db
from tests.awards.at_once import at_once
from tests.awards.season import CLOSES, DURING, SLUG, address, id_of, make_entry, ready

SEARCH = "Entry, organisation or reference"
DRAFTS = f"/awards/{SLUG}/organise/drafts"


@pytest.fixture
def priya(app, signed_in, at):
    """Priya's browser, while entries are open."""
    ready(app)
    at(DURING)
    return signed_in(address("Priya Nair"))


def mails(app):
    """(recipient, subject) of every mail, oldest first."""
    with app.app_context():
        return [
            tuple(row) for row in db.session.execute(select(Mail.recipient, Mail.subject).order_by(Mail.id))
        ]


def test_invite_writer(app, priya, signed_in):
    """Somebody new gets a mail with a link, signs in with that address, and writes."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}").follow("Ask a colleague to write too")
    page = page.press("Ask them to write too", **{"Their email address": "New.Colleague@Example.org "})
    assert page.notices == [
        "New Colleague can write this entry now. We have sent them an email with a link to it."
    ]
    assert [row["Name"] for row in page.table("Writers")] == ["Priya Nair", "New Colleague not of CPFT"]
    assert mails(app) == [("new.colleague@example.org", "Priya Nair asks you to help write an entry")]
    with app.app_context():
        values = db.session.scalars(select(Mail.values)).one()
    assert values["link"] == f"http://localhost/entries/{reference}"
    theirs = signed_in("new.colleague@example.org")
    assert theirs.open(f"/entries/{reference}/questions/what").status == 200


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Enter the email address of the person to ask"),
        ("no address", "Enter an email address in the correct format, like name@example.org"),
        ("priya@example.org", "This person writes the entry already"),
    ],
)
def test_invite_writer_refused(app, priya, typed, why):
    """With what was typed still there, and nobody written to."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}/writers")
    wrong = page.press("Ask them to write too", **{"Their email address": typed})
    assert (wrong.status, wrong.errors) == (422, [why])
    assert wrong.values()["Their email address"] == typed
    assert mails(app) == []


def test_invite_writer_after_closing(app, priya, at):
    """The page that was open refuses, a fresh one offers nothing."""
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}/writers")
    at(CLOSES)
    late = page.press("Ask them to write too", **{"Their email address": "rosa@example.org"})
    assert late.errors == ["Entries have closed, so this entry can no longer be changed"]
    assert late.buttons == []


def test_remove_writer(app, priya, signed_in):
    """A co-writer goes; then only one is left, who cannot go."""
    reference = make_entry(app, writers=("Priya Nair", "Quentin Ashe"))
    quentin = signed_in(address("Quentin Ashe"))
    page = priya.open(f"/entries/{reference}/writers").follow("Remove Quentin Ashe")
    page = page.press("Remove Quentin Ashe")
    assert page.notices == ["Quentin Ashe no longer writes this entry."]
    assert quentin.open(f"/entries/{reference}").status == 404
    last = priya.open(f"/entries/{reference}/writers/{id_of(app, 'Priya Nair')}/remove").press(
        "Remove Priya Nair"
    )
    assert last.errors == ["An entry needs somebody who writes it. Ask a colleague to join before you go"]


def test_remove_oneself(app, priya):
    """One lands on one's own list, where the entry is no longer."""
    reference = make_entry(app, writers=("Priya Nair", "Quentin Ashe"))
    page = priya.open(f"/entries/{reference}/writers").follow("Remove Priya Nair").press("Remove Priya Nair")
    assert (page.url, page.h1) == ("/entries", "Your entries")
    assert "You have no entries yet" in page.text


def test_two_who_remove_each_other_at_once(app, priya):
    """One of them stays."""
    from awards.writers import actions

    reference = make_entry(app, writers=("Priya Nair", "Quentin Ashe"))
    one, other = id_of(app, "Priya Nair"), id_of(app, "Quentin Ashe")
    acts = [
        lambda: actions.remove_writer(one, reference, one),
        lambda: actions.remove_writer(other, reference, other),
    ]
    assert at_once(app, acts) == [
        "An entry needs somebody who writes it. Ask a colleague to join before you go",
        "done",
    ]


def test_a_lead_may_ask_themselves_to_write(app, signed_in, at):
    """So that an entry whose writer has left is not lost; there is no mail to oneself."""
    ready(app)
    at(DURING)
    reference = make_entry(app, organisation="combined", writers=("Rosa Bell",))
    sian = signed_in(address("Sian Evans"))
    assert sian.open(f"/entries/{reference}/questions/what").status == 404
    page = sian.open(f"/entries/{reference}/writers")
    page.press("Ask them to write too", **{"Their email address": address("Sian Evans")})
    assert sian.open(f"/entries/{reference}/questions/what").status == 200
    assert mails(app) == []


def test_choose_partners(app, priya):
    """Found by name, added, refused twice, removed; the organisation itself is not among those found."""
    with app.app_context():
        add_organisation("Lifecraft", "Charity", "East of England")
        db.session.commit()
    reference = make_entry(app)
    page = priya.open(f"/entries/{reference}").follow("Name a partner organisation")
    assert "Nothing found for “xyz”" in page.press("Find", **{"Name of the organisation": "xyz"}).text
    assert page.press("Find", **{"Name of the organisation": "cpft"}).buttons == ["Find"]
    found = page.press("Find", **{"Name of the organisation": "life"})
    page = found.press("Add")
    assert [row["Organisation"] for row in page.table("Partners")] == ["Lifecraft"]
    again = found.press("Add")
    assert (again.status, again.errors) == (422, ["This organisation is a partner already"])
    assert "Priya Nair writes this entry, with Lifecraft." in priya.open(f"/entries/{reference}").text
    page = page.press("Remove")
    assert "None yet." in page.text
    with app.app_context():
        lines = db.session.scalars(
            select(History.what).where(History.what.like("writers.%")).order_by(History.id)
        ).all()
    assert lines == ["writers.add_partner", "writers.remove_partner"]


def test_nudge_writers(app, signed_in, at):
    """One mail to each writer of what has stopped, none to others, and not twice within a week."""
    ready(app)
    at(DURING)
    long_ago = DURING - timedelta(days=20)
    stopped = make_entry(app, title="Stopped", started_at=long_ago, writers=("Priya Nair", "Quentin Ashe"))
    make_entry(app, title="Busy", started_at=DURING - timedelta(days=2))
    make_entry(app, title="Sent", started_at=long_ago, submitted_at=DURING - timedelta(days=10))
    noor = signed_in(address("Noor Haddad"))
    page = noor.open(DRAFTS)
    assert page.table("Drafts that have stopped") == [
        {
            "Entry": f"Stopped {stopped}, CPFT",
            "Category": "Mental Health Workforce Wellbeing",
            "Last change": "20 days ago",
            "Last nudge": "None",
        }
    ]
    after = page.press("Send a nudge")
    assert after.notices == ["We have written to the writers of 1 draft."]
    assert "All of them had a nudge within the last week." in after.text
    assert page.press("Send a nudge").notices == ["We have written to the writers of 0 drafts."]
    subject = "Your entry to the Positive Practice in Mental Health Awards: 24 days left"
    assert mails(app) == [(address("Priya Nair"), subject), (address("Quentin Ashe"), subject)]
    at(DURING + timedelta(days=7))
    assert noor.open(DRAFTS).press("Send a nudge").notices == ["We have written to the writers of 2 drafts."]


def test_nudge_writers_after_closing(app, signed_in, at):
    """There is nothing to remind anybody of."""
    ready(app)
    at(DURING)
    make_entry(app, started_at=DURING - timedelta(days=20))
    noor = signed_in(address("Noor Haddad"))
    page = noor.open(DRAFTS)
    at(CLOSES)
    late = page.press("Send a nudge")
    assert late.errors == ["Entries are not open, so there is nothing to remind anybody of"]
    assert late.buttons == ["Find"]


def test_nudge_writers_when_nothing_has_stopped(app, signed_in, at):
    """It says so."""
    ready(app)
    at(DURING)
    assert "No draft has stopped" in signed_in(address("Noor Haddad")).open(DRAFTS).text


@pytest.mark.parametrize("drafts", [1, 5])
def test_nudge_writers_asks_the_database_as_often_for_many(app, signed_in, at, count_queries, drafts):
    """One or five."""
    ready(app)
    at(DURING)
    for _ in range(drafts):
        make_entry(app, started_at=DURING - timedelta(days=20))
    noor = signed_in(address("Noor Haddad"))
    with count_queries() as counted:
        assert noor.open(DRAFTS).status == 200
    assert counted.count == 6


def test_drafts_are_searched(app, signed_in, at):
    """A button that sends to all says so whatever is searched for."""
    ready(app)
    at(DURING)
    for title in ("Zokens", "A forum"):
        make_entry(app, title=title, started_at=DURING - timedelta(days=20))
    page = signed_in(address("Noor Haddad")).open(DRAFTS).press("Find", **{SEARCH: "zok"})
    assert "1 draft with “zok”" in page.text
    assert len(page.table("Drafts that have stopped")) == 1
    assert "Send a nudge to the writers of 2 drafts" in page.text
    assert "No draft by these words has stopped" in page.press("Find", **{SEARCH: "zebra"}).text


def test_pages_of_writers_are_hidden_from_strangers(app, signed_in, at):
    """The answer of nothing."""
    ready(app)
    at(DURING)
    reference = make_entry(app)
    paths = [f"/entries/{reference}/writers", f"/entries/{reference}/partners", DRAFTS]
    for name in ("Sian Evans", "Rosa Bell"):
        browser = signed_in(address(name))
        assert [browser.open(path).status for path in paths] == [404] * 3
    with app.app_context():
        assert db.session.scalars(select(Entry.nudged_at)).all() == [None]
