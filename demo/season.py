"""Loading the demonstration's season, through the same actions that people's pages use."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from base.database import db, take_handed_over
from demo import seed_awards, seed_events, seed_people
from demo.loading import Loading
from demo.story import Shifts
from outside import clock
from website import transactions
from website.demo import actions

Step = tuple[str, Callable[[Loading], None]]
STEPS: tuple[Step, ...] = (
    ("organisations and people", seed_people.add_people),
    ("events", seed_events.add_events),
    ("the awards open to enter", seed_awards.add_open_scheme),
    ("the awards being judged", seed_awards.add_judged_scheme),
    ("last year's awards: 250 entries, 100 judges", seed_awards.add_last_year),
    ("registrations for the Symphony", seed_events.add_registrations),
)


def load_season(app: Flask, say: Callable[[str], object]) -> None:
    """Empty every table and load the season around this moment; `say` is told how far it is."""
    with app.app_context():
        now = clock.wall_clock()
        loading = Loading(now, Shifts.around(now))
        actions.forget_everything()
        last = len(STEPS) + 1
        for number, (name, step) in enumerate(STEPS, start=1):
            say(f"  {number} of {last}: {name} …")
            step(loading)
            # The story's mails and documents lie in its past: nobody waits for them.
            take_handed_over()
            db.session.flush()
        say(f"  {last} of {last}: a copy, for beginning again …")
        actions.call_mails_sent()
        actions.remember_season()
        transactions.commit()
