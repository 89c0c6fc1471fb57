"""Asking for certificates, and for those that are missing, failed or out of date."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from awards.certificates import actions
from awards.certificates.models import Certificate
from awards.outcomes.actions import set_hours
from backstage.documents.models import Batch, Document
from base.database import db, take_handed_over
from base.errors import Refused
from outside import storage
from tests.awards.certificates.making import ask, certificates, make
from tests.awards.panel import JUDGING, judged_season
from tests.awards.season import SHORTLIST, SLUG, WINNERS, id_of
from tests.waiting import LAST_RESORT


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
                barrier.wait(LAST_RESORT)
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
        thread.join(LAST_RESORT)
    assert (troubles, refused) == ([], ["Every certificate is made or on its way"])
    assert len(certificates(app)) == 3
