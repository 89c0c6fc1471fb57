"""Starting, joining, asking and deciding; what stands in the tables afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.organisations import actions, queries
from accounts.organisations.models import Membership
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.errors import NotHere, Refused


@pytest.fixture
def mersey(db_session):
    """An organisation with a mail domain and another name, led by nobody yet."""
    made = actions.add_organisation(
        "Mersey Care", "NHS trust", "North West", aliases=["MCT"], domains=["MerseyCare.example"]
    )
    db_session.flush()
    return made


def memberships(session):
    """(person, state, lead) of everybody, by person."""
    rows = session.execute(
        select(Membership.person_id, Membership.state, Membership.lead).order_by(Membership.person_id)
    )
    return [tuple(row) for row in rows]


def mails(session):
    """(recipient, template) of every mail, oldest first."""
    return [tuple(row) for row in session.execute(select(Mail.recipient, Mail.template).order_by(Mail.id))]


def test_start_organisation_makes_its_starter_the_lead(db_session, person):
    """One organisation, one lead, one line of history for each."""
    maya = person("maya@example.org")
    made = actions.start_organisation(maya.id, "  Sandwell   Women's Aid ", "Charity", "Midlands")
    db_session.flush()
    assert (made.name, made.slug, made.name_key) == (
        "Sandwell Women's Aid",
        "sandwell-womens-aid",
        "sandwell womens aid",
    )
    assert memberships(db_session) == [(maya.id, "member", True)]
    assert queries.membership_state(maya.id, made.slug) == "lead"
    scope = f"organisation:{made.id}"
    lines = db_session.execute(
        select(History.what, History.scope, History.changes).order_by(History.id)
    ).all()
    assert [tuple(line) for line in lines] == [
        ("organisations.start_organisation", scope, {"name": [None, "Sandwell Women's Aid"]}),
        ("organisations.add_member", scope, {"lead": [False, True]}),
    ]


@pytest.mark.parametrize("name", ["Mersey Care", "the MERSEY  care", "mct", "M.C.T"])
def test_start_organisation_refuses_a_name_or_alias_that_is_here(db_session, mersey, person, name):
    """Another spelling is the same name ("M.C.T" is not: three words)."""
    maya = person("maya@example.org")
    if name == "M.C.T":
        assert actions.start_organisation(maya.id, name, "Other", "London").slug == "m-c-t"
        return
    with pytest.raises(Refused) as refused:
        actions.start_organisation(maya.id, name, "Other", "London")
    assert (refused.value.why, refused.value.field) == (
        "Mersey Care is here already. Go back and join it instead",
        "name",
    )


def test_slugs_are_numbered_where_two_names_share_one(db_session):
    """Names that differ only in letters that an address cannot hold; and "start" is a page of its own."""
    slugs = [actions.add_organisation(name, "Other", "London").slug for name in ("心", "音", "声", "Start")]
    assert slugs == ["organisation", "organisation-2", "organisation-3", "start-2"]


def test_join_organisation_first_becomes_its_lead(db_session, mersey, person):
    """Somebody has to begin; the history says who."""
    ada = person("ada@example.org")
    assert actions.join_organisation(ada.id, mersey.slug) == "member"
    db_session.flush()
    assert (memberships(db_session), mails(db_session)) == ([(ada.id, "member", True)], [])


def test_join_organisation_with_its_own_domain_is_at_once(db_session, mersey, person):
    """The address proves it: a member, but no lead where there is one."""
    ada, ben = person("ada@example.org"), person("ben@merseycare.example")
    actions.join_organisation(ada.id, mersey.slug)
    assert actions.join_organisation(ben.id, mersey.slug) == "member"
    db_session.flush()
    assert memberships(db_session) == [(ada.id, "member", True), (ben.id, "member", False)]
    assert mails(db_session) == []


def test_join_organisation_asks_its_leads_otherwise(db_session, mersey, person):
    """Every lead gets a mail; asking again changes nothing and writes to nobody."""
    ada, ben = person("ada@example.org"), person("ben@example.org")
    actions.join_organisation(ada.id, mersey.slug)
    assert [actions.join_organisation(ben.id, mersey.slug) for _ in range(2)] == ["asked", "asked"]
    db_session.flush()
    assert memberships(db_session) == [(ada.id, "member", True), (ben.id, "asked", False)]
    assert mails(db_session) == [("ada@example.org", "organisations/asks_to_join")]
    assert queries.membership_state(ben.id, mersey.slug) == "asked"
    assert list(queries.organisations_of(ben.id)) == []
    assert [one.slug for one in queries.asked_to_join(ben.id)] == [mersey.slug]


@pytest.mark.parametrize(
    ("let_in", "after", "changes"),
    [(True, "member", {"state": ["asked", "member"]}), (False, "", {"state": ["asked", "refused"]})],
)
def test_decide_join_lets_in_or_not(db_session, mersey, person, let_in, after, changes):
    """They are told either way, and the history says who decided."""
    ada, ben = person("ada@example.org"), person("ben@example.org")
    actions.join_organisation(ada.id, mersey.slug)
    actions.join_organisation(ben.id, mersey.slug)
    actions.decide_join(ada.id, mersey.slug, ben.id, let_in=let_in)
    db_session.flush()
    assert queries.membership_state(ben.id, mersey.slug) == after
    assert mails(db_session)[-1] == ("ben@example.org", "organisations/join_decided")
    last = db_session.scalars(select(History).order_by(History.id.desc())).first()
    assert (last.what, last.person_id, last.changes) == ("organisations.decide_join", ada.id, changes)
    with pytest.raises(NotHere):
        actions.decide_join(ada.id, mersey.slug, ben.id, let_in=let_in)


def test_decide_join_needs_somebody_who_asks(db_session, mersey, person):
    """A member is not let in again, nor somebody unknown."""
    ada = person("ada@example.org")
    actions.join_organisation(ada.id, mersey.slug)
    for stranger in (ada.id, 2_000_000_000):
        with pytest.raises(NotHere):
            actions.decide_join(ada.id, mersey.slug, stranger, let_in=True)
