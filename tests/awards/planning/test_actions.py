"""Assigning reads on a real database, two hands at once included."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from awards.entries.models import Entry
from awards.panels import actions as panels
from awards.panels.models import Judge
from awards.planning import actions
from awards.planning.models import Read
from base.database import db
from base.errors import NotHere, Refused
from outside import clock
from tests.awards.panel import (
    JUDGES,
    JUDGING,
    add_panel,
    assign,
    give,
    judge,
    judge_ids,
    mails,
    reads_in,
    refused,
)
from tests.awards.season import CLOSES, DURING, SLUG, id_of, make_entry, ready
from tests.waiting import LAST_RESORT


def test_remove_judge_only_without_reads(app):
    ready(app)
    reference = make_entry(app, submitted_at=DURING)
    add_panel(app, judges=JUDGES[:2])
    give(app, "Beth Lloyd", reference)
    noor = id_of(app, "Noor Haddad")
    maya, beth = (judge_ids(app)[name] for name in ("Maya Collins", "Beth Lloyd"))
    why = "They have 1 entry to read. Give those to somebody else first"
    assert refused(app, actions.remove_judge, noor, SLUG, "wellbeing", beth) == (why, "")
    with app.app_context(), clock.freeze(JUDGING):
        actions.remove_judge(noor, SLUG, "wellbeing", maya)
        db.session.commit()
        assert db.session.scalars(select(Judge.id)).all() == [beth]


def test_assign_evenly_never_gives_a_judge_their_own_organisation(app):
    """Carl works for Combined, Dilys for CPFT; Priya, a judge here, is a member of CPFT and wrote one."""
    ready(app)
    cpft = make_entry(app, submitted_at=DURING)
    combined = make_entry(app, organisation="combined", writers=["Sian Evans"], submitted_at=DURING)
    add_panel(app, judges=(*JUDGES, ("Priya Nair", "", False, False)))
    assign(app)
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
    told = dict(mails(app, "planning/reads_given"))
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
        panels.add_judge(noor, SLUG, "wellbeing", "joel@sun.example", "Joel Stein")
        panels.add_judge(noor, SLUG, "wellbeing", "huw@example.org", "Huw Price", lived_experience=True)
        plan = actions.assign_evenly(noor, SLUG, "wellbeing")
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
        maya, beth = (judge_ids(app)[name] for name in ("Maya Collins", "Beth Lloyd"))
        shown = {(beth, ids[first]), (maya, ids[first])}
        counts = actions.assign_reads(noor, SLUG, "wellbeing", {(beth, ids[second])}, shown)
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
    dilys = judge_ids(app)["Dilys Morgan"]
    why, _ = refused(app, actions.assign_reads, noor, SLUG, "wellbeing", {(dilys, entry)})
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
            actions.assign_reads(noor, SLUG, "wellbeing", {(judge_id, entry)})


def test_assign_evenly_waits_for_the_deadline(app):
    ready(app)
    make_entry(app, submitted_at=DURING)
    add_panel(app, judges=JUDGES[:1])
    noor = id_of(app, "Noor Haddad")
    with (
        app.app_context(),
        clock.freeze(CLOSES - timedelta(seconds=1)),
        pytest.raises(Refused, match="Entries are open until Friday 29 May, 5pm"),
    ):
        actions.assign_evenly(noor, SLUG, "wellbeing")


def test_two_organisers_at_once_assign_once(app):
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
                plans.append(len(actions.assign_evenly(noor, SLUG, "wellbeing").pairs))
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
