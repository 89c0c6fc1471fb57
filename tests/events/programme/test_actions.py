"""The printed programme: made of what may be shown, valid, never stale, never a leak."""

from __future__ import annotations

from io import BytesIO

import page as page_validation
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from backstage.documents import actions as documents
from backstage.documents.actions import Made
from backstage.documents.models import Document
from events.agenda.actions import change_session
from events.programme import actions, queries
from outside import clock, pdf, storage
from tests.events.symphony import SECRET_TITLE, SECRETS, SLUG, plan_of
from tests.events.symphony import at as time

PDF = f"/events/{SLUG}/programme.pdf"


@pytest.fixture
def worker(app, db_session):
    """`worker()`: do what the worker does with every programme that waits; gives how many were made."""

    def work() -> int:
        db_session.commit()
        waiting = db_session.scalars(select(Document.id).where(Document.state == "waiting")).all()
        claimed = documents.claim_documents("programme", waiting)
        pages = queries.pages_of([one.subject for one in claimed], clock.now())
        made = []
        for one in claimed:
            if one.subject not in pages:
                documents.document_failed(one.document_id, one.claim, "LookupError")
                continue
            page = pages[one.subject]
            html = app.jinja_env.get_template(page.template).render(**page.values)
            content = pdf.make_pdf(html, page.stylesheet)
            made.append(Made(one.document_id, storage.keep("documents", content, "pdf"), len(content)))
        if claimed:
            documents.documents_made(claimed[0].claim, made)
        db_session.commit()
        return len(made)

    return work


def words_of(content: bytes) -> str:
    """Everything that can be read out of a PDF: its pages, its metadata and its outline."""
    reader = PdfReader(BytesIO(content))
    pages = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    return f"{pages} {reader.metadata} {reader.outline}"


def test_the_programme_is_valid_and_holds_the_day(symphony, db_session, client, worker, tmp_path):
    actions.make_programme(None, SLUG)
    assert worker() == 1
    answer = client.client.get(PDF)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == "inline; filename=symphony-programme.pdf"
    path = tmp_path / "programme.pdf"
    path.write_bytes(answer.data)
    assert page_validation.validate_pdf(path, profile="ua1").failures == []
    words = words_of(answer.data)
    for expected in (
        "Contents",
        "Before you come",
        "Garden room",
        "three steps",
        "Content note: Talks about suicide. Two listeners are in the quiet room.",
        "11am to midday, Studio",
        "A surprise",
        "We will tell you what it is at 1pm on the day",
        "Page 2 of",
    ):
        assert expected in words


def test_the_programme_holds_no_surprise_before_its_hour_and_is_stale_after(
    symphony, db_session, client, worker, at
):
    at(time("12:59"))
    actions.make_programme(None, SLUG)
    worker()
    early = words_of(client.client.get(PDF).data)
    assert [secret for secret in SECRETS if secret in early] == []
    at(time("13:00"))
    assert client.open(PDF).h1.endswith("The programme is being made")
    assert actions.make_stale_programmes(clock.now()) == 1
    worker()
    late = words_of(client.client.get(PDF).data)
    assert [secret for secret in SECRETS if secret in late] == list(SECRETS)


def test_a_surprise_put_off_takes_the_programme_that_tells_it_away(symphony, db_session, client, worker, at):
    at(time("13:00"))
    actions.make_programme(None, SLUG)
    worker()
    assert client.client.get(PDF).mimetype == "application/pdf"
    later = plan_of(symphony, SECRET_TITLE, embargo_until=time("13:30"))
    change_session(None, SLUG, symphony.sessions[SECRET_TITLE], later)
    db_session.commit()
    assert client.client.get(PDF).mimetype == "text/html"


def test_a_programme_asked_for_before_the_hour_and_made_after_is_not_made(symphony, db_session, worker, at):
    at(time("12:59"))
    actions.make_programme(None, SLUG)
    at(time("13:00"))
    assert worker() == 0


def test_a_hidden_change_does_not_make_the_programme_anew(symphony, db_session, client, worker):
    assert actions.make_stale_programmes(clock.now()) == 1
    worker()
    changed = plan_of(symphony, SECRET_TITLE, title="A brass band")
    change_session(None, SLUG, symphony.sessions[SECRET_TITLE], changed)
    assert actions.make_stale_programmes(clock.now()) == 0


def test_the_schedule_asks_once_for_what_is_being_made(symphony, db_session):
    assert actions.make_stale_programmes(clock.now()) == 1
    assert actions.make_stale_programmes(clock.now()) == 0
    change_session(None, SLUG, symphony.sessions["Tea"], plan_of(symphony, "Tea", about="Cake too"))
    assert actions.make_stale_programmes(clock.now()) == 1


def test_the_schedule_leaves_events_alone_that_are_over(symphony, db_session, at):
    at(time("16:30"))
    assert actions.make_stale_programmes(clock.now()) == 0
