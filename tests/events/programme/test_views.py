"""The organiser's button for the programme, and what visitors get."""

from __future__ import annotations

from sqlalchemy import select

from backstage.documents.models import Batch
from tests.events.symphony import SLUG

PAGE = f"/events/{SLUG}"


def test_download_programme_says_that_it_is_being_made_until_it_is(symphony, client):
    page = client.open(f"{PAGE}/programme.pdf")
    assert (page.status, page.h1) == (
        200,
        f"{'Second Staffordshire Symphony of Hidden Voices'} The programme is being made",
    )


def test_make_programme_asks_for_it_and_shows_its_progress(symphony, db_session, organiser):
    page = organiser.open(f"{PAGE}/organise").press("Make the programme")
    assert page.notices == ["The programme is being made."]
    assert "The programme is being made" in page.text
    (batch,) = db_session.scalars(select(Batch.id)).all()
    answer = organiser.client.get(f"{PAGE}/organise/programme/{batch}")
    assert answer.json == {
        "done": 0,
        "total": 1,
        "state": "working",
        "words": "The programme is being made",
    }
    assert organiser.open(f"{PAGE}/organise/programme/{batch + 1}").status == 404
