"""Certificates through the queue: from the organiser's press of the button to the last file."""

from __future__ import annotations

import time

from sqlalchemy import delete, func, insert, select

from awards.certificates.models import Certificate
from awards.certificates.queries import wanted_in
from awards.entries.models import Entry
from awards.outcomes.models import Outcome
from awards.schemes.queries import organisers_of, scheme_by_slug
from backstage.documents.models import Batch, Document
from base.database import db
from bench.client import Visitor, address_of, hidden_fields
from bench.report import Runs, Unmeasured, repeat
from bench.world import World
from outside import clock, storage
from website.demo.rules import LAST_YEAR

PAGE = f"/awards/{LAST_YEAR}/organise/certificates"
LONGEST = 300.0


def measure(world: World, times: int) -> Runs:
    """certificates_per_second: last year's 250 entries, each with an outcome, each its own PDF/UA-1 file.

    From sending the organiser's own form until the last of the rows says that its file is made and stored.
    """
    world.begin_again()
    organiser, wanted = add_outcomes(world)
    noor = world.sign_in(organiser)

    def run(turn: int) -> dict[str, float]:
        remove_certificates(world)
        world.wait_until_quiet()
        browser = Visitor(world.house.port, address_of(turn), noor.cookies)
        form = hidden_fields(browser.get(PAGE).content)
        began = time.perf_counter()
        browser.post(PAGE, form)
        seconds = wait_until_made(world, began, wanted)
        check_files(world, wanted)
        return {"certificates_per_second": wanted / seconds}

    return repeat(times, run)


def add_outcomes(world: World) -> tuple[int, int]:
    """Give every entry of last year's awards an outcome; gives an organiser, and how many certificates."""
    with world.step(silent=True):
        scheme = scheme_by_slug(LAST_YEAR)
        organiser = organisers_of(scheme.id)[0].id
        entries = db.session.scalars(
            select(Entry.id).where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
        ).all()
        decided = set(db.session.scalars(select(Outcome.entry_id)).all())
        rows = [
            {
                "entry_id": one,
                "outcome": "shortlisted",
                "reason": "Invented for measuring",
                "decided_by": organiser,
                "decided_at": scheme.closes_at,
            }
            for one in entries
            if one not in decided
        ]
        if rows:
            db.session.execute(insert(Outcome), rows)
        return organiser, len(wanted_in(scheme, clock.now()))


def remove_certificates(world: World) -> None:
    """Delete the certificates of last year's awards, their documents and files."""
    with world.step(silent=True):
        scope = f"scheme:{scheme_by_slug(LAST_YEAR).id}"
        batches = select(Batch.id).where(Batch.scope == scope, Batch.kind == "certificate")
        ours = Document.batch_id.in_(batches)
        names = db.session.scalars(select(Document.storage_name).where(ours, Document.state == "made")).all()
        for name in names:
            storage.forget(name or "")
        documents = select(Document.id).where(ours)
        db.session.execute(delete(Certificate).where(Certificate.document_id.in_(documents)))
        db.session.execute(delete(Batch).where(Batch.id.in_(batches)))


def wait_until_made(world: World, began: float, wanted: int) -> float:
    """The seconds since `began` until all documents are made; raises Unmeasured where one fails."""
    states = select(Document.state, func.count()).where(Document.kind == "certificate")
    with world.app.app_context():
        while True:
            counts = dict(db.session.execute(states.group_by(Document.state)).tuples().all())
            seconds = time.perf_counter() - began
            db.session.rollback()
            if counts.get("made", 0) >= wanted:
                return seconds
            if counts.get("failed") or seconds > LONGEST:
                raise Unmeasured(f"of {wanted} certificates after {seconds:.0f} s: {counts or 'none'}")
            time.sleep(0.02)


def check_files(world: World, wanted: int) -> None:
    """Raise Unmeasured unless every certificate has a row and a file of its own that is a PDF."""
    with world.app.app_context():
        rows = db.session.scalar(select(func.count()).select_from(Certificate))
        names = db.session.scalars(
            select(Document.storage_name).where(Document.kind == "certificate", Document.state == "made")
        ).all()
        db.session.rollback()
        files = {storage.read(name or "") for name in names}
    if rows != wanted or len(files) != wanted or not all(one.startswith(b"%PDF") for one in files):
        raise Unmeasured(f"{rows} rows and {len(files)} different files for {wanted} certificates")
