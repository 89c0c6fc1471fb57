"""The Symphony for every test of events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from events.set_up.actions import add_organiser, add_volunteer
from tests.events.symphony import SLUG, THREE_WEEKS_BEFORE, Symphony, make_symphony
from tests.page import Browser


@pytest.fixture
def symphony(db_session: Session, at: Callable[..., None]) -> Symphony:
    """The Symphony, committed; it is three weeks before."""
    made = make_symphony()
    at(THREE_WEEKS_BEFORE)
    return made


@pytest.fixture
def organiser(symphony: Symphony, db_session: Session, signed_in: Callable[..., Browser], person) -> Browser:
    """The browser of the Symphony's organiser."""
    somebody = person("owen@example.org", "Owen Tudor")
    add_organiser(None, SLUG, somebody.id)
    db_session.commit()
    return signed_in("owen@example.org")


@pytest.fixture
def volunteer(symphony: Symphony, db_session: Session, signed_in: Callable[..., Browser], person) -> Browser:
    """The browser of a volunteer at the Symphony's door."""
    somebody = person("uma@example.org", "Uma Clarke")
    add_volunteer(None, SLUG, somebody.id)
    db_session.commit()
    return signed_in("uma@example.org")
