"""What the loaded season holds."""

from __future__ import annotations

from sqlalchemy import text

from base.database import db
from website.transactions import Chorus


def rows(app: Chorus, sql: str) -> list[tuple[object, ...]]:
    """The rows of a query as tuples."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(text(sql)).all()]


def test_load_season_brings_last_years_250_entries_and_100_judges(demo_app: Chorus) -> None:
    found = rows(
        demo_app,
        "select (select count(*) from entry e join scheme s on s.id = e.scheme_id"
        "  where s.slug = 'ppmh-last-year'),"
        " (select count(distinct person_id) from judge j join panel p on p.id = j.panel_id"
        "  join category c on c.id = p.category_id join scheme s on s.id = c.scheme_id"
        "  where s.slug = 'ppmh-last-year'),"
        " (select count(*) from read r join entry e on e.id = r.entry_id join scheme s on s.id = e.scheme_id"
        "  where s.slug = 'ppmh-last-year' and r.state = 'done')",
    )
    assert found == [(250, 100, 750)]


def test_load_season_fills_one_workshop_with_three_waiting(demo_app: Chorus) -> None:
    found = rows(
        demo_app,
        "select s.title, w.places, w.taken, count(c.id) filter (where c.state = 'waiting')"
        " from workshop w join session s on s.id = w.session_id"
        " left join workshop_choice c on c.session_id = s.id"
        " group by s.id, w.session_id having w.taken = w.places",
    )
    assert found == [("Talking about suicide", 30, 30, 3)]


def test_no_judge_of_the_season_reads_their_own_organisation(demo_app: Chorus) -> None:
    found = rows(
        demo_app,
        "select count(*) from read r join judge j on j.id = r.judge_id join entry e on e.id = r.entry_id"
        " where j.organisation_id = e.organisation_id or exists (select from entry_partner p"
        " where p.entry_id = e.id and p.organisation_id = j.organisation_id)",
    )
    assert found == [(0,)]


def test_every_mail_of_the_season_was_sent_in_its_past(demo_app: Chorus) -> None:
    assert rows(demo_app, "select distinct state from mail") == [("sent",)]
