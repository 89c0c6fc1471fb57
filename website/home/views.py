"""Pages that show awards and events together, and the page that says whether Chorus is well."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.organisations.queries import asked_to_join, organisations_of
from base.access import allow, public, signed_in
from outside import clock
from website import generated
from website import health as health_report
from website.home import queries

bp = Blueprint("home", __name__)


@bp.route("/")
@public("The front page")
def front() -> ResponseReturnValue:
    """What is on: awards open now, events to come."""
    now = clock.now()
    return render_template(
        "website/home/front.html", schemes=queries.scheme_cards(now), events=queries.event_cards(now)
    )


@bp.route("/awards")
@public("Which awards there are")
def awards() -> ResponseReturnValue:
    """All awards, past ones too."""
    return render_template("website/home/awards.html", schemes=queries.scheme_cards(clock.now()))


@bp.route("/events")
@public("Which events there are")
def events() -> ResponseReturnValue:
    """All events to come."""
    return render_template("website/home/events.html", events=queries.event_cards(clock.now()))


@bp.route("/me")
@allow("home.mine")
def mine() -> ResponseReturnValue:
    """Everything that this person does here: writes, judges, runs, helps."""
    person = signed_in()
    return render_template(
        "website/home/mine.html",
        work=queries.work_of(person),
        organisations=organisations_of(person.person_id),
        asked=asked_to_join(person.person_id),
    )


@bp.route("/accessibility")
@public("Everybody may know how accessible this is")
def accessibility() -> ResponseReturnValue:
    """What works, what does not yet, whom to tell."""
    return render_template("website/home/accessibility.html")


@bp.route("/privacy")
@public("Everybody may know what we keep")
def privacy() -> ResponseReturnValue:
    """What is kept, why and for how long."""
    return render_template("website/home/privacy.html", kept=generated.personal_data())


@bp.route("/health")
@public("For whoever watches the servers; holds no data")
def health() -> ResponseReturnValue:
    """200 when database, queue and workers live, 503 when one is gone (the database: see errors.py)."""
    return health_report.report(database=True)
