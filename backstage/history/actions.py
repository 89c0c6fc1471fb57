"""Writing the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select, text, update

from backstage.history import rules
from backstage.history.models import History
from base.database import db
from outside import clock

Changes = Mapping[str, tuple[object, object]]


def record(
    who: int | None,
    what: str,
    scope: str,
    subject: str,
    changes: Changes | None = None,
    sensitive: tuple[str, ...] = (),
) -> None:
    """Write one line of history in this transaction.

    who: the person's id, or None for Chorus itself or somebody without an account.
    what: the action's permission-like name, "entries.submit_entry"; templates print it in words.
    scope: whose organisers may read it: "scheme:3", "event:2", "organisation:5", "person:7" or "chorus".
    subject: what it was done to: "entry:34".
    changes: {field: (before, after)}, JSON values, moments or dates; equal pairs are left out. Fields named
    in `sensitive` keep only that they changed.
    """
    kept = kept_changes(changes or {}, sensitive)
    db.session.add(
        History(at=clock.now(), person_id=who, what=what, scope=scope, subject=subject, changes=kept)
    )


def forget_changes(now: datetime) -> int:
    """Delete from the lines written more than CHANGES_KEPT ago what was changed; gives from how many.

    Every line stays with who, what, when and which fields: only the values go.
    """
    field = func.jsonb_object_keys(History.changes).table_valued("field").render_derived().c.field
    fields = select(func.jsonb_object_agg(field, None)).scalar_subquery()
    says = func.jsonb_path_exists(History.changes, text("'$.* ? (@ != null)'"))
    old = update(History).where(History.at < now - rules.CHANGES_KEPT, says)
    done = db.session.execute(old.values(changes=fields).execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]


def kept_changes(changes: Changes, sensitive: tuple[str, ...]) -> dict[str, object]:
    """What a line keeps: {field: [before, after]} of what differs; None instead where it is sensitive."""
    return {
        field: None if field in sensitive else [_written(before), _written(after)]
        for field, (before, after) in changes.items()
        if before != after
    }


def _written(value: object) -> object:
    """A value as JSON keeps it: moments and dates are written out."""
    return value.isoformat() if isinstance(value, date) else value
