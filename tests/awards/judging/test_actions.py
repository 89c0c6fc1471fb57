"""Panels, reads and scores on a real database, two hands at once included."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from awards.entries.models import Entry
from awards.judging import actions, appointing, panels, queries
from awards.judging.models import Judge, Panel, Read, Score
from awards.schemes.queries import category_by_slug, scheme_by_slug
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.database import db
from base.errors import NotHere, Refused
from outside import clock
from tests.awards.panel import JUDGES, JUDGING, add_panel, give, hand_out, judge, reads_in
from tests.awards.season import CLOSES, DURING, JUDGING_CLOSES, SLUG, id_of, make_entry, meet, ready
from tests.waiting import LAST_RESORT
from website.transactions import Chorus


def mails(app: Chorus, template: str) -> list[tuple[str, dict[str, Any]]]:
    """The mails of one kind that were written: (recipient, values)."""
    with app.app_context():
        rows = db.session.scalars(select(Mail).where(Mail.template == template).order_by(Mail.id)).all()
        return [(row.recipient, dict(row.values)) for row in rows]


def refused(app: Chorus, action: Callable[..., object], *arguments: object) -> str:
    """Why an action says no, now in JUDGING."""
    with app.app_context(), clock.freeze(JUDGING), pytest.raises(Refused) as no:
        action(*arguments)
    return no.value.why


def test_add_judge_begins_the_panel_and_invites(app):
    ready(app)
    add_panel(app, judges=JUDGES[:2])
    with app.app_context():
        place = category_by_slug(scheme_by_slug(SLUG), "wellbeing")
        rows = panels.judges_of(place.id)
        lines = db.session.scalars(select(History).where(History.what == "judging.add_judge")).all()
        assert [line.changes["lived_experience"] for line in lines if "lived_experience" in line.changes] == [
            None
        ]
    assert [(row.name, row.chair, row.lived_experience) for row in rows] == [
        ("Maya Collins", True, False),
        ("Beth Lloyd", False, True),
    ]
    invited = mails(app, "judging/invited")
    assert [recipient for recipient, _ in invited] == ["maya@example.org", "beth@example.org"]
    assert invited[0][1]["link"] == "http://localhost/judging"


def test_add_judge_twice_or_a_second_chair_is_refused(app):
    ready(app)
    add_panel(app, judges=JUDGES[:2])
    noor = id_of(app, "Noor Haddad")
    again = (noor, SLUG, "wellbeing", "beth@example.org")
    assert refused(app, appointing.add_judge, *again) == "They are on this panel already"
    chair = (noor, SLUG, "wellbeing", "huw@example.org", "Huw", "", False, True)
    assert refused(app, appointing.add_judge, *chair) == "Maya Collins chairs this panel already"


def test_remove_judge_only_without_reads(app):
    ready(app)
    reference = make_entry(app, submitted_at=DURING)
    add_panel(app, judges=JUDGES[:2])
    give(app, "Beth Lloyd", reference)
    noor = id_of(app, "Noor Haddad")
    with app.app_context():
        ids = {
            row.name: row.id for row in db.session.execute(select(Judge.id, Judge.person_id.label("name")))
        }
        maya, beth = (ids[meet(name).id] for name in ("Maya Collins", "Beth Lloyd"))
        db.session.commit()
    why = "They have 1 entry to read. Give those to somebody else first"
    assert refused(app, appointing.remove_judge, noor, SLUG, "wellbeing", beth) == why
    with app.app_context(), clock.freeze(JUDGING):
        appointing.remove_judge(noor, SLUG, "wellbeing", maya)
        db.session.commit()
        assert db.session.scalars(select(Judge.id)).all() == [beth]


def test_assign_evenly_never_gives_a_judge_their_own_organisation(app):
    """Carl works for Combined, Dilys for CPFT; Priya, a judge here, is a member of CPFT and wrote one."""
    ready(app)
    cpft = make_entry(app, submitted_at=DURING)
    combined = make_entry(app, organisation="combined", writers=["Sian Evans"], submitted_at=DURING)
    add_panel(app, judges=(*JUDGES, ("Priya Nair", "", False, False)))
    hand_out(app)
    assert reads_in(app) == [
        ("Beth Lloyd", min(cpft, combined), "assigned"),
        ("Beth Lloyd", max(cpft, combined), "assigned"),
        ("Carl Osei", cpft, "assigned"),
        *(pair for pair in reads_in(app) if pair[0] in ("Dilys Morgan", "Maya Collins", "Priya Nair")),
    ]
    assert {(name, reference) for name, reference, _ in reads_in(app)} & {
        ("Carl Osei", combined),
        ("Dilys Morgan", cpft),
        ("Priya Nair", cpft),
    } == set()
    with app.app_context():
        counts = db.session.execute(
            select(Entry.reference, func.count()).join(Read).group_by(Entry.reference)
        )
        assert dict(counts.all()) == {cpft: 3, combined: 3}
    told = dict(mails(app, "judging/reads_given"))
    assert told["beth@example.org"]["entries"] == "2 entries"


def test_assign_evenly_with_partners_and_mail_domains(app):
    """A partner's judge may not read either; an address at the organisation's own domain says who
    somebody is.
    """
    ready(app)
    reference = make_entry(app, submitted_at=DURING)
    with app.app_context():
        from accounts.organisations.actions import add_organisation
        from awards.entries.models import EntryPartner

        sun = add_organisation("The SUN Network", "Charity", "East of England", domains=["sun.example"])
        entry = db.session.scalars(select(Entry).where(Entry.reference == reference)).one()
        db.session.add(EntryPartner(entry_id=entry.id, organisation_id=sun.id))
        db.session.commit()
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        appointing.add_judge(noor, SLUG, "wellbeing", "joel@sun.example", "Joel Stein")
        appointing.add_judge(noor, SLUG, "wellbeing", "huw@example.org", "Huw Price", lived_experience=True)
        plan = appointing.assign_evenly(noor, SLUG, "wellbeing")
        db.session.commit()
    assert [name for name, *_ in reads_in(app)] == ["Huw Price"]
    assert [(one.reference, one.missing, one.barred) for one in plan.shortfalls] == [
        (reference, 2, (("organisation", 1),))
    ]


def test_assign_reads_by_hand_adds_takes_back_and_keeps_what_is_begun(app):
    ready(app)
    first, second = (make_entry(app, title=title, submitted_at=DURING) for title in ("One", "Two"))
    add_panel(app, judges=JUDGES[:2])
    give(app, "Beth Lloyd", first)
    give(app, "Maya Collins", first)
    judge(app, "Maya Collins", first, {}, finish=False)
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        ids = dict(db.session.execute(select(Entry.reference, Entry.id)).all())
        judges = dict(db.session.execute(select(Judge.person_id, Judge.id)).all())
        maya, beth = (judges[meet(name).id] for name in ("Maya Collins", "Beth Lloyd"))
        shown = {(beth, ids[first]), (maya, ids[first])}
        counts = appointing.assign_reads(noor, SLUG, "wellbeing", {(beth, ids[second])}, shown)
        db.session.commit()
    assert counts == (1, 1)
    assert reads_in(app) == [("Beth Lloyd", second, "assigned"), ("Maya Collins", first, "reading")]


def test_assign_reads_by_hand_refuses_a_barred_pair(app):
    ready(app)
    reference = make_entry(app, submitted_at=DURING)
    add_panel(app)
    noor = id_of(app, "Noor Haddad")
    with app.app_context():
        entry = db.session.scalars(select(Entry.id)).one()
        dilys = db.session.scalars(select(Judge.id).where(Judge.person_id == meet("Dilys Morgan").id)).one()
        db.session.commit()
    why = refused(app, appointing.assign_reads, noor, SLUG, "wellbeing", {(dilys, entry)})
    assert why == f"Dilys Morgan may not read {reference}: Dilys Morgan works for an organisation in it"
    assert reads_in(app) == []


def test_assign_reads_by_hand_knows_only_its_own_category(app):
    ready(app)
    make_entry(app, submitted_at=DURING)
    other = make_entry(app, category="partnership", submitted_at=DURING)
    add_panel(app, judges=JUDGES[:1])
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        entry = db.session.scalars(select(Entry.id).where(Entry.reference == other)).one()
        judge_id = db.session.scalars(select(Judge.id)).one()
        with pytest.raises(NotHere):
            appointing.assign_reads(noor, SLUG, "wellbeing", {(judge_id, entry)})


def test_hand_out_waits_for_the_deadline(app):
    ready(app)
    make_entry(app, submitted_at=DURING)
    add_panel(app, judges=JUDGES[:1])
    noor = id_of(app, "Noor Haddad")
    with (
        app.app_context(),
        clock.freeze(CLOSES - timedelta(seconds=1)),
        pytest.raises(Refused, match="Entries are open until Friday 29 May, 5pm"),
    ):
        appointing.assign_evenly(noor, SLUG, "wellbeing")


def test_two_organisers_at_once_hand_out_once(app):
    """Both press at the same moment: the panel's row lets them in one after the other."""
    ready(app)
    for number in range(6):
        make_entry(app, title=f"Work {number}", submitted_at=DURING)
    add_panel(app, judges=JUDGES[:3])
    noor = id_of(app, "Noor Haddad")
    barrier, plans, troubles = threading.Barrier(2), [], []

    def press() -> None:
        with app.app_context():
            try:
                barrier.wait(LAST_RESORT)
                plans.append(len(appointing.assign_evenly(noor, SLUG, "wellbeing").pairs))
                db.session.commit()
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                db.session.rollback()
                troubles.append(error)

    with clock.freeze(JUDGING):
        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LAST_RESORT)
    assert troubles == []
    assert sorted(plans) == [0, 18]
    assert len(reads_in(app)) == 18


def one_read(app: Chorus) -> str:
    """An entry that Beth has to read; its reference."""
    ready(app)
    reference = make_entry(app, submitted_at=DURING)
    add_panel(app, judges=JUDGES[:2])
    give(app, "Beth Lloyd", reference)
    return reference


def test_declare_conflict_steps_back_and_tells_the_organisers(app):
    reference = one_read(app)
    beth = id_of(app, "Beth Lloyd")
    with app.app_context(), clock.freeze(JUDGING):
        actions.declare_conflict(beth, reference, conflict=True, reason="My sister works there")
        db.session.commit()
        line = db.session.scalars(select(History).where(History.what == "judging.declare_conflict")).one()
        assert line.changes == {"state": ["assigned", "recused"], "conflict": None}
        with pytest.raises(NotHere):
            queries.read_of(beth, reference)
        assert not queries.is_reader(beth, reference)
    ((recipient, values),) = mails(app, "judging/stepped_back")
    assert (recipient, values["judge"], values["reason"]) == (
        "noor@example.org",
        "Beth Lloyd",
        "My sister works there",
    )
    hand_out(app)
    assert reads_in(app) == [("Beth Lloyd", reference, "recused"), ("Maya Collins", reference, "assigned")]


def test_score_entry_needs_the_declaration_and_keeps_history_without_the_words(app):
    reference = one_read(app)
    beth = id_of(app, "Beth Lloyd")
    why = refused(app, actions.score_entry, beth, reference, "ambition", 3, "")
    assert why == "Say first whether you have a conflict with this entry"
    with app.app_context(), clock.freeze(JUDGING):
        actions.declare_conflict(beth, reference, conflict=False)
        actions.score_entry(beth, reference, "ambition", 2, "Their own idea")
        actions.score_entry(beth, reference, "ambition", 3, "Their own idea")
        actions.score_entry(beth, reference, "ambition", 3, "Their own idea")
        actions.score_entry(beth, reference, "outcome", None, "Not yet sure")
        db.session.commit()
        kept = db.session.execute(select(Score.value, Score.comment).order_by(Score.criterion_id)).all()
        assert [tuple(row) for row in kept] == [(3, "Their own idea"), (None, "Not yet sure")]
        lines = db.session.scalars(
            select(History).where(History.what == "judging.score_entry").order_by(History.id)
        ).all()
        assert [line.changes for line in lines] == [
            {"ambition": [None, 2], "comment": None},
            {"ambition": [2, 3]},
            {"comment": None},
        ]


def test_score_entry_refuses_strangers_and_what_is_not_there(app):
    reference = one_read(app)
    judge(app, "Beth Lloyd", reference, {}, finish=False)
    beth, maya = id_of(app, "Beth Lloyd"), id_of(app, "Maya Collins")
    assert refused(app, actions.score_entry, beth, reference, "ambition", 4, "") == (
        "Choose one of the points of the scale"
    )
    with app.app_context(), clock.freeze(JUDGING):
        with pytest.raises(NotHere):
            actions.score_entry(maya, reference, "ambition", 3)
        with pytest.raises(NotHere):
            actions.score_entry(beth, reference, "spread", 3)


def test_finish_read_needs_every_score_and_counts_from_then(app):
    reference = one_read(app)
    beth = id_of(app, "Beth Lloyd")
    judge(app, "Beth Lloyd", reference, {"ambition": 3}, finish=False)
    assert refused(app, actions.finish_read, beth, reference) == "Score outcome first"
    with app.app_context(), clock.freeze(JUDGING):
        actions.score_entry(beth, reference, "outcome", 1)
        actions.finish_read(beth, reference)
        actions.score_entry(beth, reference, "outcome", 2)
        db.session.commit()
        read = db.session.scalars(select(Read)).one()
        assert (read.state, read.finished_at) == ("done", JUDGING)
        assert queries.how_far(beth, scheme_by_slug(SLUG).id) == (1, 1)


def test_after_closing_nothing_is_written(app):
    reference = one_read(app)
    judge(app, "Beth Lloyd", reference, {"ambition": 3}, finish=False)
    beth = id_of(app, "Beth Lloyd")
    with app.app_context(), clock.freeze(JUDGING_CLOSES):
        for action, arguments in (
            (actions.score_entry, ("ambition", 1)),
            (actions.finish_read, ()),
            (actions.declare_conflict, (True, "My sister")),
        ):
            with pytest.raises(Refused, match="Judging closed on Friday 26 June, 5pm"):
                action(beth, reference, *arguments)
        db.session.rollback()
        assert db.session.scalars(select(Score.value)).all() == [3]


def test_a_withdrawn_entry_is_read_no_more(app):
    reference = one_read(app)
    judge(app, "Beth Lloyd", reference, {}, finish=False)
    with app.app_context():
        db.session.scalars(select(Entry)).one().state = "withdrawn"
        db.session.commit()
        beth = meet("Beth Lloyd").id
        assert queries.reads_of(beth) == []
        with pytest.raises(NotHere):
            actions.score_entry(beth, reference, "ambition", 3)


def test_there_is_one_panel_a_category(app):
    ready(app)
    add_panel(app)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Panel)) == 1
