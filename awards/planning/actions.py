"""Deciding who reads what: all at once and evenly, or read by read.

Every change holds the category's panel: two organisers who press at once assign one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from awards.entries.models import Entry
from awards.panels.actions import lock_panel
from awards.panels.models import Judge
from awards.panels.queries import judges_of
from awards.planning import messages, queries, rules
from awards.planning.flow import Plan, plan_evenly
from awards.planning.models import Read
from awards.planning.rules import Board, Pair
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import category_by_slug, scheme_by_slug, schemes_over_before
from awards.schemes.rules import RECORDS_KEPT
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import NotHere, refuse_if
from outside import clock


def remove_judge(who: int, scheme_slug: str, category_slug: str, judge_id: int) -> None:
    """Take a judge off a panel; raises NotHere, and Refused where there are reads in their name."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    lock_panel(category)
    judge = queries.progress_of_judge(category.id, judge_id)
    refuse_if(rules.why_not_remove_judge(judge.reads + judge.recused))
    db.session.execute(delete(Judge).where(Judge.id == judge_id))
    scope, subject = f"scheme:{scheme.id}", f"person:{judge.person_id}"
    record(who, "planning.remove_judge", scope, subject, {"category": (category.name, None)})


@dataclass(frozen=True)
class _LockedBoard:
    """What assigning looks at, read after the panel was locked."""

    scheme: Scheme
    category: Category
    board: Board


def _lock_board(
    scheme_slug: str, category_slug: str, entry_ids: Collection[int] | None = None
) -> _LockedBoard:
    """Lock a category's panel and read its board, or the part of some entries.

    Raises NotHere, and Refused where it is not the time.
    """
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    lock_panel(category)
    board = queries.board_of(scheme, category, entry_ids)
    entries = queries.entries_in(category.id)
    refuse_if(rules.why_not_assign(scheme.hours, len(board.judges), entries, clock.now()))
    return _LockedBoard(scheme, category, board)


def assign_evenly(who: int, scheme_slug: str, category_slug: str) -> Plan:
    """Assign the reads that a category's entries lack, as evenly as can be; gives the plan.

    The plan is made anew under the panel's lock, so two presses at once assign once. Raises NotHere, and
    Refused where a rule says no.
    """
    locked = _lock_board(scheme_slug, category_slug)
    plan = plan_evenly(locked.board)
    _change_reads(who, locked, set(plan.pairs), set())
    return plan


def assign_reads(
    who: int, scheme_slug: str, category_slug: str, pairs: Collection[Pair], shown: Collection[Pair] = ()
) -> tuple[int, int]:
    """Assign reads by hand: `pairs` are wanted, `shown` those that the page had ticked.

    What was shown and is wanted no more is taken back unless its judge has begun; what another organiser
    assigned meanwhile stays. Gives how many were assigned and taken back. Raises NotHere for judges and
    entries of other categories, Refused where a rule says no.
    """
    wanted, about = set(pairs), {entry_id for _, entry_id in (*pairs, *shown)}
    locked = _lock_board(scheme_slug, category_slug, about)
    board = locked.board
    judges = {judge.judge_id for judge in board.judges}
    entries = {entry.entry_id for entry in board.entries}
    if any(judge not in judges or entry not in entries for judge, entry in wanted):
        raise NotHere
    refuse_if(rules.why_not_read(board, wanted))
    new = wanted - {held.pair for held in board.active}
    gone = (set(shown) - wanted) & {held.pair for held in board.held if held.state == "assigned"}
    _change_reads(who, locked, new, gone)
    return len(new), len(gone)


def _change_reads(who: int, locked: _LockedBoard, new: set[Pair], gone: set[Pair]) -> None:
    """Write the new reads, take back the others, tell the judges and the history."""
    if not new and not gone:
        return
    for judge_id, entry_id in sorted(gone):
        db.session.execute(
            delete(Read).where(Read.judge_id == judge_id, Read.entry_id == entry_id, Read.state == "assigned")
        )
    if new:
        rows = [
            {"judge_id": judge_id, "entry_id": entry_id, "assigned_at": clock.now()}
            for judge_id, entry_id in sorted(new)
        ]
        db.session.execute(insert(Read), rows)
    after = sum(judge.reads for judge in queries.progress_of(locked.category.id))
    changes = {"reads": (after - len(new) + len(gone), after)}
    scope, subject = f"scheme:{locked.scheme.id}", f"category:{locked.category.id}"
    record(who, "planning.assign_reads", scope, subject, changes)
    _tell_judges(locked, Counter(judge_id for judge_id, _ in new))


def _tell_judges(locked: _LockedBoard, counts: Counter[int]) -> None:
    """Write to every judge who has been given reads; `counts` is {judge id: how many}."""
    scheme, category = locked.scheme, locked.category
    called, ends = f"{scheme.name} {scheme.year}", scheme.hours.judging_ends
    for judge in judges_of(category.id):
        count = counts[judge.judge_id]
        if count:
            post(messages.reads_given(judge.email, judge.name, category.name, called, count, ends))


def forget_conflicts(now: datetime) -> int:
    """Delete why judges of awards long over stepped back; gives how often. That they did so stays."""
    over = schemes_over_before(now - RECORDS_KEPT)
    entries = select(Entry.id).where(Entry.scheme_id.in_(over))
    said = update(Read).where(Read.entry_id.in_(entries), Read.conflict != "")
    done = db.session.execute(said.values(conflict="").execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]
