"""Sessions in rooms, and the places of those that are workshops.

What is under embargo shows its covering title.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base, personal
from events.agenda import rules


class Session(Base):
    """One session.

    Before `embargo_until` only `covering_title`, kind, room, times and places may leave the queries.

    `sequence` and `changed_at` follow what everybody may see, never what is hidden; see agenda/rules.py.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, default="")
    speakers: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "to say who speaks",
            "everybody, after the embargo",
            rules.SPEAKERS_KEPT,
            "after the event",
            forgotten_by="events.agenda.actions.forget_speakers",
        ),
    )
    content_note: Mapped[str] = mapped_column(Text, default="")
    support: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    covering_title: Mapped[str] = mapped_column(Text, default="")
    embargo_until: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("kind in ('plenary', 'workshop', 'break', 'open')", name="kind"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("embargo_until is null or covering_title <> ''", name="embargo_has_a_covering_title"),
        # One thing at a time in a room; without btree_gist a room becomes a range of one number.
        ExcludeConstraint(
            (func.int4range(text("room_id"), text("room_id"), text("'[]'")), "&&"),
            (func.tstzrange(text("starts_at"), text("ends_at")), "&&"),
            name="ex_session_one_at_a_time_in_a_room",
            using="gist",
        ),
    )


class Workshop(Base):
    """The places of one session, which the organiser sets, and how many are taken and waited for.

    `taken` and `waiting` change only under this row's lock (and the event's); the database refuses one place
    too many.
    """

    __tablename__ = "workshop"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("places >= 0", name="places"),
        CheckConstraint("taken between 0 and places", name="taken_within_places"),
        CheckConstraint("waiting >= 0", name="waiting"),
    )
