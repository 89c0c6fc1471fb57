"""How far panels are, and what assigning reads looks at."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.organisations.actions import add_organisation
from accounts.organisations.models import Membership
from awards.entries.models import Entry, EntryPartner
from awards.panels.actions import add_judge
from awards.planning import queries
from awards.planning.queries import PanelRow
from awards.planning.rules import Board
from awards.schemes.queries import category_by_slug, scheme_by_slug
from base.database import db
from base.errors import NotHere
from outside import clock
from tests.awards.panel import JUDGES, JUDGING, add_panel, assign, give, judge, reads_in, step_back
from tests.awards.season import DURING, SLUG, address, id_of, make_entry, meet, ready


def category_id(slug: str = "wellbeing") -> int:
    """The id of a category."""
    return category_by_slug(scheme_by_slug(SLUG), slug).id


def board(slug: str = "wellbeing") -> Board:
    """What assigning looks at in a category."""
    scheme = scheme_by_slug(SLUG)
    return queries.board_of(scheme, category_by_slug(scheme, slug))


@pytest.fixture
def two_panels(app):
    """Two panels: of wellbeing's two entries Beth read one and began one, Maya stepped back from one."""
    ready(app)
    first, second = (make_entry(app, title=title, submitted_at=DURING) for title in ("One", "Two"))
    make_entry(app, title="A draft")
    other = make_entry(app, "partnership", title="Three", submitted_at=DURING)
    add_panel(app, judges=JUDGES[:3])
    add_panel(app, "partnership", (("Maya Collins", "", False, False),))
    for name, reference in (("Beth Lloyd", first), ("Beth Lloyd", second), ("Maya Collins", first)):
        give(app, name, reference)
    judge(app, "Beth Lloyd", first, {"ambition": 3, "outcome": 3})
    judge(app, "Beth Lloyd", second, {"ambition": 3}, finish=False)
    step_back(app, "Maya Collins", first)
    return first, second, other


def test_panels_of_counts_every_category_by_itself(app, two_panels):
    """In the scheme's order; what is not there is nought."""
    with app.app_context():
        assert queries.panels_of(scheme_by_slug(SLUG)) == [
            PanelRow(
                "wellbeing",
                "Mental Health Workforce Wellbeing",
                judges=3,
                lived=2,
                entries=2,
                reads=2,
                done=1,
            ),
            PanelRow("partnership", "Partnership Working", judges=1, entries=1),
            PanelRow("difference", "Making a Difference"),
            PanelRow("star", "Young Person Making a Difference"),
        ]


def test_progress_of_counts_the_reads_of_each_judge(app, two_panels):
    """Reads are those that were not given up; the chair comes first, then names in order."""
    with app.app_context():
        rows = queries.progress_of(category_id())
        assert [(one.name, one.reads, one.done, one.recused) for one in rows] == [
            ("Maya Collins", 0, 0, 1),
            ("Beth Lloyd", 2, 1, 0),
            ("Carl Osei", 0, 0, 0),
        ]
        beth = rows[1]
        assert queries.progress_of_judge(category_id(), beth.judge_id) == beth
        for slug, judge_id in (("partnership", beth.judge_id), ("wellbeing", beth.judge_id + 1000)):
            with pytest.raises(NotHere):
                queries.progress_of_judge(category_id(slug), judge_id)


def test_entries_in_are_those_that_were_sent_in(app, two_panels):
    """No drafts, no other category."""
    with app.app_context():
        assert [queries.entries_in(category_id(slug)) for slug in ("wellbeing", "partnership", "star")] == [
            2,
            1,
            0,
        ]


def test_board_of_holds_the_category_and_its_reads(app, two_panels):
    """Entries by reference, judges in the order they came, reads in every state."""
    first, second, _ = two_panels
    with app.app_context():
        here = board()
        states = {
            (one.person_id, one.judge_id): [held.state for held in here.held if held.judge_id == one.judge_id]
            for one in here.judges
        }
        names = [meet(name).id for name in ("Maya Collins", "Beth Lloyd", "Carl Osei")]
    assert [entry.reference for entry in here.entries] == sorted([first, second])
    assert [person_id for person_id, _ in states] == names
    assert [sorted(found) for found in states.values()] == [["recused"], ["done", "reading"], []]
    assert (here.reads_per_entry, here.lived_experience_reads) == (3, 1)


def test_board_of_knows_every_organisation_of_a_judge(app):
    """By the panel, as a member, by the address: but not by an address that anybody can have."""
    ready(app)
    make_entry(app, submitted_at=DURING)
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        sun = add_organisation("The SUN Network", "Charity", "London", domains=["sun.example"])
        names = {"Joel": "joel@sun.example", "Huw": "huw@nhs.net", "Sian": address("Sian Evans")}
        for name, email in names.items():
            add_judge(noor, SLUG, "wellbeing", email, name, "cpft" if name != "Huw" else "")
        asked = Membership(
            organisation_id=sun.id, person_id=meet("Sian Evans").id, state="asked", asked_at=JUDGING
        )
        db.session.add(asked)
        db.session.commit()
        ids = {row.name: row.id for row in db.session.execute(select_organisations())}
        found = [one.organisations for one in board().judges]
    assert found == [
        {ids["The SUN Network"], ids["CPFT"]},
        set(),
        {ids["CPFT"], ids["Combined"]},
    ]


def select_organisations():
    """The organisations' names and ids."""
    from accounts.organisations.models import Organisation

    return select(Organisation.id, Organisation.name)


def test_board_of_knows_everybody_in_an_entry(app):
    """Partners among the organisations; who writes it and who sent it among the people; the nominee."""
    ready(app)
    make_entry(
        app,
        "difference",
        writers=["Priya Nair", "Quentin Ashe"],
        nominee="Rosa Bell",
        submitted_at=DURING,
    )
    rosa = id_of(app, "Rosa Bell")
    with app.app_context():
        entry = db.session.scalars(select(Entry)).one()
        entry.submitted_by = rosa
        sun = add_organisation("The SUN Network", "Charity", "London")
        db.session.add(EntryPartner(entry_id=entry.id, organisation_id=sun.id))
        db.session.commit()
        (found,) = board("difference").entries
        assert found.organisations == {entry.organisation_id, sun.id}
        assert found.people == {meet(name).id for name in ("Priya Nair", "Quentin Ashe", "Rosa Bell")}
        assert found.nominee == "Rosa Bell"


@pytest.mark.parametrize("entries", [1, 5])
def test_board_of_asks_seven_times(app, count_queries, entries):
    """However many entries and reads there are."""
    ready(app)
    for number in range(entries):
        make_entry(app, title=f"Work {number}", submitted_at=DURING)
    add_panel(app, judges=JUDGES[:2])
    assign(app)
    with app.app_context():
        scheme = scheme_by_slug(SLUG)
        category = category_by_slug(scheme, "wellbeing")
        with count_queries() as counted:
            assert len(queries.board_of(scheme, category).held) == 2 * entries
    assert counted.count == 7


def test_unbegun_reads_are_those_that_nobody_has_opened(app, two_panels):
    """With the judge as a person, in the order in which they were assigned."""
    first, second, _ = two_panels
    add_panel(app, judges=JUDGES[3:])
    give(app, "Dilys Morgan", second)
    give(app, "Carl Osei", first)
    with app.app_context():
        entries = dict(db.session.execute(select(Entry.id, Entry.reference)).all())
        found = queries.unbegun_reads(category_id())
        assert [(one.person_id, entries[one.entry_id]) for one in found] == [
            (meet("Dilys Morgan").id, second),
            (meet("Carl Osei").id, first),
        ]
        assert queries.unbegun_reads(category_id("partnership")) == []
    assert [row[2] for row in reads_in(app)].count("assigned") == 2
