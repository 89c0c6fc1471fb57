"""Reading outcomes: for everybody at their hours, for organisers always."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from awards.outcomes import queries
from awards.outcomes.queries import CategoryDecided
from awards.outcomes.rules import OUTCOMES, UNDECIDED
from awards.schemes.queries import category_by_slug, scheme_by_slug
from base.database import db
from base.errors import NotHere
from base.pages import Asked
from tests.awards.outcomes.deciding import decide, tell
from tests.awards.panel import JUDGING, judged_season
from tests.awards.season import DURING, MOMENT, SHORTLIST, SLUG, WINNERS, make_entry


def test_visible_outcomes_are_the_one_way_for_others(app):
    first, second, third = judged_season(app)
    decide(app, first, "winner")
    decide(app, second, "highly_commended")
    with app.app_context():
        scheme = scheme_by_slug(SLUG)
        entries = {entry.reference: entry for entry in db.session.scalars(select(Entry))}
        for now, seen in (
            (SHORTLIST - MOMENT, {}),
            (SHORTLIST, {first: "shortlisted", second: "shortlisted"}),
            (WINNERS - MOMENT, {first: "shortlisted", second: "shortlisted"}),
            (WINNERS, {first: "winner", second: "highly_commended"}),
        ):
            found = queries.visible_outcomes(scheme, now)
            assert {entries[reference].id: outcome for reference, outcome in seen.items()} == found
            assert {
                reference: queries.visible_outcome(entries[reference], scheme, now)
                for reference in (first, second, third)
            } == {first: seen.get(first), second: seen.get(second), third: None}
        entries[first].state = "withdrawn"
        db.session.flush()
        assert queries.visible_outcome(entries[first], scheme, WINNERS) is None
        assert queries.visible_outcomes(scheme, WINNERS) == {entries[second].id: "highly_commended"}


def test_categories_decided_counts_each_outcome(app):
    """Every outcome has a number, also where it is nought; drafts and withdrawn entries have none."""
    first, second, third = judged_season(app)
    fourth = make_entry(app, title="Work 4", submitted_at=DURING)
    make_entry(app, title="A draft")
    decide(app, first, "winner")
    decide(app, second, "shortlisted")
    decide(app, third, "shortlisted")
    decide(app, fourth, "highly_commended")
    with app.app_context():
        db.session.scalars(select(Entry).where(Entry.reference == fourth)).one().state = "withdrawn"
        db.session.flush()
        found = queries.categories_decided(scheme_by_slug(SLUG))
    assert found[0] == CategoryDecided(
        slug="wellbeing",
        name="Mental Health Workforce Wellbeing",
        entries=3,
        reads=6,
        done=6,
        counts=dict.fromkeys(OUTCOMES, 0) | {"winner": 1, "shortlisted": 2},
    )
    assert [(one.slug, one.entries, one.decided) for one in found] == [
        ("wellbeing", 3, 3),
        ("partnership", 0, 0),
        ("difference", 0, 0),
        ("star", 0, 0),
    ]


def test_undecided_in_names_categories_with_entries_and_no_outcome(app):
    """Withdrawn entries and drafts are none; one decision is enough."""
    first, *_ = judged_season(app)
    other = make_entry(app, title="A forum", category="partnership", submitted_at=DURING)
    make_entry(app, title="A draft", category="star")
    with app.app_context():
        scheme = scheme_by_slug(SLUG)
        assert queries.undecided_in(scheme) == ["Mental Health Workforce Wellbeing", "Partnership Working"]
    decide(app, first, "shortlisted")
    with app.app_context():
        assert queries.undecided_in(scheme_by_slug(SLUG)) == ["Partnership Working"]
        db.session.scalars(select(Entry).where(Entry.reference == other)).one().state = "withdrawn"
        db.session.flush()
        assert queries.undecided_in(scheme_by_slug(SLUG)) == []


def test_ranking_of_has_what_was_sent_in(app):
    """The best first; a draft is not ranked, an entry that nobody has read comes last."""
    first, second, third = judged_season(app, marks=((2, 2), (3, 3), (1, 1)))
    unread = make_entry(app, title="Work 4", submitted_at=DURING)
    make_entry(app, title="A draft")
    with app.app_context():
        scheme = scheme_by_slug(SLUG)
        ranked = queries.ranking_of(scheme, category_by_slug(scheme, "wellbeing"))
        elsewhere = queries.ranking_of(scheme, category_by_slug(scheme, "star"))
        pages = [queries.ranked_entries(scheme, ranked, Asked(page=page, per_page=3)) for page in (1, 2)]
    assert [[(one.row.reference, one.ranked.rank) for one in page.rows] for page in pages] == [
        [(second, 1), (first, 2), (third, 3)],
        [(unread, None)],
    ]
    assert [one.row.marks.mean == one.ranked.marks.mean for one in pages[0].rows] == [True] * 3
    assert elsewhere == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("reference", ["B-1", "B-2", "B-3", "B-4"]),
        ("title", ["B-4", "B-3", "B-2", "B-1"]),
        ("organisation", ["B-1", "B-2", "B-3", "B-4"]),
        ("category", ["B-1", "B-2", "B-3", "B-4"]),
        ("reads", ["B-1", "B-2", "B-3", "B-4"]),
        ("mark", ["B-2", "B-1", "B-3", "B-4"]),
    ],
)
def test_entries_of_come_in_every_order_and_in_pages(app, sort, expected):
    """Equal ones by reference, those without a mark last."""
    references = [*judged_season(app, marks=((2, 2), (3, 3), (1, 1))), make_entry(app, title="A draft")]
    with app.app_context():
        for number, reference in enumerate(references, start=1):
            entry = db.session.scalars(select(Entry).where(Entry.reference == reference)).one()
            entry.reference, entry.title = f"B-{number}", f"{'abcd'[-number]} work"
        db.session.flush()
        found = []
        for page in (1, 2):
            part = queries.entries_of(scheme_by_slug(SLUG), Asked(page, sort=sort, per_page=3))
            assert (part.total, part.pages) == (4, 2)
            found += [row.reference for row in part.rows]
    assert found == expected


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        (Asked(words="work 2"), ["Work 2"]),
        (Asked(words="cpft"), ["A draft", "A forum", "Work 1", "Work 2", "Work 3"]),
        (Asked(words="%"), []),
        (Asked(filters={"state": "draft"}), ["A draft"]),
        (Asked(filters={"category": "partnership"}), ["A forum"]),
        (Asked(words="work", filters={"category": "partnership"}), []),
        (Asked(words="work 1", filters={"category": "wellbeing", "state": "submitted"}), ["Work 1"]),
    ],
)
def test_entries_of_are_searched_and_filtered(app, asked, titles):
    judged_season(app)
    make_entry(app, title="A draft")
    make_entry(app, title="A forum", category="partnership", submitted_at=DURING)
    with app.app_context():
        page = queries.entries_of(scheme_by_slug(SLUG), asked)
    assert (sorted(row.title for row in page.rows), page.total) == (titles, len(titles))


@pytest.mark.parametrize("sort", ["reference", "mark"])
def test_entries_and_rankings_ask_as_much_whatever_their_size(app, count_queries, sort):
    judged_season(app)
    counts = []
    for entries in (1, 4):
        for number in range(entries):
            make_entry(app, title=f"More {number}", submitted_at=DURING)
        with app.app_context(), count_queries() as counted:
            scheme = scheme_by_slug(SLUG)
            queries.entries_of(scheme, Asked(sort=sort))
            queries.ranked_entries(
                scheme, queries.ranking_of(scheme, category_by_slug(scheme, "wellbeing")), Asked()
            )
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 17


def test_deciding_about_knows_what_was_announced(app):
    """From the hour on where it stood by then; later only once it has been told."""
    first, second, _ = judged_season(app)
    decide(app, first, "winner", when=JUDGING)
    with app.app_context():
        scheme, entry = scheme_by_slug(SLUG), queries.entry_of(scheme_by_slug(SLUG), second)
        for now, shortlist, winners in (
            (SHORTLIST - MOMENT, False, False),
            (SHORTLIST, True, False),
            (WINNERS - MOMENT, True, False),
            (WINNERS, True, True),
        ):
            about = queries.deciding_about(scheme, entry, now)
            assert (about.shortlist_announced, about.winners_announced) == (shortlist, winners)
        assert (about.current, about.other_winners) == (UNDECIDED, ("Work 1",))
        about = queries.deciding_about(scheme, queries.entry_of(scheme, first), WINNERS)
        assert (about.current, about.other_winners) == ("winner", ())


@pytest.mark.parametrize(("after", "announced"), [(MOMENT, False), (-MOMENT, True), (0 * MOMENT, True)])
def test_deciding_about_a_decision_at_its_hour(app, after, announced):
    """A decision of the hour itself stood when it came; one later is announced when it is told."""
    first, second, _ = judged_season(app)
    decide(app, first, "shortlisted", when=SHORTLIST + after)
    later = SHORTLIST + 20 * MOMENT
    with app.app_context():
        scheme, entry = scheme_by_slug(SLUG), queries.entry_of(scheme_by_slug(SLUG), second)
        assert queries.deciding_about(scheme, entry, later).shortlist_announced is announced
    tell(app, SHORTLIST.replace(day=9))
    with app.app_context():
        assert queries.deciding_about(scheme_by_slug(SLUG), entry, later).shortlist_announced is True


def test_entry_of_another_scheme_is_not_here(app):
    """Whatever its reference."""
    judged_season(app)
    with app.app_context(), pytest.raises(NotHere):
        queries.entry_of(scheme_by_slug(SLUG), "PPMH-0000")
