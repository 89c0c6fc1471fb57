"""Certificates from the press of the button to the paper in somebody's hand."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import page as validator
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from awards.certificates import actions, queries
from awards.certificates.models import Certificate
from awards.entries.models import Entry, EntryPartner
from awards.outcomes.actions import set_hours
from backstage.documents.models import Batch, Document
from base.database import db, take_handed_over
from base.errors import Refused
from outside import pdf, storage
from tests.awards.certificates.making import ask, certificates, make
from tests.awards.outcomes.deciding import decide
from tests.awards.panel import JUDGING, judged_season
from tests.awards.season import MOMENT, SHORTLIST, SLUG, WINNERS, address, id_of

LIST = f"/awards/{SLUG}/organise/certificates"


@pytest.fixture
def jobs_app(app, monkeypatch):
    """The workers' app is the test's."""
    from jobs import worker

    monkeypatch.setattr(worker, "_app", [app])
    return app


@pytest.fixture
def decided(jobs_app, at):
    """Three entries of CPFT: the winner, a shortlisted one, and one that is not."""
    references = judged_season(jobs_app)
    decide(jobs_app, references[0], "winner")
    decide(jobs_app, references[1], "shortlisted")
    at(JUDGING)
    return references


def test_make_certificates_makes_each_once(app, decided):
    first, second, _ = decided
    ask(app)
    assert set(certificates(app)) == {(first, "shortlisted"), (first, "winner"), (second, "shortlisted")}
    with pytest.raises(Refused, match="Every certificate is made or on its way"):
        ask(app)
    make(app)
    assert {state for _, state in certificates(app).values()} == {"made"}
    make(app)
    with app.app_context():
        assert len(db.session.scalars(select(Batch)).all()) == 1
        names = db.session.scalars(select(Document.storage_name)).all()
        assert all(storage.read(name or "").startswith(b"%PDF-1.7") for name in names)


def test_make_certificates_again_makes_only_what_failed_with_the_same_serial(app, decided):
    ask(app)
    before = certificates(app)
    with app.app_context():
        failed = db.session.scalars(select(Document).order_by(Document.id).limit(1)).one()
        failed.state = "failed"
        db.session.commit()
    make(app)
    ask(app)
    after = certificates(app)
    assert sorted(state for _, state in after.values()) == ["made", "made", "waiting"]
    assert {key: serial for key, (serial, _) in after.items()} == {
        key: serial for key, (serial, _) in before.items()
    }
    make(app)
    assert {state for _, state in certificates(app).values()} == {"made"}


def test_make_certificates_again_when_the_day_has_moved(app, decided):
    """A certificate with an old day on it is made anew under its own serial."""
    ask(app)
    make(app)
    noor = id_of(app, "Noor Haddad")
    with app.app_context():
        set_hours(noor, SLUG, JUDGING, SHORTLIST, WINNERS + timedelta(days=1))
        db.session.commit()
    ask(app)
    assert sorted(
        outcome for (_, outcome), (_, state) in certificates(app).items() if state == "waiting"
    ) == ["winner"]
    make(app)
    with app.app_context():
        found = db.session.scalars(select(Certificate).where(Certificate.outcome == "winner")).one()
        name = db.session.get_one(Document, found.document_id).storage_name or ""
        assert "9 October 2026" in PdfReader(io.BytesIO(storage.read(name))).pages[0].extract_text()


def test_make_certificates_refuses_before_anything_is_decided(app, jobs_app):
    judged_season(app)
    with pytest.raises(Refused, match="Nothing has been decided yet"):
        ask(app)


def test_two_organisers_at_once_make_one_batch(app, decided):
    noor = id_of(app, "Noor Haddad")
    barrier, refused, troubles = threading.Barrier(2), [], []

    def press() -> None:
        with app.app_context():
            try:
                barrier.wait(10)
                actions.make_certificates(noor, SLUG)
                db.session.commit()
            except Refused as no:
                db.session.rollback()
                refused.append(no.why)
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                db.session.rollback()
                troubles.append(error)
            take_handed_over()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (troubles, refused) == ([], ["Every certificate is made or on its way"])
    assert len(certificates(app)) == 3


def printed(app, subject: str) -> tuple[bytes, str]:
    """The PDF of a certificate and its text."""
    with app.app_context():
        page = queries.pages_of([subject], JUDGING)[subject]
        html = app.jinja_env.get_template(page.template).render(**page.values)
    made = pdf.make_pdf(html, page.stylesheet)
    return made, PdfReader(io.BytesIO(made)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("title", "organisation", "invented"),
    [
        ("Zokens", "CPFT", False),
        ("Wearing <2> Hats & “more”", "Tees, Esk and Wear Valleys NHS Foundation Trust", True),
        (
            "A very long title of work that goes on about everything it did for everybody " * 2,
            "Long " * 22,
            False,
        ),
    ],
)
def test_a_certificate_is_one_page_of_valid_pdf_ua(app, decided, title, organisation, invented):
    """Judged by a validator that is not the library that wrote it; long words stay on the one page."""
    ask(app)
    with app.app_context():
        from accounts.organisations.actions import add_organisation

        entry = db.session.scalars(select(Entry).where(Entry.reference == decided[0])).one()
        entry.title, entry.invented = title.strip(), invented
        entry.organisation_id = add_organisation(f"{organisation} (again)", "Charity", "London").id
        partner = add_organisation("The SUN Network", "Charity", "East of England")
        db.session.add(EntryPartner(entry_id=entry.id, organisation_id=partner.id))
        db.session.commit()
    serial = certificates(app)[decided[0], "winner"][0]
    made, text = printed(app, queries.subject_of(serial))
    report = validator.validate_pdf_bytes(made, profile=validator.ValidationProfile.PDF_UA_1)
    assert [failure.rule_id for failure in report.failures] == []
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 1
    assert str(reader.metadata and reader.metadata.title).startswith("Winner: ")
    words = " ".join(text.split())
    for said in ("Winner", title.split()[0], "and The SUN Network", "8 October 2026", serial):
        assert said in words
    assert f"localhost/c/{serial}" in words
    assert ("Invented for a demonstration" in words) == invented


def test_a_certificate_is_the_same_each_time_and_no_two_look_alike(app, decided):
    ask(app)
    with app.app_context():
        first, second = (
            queries.subject_of(certificates(app)[reference, "shortlisted"][0]) for reference in decided[:2]
        )
        pages = queries.pages_of([first, second], JUDGING)
        assert pages == queries.pages_of([second, first], SHORTLIST)
        assert pages[first].values["picture"] != pages[second].values["picture"]
        assert pages[first].values["qr"] != pages[second].values["qr"]


def test_pages_of_names_nobody(app, decided):
    """Neither who wrote it nor who it is about stands on a certificate."""
    ask(app)
    with app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.reference == decided[0])).one()
        entry.nominee = "Wren Hollis"
        db.session.commit()
        subject = queries.subject_of(certificates(app)[decided[0], "winner"][0])
        values = str(queries.pages_of([subject], JUDGING)[subject].values)
    assert [name for name in ("Wren", "Priya", "Noor") if name in values] == []


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_asks_two_questions_however_many(app, decided, count_queries, count):
    ask(app)
    with app.app_context():
        subjects = [queries.subject_of(serial) for serial, _ in certificates(app).values()][:count]
        db.session.rollback()
        with count_queries() as counted:
            assert len(queries.pages_of(subjects, JUDGING)) == count
    assert counted.count == 2


def test_pages_of_leaves_out_what_is_gone(app, decided):
    with app.app_context():
        assert queries.pages_of(["certificate:7K4QB-WXZ34R-TTP222", "rubbish"], JUDGING) == {}


def test_the_organiser_makes_and_watches_them(app, decided, signed_in):
    noor = signed_in(address("Noor Haddad"), "Noor Haddad")
    page = noor.open(LIST)
    assert {row["State"] for row in page.table("Certificates")} == {"Not made yet"}
    page = page.press("Make 3 certificates")
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 Certificates are being made"
    assert "0 of 3 certificates made" in page.text
    progress = page.tree.xpath("//*[@data-poll]/@data-poll")[0]
    asked = noor.client.get(progress).get_json()
    assert asked == {"done": 0, "total": 3, "state": "making", "words": "0 of 3 certificates made"}
    make(app)
    asked = noor.client.get(progress).get_json()
    assert asked == {"done": 3, "total": 3, "state": "done", "words": "3 of 3 certificates made"}
    page = noor.open(page.url)
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 The certificates are made"
    page = noor.open(LIST)
    assert page.buttons == []
    assert "Every certificate is made or on its way." in page.text
    assert len(page.table("Certificates")) == 3
    link = page.links["PDF of Work 1, winner"]
    answer = noor.client.get(link)
    assert (answer.status_code, answer.mimetype, answer.data[:8]) == (200, "application/pdf", b"%PDF-1.7")
    assert f"Certificate {decided[0]} winner.pdf" in answer.headers["Content-Disposition"]


def test_failed_ones_are_said_and_can_be_made_again(app, decided, signed_in):
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


def test_certificates_are_fetched_from_their_hour_on(app, decided, at, signed_in):
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
