"""What may be done with an entry, as tables and as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.entries import rules
from awards.entries.rules import MOVES, Draft
from backstage.question_types.rules.question_type import Given
from base.errors import Refusal
from tests.awards.season import CLOSES, DURING, HOURS, MOMENT, OPENS, SHORTLIST

CLOSED = Refusal("Entries have closed, so this entry can no longer be changed")
SENT = Refusal("This entry has been sent in. Take it back to a draft to change it")
GONE = Refusal("This entry was withdrawn. Take it back to a draft to change it")
TEAM = Draft("draft", "Zokens")
CHILD = Draft("draft", "A table", "nomination", "parent_or_guardian", "A young person", True, True)
DONE = [Given("Summary", text="One two three", words=3, finished=True)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            OPENS - MOMENT,
            Refusal("Entries are not open yet. Read the questions now and come back when they open"),
        ),
        (OPENS, None),
        (CLOSES - MOMENT, None),
        (CLOSES, Refusal("Entries have closed, so a new one cannot be started")),
    ],
)
def test_why_not_start(now, expected):
    """From the opening hour up to, and not at, the closing hour."""
    assert rules.why_not_start(HOURS, now) == expected


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        ("draft", OPENS - MOMENT, CLOSED),
        ("draft", DURING, None),
        ("draft", CLOSES - MOMENT, None),
        ("draft", CLOSES, CLOSED),
        ("submitted", DURING, SENT),
        ("submitted", CLOSES, CLOSED),
        ("withdrawn", DURING, GONE),
    ],
)
def test_why_not_change(state, now, expected):
    """A draft, while entries are open."""
    assert rules.why_not_change(state, HOURS, now) == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (TEAM, []),
        (replace(TEAM, title="  "), ["Give your entry a title"]),
        (CHILD, []),
        (replace(CHILD, nominee=" "), ["Say who you are nominating"]),
        (replace(CHILD, nominee_told=False), ["Tell the person that you are nominating them"]),
        (replace(CHILD, guardian_agreed=False), ["Ask a parent or guardian to agree"]),
        (replace(CHILD, consent="", guardian_agreed=False), []),
        (
            Draft("draft", "", "nomination", "parent_or_guardian"),
            [
                "Give your entry a title",
                "Say who you are nominating",
                "Tell the person that you are nominating them",
                "Ask a parent or guardian to agree",
            ],
        ),
    ],
)
def test_missing_about(draft, expected):
    """What a team needs, and what somebody who is nominated, or a child, needs besides."""
    assert rules.missing_about(draft) == expected


@pytest.mark.parametrize(
    ("draft", "answers", "now", "expected"),
    [
        (TEAM, DONE, DURING, None),
        (TEAM, DONE, CLOSES - MOMENT, None),
        (TEAM, DONE, CLOSES, CLOSED),
        (TEAM, [], DURING, None),
        (TEAM, [Given("Summary")], DURING, Refusal("Answer: Summary")),
        (TEAM, [Given("Summary", required=False)], DURING, None),
        (TEAM, [Given("Photo", type="image")], DURING, Refusal("Add: Photo")),
        (TEAM, [Given("Photo", type="image", file_name="a.png")], DURING, None),
        (TEAM, [Given("Summary", text="a b c d", words=3)], DURING, Refusal("Shorten by 1 word: Summary")),
        (
            TEAM,
            [Given("More", text="a b", words=1, required=False)],
            DURING,
            Refusal("Shorten by 1 word: More"),
        ),
        # Half-written but within its limit: its writers decide.
        (TEAM, [Given("Summary", text="a", finished=False)], DURING, None),
        (
            replace(TEAM, title=""),
            [Given("Summary"), Given("Impact")],
            DURING,
            Refusal("Give your entry a title, and 2 more to do"),
        ),
        (replace(TEAM, state="submitted"), DONE, DURING, Refusal("This entry has been sent in already")),
        (replace(TEAM, state="submitted"), DONE, CLOSES, Refusal("This entry has been sent in already")),
        (replace(TEAM, state="withdrawn"), DONE, DURING, GONE),
    ],
)
def test_why_not_submit(draft, answers, now, expected):
    """All that is needed, within the limits, before the deadline."""
    assert rules.why_not_submit(draft, answers, HOURS, now) == expected


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        ("submitted", DURING, None),
        ("withdrawn", DURING, None),
        ("draft", DURING, Refusal("This entry is a draft already")),
        ("submitted", CLOSES - MOMENT, None),
        ("submitted", CLOSES, Refusal("Entries have closed, so it cannot become a draft again")),
    ],
)
def test_why_not_reopen(state, now, expected):
    """While entries are open."""
    assert rules.why_not_reopen(state, HOURS, now) == expected


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        ("draft", DURING, None),
        ("submitted", DURING, None),
        ("submitted", SHORTLIST - MOMENT, None),
        (
            "submitted",
            SHORTLIST,
            Refusal("The shortlist has been announced. Ask the organisers to withdraw this entry"),
        ),
        ("withdrawn", DURING, Refusal("This entry was withdrawn already")),
    ],
)
def test_why_not_withdraw(state, now, expected):
    """Until the shortlist is out."""
    assert rules.why_not_withdraw(state, HOURS, now) == expected


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
texts = st.text(st.sampled_from("ab \n—"), max_size=30)
answers_given = st.lists(
    st.builds(
        Given,
        label=st.just("Q"),
        type=st.sampled_from(["text", "file", "image", "url"]),
        words=st.integers(1, 4),
        required=st.booleans(),
        text=texts,
        file_name=st.sampled_from(["", "a.png"]),
        finished=st.booleans(),
    ),
    max_size=4,
)
drafts = st.builds(
    Draft,
    state=st.sampled_from(sorted(MOVES)),
    title=st.sampled_from(["", " ", "Zokens"]),
    kind=st.sampled_from(["team", "nomination"]),
    consent=st.sampled_from(["", "parent_or_guardian"]),
    nominee=st.sampled_from(["", "Wren"]),
    nominee_told=st.booleans(),
    guardian_agreed=st.booleans(),
)


def answered(one):
    """Whether an answer does not keep its entry from being sent in, said another way than in the code."""
    words = len(one.text.split())
    there = bool(one.file_name) if one.type in ("file", "image") else words > 0
    return (there or not one.required) and (one.type != "text" or words <= one.words)


@given(drafts, answers_given, moments)
def test_what_is_sent_in_is_whole_and_in_time(draft, answers, now):
    """Nothing late, too long, untitled or without consent gets through; and nothing else is kept out."""
    whole = (
        draft.state == "draft"
        and OPENS <= now < CLOSES
        and bool(draft.title.strip())
        and (draft.kind == "team" or (bool(draft.nominee) and draft.nominee_told))
        and (not draft.consent or draft.guardian_agreed)
        and all(answered(one) for one in answers)
    )
    assert (rules.why_not_submit(draft, answers, HOURS, now) is None) is whole


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("draft", {"submitted", "withdrawn"}),
        ("submitted", {"draft", "withdrawn"}),
        ("withdrawn", {"draft"}),
    ],
)
def test_what_may_follow_a_state_is_what_the_rules_allow(state, after):
    """Every pair of states: some moment at which no rule refuses, or none."""
    moments = (OPENS - MOMENT, OPENS, CLOSES - MOMENT, CLOSES, SHORTLIST)
    entry = replace(TEAM, state=state)
    allowed = {
        "draft": any(rules.why_not_reopen(state, HOURS, now) is None for now in moments),
        "submitted": any(rules.why_not_submit(entry, DONE, HOURS, now) is None for now in moments),
        "withdrawn": any(rules.why_not_withdraw(state, HOURS, now) is None for now in moments),
    }
    assert {to for to, may in allowed.items() if may} == after == MOVES[state]


@pytest.mark.parametrize(
    ("state", "now", "words"),
    [
        ("draft", OPENS - MOMENT, "Not sent in"),
        ("draft", OPENS, "Draft"),
        ("draft", CLOSES - MOMENT, "Draft"),
        ("draft", CLOSES, "Not sent in"),
        ("submitted", DURING, "Sent in"),
        ("submitted", CLOSES, "Sent in"),
        ("withdrawn", DURING, "Withdrawn"),
    ],
)
def test_state_words(state, now, words):
    """A draft is one only while it can still be sent in; every state has words."""
    assert rules.state_words(state, HOURS, now) == words
    assert set(rules.STATES) == set(MOVES)


def test_why_not_enter_for():
    """One's own organisations only."""
    assert rules.why_not_enter_for(member=True) is None
    assert rules.why_not_enter_for(member=False) == Refusal(
        "Choose one of your organisations", "organisation_slug"
    )
