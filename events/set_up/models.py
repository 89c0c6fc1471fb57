"""Events, their rooms and who runs them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base


class Event(Base):
    """A day, workshop or forum.

    `taken` counts registrations with a place, `waiting` those on the event's waiting list; both change only
    under this row's lock, and the database keeps `taken` within `capacity`. `version` goes up with whatever
    an organiser changes here or in the agenda and is never shown; `sequence` and `changed_at` are what
    calendars are told about the event itself.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    blurb: Mapped[str] = mapped_column(Text, default="")
    host_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(Text, default="")
    town: Mapped[str] = mapped_column(Text, default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(Text, default="Free")
    access: Mapped[str] = mapped_column(Text, default="")
    access_details: Mapped[str] = mapped_column(Text, default="")
    support: Mapped[str] = mapped_column(Text, default="")
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    chosen_names: Mapped[bool] = mapped_column(default=False)
    registration_open: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    invented: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("taken between 0 and capacity", name="taken_within_capacity"),
        CheckConstraint("waiting >= 0", name="waiting"),
    )


class Room(Base):
    """A room of an event's place. `note` is a word or two for the agenda: "three steps", "open all day"."""

    __tablename__ = "room"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    capacity: Mapped[int]
    step_free: Mapped[bool] = mapped_column(default=False)
    hearing_loop: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("event_id", "name"), CheckConstraint("capacity > 0", name="capacity"))


class EventOrganiser(Base):
    """A person who runs an event."""

    __tablename__ = "event_organiser"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class EventVolunteer(Base):
    """A person who helps at the door of an event."""

    __tablename__ = "event_volunteer"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
