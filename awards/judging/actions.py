"""A judge's writes: declaring, scoring, finishing. The panel's are in appointing.py."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from accounts.people.queries import names_of
from awards.entries.models import Entry
from awards.judging import messages, queries, rules
from awards.judging.models import Judge, Read, Score
from awards.judging.queries import Scored
from awards.judging.rules import Window
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import organisers_of
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import NotHere, Refused
from outside import clock


@dataclass(frozen=True)
class _Locked:
    """A read whose row this transaction holds, and what it belongs to."""

    read: Read
    entry: Entry
    scheme: Scheme
    category: str

    @property
    def window(self) -> Window:
        """The hours that judging keeps here."""
        return Window(self.scheme.closes_at, self.scheme.judging_closes_at, self.scheme.shortlist_at)


def _lock(who: int, reference: str) -> _Locked:
    """A judge's own read, held until the commit; raises NotHere where it is not theirs or given up."""
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
    return _Locked(*row)


def declare_conflict(who: int, reference: str, conflict: bool, reason: str = "") -> None:
    """Say, before reading, that there is no conflict, or step back from an entry because there is one.

    A judge who notices later may still step back. The organisers are told, so that somebody else reads the
    entry. Raises NotHere where the entry is not theirs, Refused where a rule says no.
    """
    held = _lock(who, reference)
    now, read = clock.now(), held.read
    why = rules.why_not_declare(read.state, conflict, reason, held.window, now)
    if why:
        raise Refused(why, "reason" if conflict and not reason.strip() else "")
    before, read.state = read.state, "recused" if conflict else "reading"
    read.declared_at = now
    if conflict:
        read.conflict, read.finished_at = reason.strip(), None
        _tell_organisers(who, held)
    record(
        who,
        "judging.declare_conflict",
        f"scheme:{held.scheme.id}",
        f"entry:{held.entry.id}",
        {"state": (before, read.state), "conflict": ("", read.conflict)},
        sensitive=("conflict",),
    )


def _tell_organisers(who: int, held: _Locked) -> None:
    panel = f"/awards/{held.scheme.slug}/organise/panels/{held.category}/reads"
    judge = names_of([who])[who]
    for organiser in organisers_of(held.scheme.id):
        post(
            messages.stepped_back(
                organiser.email,
                organiser.name,
                judge,
                held.entry.reference,
                held.entry.title,
                held.read.conflict,
                panel,
            )
        )


def score_entry(who: int, reference: str, criterion: str, value: int | None, comment: str = "") -> None:
    """Score one criterion (its key) of an entry, with a comment; None keeps the score there is.

    Scores may be changed until judging closes. Raises NotHere where the entry is not theirs or there is no
    such criterion, Refused where a rule says no.
    """
    held = _lock(who, reference)
    scale = queries.scale_of(held.scheme.id)
    why = rules.why_not_score(held.read.state, value, scale, held.window, clock.now())
    if why:
        raise Refused(why)
    scored = queries.scored_criteria(held.scheme.id, held.read.id)
    before = next((one for one in scored if one.key == criterion), None)
    if before is None:
        raise NotHere
    _keep_score(who, held, before, before.value if value is None else value, comment.strip())


def _keep_score(who: int, held: _Locked, before: Scored, value: int | None, comment: str) -> None:
    if (before.value, before.comment) == (value, comment):
        return
    kept = {"value": value, "comment": comment, "scored_at": clock.now()}
    db.session.execute(
        insert(Score)
        .values(read_id=held.read.id, criterion_id=before.criterion_id, **kept)
        .on_conflict_do_update(index_elements=["read_id", "criterion_id"], set_=kept)
    )
    record(
        who,
        "judging.score_entry",
        f"scheme:{held.scheme.id}",
        f"entry:{held.entry.id}",
        {before.key: (before.value, value), "comment": (before.comment, comment)},
        sensitive=("comment",),
    )


def finish_read(who: int, reference: str) -> None:
    """Finish a read: from now on its mark counts. Needs a score for every criterion.

    Raises NotHere where the entry is not theirs, Refused where a rule says no.
    """
    held = _lock(who, reference)
    now = clock.now()
    scored = queries.scored_criteria(held.scheme.id, held.read.id)
    unscored = [one.name for one in scored if one.value is None]
    why = rules.why_not_finish(held.read.state, unscored, held.window, now)
    if why:
        raise Refused(why)
    held.read.state, held.read.finished_at = "done", now
    record(
        who,
        "judging.finish_read",
        f"scheme:{held.scheme.id}",
        f"entry:{held.entry.id}",
        {"state": ("reading", "done")},
    )
