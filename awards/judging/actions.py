"""A judge's writes: declaring a conflict, scoring, finishing; and bringing in reads finished elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import any_, bindparam, select, update
from sqlalchemy.dialects.postgresql import array, insert

from accounts.people.queries import names_of
from awards.entries.models import Entry
from awards.judging import messages, queries, rules
from awards.judging.models import Score
from awards.judging.queries import Scored
from awards.panels.models import Judge
from awards.planning.models import Read
from awards.planning.rules import MOVES
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import organisers_of, schemes_over_before
from awards.schemes.rules import RECORDS_KEPT
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import NotHere, refuse_if
from base.states import may_become, move
from outside import clock


@dataclass(frozen=True)
class _LockedRead:
    """A read whose row this transaction has locked, and what it belongs to."""

    read: Read
    entry: Entry
    scheme: Scheme
    category_slug: str


def _lock_read(who: int, reference: str) -> _LockedRead:
    """A judge's own read, locked until the commit; raises NotHere where it is not theirs or given up."""
    row = db.session.execute(
        select(Read, Entry, Scheme, Category.slug)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Entry, Entry.id == Read.entry_id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .join(Category, Category.id == Entry.category_id)
        .where(
            Judge.person_id == who,
            Entry.reference == reference,
            Entry.state == "submitted",
            Read.state != "recused",
        )
        .order_by(Read.id)
        .limit(1)
        .with_for_update(of=Read)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotHere
    return _LockedRead(*row)


def _record(
    who: int,
    what: str,
    locked: _LockedRead,
    changes: Mapping[str, tuple[object, object]],
    sensitive: tuple[str, ...] = (),
) -> None:
    scope, subject = f"scheme:{locked.scheme.id}", f"entry:{locked.entry.id}"
    record(who, f"judging.{what}", scope, subject, changes, sensitive)


def declare_conflict(who: int, reference: str, conflict: bool, reason: str = "") -> None:
    """Say, before reading, that there is no conflict, or step back from an entry because there is one.

    A judge who notices later may still step back. The organisers are told, so that another judge reads the
    entry. Raises NotHere where the entry is not theirs, Refused where a rule says no.
    """
    locked, now = _lock_read(who, reference), clock.now()
    read, reason = locked.read, reason.strip()
    refuse_if(rules.why_not_declare(read.state, conflict, reason, locked.scheme.hours, now))
    before = move(read, "recused" if conflict else "reading")
    read.declared_at = now
    if conflict:
        read.conflict, read.finished_at = reason, None
        _tell_organisers(who, locked)
    changes = {"state": (before, read.state), "conflict": ("", read.conflict)}
    _record(who, "declare_conflict", locked, changes, sensitive=("conflict",))


def _tell_organisers(who: int, locked: _LockedRead) -> None:
    """Write to the scheme's organisers that a judge has stepped back."""
    entry, judge = locked.entry, names_of([who])[who]
    reads = f"/awards/{locked.scheme.slug}/organise/panels/{locked.category_slug}/reads"
    for organiser in organisers_of(locked.scheme.id):
        post(
            messages.stepped_back(
                organiser.email,
                organiser.name,
                judge,
                entry.reference,
                entry.title,
                locked.read.conflict,
                reads,
            )
        )


def score_entry(who: int, reference: str, criterion: str, value: int | None, comment: str = "") -> None:
    """Score one criterion (its key) of an entry, with a comment; None keeps the score there is.

    Scores may be changed until judging closes. Raises NotHere where the entry is not theirs or there is no
    such criterion, Refused where a rule says no.
    """
    locked = _lock_read(who, reference)
    scale = queries.scale_of(locked.scheme.id)
    refuse_if(rules.why_not_score(locked.read.state, value, scale, locked.scheme.hours, clock.now()))
    scored = queries.scored_criteria(locked.scheme.id, locked.read.id)
    before = next((one for one in scored if one.key == criterion), None)
    if before is None:
        raise NotHere
    _keep_score(who, locked, before, before.value if value is None else value, comment.strip())


def _keep_score(who: int, locked: _LockedRead, before: Scored, value: int | None, comment: str) -> None:
    """Write a score in place of the one before, unless it is the same."""
    if (before.value, before.comment) == (value, comment):
        return
    kept = {"value": value, "comment": comment, "scored_at": clock.now()}
    db.session.execute(
        insert(Score)
        .values(read_id=locked.read.id, criterion_id=before.criterion_id, **kept)
        .on_conflict_do_update(index_elements=["read_id", "criterion_id"], set_=kept)
    )
    changes = {before.key: (before.value, value), "comment": (before.comment, comment)}
    _record(who, "score_entry", locked, changes, sensitive=("comment",))


def finish_read(who: int, reference: str) -> None:
    """Finish a read: from now on its mark counts. Needs a score for every criterion.

    Raises NotHere where the entry is not theirs, Refused where a rule says no.
    """
    locked, now = _lock_read(who, reference), clock.now()
    scored = queries.scored_criteria(locked.scheme.id, locked.read.id)
    unscored = [one.name for one in scored if one.value is None]
    refuse_if(rules.why_not_finish(locked.read.state, unscored, locked.scheme.hours, now))
    before = move(locked.read, "done")
    locked.read.finished_at = now
    _record(who, "finish_read", locked, {"state": (before, "done")})


@dataclass(frozen=True)
class FinishedRead:
    """What a judge made of one entry: {criterion id: (value, comment)}, and when it was finished."""

    read_id: int
    scores: Mapping[int, tuple[int, str]]
    finished_at: datetime


def bring_in_reads(reads: Sequence[FinishedRead]) -> None:
    """Finish reads that nobody has begun with their scores, in three statements however many there are.

    For a season that was judged elsewhere, and the demonstration's. No mail is written and no deadline
    asked; each read counts as declared free of conflict an hour before it was finished.
    """
    if not reads:
        return
    # The table, not the mapped class: many rows by primary key of their own, in a statement that takes no IN.
    table = Read.__table__
    which = table.c.id == bindparam("which")
    db.session.connection().execute(
        update(table)  # type: ignore[arg-type]
        .where(which, table.c.state == any_(array(may_become(MOVES, "reading"))))
        .values(state="reading", declared_at=bindparam("at")),
        [{"which": one.read_id, "at": one.finished_at - timedelta(hours=1)} for one in reads],
    )
    db.session.connection().execute(
        update(table)  # type: ignore[arg-type]
        .where(which, table.c.state == any_(array(may_become(MOVES, "done"))))
        .values(state="done", finished_at=bindparam("at")),
        [{"which": one.read_id, "at": one.finished_at} for one in reads],
    )
    scores = [
        {
            "read_id": one.read_id,
            "criterion_id": criterion_id,
            "value": value,
            "comment": comment,
            "scored_at": one.finished_at,
        }
        for one in reads
        for criterion_id, (value, comment) in one.scores.items()
    ]
    db.session.execute(insert(Score), scores)


def forget_comments(now: datetime) -> int:
    """Delete the comments on scores of awards long over; gives how many. The scores stay."""
    over = schemes_over_before(now - RECORDS_KEPT)
    reads = select(Read.id).join(Entry, Entry.id == Read.entry_id).where(Entry.scheme_id.in_(over))
    said = update(Score).where(Score.read_id.in_(reads), Score.comment != "")
    done = db.session.execute(said.values(comment="").execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]
