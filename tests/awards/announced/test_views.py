"""What entrants, everybody and organisers see, before and after each hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from awards.certificates.models import Certificate
from awards.entries.models import Entry
from awards.outcomes.models import Outcome, Telling
from awards.schemes.models import Scheme
from backstage.documents.actions import ask_for_documents
from backstage.documents.models import Document
from base.database import db, take_handed_over
from outside import clock
from tests.awards.outcomes.deciding import decide
from tests.awards.season import (
    ANSWERS,
    CLOSES,
    DURING,
    MOMENT,
    SHORTLIST,
    SLUG,
    WINNERS,
    address,
    make_entry,
    ready,
)

DESK = f"/awards/{SLUG}/organise"
PUBLIC = f"/awards/{SLUG}/winners"


@pytest.fixture
def decided(app):
    """References by outcome, of four entries in one category: all decided, nothing announced."""
    ready(app)
    found = {}
    for outcome in ("winner", "highly_commended", "shortlisted", ""):
        found[outcome] = make_entry(app, title=f"The {outcome or 'other'} entry", submitted_at=DURING)
        if outcome:
            decide(app, found[outcome], outcome)
    return found


STATES = {
    "": ("Being judged", "Being judged", "Not shortlisted", "Not shortlisted"),
    "shortlisted": ("Being judged", "Being judged", "Shortlisted", "Shortlisted"),
    "highly_commended": ("Being judged", "Being judged", "Shortlisted", "Highly commended"),
    "winner": ("Being judged", "Being judged", "Shortlisted", "Winner"),
}


@pytest.mark.parametrize("outcome", sorted(STATES))
def test_view_status_shows_an_outcome_at_its_hour(app, signed_in, at, decided, outcome):
    """Not a moment before, and between the hours a winner looks like all others."""
    hours = (CLOSES, SHORTLIST - MOMENT, SHORTLIST, WINNERS)
    states = []
    for now in hours:
        at(now)
        page = signed_in(address("Priya Nair")).open(f"/entries/{decided[outcome]}/status")
        states.append(page.tree.xpath("string(//p[@class='state'])"))
    assert tuple(states) == STATES[outcome]


def test_view_status_before_the_hour_is_the_same_for_all(app, signed_in, at, decided):
    """Letter by letter, but for title and reference."""
    at(SHORTLIST - MOMENT)
    priya = signed_in(address("Priya Nair"))
    texts = set()
    for outcome, reference in decided.items():
        text = priya.open(f"/entries/{reference}/status").text
        texts.add(text.replace(reference, "X").replace(f"The {outcome or 'other'} entry", "Y"))
    assert len(texts) == 1


def test_view_status_while_a_shortlist_is_late(app, signed_in, at, decided):
    """Decided after the hour: the others learn from a mail that they are not on it, not from the page."""
    late = make_entry(app, "partnership", title="Late", submitted_at=DURING)
    with app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.title == "Late")).one()
        listed = make_entry(app, "partnership", title="Listed", submitted_at=DURING)
        listed_id = db.session.scalars(select(Entry.id).where(Entry.reference == listed)).one()
        db.session.add(Outcome(entry_id=listed_id, outcome="shortlisted", decided_at=SHORTLIST + MOMENT))
        db.session.commit()
        at(SHORTLIST + timedelta(hours=1))
        page = signed_in(address("Priya Nair")).open(f"/entries/{late}/status")
        assert "The shortlist of your category is not ready yet." in page.text
        db.session.add(Telling(entry_id=entry.id, hour="shortlist", told_at=clock.now()))
        db.session.commit()
    page = page.browser.open(page.url)
    assert "Your entry is not on the shortlist this time." in page.text


def test_view_status_gives_the_certificate_once_it_is_made(app, signed_in, at, decided):
    """A button for it; before that the page says that it will be here."""
    at(WINNERS)
    priya = signed_in(address("Priya Nair"))
    path = f"/entries/{decided['winner']}/status"
    assert "Your certificate can be fetched here as soon as it has been made." in priya.open(path).text
    with app.app_context():
        entry_id = db.session.scalars(select(Entry.id).where(Entry.reference == decided["winner"])).one()
        _, ids = ask_for_documents("certificate", "scheme:1", ["certificate:X"], None, "jobs.none")
        document = db.session.get_one(Document, ids[0])
        document.state, document.storage_name = "made", f"documents/{0:032}.pdf"
        db.session.add(
            Certificate(
                serial="X",
                entry_id=entry_id,
                outcome="winner",
                document_id=document.id,
                dated=WINNERS.date(),
                asked_at=WINNERS,
            )
        )
        take_handed_over()
        db.session.commit()
    links = priya.open(path).links
    assert links["Get your certificate"] == f"/entries/{decided['winner']}/certificates/winner.pdf"


def test_view_status_says_what_happens_next(app, signed_in, at, decided):
    """With the days as people say them."""
    at(DURING)
    text = signed_in(address("Priya Nair")).open(f"/entries/{decided['winner']}/status").text
    assert "You can still change it until Friday 29 May, 5pm." in text
    assert "Entries close Friday 29 May, 5pm 24 days left Judging ends Friday 26 June, 5pm" in text
    assert "Shortlist Wednesday 8 July, 10am Winners, Liverpool Thursday 8 October, 9pm" in text


def test_view_status_of_a_withdrawn_entry_and_of_a_draft(app, signed_in, at, decided):
    """A withdrawn one shows no outcome, a draft has no such page."""
    draft = make_entry(app)
    with app.app_context():
        row = db.session.scalars(select(Entry).where(Entry.reference == decided["winner"])).one()
        row.state = "withdrawn"
        db.session.commit()
    at(WINNERS)
    priya = signed_in(address("Priya Nair"))
    text = priya.open(f"/entries/{decided['winner']}/status").text
    assert "Withdrawn" in text
    assert "won its category" not in text
    assert priya.open(f"/entries/{draft}/status").status == 404
    assert "The winner entry" not in priya.open(PUBLIC).text


@pytest.mark.parametrize("name", ["Sian Evans", "Rosa Bell", "Noor Haddad"])
def test_view_status_is_not_there_for_strangers(app, signed_in, at, decided, name):
    """Nor for the organiser: it is the entrant's page."""
    at(WINNERS)
    assert signed_in(address(name)).open(f"/entries/{decided['winner']}/status").status == 404


def test_view_winners_is_not_there_before_its_hour(app, client, signed_in, at, decided):
    """For nobody, signed in or not; exactly the answer of an award that does not exist."""
    at(SHORTLIST - MOMENT)
    missing = client.open("/awards/nothing/winners")
    for browser in (client, signed_in(address("Priya Nair")), signed_in(address("Noor Haddad"))):
        page = browser.open(PUBLIC)
        assert (page.status, page.h1) == (404, missing.h1)


def test_view_winners_shows_the_shortlist_first(app, client, at, decided):
    """Everybody on it alike, in the order of their titles; nobody else."""
    at(SHORTLIST)
    page = client.open(PUBLIC)
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 The shortlist"
    assert page.headings == [
        "Mental Health Workforce Wellbeing",
        "The highly_commended entry",
        "The shortlisted entry",
        "The winner entry",
    ]
    assert "Winner" not in page.text.split()
    assert page.text.count("Shortlisted") == 3
    at(WINNERS - MOMENT)
    assert client.open(PUBLIC).text == page.text


def test_view_winners_at_the_hour_of_the_winners(app, client, at, decided):
    """The winner first, with the summary that entrants knew would be published, and no more of the entry."""
    at(WINNERS)
    page = client.open(PUBLIC)
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 The winners"
    assert page.headings == [
        "Mental Health Workforce Wellbeing",
        "The winner entry",
        "The highly_commended entry",
        "The shortlisted entry",
    ]
    assert page.text.count(ANSWERS["summary"]) == 3
    assert ANSWERS["what"] not in page.text


def test_view_winners_names_no_person(app, client, at):
    """A nomination shows its title and organisation."""
    ready(app)
    reference = make_entry(
        app, "star", title="A table", nominee="Wren Hollis", nominee_told=True, submitted_at=DURING
    )
    decide(app, reference, "winner")
    at(WINNERS)
    page = client.open(PUBLIC)
    assert "A table" in page.text
    assert "Wren Hollis" not in page.html


def test_view_winners_marks_what_is_invented(app, client, at, decided):
    """The whole scheme, or one entry of it."""
    one = make_entry(app, title="Made up", submitted_at=DURING, invented=True)
    decide(app, one, "shortlisted")
    at(WINNERS)
    assert client.open(PUBLIC).text.count("Invented for the demonstration") == 1
    with app.app_context():
        db.session.scalars(select(Scheme)).one().invented = True
        db.session.commit()
    assert client.open(PUBLIC).text.count("Invented for the demonstration") == 1


@pytest.mark.parametrize("more", [0, 6])
def test_view_winners_asks_the_database_as_often_for_many(app, client, at, decided, count_queries, more):
    """Three or nine on the list."""
    for number in range(more):
        decide(
            app, make_entry(app, "partnership", title=f"More {number}", submitted_at=DURING), "shortlisted"
        )
    at(WINNERS)
    with count_queries() as counted:
        assert client.open(PUBLIC).status == 200
    assert counted.count == 5
