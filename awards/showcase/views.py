"""The entrant's page after sending in, the public winners, and the organiser's desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from awards.certificates.queries import fetchable
from awards.entries import queries as entries
from awards.schemes import queries as schemes
from awards.schemes.rules import next_hour, phase, steps
from awards.showcase import charts, queries, rules
from base.access import allow, public, signed_in
from base.display import local
from base.errors import NotHere
from outside import clock

if TYPE_CHECKING:
    from awards.schemes.models import Scheme

bp = Blueprint("showcase", __name__)

DAYS = 14
# Where each thing that needs the organiser is dealt with, and what the button says.
DEALT_WITH = {
    "stopped": ("writers.nudge_writers", "Send a nudge"),
    "unconsented": ("shortlist.list_entries", "See which"),
    "no_panel": ("judging.list_panels", "Make panels"),
    "unread": ("judging.list_panels", "Hand out reads"),
    "unfinished": ("judging.list_panels", "See who"),
    "undecided": ("shortlist.list_rankings", "Decide"),
    "unwon": ("shortlist.list_rankings", "Decide"),
    "hours": ("schemes.change_hours", "Set hours"),
}


@bp.route("/entries/<reference>/status")
@allow("showcase.view_status")
def view_status(reference: str) -> ResponseReturnValue:
    """What becomes of one entry: what happens next, and its outcome once its hour has come."""
    opened, now = entries.entry_seen_by(signed_in().person_id, reference), clock.now()
    if opened.entry.state == "draft":
        raise NotHere
    scheme = opened.scheme
    return render_template(
        "awards/showcase/view_status.html",
        opened=opened,
        outcome=queries.outcome_for_entrant(opened.entry, scheme, now),
        phase=phase(scheme.hours, now),
        steps=steps(scheme.hours, scheme.ceremony_place, now)[1:],
        words=rules.OUTCOMES,
        certificates=fetchable([opened.entry.id], now).get(opened.entry.id, []),
    )


@bp.route("/awards/<scheme_slug>/winners")
@public("Outcomes are for everybody once their hour has come")
def view_winners(scheme_slug: str) -> ResponseReturnValue:
    """The shortlist and the winners of a scheme; there is no such page before their hour."""
    found, now = schemes.scheme_by_slug(scheme_slug), clock.now()
    return render_template(
        "awards/showcase/view_winners.html",
        scheme=found,
        categories=queries.announced_categories(found, now),
        phase=phase(found.hours, now),
        words=rules.OUTCOMES,
    )


@bp.route("/awards/<scheme_slug>/organise")
@allow("showcase.view_desk")
def view_desk(scheme_slug: str) -> ResponseReturnValue:
    """What needs the organiser today, then how the entries come in, category by category."""
    found, now = schemes.scheme_by_slug(scheme_slug), clock.now()
    categories = queries.category_figures(found.id, now)
    needed = rules.todos(categories, found.hours, now)
    return render_template(
        "awards/showcase/view_desk.html",
        scheme=found,
        phase=phase(found.hours, now),
        next_hour=next_hour(found.hours, now),
        greeting=rules.greeting(signed_in().name, len(needed), now),
        todos=[
            {
                "count": one.count,
                "text": one.text,
                "href": url_for(DEALT_WITH[one.kind][0], scheme_slug=scheme_slug),
                "action": DEALT_WITH[one.kind][1],
            }
            for one in needed
        ],
        categories=categories,
        most=max((one.submitted for one in categories), default=0),
        chart=_chart(found, now),
    )


def _chart(scheme: Scheme, now: datetime) -> dict[str, object]:
    """Entries a day of this year and the one before, aligned by how far off the deadline is."""
    closing, last = local(scheme.closes_at).date(), rules.last_full_day(scheme.hours, now)
    before = schemes.year_before(scheme)
    ends = [(scheme.id, last)]
    if before:
        ends.append((before.id, local(before.closes_at).date() - (closing - last)))
    counts = queries.entries_a_day(ends, DAYS)
    this_year = rules.in_days(counts[scheme.id], DAYS)
    last_year = rules.in_days(counts[before.id], DAYS) if before and counts[before.id] else []
    days = [last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    words = rules.chart_words(this_year, last_year, last, local(now).date())
    name = f"Entries a day: {words} The table below has every day"
    drawn = charts.line_chart(this_year, last_year, _short(days[0]), _short(days[-1]), name)
    return {
        "svg": Markup(drawn),  # noqa: S704 - ours, from numbers and dates; words are escaped there
        "words": words,
        "last_year": bool(last_year),
        "rows": list(zip(days, this_year, last_year or this_year, strict=True)),
    }


def _short(on: date) -> str:
    """ "22 April"."""
    return f"{on.day} {on:%B}"
