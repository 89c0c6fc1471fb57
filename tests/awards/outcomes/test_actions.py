"""Decisions, hours and tellings on a real database, two at once included."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from awards.entries.models import Entry
from awards.outcomes import actions
from awards.outcomes.models import Telling
from awards.outcomes.rules import UNDECIDED
from awards.schemes.queries import scheme_by_slug
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.database import db
from base.errors import NotHere, Refused
from outside import clock
from tests.awards.outcomes.deciding import decide, outcomes, tell, told
from tests.awards.panel import JUDGING, judged_season
from tests.awards.season import DURING, MOMENT, SHORTLIST, SLUG, WINNERS, id_of, make_entry
from tests.waiting import LAST_RESORT


def test_decide_outcome_changes_and_takes_away_with_its_history(app):
    first, *_ = judged_season(app)
    decide(app, first, "shortlisted")
    decide(app, first, "winner")
    assert outcomes(app) == {first: "winner"}
    decide(app, first, UNDECIDED)
    assert outcomes(app) == {}
    with app.app_context():
        lines = db.session.scalars(
            select(History).where(History.what == "outcomes.decide_outcome").order_by(History.id)
        ).all()
        assert [line.changes["outcome"] for line in lines] == [
            [None, "shortlisted"],
            ["shortlisted", "winner"],
            ["winner", None],
        ]


def test_decide_outcome_makes_joint_winners_only_when_said(app):
    first, second, _ = judged_season(app)
    decide(app, first, "winner")
    with pytest.raises(Refused, match="Work 1 won this category already"):
        decide(app, second, "winner")
    decide(app, second, "winner", joint=True)
    assert outcomes(app) == {first: "winner", second: "winner"}


def test_decide_outcome_of_another_scheme_is_not_here(app):
    judged_season(app)
    with pytest.raises(NotHere):
        decide(app, "PPMH-XXXX", "winner")


def test_two_organisers_at_once_make_one_winner(app):
    """Each calls another entry the winner at the same moment: the category's row lets one be first."""
    references = judged_season(app)[:2]
    noor = id_of(app, "Noor Haddad")
    barrier, refused, troubles = threading.Barrier(2), [], []

    def press(reference: str) -> None:
        with app.app_context():
            try:
                barrier.wait(LAST_RESORT)
                actions.decide_outcome(noor, SLUG, reference, "winner", "The best")
                db.session.commit()
            except Refused as no:
                db.session.rollback()
                refused.append(no.field)
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                db.session.rollback()
                troubles.append(error)

    with clock.freeze(JUDGING):
        threads = [threading.Thread(target=press, args=(reference,)) for reference in references]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LAST_RESORT)
    assert (troubles, refused) == ([], ["joint"])
    assert list(outcomes(app).values()) == ["winner"]


def test_set_hours_keeps_what_was_announced(app):
    judged_season(app)
    noor = id_of(app, "Noor Haddad")
    later = WINNERS + timedelta(days=1)
    with app.app_context(), clock.freeze(SHORTLIST):
        with pytest.raises(Refused, match="This has been announced") as no:
            actions.set_hours(noor, SLUG, SHORTLIST, SHORTLIST + timedelta(days=1), WINNERS)
        assert no.value.field == "shortlist_at"
        actions.set_hours(noor, SLUG, SHORTLIST, SHORTLIST, later)
        db.session.commit()
        assert scheme_by_slug(SLUG).winners_at == later


def test_tell_entrants_at_each_hour_once(app):
    first, second, third = judged_season(app)
    decide(app, first, "winner")
    decide(app, second, "shortlisted")
    assert tell(app, SHORTLIST - MOMENT) == 0
    assert tell(app, SHORTLIST) == 3
    assert tell(app, SHORTLIST + timedelta(minutes=1)) == 0
    assert sorted(told(app)) == sorted(
        [("shortlisted", first), ("shortlisted", second), ("not_shortlisted", third)]
    )
    assert tell(app, WINNERS - MOMENT) == 0
    assert tell(app, WINNERS) == 2
    assert tell(app, WINNERS + timedelta(minutes=1)) == 0
    assert sorted(told(app)[3:]) == sorted([("winner", first), ("not_winner", second)])


def test_tell_entrants_says_nothing_about_the_winner_at_the_shortlists_hour(app):
    """The mails of a winner and of another on the shortlist differ in names only."""
    first, second, _ = judged_season(app)
    decide(app, first, "winner")
    decide(app, second, "shortlisted")
    tell(app, SHORTLIST)
    with app.app_context():
        mails: dict[str, Any] = {
            str(mail.values["reference"]): (mail.subject, mail.template, dict(mail.values))
            for mail in db.session.scalars(select(Mail).where(Mail.template == "outcomes/shortlisted"))
        }
        lines = db.session.scalars(select(History).where(History.what == "outcomes.tell_entrants")).all()
        assert {str(line.changes) for line in lines if "not shortlisted" not in str(line.changes)} == {
            "{'told': [None, 'shortlisted']}"
        }
    same = str(mails[first]).replace(first, second).replace("Work 1", "Work 2")
    assert same == str(mails[second])


def test_tell_entrants_leaves_out_what_is_not_decided_withdrawn_or_long_ago(app):
    first, second, third = judged_season(app)
    other = make_entry(app, category="partnership", submitted_at=DURING)
    make_entry(app, title="A draft")
    decide(app, first, "shortlisted")
    with app.app_context():
        withdrawn = db.session.scalars(select(Entry).where(Entry.reference == third)).one()
        withdrawn.state = "withdrawn"
        db.session.commit()
    assert tell(app, SHORTLIST + timedelta(days=14)) == 0
    assert tell(app, SHORTLIST + timedelta(days=14) - MOMENT) == 2
    assert sorted(reference for _, reference in told(app)) == sorted([first, second])
    assert other not in {reference for _, reference in told(app)}


def test_tell_entrants_of_a_late_category_waits_until_it_is_quiet(app):
    """Decisions after the hour come one by one: nobody is told that they are not on it in between."""
    first, second, _ = judged_season(app)
    decide(app, first, "shortlisted", when=SHORTLIST + timedelta(hours=1))
    assert tell(app, SHORTLIST + timedelta(hours=1, minutes=5)) == 0
    decide(app, second, "shortlisted", when=SHORTLIST + timedelta(hours=1, minutes=10))
    assert tell(app, SHORTLIST + timedelta(hours=1, minutes=24)) == 0
    assert tell(app, SHORTLIST + timedelta(hours=1, minutes=25)) == 3
    with pytest.raises(Refused, match="announced without this entry"):
        decide(app, _, "shortlisted", when=SHORTLIST + timedelta(hours=2))


def test_tell_entrants_of_winners_waits_for_a_winner(app):
    first, *_ = judged_season(app)
    decide(app, first, "shortlisted")
    tell(app, SHORTLIST)
    assert tell(app, WINNERS) == 0
    decide(app, first, "winner", when=WINNERS + timedelta(hours=1))
    assert tell(app, WINNERS + timedelta(hours=2)) == 1


def test_many_schedules_at_once_tell_nobody_twice(app):
    references = judged_season(app, marks=[(3, 3)] * 6)
    decide(app, references[0], "shortlisted")
    barrier, counts, troubles = threading.Barrier(4), [], []

    def work() -> None:
        with app.app_context():
            try:
                barrier.wait(LAST_RESORT)
                counts.append(actions.tell_entrants(SHORTLIST))
                db.session.commit()
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                db.session.rollback()
                troubles.append(error)

    with clock.freeze(SHORTLIST):
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LAST_RESORT)
    assert (troubles, sum(counts)) == ([], 6)
    assert sorted(reference for _, reference in told(app)) == sorted(references)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Telling)) == 6
