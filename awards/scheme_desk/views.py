"""The organiser's desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from awards.scheme_desk import queries, rules
from awards.schemes import queries as schemes
from awards.schemes.rules import next_hour, phase
from base import charts
from base.access import allow, signed_in
from base.display import local
from outside import clock

if TYPE_CHECKING:
    from awards.schemes.models import Scheme

bp = Blueprint("scheme_desk", __name__)

DAYS = 14
# Where each thing that needs the organiser is dealt with, and what the button says.
DEALT_WITH = {
    "stopped": ("writers.nudge_writers", "Send a nudge"),
    "unconsented": ("outcomes.list_entries", "See which"),
    "no_panel": ("planning.list_panels", "Make panels"),
    "unread": ("planning.list_panels", "Hand out reads"),
    "unfinished": ("planning.list_panels", "See who"),
    "undecided": ("outcomes.list_rankings", "Decide"),
    "unwon": ("outcomes.list_rankings", "Decide"),
    "hours": ("schemes.change_hours", "Set hours"),
}


@bp.route("/awards/<scheme_slug>/organise")
@allow("scheme_desk.view_desk")
def view_desk(scheme_slug: str) -> ResponseReturnValue:
    """What needs the organiser today, then how the entries come in, category by category."""
    scheme, now = schemes.scheme_by_slug(scheme_slug), clock.now()
    categories = queries.category_figures(scheme.id, now)
    needed = rules.todos(categories, scheme.hours, now)
    return render_template(
        "awards/scheme_desk/view_desk.html",
        scheme=scheme,
        phase=phase(scheme.hours, now),
        next_hour=next_hour(scheme.hours, now),
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
        chart=_chart(scheme, now),
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
