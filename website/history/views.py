"""The history, as organisers read it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.people.queries import names_of
from awards.schemes.queries import scheme_by_slug
from backstage.history.queries import history_of
from base.access import allow
from events.set_up.queries import event_by_slug
from website.history.queries import names_of_subjects
from website.history.rules import value_in_words, words_of

bp = Blueprint("history", __name__)
MOST = 50
# Most who register for an event; in awards only the schedule has no account.
NO_ACCOUNT = "Somebody without an account"


def _page(scope: str, about: str, back: str, nobody: str = "Chorus itself") -> ResponseReturnValue:
    before = request.args.get("before", type=int)
    lines = history_of(scope, before, MOST)
    names = names_of(line.person_id for line in lines)
    subjects = names_of_subjects(line.subject for line in lines)
    shown = [
        {
            "at": line.at,
            "who": names.get(
                line.person_id or 0,
                nobody if line.person_id is None else "Somebody who has left",
            ),
            "what": words_of(line.what),
            "subject": subjects.get(line.subject, line.subject.replace(":", " ")),
            "changes": line.changes,
        }
        for line in lines
    ]
    older = lines[-1].id if len(lines) == MOST else None
    return render_template(
        "website/history/list_history.html",
        lines=shown,
        about=about,
        older=older,
        back=back,
        said=value_in_words,
    )


@bp.route("/awards/<scheme_slug>/organise/history")
@allow("history.scheme_history")
def scheme_history(scheme_slug: str) -> ResponseReturnValue:
    """Who did what in a scheme."""
    found = scheme_by_slug(scheme_slug)
    return _page(f"scheme:{found.id}", f"{found.name} {found.year}", f"/awards/{found.slug}/organise")


@bp.route("/events/<event_slug>/organise/history")
@allow("history.event_history")
def event_history(event_slug: str) -> ResponseReturnValue:
    """Who did what in an event."""
    found = event_by_slug(event_slug)
    return _page(f"event:{found.id}", found.name, f"/events/{found.slug}/organise", NO_ACCOUNT)


@bp.route("/history")
@allow("history.all_history")
def all_history() -> ResponseReturnValue:
    """What was done to Chorus itself."""
    return _page("chorus", "Chorus", "/me")
