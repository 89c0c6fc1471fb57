"""The organiser's writes: panels, judges, and who reads what. Part of actions.py, split for its length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or

from accounts.organisations.queries import organisation_by_slug
from accounts.people.actions import meet_person
from awards.judging import messages, panels, rules
from awards.judging.board import board_of, window_of
from awards.judging.even import Plan, hand_out_evenly
from awards.judging.models import Judge, Panel, Read
from awards.judging.rules import Board
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import category_by_slug, scheme_by_slug
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import NotHere, Refused
from outside import clock

Pair = tuple[int, int]


def _lock_panel(category: Category) -> Panel:
    """A category's panel, made where there is none, held until the commit: reads are dealt one by one."""
    db.session.execute(
        insert_or(Panel)
        .values(category_id=category.id, made_at=clock.now())
        .on_conflict_do_nothing(index_elements=["category_id"])
    )
    return db.session.scalars(select(Panel).where(Panel.category_id == category.id).with_for_update()).one()


def add_judge(
    who: int,
    scheme: str,
    category: str,
    email: str,
    name: str = "",
    organisation: str = "",
    lived_experience: bool = False,
    chair: bool = False,
) -> Judge:
    """Put somebody on a category's panel, which begins with its first judge, and invite them by mail.

    `organisation` is a slug, or empty for somebody who belongs to none; `name` is for people who are new
    here. Raises NotHere for an unknown scheme, category or organisation, Refused where a rule says no.
    """
    found = scheme_by_slug(scheme)
    place = category_by_slug(found, category)
    works_for = organisation_by_slug(organisation).id if organisation else None
    panel = _lock_panel(place)
    person = meet_person(email, name)
    judges = panels.judges_of(place.id)
    chaired_by = next((one.name for one in judges if one.chair), "")
    here = any(one.person_id == person.id for one in judges)
    if why := rules.why_not_add_judge(here, chair, chaired_by):
        raise Refused(*why)
    judge = Judge(
        panel_id=panel.id,
        person_id=person.id,
        organisation_id=works_for,
        lived_experience=lived_experience,
        chair=chair,
        joined_at=clock.now(),
    )
    db.session.add(judge)
    db.session.flush()
    record(
        who,
        "judging.add_judge",
        f"scheme:{found.id}",
        f"person:{person.id}",
        {
            "category": (None, place.name),
            "chair": (False, chair),
            "lived_experience": (False, lived_experience),
        },
        sensitive=("lived_experience",),
    )
    called = f"{found.name} {found.year}"
    post(messages.invited(person.email, person.name, place.name, called, chair, window_of(found)))
    return judge


def remove_judge(who: int, scheme: str, category: str, judge_id: int) -> None:
    """Take a judge without reads off a panel; raises NotHere, or Refused where there are reads in their
    name.
    """
    found = scheme_by_slug(scheme)
    place = category_by_slug(found, category)
    _lock_panel(place)
    judge = panels.judge_of(place.id, judge_id)
    if why := rules.why_not_remove_judge(judge.reads + judge.recused):
        raise Refused(why)
    db.session.execute(delete(Judge).where(Judge.id == judge_id))
    record(
        who,
        "judging.remove_judge",
        f"scheme:{found.id}",
        f"person:{judge.person_id}",
        {"category": (place.name, None)},
    )


def _lock_board(scheme: str, category: str) -> tuple[Scheme, Category, Board]:
    """What handing out looks at, read after the panel is held; raises Refused where it is not the time."""
    found = scheme_by_slug(scheme)
    place = category_by_slug(found, category)
    _lock_panel(place)
    board = board_of(found, place)
    why = rules.why_not_hand_out(window_of(found), len(board.readers), len(board.entries), clock.now())
    if why:
        raise Refused(why)
    return found, place, board


def assign_evenly(who: int, scheme: str, category: str) -> Plan:
    """Hand out the reads that a category's entries lack, as even as can be; gives the plan with its
    shortfalls.

    The plan is made anew under the panel's lock, so two presses at once hand out once. Raises NotHere, or
    Refused where a rule says no.
    """
    found, place, board = _lock_board(scheme, category)
    plan = hand_out_evenly(board)
    _hand_out(who, found, place, board, set(plan.pairs), set())
    return plan


def assign_reads(
    who: int, scheme: str, category: str, pairs: Collection[Pair], shown: Collection[Pair] = ()
) -> tuple[int, int]:
    """Hand out reads by hand: `pairs` (judge id, entry id) are wanted, `shown` those that the page had
    ticked.

    What was shown and is wanted no more is taken back unless its judge has begun; what somebody else handed
    out meanwhile stays. Gives how many were handed out and taken back. Raises NotHere for strangers to this
    category, Refused for a pair that may not be.
    """
    found, place, board = _lock_board(scheme, category)
    wanted = set(pairs)
    readers = {reader.judge_id: reader for reader in board.readers}
    entries = {entry.entry_id: entry for entry in board.entries}
    if any(judge not in readers or entry not in entries for judge, entry in wanted):
        raise NotHere
    never = rules.barred_pairs(board)
    for judge, entry in sorted(wanted & never.keys()):
        name, reason = readers[judge].name, rules.BARRED[never[judge, entry]][1]
        raise Refused(f"{name} may not read {entries[entry].reference}: {name} {reason}")
    have = {(held.judge_id, held.entry_id) for held in board.held if held.state != "recused"}
    unbegun = {(held.judge_id, held.entry_id) for held in board.held if held.state == "assigned"}
    new, gone = wanted - have, (set(shown) - wanted) & unbegun
    _hand_out(who, found, place, board, new, gone)
    return len(new), len(gone)


def _hand_out(
    who: int, scheme: Scheme, category: Category, board: Board, new: set[Pair], gone: set[Pair]
) -> None:
    """Write the new reads, take back the others, tell the judges and the history."""
    if not new and not gone:
        return
    now = clock.now()
    for judge_id, entry_id in sorted(gone):
        db.session.execute(
            delete(Read).where(Read.judge_id == judge_id, Read.entry_id == entry_id, Read.state == "assigned")
        )
    if new:
        rows = [
            {"judge_id": judge, "entry_id": entry, "state": "assigned", "conflict": "", "assigned_at": now}
            for judge, entry in sorted(new)
        ]
        db.session.execute(insert(Read), rows)
    reads = len([held for held in board.held if held.state != "recused"])
    record(
        who,
        "judging.assign_reads",
        f"scheme:{scheme.id}",
        f"category:{category.id}",
        {"reads": (reads, reads + len(new) - len(gone))},
    )
    counts = Counter(judge for judge, _ in new)
    for judge in panels.judges_of(category.id):
        if counts[judge.judge_id]:
            called = f"{scheme.name} {scheme.year}"
            post(
                messages.reads_given(
                    judge.email, judge.name, category.name, called, counts[judge.judge_id], window_of(scheme)
                )
            )
