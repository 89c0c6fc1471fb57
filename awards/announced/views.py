"""The entrant's page after sending in, and the public winners."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from awards.announced import queries, rules
from awards.certificates.queries import fetchable
from awards.entries import queries as entries
from awards.outcomes.rules import OUTCOMES
from awards.schemes.queries import scheme_by_slug
from awards.schemes.rules import phase, steps
from base.access import allow, public, signed_in
from base.errors import NotHere
from outside import clock

bp = Blueprint("announced", __name__)


@bp.route("/entries/<reference>/status")
@allow("announced.view_status")
def view_status(reference: str) -> ResponseReturnValue:
    """What becomes of one entry: what happens next, and its outcome once its hour has come."""
    opened, now = entries.entry_seen_by(signed_in().person_id, reference), clock.now()
    if opened.entry.state == "draft":
        raise NotHere
    scheme = opened.scheme
    outcome = queries.outcome_for_entrant(opened.entry, scheme, now)
    return render_template(
        "awards/announced/view_status.html",
        opened=opened,
        phase=phase(scheme.hours, now),
        steps=steps(scheme.hours, scheme.ceremony_place, now)[1:],
        outcome=outcome,
        words=rules.in_words(outcome),
        outcomes=OUTCOMES,
        certificates=fetchable([opened.entry.id], now).get(opened.entry.id, []),
    )


@bp.route("/awards/<scheme_slug>/winners")
@public("Outcomes are for everybody once their hour has come")
def view_winners(scheme_slug: str) -> ResponseReturnValue:
    """The shortlist and the winners of a scheme; there is no such page before their hour."""
    scheme, now = scheme_by_slug(scheme_slug), clock.now()
    return render_template(
        "awards/announced/view_winners.html",
        scheme=scheme,
        categories=queries.announced_categories(scheme, now),
        phase=phase(scheme.hours, now),
        outcomes=OUTCOMES,
    )
