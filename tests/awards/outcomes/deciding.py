"""Outcomes decided and told, as tests need them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from awards.entries.models import Entry
from awards.outcomes import actions
from awards.outcomes.models import Outcome
from backstage.outbox.models import Mail
from base.database import db
from outside import clock
from tests.awards.panel import JUDGING
from tests.awards.season import SLUG, id_of
from website.transactions import Chorus


def decide(
    app: Chorus, reference: str, outcome: str, *, when: datetime = JUDGING, joint: bool = False
) -> None:
    """Noor decides, committed."""
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(when):
        actions.decide_outcome(noor, SLUG, reference, outcome, f"Because {outcome}", joint)
        db.session.commit()


def outcomes(app: Chorus) -> dict[str, str]:
    """{reference: outcome}."""
    with app.app_context():
        rows = db.session.execute(select(Entry.reference, Outcome.outcome).join(Outcome))
        return {row[0]: row[1] for row in rows}


def tell(app: Chorus, now: datetime) -> int:
    """The schedule's work at a moment, committed."""
    with app.app_context(), clock.freeze(now):
        told = actions.tell_entrants(now)
        db.session.commit()
        return told


def told(app: Chorus) -> list[tuple[str, str]]:
    """(template, reference) of every mail to entrants, in order."""
    with app.app_context():
        rows = db.session.scalars(
            select(Mail).where(Mail.template.startswith("outcomes/")).order_by(Mail.id)
        ).all()
        return [(row.template.partition("/")[2], str(row.values["reference"])) for row in rows]
