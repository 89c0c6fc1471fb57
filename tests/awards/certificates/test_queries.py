"""What certificates print: valid PDF/UA, the same each time, naming nobody."""

from __future__ import annotations

import io

import page as validator
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from awards.certificates import queries
from awards.entries.models import Entry, EntryPartner
from base.database import db
from outside import pdf
from tests.awards.certificates.making import ask, certificates
from tests.awards.panel import JUDGING
from tests.awards.season import SHORTLIST


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
