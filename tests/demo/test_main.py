"""Loading the demonstration from the command line."""

from __future__ import annotations

import dataclasses

from sqlalchemy import select

from backstage.outbox.models import Mail
from base import settings
from base.database import db
from demo import __main__ as program


def test_only_the_demonstration_is_loaded(app, test_settings, capsys):
    """Invented people never come into a live Chorus."""
    settings.use(dataclasses.replace(test_settings, mode="live"))
    ended = program.main()
    settings.use(test_settings)
    assert (ended, capsys.readouterr().err) == (
        1,
        "Only the demonstration may be loaded: set CHORUS_MODE=demo.\n",
    )
    with app.app_context():
        assert db.session.scalars(select(Mail)).all() == []
