"""Who comes, what they chose, and the links that let them change it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base, personal
from base.states import moved_by, one_of
from events.registration import rules

FORGET = "events.registration.actions.forget_registrations"


class Registration(Base):
    """One person's registration for one event, under the name that they choose.

    `placed`, or `waiting` for the event itself in the order of `id`, or `cancelled`.
    """

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    badge_name: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "what the badge says; may be empty",
            "organisers; volunteers at the door",
            rules.REGISTRATIONS_KEPT,
            "after the event",
            forgotten_by=FORGET,
        ),
    )
    email: Mapped[str] = mapped_column(
        Text,
        info=personal(
            "to confirm and to say what changes",
            "organisers of the event",
            rules.REGISTRATIONS_KEPT,
            "after the event",
            forgotten_by=FORGET,
        ),
    )
    state: Mapped[str] = mapped_column(Text, info=moved_by(rules.MOVES))
    registered_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(one_of("state", rules.MOVES), name="state"),
        Index("ix_registration_event_state", "event_id", "state"),
        # The organisers' list and the door's, in their order.
        Index("ix_registration_event_name", "event_id", text("lower(badge_name)"), "id"),
        Index(
            "uq_registration_event_email",
            "event_id",
            "email",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
    )


class RegistrationLink(Base):
    """A personal link that was mailed, as a hash.

    Each mail carries its own, so an earlier one goes on working.
    """

    __tablename__ = "registration_link"

    token_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime]


class WorkshopChoice(Base):
    """A registration's place in a workshop, or on its waiting list in the order of `id`.

    `wished` while the person still waits for a place at the event itself: it counts nowhere until then.
    """

    __tablename__ = "workshop_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    session_id: Mapped[int] = mapped_column(
        ForeignKey("workshop.session_id", ondelete="CASCADE"),
        info=personal(
            "which workshop they have a place in, or wait for",
            "organisers of the event; volunteers at the door",
            rules.REGISTRATIONS_KEPT,
            "after the event",
            forgotten_by=FORGET,
        ),
    )
    state: Mapped[str] = mapped_column(Text, info=moved_by(rules.CHOICE_MOVES))
    chosen_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(one_of("state", rules.CHOICE_MOVES), name="state"),
        Index(
            "uq_workshop_choice_once",
            "registration_id",
            "session_id",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("ix_workshop_choice_waiting", "session_id", "state", "id"),
    )
