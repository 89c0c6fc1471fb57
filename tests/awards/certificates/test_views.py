"""Certificates from the press of the button to the file in somebody's hand and the page behind its code."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from awards.certificates import queries
from awards.entries.models import Entry
from awards.schemes.queries import scheme_by_slug
from backstage.documents.models import Document
from base.database import db
from base.pages import Asked
from tests.awards.certificates.making import ask, certificates, make
from tests.awards.outcomes.deciding import decide
from tests.awards.panel import JUDGING, judged_season
from tests.awards.season import MOMENT, SHORTLIST, SLUG, WINNERS, address

LIST = f"/awards/{SLUG}/organise/certificates"


def test_list_certificates_makes_them_and_watch_batch_watches(app, decided, signed_in):
    noor = signed_in(address("Noor Haddad"), "Noor Haddad")
    page = noor.open(LIST)
    assert {row["State"] for row in page.table("Certificates")} == {"Not made yet"}
    page = page.press("Make 3 certificates")
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 Certificates are being made"
    assert "0 of 3 certificates made" in page.text
    progress = page.tree.xpath("//*[@data-poll]/@data-poll")[0]
    asked = noor.client.get(progress).get_json()
    assert asked == {"done": 0, "total": 3, "state": "working", "words": "0 of 3 certificates made"}
    make(app)
    asked = noor.client.get(progress).get_json()
    assert asked == {"done": 3, "total": 3, "state": "done", "words": "3 of 3 certificates made"}
    page = noor.open(page.url)
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 The certificates are made"
    page = noor.open(LIST)
    assert page.buttons == ["Find"]
    assert "Every certificate is made or on its way." in page.text
    assert len(page.table("Certificates")) == 3
    link = page.links["PDF of Work 1, winner"]
    answer = noor.client.get(link)
    assert (answer.status_code, answer.mimetype, answer.data[:8]) == (200, "application/pdf", b"%PDF-1.7")
    assert f"Certificate {decided[0]} winner.pdf" in answer.headers["Content-Disposition"]


def test_certificates_are_searched_filtered_and_come_in_pages(app, decided, signed_in):
    """The figures above the list are of all of them."""
    ask(app)
    with app.app_context():
        db.session.scalars(select(Document).order_by(Document.id).limit(1)).one().state = "failed"
        db.session.commit()
    noor = signed_in(address("Noor Haddad"), "Noor Haddad")
    page = noor.open(LIST).press("Find", **{"Entry, organisation or reference": "WORK 1"})
    assert "2 certificates with “WORK 1”" in page.text
    assert [row["Certifies"] for row in page.table("Certificates")] == ["Winner", "Shortlisted"]
    failed = page.press("Find", State="Could not be made", **{"Entry, organisation or reference": ""})
    assert (len(failed.table("Certificates")), "0 of 3 certificates made" in failed.text) == (1, True)
    assert "Make 1 certificate, failed ones again" in failed.buttons
    nothing = noor.open(f"{LIST}?words=zebra&state=rubbish")
    assert "No certificate by these words" in nothing.text
    with app.app_context():
        rows = queries.certificates_in(scheme_by_slug(SLUG), JUDGING)
        parts = [queries.listed(rows, Asked(page=page, per_page=2)) for page in (1, 2, 3)]
    assert [[row.title for row in part.rows] for part in parts] == [
        ["Work 1", "Work 1"],
        ["Work 2"],
        ["Work 2"],
    ]


def test_list_certificates_says_what_failed_and_makes_it_again(app, decided, signed_in):
    batch = ask(app)
    with app.app_context():
        db.session.scalars(select(Document).order_by(Document.id).limit(1)).one().state = "failed"
        db.session.commit()
    make(app)
    noor = signed_in(address("Noor Haddad"), "Noor Haddad")
    page = noor.open(f"{LIST}/batches/{batch}")
    assert page.h1.endswith("Some certificates could not be made")
    assert "2 of 3 certificates made, 1 could not be made" in page.text
    page = page.follow("See which, and make them again")
    assert "Could not be made" in {row["State"] for row in page.table("Certificates")}
    page = page.press("Make 1 certificate, failed ones again")
    assert "0 of 1 certificate made" in page.text
    make(app)
    assert {state for _, state in certificates(app).values()} == {"made"}


@pytest.mark.parametrize("who", ["Priya Nair", "Sian Evans", "Maya Collins"])
def test_the_organisers_pages_are_theirs(app, decided, signed_in, who):
    batch = ask(app)
    browser = signed_in(address(who))
    for path in (LIST, f"{LIST}/batches/{batch}", f"{LIST}/batches/{batch}/progress"):
        assert browser.open(path).status == 404


def statuses(signed_in, reference: str, who: str) -> dict[str, int]:
    """What fetching each certificate of an entry answers to somebody."""
    browser = signed_in(address(who))
    return {
        outcome: browser.client.get(f"/entries/{reference}/certificates/{outcome}.pdf").status_code
        for outcome in ("shortlisted", "highly_commended", "winner")
    }


def test_download_certificate_gives_them_from_their_hour_on(app, decided, at, signed_in):
    """The winner's people see no more than anybody on the shortlist until the winners' hour."""
    first, _, third = decided
    ask(app)
    make(app)
    nothing = {"shortlisted": 404, "highly_commended": 404, "winner": 404}
    shortlisted, winner = {**nothing, "shortlisted": 200}, {**nothing, "shortlisted": 200, "winner": 200}
    for now, seen in (
        (SHORTLIST - MOMENT, (nothing, nothing, nothing)),
        (SHORTLIST, (shortlisted, shortlisted, nothing)),
        (WINNERS - MOMENT, (shortlisted, shortlisted, nothing)),
        (WINNERS, (winner, shortlisted, nothing)),
    ):
        at(now)
        assert tuple(statuses(signed_in, reference, "Priya Nair") for reference in decided) == seen
        assert statuses(signed_in, first, "Sian Evans") == nothing
        assert statuses(signed_in, first, "Noor Haddad") == winner
        with app.app_context():
            ids = {entry.reference: entry.id for entry in db.session.scalars(select(Entry))}
            found = queries.fetchable([ids[first], ids[third]], now)
            assert [one.outcome for one in found.get(ids[first], [])] == [
                outcome for outcome in ("winner", "shortlisted") if seen[0][outcome] == 200
            ]
            assert ids[third] not in found


def test_check_certificate_says_what_it_certifies_from_its_hour_on(app, decided, at, client):
    ask(app)
    made = certificates(app)
    winner, shortlisted = made[decided[0], "winner"][0], made[decided[0], "shortlisted"][0]
    for now, open_ones in (
        (SHORTLIST - MOMENT, []),
        (SHORTLIST, [shortlisted]),
        (WINNERS - MOMENT, [shortlisted]),
        (WINNERS, [shortlisted, winner]),
    ):
        at(now)
        for serial in (shortlisted, winner):
            page = client.open(f"/c/{serial}")
            assert page.status == (200 if serial in open_ones else 404)
            assert ("Work 1" in page.text) == (serial in open_ones)
            assert page.tree.xpath('//meta[@name="robots"]/@content') == ["noindex, nofollow"]
    page = client.open(f"/c/{winner.lower().replace('-', '')}")
    assert (page.url, page.h1) == (f"/c/{winner}", "This certificate is genuine")
    for said in ("Winner", "CPFT", "Mental Health Workforce Wellbeing", "Thursday 8 October 2026", winner):
        assert said in page.text
    assert "Priya" not in page.text


def test_check_certificate_of_an_outcome_that_was_taken_back(app, decided, at, client):
    ask(app)
    serial = certificates(app)[decided[0], "winner"][0]
    decide(app, decided[0], "shortlisted")
    at(WINNERS)
    assert client.open(f"/c/{serial}").status == 404


@pytest.mark.parametrize("serial", ["7K4QB-WXZ34R-TTP222", "rubbish", "<script>", "x" * 300])
def test_check_certificate_unknown_helps(app, client, serial):
    page = client.open(f"/c/{serial}")
    assert (page.status, page.h1) == (404, "We do not know this certificate")
    assert "a serial has 17 of them" in page.text


@pytest.mark.parametrize("entries", [1, 4])
def test_certificate_pages_ask_the_same_few_questions(
    app, jobs_app, at, signed_in, client, count_queries, entries
):
    references = judged_season(app, marks=[(3, 3)] * entries)
    for reference in references:
        decide(app, reference, "shortlisted")
    at(JUDGING)
    batch = ask(app)
    make(app)
    serial = certificates(app)[references[0], "shortlisted"][0]
    noor, found = signed_in(address("Noor Haddad")), {}
    for path in (LIST, f"{LIST}/batches/{batch}", f"{LIST}/batches/{batch}/progress"):
        with count_queries() as counted:
            assert noor.open(path).status == 200
        found[path.replace(str(batch), "1")] = counted.count
    at(SHORTLIST)
    with count_queries() as counted:
        assert client.open(f"/c/{serial}").status == 200
    assert (found, counted.count) == (
        {LIST: 6, f"{LIST}/batches/1": 4, f"{LIST}/batches/1/progress": 4},
        2,
    )
